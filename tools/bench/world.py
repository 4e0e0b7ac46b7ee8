"""A database to measure in: the add-on with some history, and servers on it."""

import contextlib
import os
import time

from tools import ToolError
from tools.bench.history import add_history
from tools.bench.sales import SHOP, sales
from tools.environment import CHECKOUT
from tools.environment.databases import addon_template, install, scratch
from tools.environment.odoo_server import OdooServer
from tools.environment.odoo_session import OdooSession
from tools.standin.paypal import PayPalStandIn
from tools.trials.workbench import STANDIN_VARIABLE

ADDONS = CHECKOUT / "tools" / "bench" / "addons"
ON_THE_LINE = ("received", "verified", "booked")


class TrustingPayPal(PayPalStandIn):
    """A PayPal that stands by every message, as the bench delivers them itself."""

    def receive_postback(self, payload):
        fault, _verdict = super().receive_postback(payload)
        return fault, "VERIFIED"


class World:
    """One database, with what the measurements need of it.

    :param Environment env: whose Odoo it is
    :param tools.environment.postgres.Server server: the database server
    :param str database: the name
    :param connection: to it; a new one for every look would cost what is measured
    :param str label: what it is called in the table
    """

    def __init__(self, env, server, database, connection, label):
        self.env = env
        self.server = server
        self.database = database
        self.connection = connection
        self.label = label
        self.session = OdooSession(env, server, database)

    def sql(self, statement, *parameters):
        """:return: the rows, an empty list for a statement that has none"""
        with self.connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []

    @contextlib.contextmanager
    def serving(
        self, paypal=None, workers=2, cron_threads=2, smtp_port=None, **options
    ):
        """Run Odoo on it.

        :param PayPalStandIn paypal: whom to ask back
        :param int workers: processes that answer requests
        :param int cron_threads: processes for scheduled actions
        :param options: more of Odoo's, by their names in its configuration file
        :return: in ``with … as odoo``: the :class:`OdooServer`
        """
        odoo = OdooServer(
            self.env,
            self.server,
            self.database,
            workers=workers,
            cron_threads=cron_threads,
            smtp_port=smtp_port,
            log_level="warn",
            **options,
        )
        if paypal:
            odoo.environ[STANDIN_VARIABLE] = paypal.url
        with odoo:
            yield odoo

    def put(self, bodies, state):
        """Put messages on the line in a state, without any request.

        :param bodies: the messages
        :param str state: ``received``, ``verified`` or ``booked``
        """
        with self.session.environment() as env:
            before = env["paypal.ipn"].search([], limit=1).id or 0
            for body in bodies:
                env["paypal.ipn"]._receive(body)
            # Servers are not to work them yet.
            ipns = env["paypal.ipn"].search([("id", ">", before)], order="id")
            if state == "received":
                return
            for ipn in ipns:
                ipn._read()
            ipns._move_to("verified")
        if state == "booked":
            with self.session.environment() as env:
                while env["paypal.ipn"]._work_verified():
                    env.cr.commit()

    def count(self, *states):
        """:return: how many messages are in these states"""
        [[count]] = self.sql(
            "SELECT count(*) FROM paypal_ipn"
            " WHERE state IN %s AND next_try IS NOT NULL",
            states,
        )
        return count

    def wait_until_none(self, *states, left=0, limit=900, pause=0.05):
        """Wait until no message is in these states, or few enough.

        :param int left: how many may be left
        :param float pause: seconds from one look to the next
        :return: seconds that it took
        :raise ToolError: it takes longer than ``limit`` seconds
        """
        started = time.perf_counter()
        while (now := self.count(*states)) > left:
            if time.perf_counter() - started > limit:
                raise ToolError(f"{now} messages are still {', '.join(states)}")
            time.sleep(pause)
        return time.perf_counter() - started

    def pace(self, *states):
        """How fast messages leave these states, from the tenth part on.

        What a server does while it starts is not counted.

        :return: messages in a second
        """
        at_first = self.count(*states)
        while self.count(*states) == at_first:
            # Odoo's processes look for work a minute after their start, or when told.
            self.server.execute("SELECT pg_notify('cron_trigger', %s)", [self.database])
            time.sleep(0.5)
        self.wait_until_none(*states, left=int(at_first * 0.9))
        begun_at = self.count(*states)
        return begun_at / self.wait_until_none(*states)

    @contextlib.contextmanager
    def without(self, name):
        """Leave scheduled actions out of a measurement.

        :param str name: a part of their names, in English
        """
        statement = "UPDATE ir_cron SET active = %s WHERE cron_name LIKE %s"
        self.sql(statement, False, f"%{name}%")
        try:
            yield
        finally:
            self.sql(statement, True, f"%{name}%")

    def clear_line(self):
        """Take what is still on the line out of the way."""
        self.sql(
            "DELETE FROM paypal_ipn WHERE state IN %s AND document_id IS NULL",
            ON_THE_LINE,
        )
        self.sql(
            "UPDATE paypal_ipn SET state = 'done', next_try = NULL WHERE state IN %s",
            ON_THE_LINE,
        )
        # Those of a scheduled action that runs are locked until it ends.
        self.sql(
            "DELETE FROM ir_cron_trigger WHERE id IN"
            " (SELECT id FROM ir_cron_trigger FOR UPDATE SKIP LOCKED)"
        )
        self.sql("UPDATE mail_mail SET state = 'cancel' WHERE state = 'outgoing'")

    def set_workers(self, count):
        """Have as many scheduled actions of each kind, for as many processes."""
        with self.session.environment() as env:
            for name in ("work", "deliver"):
                cron = env.ref(f"caspit_paypal_ipn.ir_cron_paypal_ipn_{name}")
                domain = [("model_id", "=", cron.model_id.id), ("code", "=", cron.code)]
                twins = env["ir.cron"].search(domain) - cron
                twins.unlink()
                for _ in range(count - 1):
                    cron.copy()


@contextlib.contextmanager
def world(env, server, label, messages, invoices):
    """Make a database with a history.

    :param str label: what it is called in the table
    :param int messages: old messages
    :param int invoices: old sales among them, with their documents
    :return: in ``with … as world``: a :class:`World`
    """
    with scratch(env, server, addon_template(env, server)) as database:
        install(env, server, database, "caspit_bench")
        with server.connection(database) as connection:
            made = World(env, server, database, connection, label)
            with made.session.environment() as odoo_env:
                SHOP.set_up(odoo_env)
                odoo_env.company._paypal_setup()
            made.put(sales("FIRST", 50), "booked")
            made.clear_line()
            add_history(made, messages, invoices)
            yield made


def cron_processes(odoo):
    """:return: the process ids of a server's children"""
    children = f"/proc/{odoo.pid}/task/{odoo.pid}/children"
    with open(children) as file:
        return [int(pid) for pid in file.read().split()]


def resident(pid):
    """:return: MiB of memory that a process has for itself"""
    with open(f"/proc/{pid}/statm") as file:
        pages = file.read().split()
    return (int(pages[1]) - int(pages[2])) * os.sysconf("SC_PAGE_SIZE") / 2**20
