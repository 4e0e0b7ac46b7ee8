"""PayPal answers the post-back badly, late, or not at all."""

import time

import pytest
from messages import sale

QUICK = 3.0  # seconds; PayPal itself waits for 20


@pytest.mark.parametrize("fault", ["503", "wrong_text", "html", "redirect"])
def test_no_proper_answer_is_no_verdict_and_retry_asks_again(
    bench, inbox, assert_booked_once, assert_nothing_booked, fault
):
    bench.paypal.fault = fault
    body = sale()

    started = time.monotonic()
    assert bench.send([body]) == [200]

    assert time.monotonic() - started < QUICK
    row = inbox.row(body)
    assert (row.state, row.reason) == ("received", "no_answer")
    assert bench.paypal.postbacks(body) == 1
    assert_nothing_booked(inbox.outcome(body))

    bench.paypal.fault = None
    inbox.retry(body)
    inbox.wait_for_state(body, "done")

    assert bench.paypal.postbacks(body) == 2
    assert bench.paypal.followed_redirects == 0
    assert_booked_once(inbox.outcome(body))


def test_a_silent_paypal_keeps_neither_the_listener_nor_the_message_busy(
    bench, inbox, assert_booked_once
):
    bench.paypal.fault = "hang"
    unanswered, later = sale(), sale()
    bench.paypal.send(unanswered)
    inbox.wait_until(lambda: bench.paypal.postbacks(unanswered) == 1)
    bench.paypal.fault = None

    started = time.monotonic()
    delivery = bench.paypal.send(later)

    assert delivery.statuses == [200]
    assert time.monotonic() - started < QUICK
    # No lock is held while PayPal is waited for: this would raise.
    inbox.sql(
        "SELECT id FROM paypal_ipn WHERE id = %s FOR UPDATE NOWAIT",
        inbox.row(unanswered).id,
    )

    inbox.wait_until(lambda: inbox.row(unanswered).reason == "no_answer", limit=40)
    assert inbox.row(unanswered).state == "received"
    inbox.retry(unanswered)
    for body, postbacks in ((unanswered, 2), (later, 1)):
        inbox.wait_for_state(body, "done")
        assert bench.paypal.postbacks(body) == postbacks
        assert_booked_once(inbox.outcome(body))


def test_what_paypal_denies_is_refused(bench, inbox, assert_nothing_booked):
    body = sale()

    assert bench.send([body], forged=[body]) == [200]

    outcome = inbox.outcome(body)
    assert (outcome["state"], outcome["reason"]) == ("refused", "invalid")
    assert_nothing_booked(outcome)
