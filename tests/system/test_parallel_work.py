"""Two scheduled actions that verify and book, on two processes of one Odoo."""

import re

import pytest
from messages import sale

from conftest import Inbox, shop_of_its_own
from tools.environment import Environment
from tools.environment.odoo_server import OdooServer
from tools.standin.paypal import PayPalStandIn
from tools.trials.workbench import STANDIN_VARIABLE

# More than one process books at a time.
MESSAGES = 150
COPY = "PayPal: a second worker"
WORKING = ("PayPal: verify and book messages", COPY)
WORK_CRON = "caspit_paypal_ipn.ir_cron_paypal_ipn_work"


@pytest.fixture
def session(whole_bench):
    """A session on a database of its own, with a duplicate of the scheduled action.

    Nothing prints receipts there; the books are what this is about.
    """
    with shop_of_its_own(whole_bench) as session:
        with session.environment() as odoo_env:
            odoo_env.company._paypal_setup()
            # Before all else that is due when a server starts, which takes its time.
            first = {"name": COPY, "active": True, "priority": 0}
            odoo_env.ref(WORK_CRON).copy(first)
            odoo_env.ref("caspit_paypal_ipn.ir_cron_paypal_ipn_deliver").active = False
        yield session


def test_two_scheduled_actions_share_a_backlog_and_book_nothing_twice(
    whole_bench, session
):
    odoo = OdooServer(
        Environment(), whole_bench.server, session.database, workers=1, cron_threads=2
    )
    bodies = [sale() for _ in range(MESSAGES)]
    with PayPalStandIn(f"{odoo.url}/PayPal/IPN") as paypal:
        # While one waits for PayPal, the other takes the rest.
        paypal.latency = 1.0
        odoo.environ[STANDIN_VARIABLE] = paypal.url
        with odoo:
            for body in bodies:
                paypal.send(body, wait=False)
            # Each message is verified once, and booked once.
            Inbox(whole_bench).wait_until(
                lambda: sum(_done_by(odoo.log()).values()) >= 2 * MESSAGES, 180
            )
        asked = [paypal.postbacks(body) for body in bodies]

    assert asked == [1] * MESSAGES
    done = _done_by(odoo.log())
    assert sum(done.values()) == 2 * MESSAGES
    assert all(done.values())
    with session.environment() as odoo_env:
        made_by_paypal = [("paypal_txn_id", "!=", False)]
        payments = odoo_env["account.payment"].search(made_by_paypal)
        invoices = odoo_env["account.move"].search(made_by_paypal)
        assert len(payments) == len(set(payments.mapped("paypal_txn_id"))) == MESSAGES
        assert len(invoices) == len(set(invoices.mapped("name"))) == MESSAGES
        assert set(invoices.mapped("payment_state")) == {"paid"}


def _done_by(log):
    """:return: how many steps each action that works messages says it took"""
    done = dict.fromkeys(WORKING, 0)
    said = re.findall(r"Job '(PayPal: [^']+)' \(\d+\) .*?; done (\d+);", log)
    for name, count in said:
        if name in done:
            done[name] += int(count)
    return done
