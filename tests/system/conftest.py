"""One real Odoo with workers for the whole run, and what the tests ask it."""

import contextlib
import hashlib
import time
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

import pytest
from messages import CUSTOMERS, SHOP, new_txn_id
from playwright.sync_api import expect
from screens import BROWSER_LIMIT, LAPTOP, Looker, watched_page
from walks import Walk

from tools.environment import Environment
from tools.environment.browser import chromium
from tools.environment.databases import addon_template, scratch
from tools.environment.odoo_session import OdooSession
from tools.trials.workbench import workbench

WORK_CRONS = ("ir_cron_paypal_ipn_work", "ir_cron_paypal_ipn_deliver")
MAIL_CRON = "mail.ir_cron_mail_scheduler_action"
POLL_PAUSE = 0.05  # seconds
LANGUAGES = ("en_US", "he_IL", "de_DE")
#: What is bought and by whom stands in each language on the screens of all.
THEIRS = ("Noa Peretzky", "Cloud subscription", "Jürgen Größel", "Blaues Hemd")
WINDOW = {"width": 1280, "height": 860}


class Row(NamedTuple):
    """A message in the inbox, as far as the tests ask for it."""

    id: int
    state: str
    reason: str | None
    attempts: int
    resends: int


class Inbox:
    """What the tests ask the running add-on, and what they do to it as its user.

    :param tools.trials.workbench.Workbench bench: on which it runs
    """

    def __init__(self, bench):
        self.bench = bench

    def sql(self, statement, *parameters):
        """Run a statement of its own, which sees what is committed by now.

        :return: the rows
        """
        database = self.bench.odoo.database
        return self.bench.server.execute(statement, parameters, database)

    def rows(self, bodies):
        """Read the messages of these bodies, in the order they came.

        :rtype: list[Row]
        """
        hashes = [hashlib.sha256(body).hexdigest() for body in bodies]
        found = self.sql(
            """SELECT id, state, reason, attempts,
                      (SELECT count(*) FROM paypal_ipn_resend WHERE ipn_id = ipn.id)
                 FROM paypal_ipn ipn WHERE body_hash = ANY(%s) ORDER BY id""",
            hashes,
        )
        return [Row(*row) for row in found]

    def row(self, body):
        """Read the one message of these bytes.

        :rtype: Row
        """
        [row] = self.rows([body])
        return row

    def wait_until(self, condition, limit=30.0):
        """Wait until a condition holds.

        :param condition: a function without arguments
        :param float limit: seconds
        :raise TimeoutError: it does not hold by then
        """
        deadline = time.monotonic() + limit
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError(f"it did not happen within {limit:g} seconds")
            time.sleep(POLL_PAUSE)

    def wait_for_state(self, body, state, limit=30.0):
        """Wait until a message has come to a state and its mails have left.

        :raise TimeoutError: it is elsewhere after so many seconds
        """
        self.wait_until(lambda: self.row(body).state == state, limit)
        self.bench.settle()

    def outcome(self, body):
        """Tell what one message caused, see :func:`tools.trials.outcome.outcome_of`."""
        [outcome] = self.bench.outcomes([body])
        return outcome

    def retry(self, body):
        """Press Retry on a message."""
        with self.bench.session.environment() as env:
            env["paypal.ipn"].browse(self.row(body).id).action_retry()

    def license(self, licensed):
        """Give the company the licence, or take it away."""
        with self.bench.session.environment() as env:
            env.company.caspit_licence_ids.licensed = licensed

    def let_time_pass(self, minutes):
        """Bring forward what is due within so many minutes, and have it worked."""
        self.sql(
            "UPDATE paypal_ipn SET next_try = next_try - make_interval(mins => %s)",
            minutes,
        )
        with self.bench.session.environment() as env:
            for name in WORK_CRONS:
                env.ref(f"caspit_paypal_ipn.{name}")._trigger()
            env.ref(MAIL_CRON)._trigger()

    def mail_records(self, body):
        """Count the mails that Odoo holds for a message, sent or not.

        :return: how many for its document, and how many for itself
        :rtype: tuple[int, int]
        """
        with self.bench.session.environment() as env:
            ipn = env["paypal.ipn"].browse(self.row(body).id)
            mails = env["mail.mail"].search(
                [("model", "in", ("paypal.ipn", "account.move"))]
            )
            receipts = mails.filtered(
                lambda mail: (
                    mail.model == "account.move" and mail.res_id in ipn.move_ids.ids
                )
            )
            notices = mails.filtered(
                lambda mail: mail.model == "paypal.ipn" and mail.res_id == ipn.id
            )
            return len(receipts), len(notices)


