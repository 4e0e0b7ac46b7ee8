"""A running add-on with everything around it: PayPal, mail, a database of its own."""

import contextlib
import io
import time

from tools import ToolError
from tools.environment import CHECKOUT, Environment
from tools.environment.databases import addon_template, run_odoo, scratch
from tools.environment.odoo_server import OdooServer
from tools.environment.odoo_session import OdooSession
from tools.environment.postgres import running
from tools.standin.mail_sink import MailSink
from tools.standin.paypal import PayPalStandIn
from tools.trials.outcome import NOTHING_CAUSED, outcome_of, paypal_balance

STANDSTILL_LIMIT = 90  # seconds in which something has to move
STANDIN_VARIABLE = "CASPIT_PAYPAL_STANDIN_URL"
# A message that waits for its next try says why, so it has a reason; the others move.
STILL_MOVING = """
    SELECT ipn.id, ipn.state, mail.id FROM paypal_ipn ipn
      LEFT JOIN mail_mail mail
             ON mail.id IN (ipn.receipt_mail_id, ipn.notice_mail_id)
            AND mail.state = 'outgoing'
     WHERE (ipn.state IN ('received', 'verified', 'booked') AND ipn.reason IS NULL)
        OR mail.id IS NOT NULL
     ORDER BY ipn.id, mail.id
"""


class Workbench:
    """Sends messages to the add-on as PayPal does, and tells what became of them.

    :param server: the database server
    :param odoo: the running :class:`OdooServer`
    :param paypal: the :class:`PayPalStandIn`
    :param sink: the :class:`MailSink`
    :param session: an :class:`OdooSession` on the same database
    """

    def __init__(self, server, odoo, paypal, sink, session):
        self.server = server
        self.odoo = odoo
        self.paypal = paypal
        self.sink = sink
        self.session = session

    def settle(self):
        """Wait until no message and no mail is on its way any more.

        :raise ToolError: they are stuck
        """
        seen, deadline = None, 0.0
        while moving := self.server.execute(STILL_MOVING, database=self.odoo.database):
            if moving != seen:
                seen, deadline = moving, time.monotonic() + STANDSTILL_LIMIT
            if time.monotonic() > deadline:
                raise ToolError(
                    f"{len(moving)} messages stand still for {STANDSTILL_LIMIT} "
                    f"seconds; Odoo's log is {self.odoo.log_path}"
                )
            time.sleep(0.05)

    def send(self, bodies, forged=(), in_turn=True, before=None):
        """Deliver messages over HTTP and wait until nothing moves.

        :param bodies: the bodies to POST, in this order
        :param forged: those that PayPal denies having sent
        :param bool in_turn: let each one settle before the next is sent
        :param before: called with the number of each message, from 1, before it is sent
        :return: the HTTP status of each, None for no answer
        """
        deliveries = []
        for number, body in enumerate(bodies, start=1):
            if before:
                before(number)
            deliveries.append(
                self.paypal.send(body, forged=body in forged, wait=in_turn)
            )
            if in_turn:
                self.settle()
        for delivery in deliveries:
            delivery.wait_for_first_send()
        self.settle()
        return [delivery.statuses[0] for delivery in deliveries]

    def run(self, path):
        """Run a Python file as Odoo's shell does, and keep what it did.

        ``env`` and ``company`` are at hand. What it sets moving is waited for.

        :param pathlib.Path path: the file
        :return: the lines that it printed
        """
        printed = io.StringIO()
        code = compile(path.read_text(), str(path), "exec")
        with (
            self.session.environment() as env,
            contextlib.redirect_stdout(printed),
        ):
            exec(code, {"env": env, "company": env.company})  # noqa: S102
        self.settle()
        return printed.getvalue().splitlines()

    def outcomes(self, bodies):
        """Tell what became of messages; what came again caused nothing.

        :param bodies: the bodies sent, in that order
        :return: a dictionary for each
        """
        seen, told = set(), []
        mails = self.sink.mails
        with self.session.environment() as env:
            balance = paypal_balance(env)
            for body in bodies:
                outcome = outcome_of(env, body, mails)
                outcome["postbacks"] = self.paypal.postbacks(body)
                if body in seen:
                    outcome |= NOTHING_CAUSED | {"postbacks": 0}
                seen.add(body)
                told.append(outcome | {"paypal_balance": balance})
        return told


@contextlib.contextmanager
def workbench(
    shop,
    country="IL",
    keep=False,
    environ=None,
    workers=2,
    extra_addons=(),
    modules=(),
    checkout=CHECKOUT,
):
    """Start everything on a fresh database.

    :param tools.trials.shop.Shop shop: how the company is set up
    :param str country: whose chart of accounts it has
    :param bool keep: leave the database there afterwards
    :param dict environ: more environment variables for the server
    :param int workers: processes that answer requests; with 0, one process with threads
        answers them all, and serves the browsers' websockets at the same address
    :param extra_addons: more folders with addons
    :param modules: names of modules to install beside the add-on
    :param checkout: whose add-ons they are; by default this one's
    :return: in ``with … as bench``: a :class:`Workbench`
    """
    env = Environment(extra_addons=extra_addons, checkout=checkout)
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(running(env))
        template = addon_template(env, server, country)
        database = stack.enter_context(scratch(env, server, template, keep))
        if modules:
            run_odoo(env, server, database, f"--init={','.join(modules)}")
        session = OdooSession(env, server, database)
        with session.environment() as odoo_env:
            shop.set_up(odoo_env)
        sink = stack.enter_context(MailSink())
        odoo = OdooServer(
            env,
            server,
            database,
            workers=workers,
            cron_threads=2,
            smtp_port=sink.port,
        )
        paypal = stack.enter_context(PayPalStandIn(f"{odoo.url}/PayPal/IPN"))
        odoo.environ |= {STANDIN_VARIABLE: paypal.url, **(environ or {})}
        stack.enter_context(odoo)
        yield Workbench(server, odoo, paypal, sink, session)
