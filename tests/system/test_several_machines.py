"""Two Odoos that only answer and one that only works, on one PostgreSQL."""

import contextlib

import pytest
from messages import sale

from conftest import shop_of_its_own
from tools.environment import Environment
from tools.environment.odoo_server import OdooServer
from tools.standin.mail_sink import MailSink
from tools.standin.paypal import PayPalStandIn
from tools.trials.outcome import outcome_of
from tools.trials.workbench import STANDIN_VARIABLE

MESSAGES = 8
ANSWERS, WORKS = {"workers": 1, "cron_threads": 0}, {"workers": 0, "cron_threads": 2}
JOB = "Job 'PayPal: "


@pytest.fixture
def session(whole_bench):
    """A session on a database that all three serve."""
    with shop_of_its_own(whole_bench) as session:
        yield session


def test_what_either_answers_is_worked_once_on_the_third(
    whole_bench, session, assert_booked_once
):
    bodies = [sale() for _ in range(MESSAGES)]
    with contextlib.ExitStack() as stack:
        sink = stack.enter_context(MailSink())
        first, second, third = (
            OdooServer(
                Environment(),
                whole_bench.server,
                session.database,
                smtp_port=sink.port,
                **what,
            )
            for what in (ANSWERS, ANSWERS, WORKS)
        )
        # A balancer that sends each message to both, at once.
        paypals = [
            stack.enter_context(PayPalStandIn(f"{odoo.url}/PayPal/IPN"))
            for odoo in (first, second)
        ]
        third.environ[STANDIN_VARIABLE] = paypals[0].url
        for odoo in (first, second, third):
            stack.enter_context(odoo)
        for body in bodies:
            for paypal in paypals:
                paypal.send(body, wait=False)
        sink.wait_for(2 * MESSAGES, timeout=120)
        asked = [paypals[0].postbacks(body) for body in bodies]

    assert asked == [1] * MESSAGES
    with session.environment() as odoo_env:
        ipns = odoo_env["paypal.ipn"].search([])
        assert sorted(ipn._body_bytes() for ipn in ipns) == sorted(bodies)
        assert set(ipns.mapped("resend_count")) == {1}
        for body in bodies:
            assert_booked_once(outcome_of(odoo_env, body, sink.mails))
    assert JOB not in first.log() + second.log()
    assert JOB in third.log()
