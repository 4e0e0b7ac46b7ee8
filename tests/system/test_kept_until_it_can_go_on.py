"""What stops a message for a while, and that it then goes on."""

from messages import sale


def test_retry_sends_each_mail_once_that_the_mail_server_refused(
    bench, inbox, assert_booked_once
):
    bench.sink.fault = "refuse"
    body = sale()

    assert bench.send([body]) == [200]

    outcome = inbox.outcome(body)
    assert outcome["state"] == "done"
    assert [each["payment_state"] for each in outcome["documents"]] == ["paid"]
    assert outcome["mails"] == []
    assert _mail_states(bench, inbox, body) == ("exception", "exception")

    bench.sink.fault = None
    inbox.retry(body)
    bench.settle()

    assert _mail_states(bench, inbox, body) == ("sent", "sent")
    assert_booked_once(inbox.outcome(body))
    assert inbox.mail_records(body) == (1, 1)


def test_a_message_without_licence_goes_on_by_itself_when_there_is_one(
    bench, inbox, assert_booked_once, assert_nothing_booked
):
    body = sale()
    inbox.license(False)
    try:
        assert bench.send([body]) == [200]
        outcome = inbox.outcome(body)
    finally:
        inbox.license(True)
    assert (outcome["state"], outcome["reason"]) == ("blocked", "no_licence")
    assert_nothing_booked(outcome)

    inbox.wait_for_state(body, "done")

    assert_booked_once(inbox.outcome(body))


def _mail_states(bench, inbox, body):
    with bench.session.environment() as env:
        ipn = env["paypal.ipn"].browse(inbox.row(body).id)
        return ipn.receipt_mail_state, ipn.notice_mail_state