@contextlib.contextmanager
def shop_of_its_own(bench):
    """A database with a shop on the bench's PostgreSQL, which no server works on yet.

    :param tools.trials.workbench.Workbench bench: whose PostgreSQL
    :return: in ``with … as session``: an :class:`OdooSession`
    """
    env = Environment()
    template = addon_template(env, bench.server)
    with scratch(env, bench.server, template) as database:
        session = OdooSession(env, bench.server, database)
        with session.environment() as odoo_env:
            SHOP.set_up(odoo_env)
        yield session


@pytest.fixture(scope="session")
def whole_bench():
    with workbench(SHOP) as bench:
        yield bench


@pytest.fixture
def bench(whole_bench):
    """The workbench, with PayPal and the mail server in good health again."""
    yield whole_bench
    whole_bench.paypal.change(fault=None, latency=0.0)
    whole_bench.sink.fault = None


@pytest.fixture(scope="session")
def walk_bench():
    """An Odoo that speaks German as well, in which only people make things run.

    A minute after its start Odoo would run the scheduled actions by itself.
    """
    with workbench(replace(SHOP, languages=("de_DE",))) as bench:
        with bench.session.environment() as env:
            for name in WORK_CRONS:
                cron = env.ref(f"caspit_paypal_ipn.{name}")
                cron.nextcall += timedelta(hours=1)
            parameters = env["ir.config_parameter"]
            parameters.set_param("web.base.url", bench.odoo.url)
            parameters.set_param("web.base.url.freeze", "True")
        yield bench


@pytest.fixture
def inbox(bench):
    return Inbox(bench)


@pytest.fixture
def assert_booked_once():
    """A check that a message has made one of everything."""

    def check(outcome):
        assert outcome["state"] == "done"
        assert [each["payment_state"] for each in outcome["documents"]] == ["paid"]
        assert [each["direction"] for each in outcome["payments"]] == ["inbound"]
        assert len(outcome["fees"]) == 1
        kinds = sorted(mail["kind"] for mail in outcome["mails"])
        assert kinds == ["order", "receipt"]

    return check


@pytest.fixture
def assert_nothing_booked():
    """A check that a message has left no trace in the books and in no mailbox."""

    def check(outcome):
        for kind in ("documents", "payments", "fees", "mails"):
            assert outcome[kind] == [], kind

    return check


@pytest.fixture(scope="session")
def browser():
    expect.set_options(timeout=BROWSER_LIMIT)
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser):
    with watched_page(browser, viewport=WINDOW) as page:
        yield page


@pytest.fixture(params=LANGUAGES)
def walk(request, page, walk_bench):
    """A walk in a language, which has to end without a fault."""
    lang = request.param
    # Another one in each walk, as what is corrected of one stays with him.
    payer_id = new_txn_id()[:13]
    payer_email = f"{payer_id.lower()}@example.com"
    buyer = CUSTOMERS[lang] | {"payer_id": payer_id, "payer_email": payer_email}
    with walk_bench.session.environment() as env:
        env.company.partner_id.lang = lang
    page.set_viewport_size(LAPTOP)
    names = ("Caspit Demo Shop", "1 Market St", "Market Town", "EN HE DE", *THEIRS)
    eyes = Looker(page, lang, names)
    yield Walk(walk_bench, lang, buyer, eyes)
    assert not eyes.faults, "\n".join(eyes.faults)
