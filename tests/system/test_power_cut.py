"""The whole server dies in the middle of its work, and is started again."""

import pytest
from messages import sale

#: A claim by a dead process is over after so many minutes.
CLAIM_MINUTES = 3


@pytest.mark.parametrize(
    ("count", "under_way"),
    [
        (8, "state = 'received' AND attempts > 0"),
        (8, "state = 'verified' AND attempts > 0"),
        (20, "state = 'done'"),
    ],
    ids=["while PayPal is asked", "while it is booked", "while it is mailed"],
)
def test_every_message_is_done_once_after_a_power_cut(bench, inbox, count, under_way):
    bench.paypal.latency = 0.3
    bodies = [sale() for _ in range(count)]
    deliveries = [bench.paypal.send(body, wait=False) for body in bodies]
    for delivery in deliveries:
        delivery.wait_for_first_send()
    assert [delivery.statuses for delivery in deliveries] == [[200]] * count
    ids = [row.id for row in inbox.rows(bodies)]
    some = f"SELECT count(*) FROM paypal_ipn WHERE id = ANY(%s) AND {under_way}"
    inbox.wait_until(lambda: inbox.sql(some, ids)[0][0] > 0)

    bench.odoo.kill()

    unfinished = [row.id for row in inbox.rows(bodies) if row.state != "done"]
    assert unfinished, "everything was over before the power cut"
    bench.odoo.start()
    inbox.let_time_pass(CLAIM_MINUTES)

    def all_done():
        # Told once, a process that does not listen yet would sleep for a minute.
        bench.server.execute(
            "SELECT pg_notify('cron_trigger', %s)", [bench.odoo.database]
        )
        return {row.state for row in inbox.rows(bodies)} == {"done"}

    inbox.wait_until(all_done, 60)
    bench.settle()

    for body, outcome in zip(bodies, bench.outcomes(bodies), strict=True):
        assert [each["payment_state"] for each in outcome["documents"]] == ["paid"]
        assert len(outcome["payments"]) == 1
        assert len(outcome["fees"]) == 1
        # What the mail server had taken in the very moment may arrive twice.
        assert inbox.mail_records(body) == (1, 1)
        assert {mail["kind"] for mail in outcome["mails"]} == {"order", "receipt"}
