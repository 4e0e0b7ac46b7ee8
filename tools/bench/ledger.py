"""PayPal's ledger: a history of 50,000 rows, read, read again, and made from."""

import os
import time
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone

from tools import ToolError
from tools.bench.table import Row, under
from tools.trials.demo import SHOP
from tools.trials.ledger_moves import moves_of
from tools.trials.reconcile_run import MEBIBYTE, memory_of, set_workers
from tools.trials.workbench import STANDIN_VARIABLE, workbench

ROWS = 50_000
#: Long enough ago that the last row is of the past.
START = datetime.now(timezone.utc).replace(microsecond=0) - timedelta(days=500)
MADE = 300
LIMIT = 1800  # seconds for each step


def ledger():
    """Read a history on a server of its own, and make some of its rows.

    :return: rows
    """
    with workbench(SHOP) as bench, _asking(bench.paypal):
        history = History(bench)
        history.connect()
        first, pages, peak = history.read()
        again, _pages, _peak = history.read()
        queries = history.queries_of_a_page()
        made = history.make(MADE)
    what = f"PayPal's ledger, a history of {ROWS:,} rows"
    return [
        _at_least(f"{what}, read and compared", pages / first, 1.0),
        _at_least("the same, known already", pages / again, 2.0),
        under(f"{what}, the largest process", peak, "MiB", 200),
        under("a page of 500 rows that are known", queries, "queries", 1),
        _at_least(f"made from it, {MADE:,} rows", MADE / made, 17, "/s"),
    ]


def _at_least(what, figure, bound, unit="pages/s"):
    return Row(what, figure, None, unit, figure, at_least=bound)


@contextmanager
def _asking(paypal):
    """This process asks a stand-in, as the server does."""
    before = os.environ.get(STANDIN_VARIABLE)
    os.environ[STANDIN_VARIABLE] = paypal.url
    try:
        yield
    finally:
        os.environ.pop(STANDIN_VARIABLE)
        if before:
            os.environ[STANDIN_VARIABLE] = before


class History:
    """The past of an account, and the server that reads it."""

    def __init__(self, bench):
        self.bench, self.api = bench, bench.paypal.api
        self.api.moves = list(moves_of(ROWS, start=START))

    def _connection(self, env):
        return env["paypal.api.connection"]._make_of(env.company)

    def connect(self):
        """Connect now: what PayPal has is history."""
        with self.bench.session.environment() as env:
            connection = self._connection(env)
            self.api.account_id = env.company.paypal_merchant_id
            connection.write(
                {"client_id": self.api.client_id, "secret": self.api.secret}
            )
            connection.action_connect()

    def read(self):
        """Have everything read, and compared.

        :return: seconds, pages, and the MiB of the largest process
        """
        with self.bench.session.environment() as env:
            self._connection(env)._read_history((START - timedelta(days=1)).date())
        began, peak = time.monotonic(), 0
        while True:
            peak = max(peak, *memory_of(self.bench.odoo.pid).values())
            with self.bench.session.environment() as env:
                connection = self._connection(env)
                if not connection.is_running:
                    break
                if time.monotonic() > began + LIMIT:
                    raise ToolError(f"not read after {LIMIT} s: {connection.trouble}")
            time.sleep(0.3)
        seconds = time.monotonic() - began
        with self.bench.session.environment() as env:
            connection = self._connection(env)
            windows = connection.window_ids.filtered(lambda it: it.kind == "history")
            if (rows := sum(windows.mapped("row_count"))) < ROWS:
                raise ToolError(f"only {rows} rows were read")
            return seconds, sum(windows.mapped("page_count")), peak / MEBIBYTE

    def queries_of_a_page(self):
        """:return: the queries that a full page costs whose rows are all known"""
        with self.bench.session.environment() as env:
            connection = self._connection(env)
            ledger = connection._ledger()
            with connection._paypal() as paypal:
                page = paypal.search(START, START + timedelta(days=20))
            if len(page.rows) < 500:
                raise ToolError(f"the page has {len(page.rows)} rows")
            before = env.cr.sql_log_count
            if fresh := ledger._take_page(page.rows):
                raise ToolError(f"{fresh} rows of the page were not known")
            return env.cr.sql_log_count - before

    def make(self, count):
        """Have the oldest rows made, by one process.

        :return: seconds
        """
        set_workers(self.bench.session, 1)
        with self.bench.session.environment() as env:
            activity = self._connection(env).activity_id
            rows = env["paypal.activity.line"].search(
                [("activity_id", "=", activity.id), ("is_makeable", "=", True)],
                order="moment, line",
                limit=count,
            )
            rows.action_make()
        began = time.monotonic()
        while True:
            with self.bench.session.environment() as env:
                if not self._connection(env).activity_id.is_running:
                    return time.monotonic() - began
            if time.monotonic() > began + LIMIT:
                raise ToolError(f"not made after {LIMIT} seconds")
            time.sleep(0.3)
