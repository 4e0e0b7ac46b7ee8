"""``make ledger``: PayPal's ledger walked by the add-on, told as JSON.

MOVES holds ``transaction_details`` as PayPal's transaction search answers them. The
stand-in serves them, the add-on connects and walks until nothing moves. One object a
movement is printed, then one with the balances.
"""

import argparse
import contextlib
import json
import os
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

from babel.numbers import list_currencies
from psycopg2 import OperationalError

from tools import ToolError
from tools.commands import say
from tools.standin.api_faults import FAULTS
from tools.standin.api_moves import moment_of
from tools.trials.ledger_result import balances_of, told_of
from tools.trials.replay import DEFAULT_RATE, account_of, currencies_of
from tools.trials.shop import Shop
from tools.trials.workbench import STANDIN_VARIABLE, workbench

MERCHANT_ID = "N5NH53T46TSYS"
#: How often a fault happens before PayPal does its work again.
FAULT_TIMES = 2
#: Seconds in which something has to move.
STANDSTILL_LIMIT = 120
ANY_AGE = timedelta(days=200 * 365)


def main(arguments=None):
    """:return: the exit status: 0 if the walk came to its end"""
    options = parse(arguments)
    moves = read_moves(options.moves)
    with workbench(shop_of(options, moves), options.country, options.keep) as bench:
        trial = Ledger(bench, moves)
        bench.send([path.read_bytes() for path in options.ipn[options.lose :]])
        for fault in options.fault:
            bench.paypal.api.change(fault, times=FAULT_TIMES)
            trial.walk()
        trial.walk()
        for line in trial.told():
            print(json.dumps(line, ensure_ascii=False), flush=True)
        if options.keep:
            say(f"database {bench.odoo.database}")
    return 0


def parse(arguments):
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="make ledger", description=__doc__)
    add = parser.add_argument
    add("moves", type=Path, metavar="MOVES", help="JSON with transaction_details")
    add("--ipn", type=Path, nargs="+", action="extend", default=[], metavar="FILE")
    add("--lose", type=int, default=0, metavar="N", help="the first N never come")
    add("--merchant-id", help="default: the first message's receiver_id")
    add("--merchant-email", help="default: the first message's receiver_email")
    add("--sandbox", action="store_true")
    add("--live", dest="sandbox", action="store_false", help="the default")
    add("--country", default="IL", help="chart of accounts and country")
    add("--lang", default="he_IL", help="for customers whose country does not tell")
    add("--currencies", help="USD=3.6,EUR=4.0: the company's units for one foreign")
    add("--fault", choices=FAULTS, action="append", default=[], metavar="NAME")
    add("--no-licence", dest="licensed", action="store_false")
    add("--keep", action="store_true", help="leave the database")
    options = parser.parse_args(arguments)
    for path in [options.moves, *options.ipn]:
        if not path.is_file():
            parser.error(f"there is no file {path}")
    return options


def read_moves(path):
    """Read the movements: the whole answer, or its list.

    :raise ToolError: it is neither
    """
    try:
        content = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ToolError(f"{path} is no JSON: {error}") from error
    if isinstance(content, dict):
        content = content.get("transaction_details") or []
    if not isinstance(content, list):
        raise ToolError(f"{path} has no transaction_details")
    return [move for move in content if isinstance(move, dict)]


def shop_of(options, moves):
    """Set the company up for the account whose movements these are."""
    merchant_id, email = MERCHANT_ID, "seller@example.com"
    if options.ipn:
        found = account_of(options.ipn[0].read_bytes())
        merchant_id, email = found[0] or merchant_id, found[1] or email
    options.merchant_id = options.merchant_id or merchant_id
    currencies = currencies_of(options, [])
    if options.currencies is None:
        currencies = dict.fromkeys(sorted(codes_of(moves)), DEFAULT_RATE)
    return Shop(
        merchant_id=options.merchant_id,
        merchant_email=options.merchant_email or email,
        sandbox=options.sandbox,
        lang=options.lang,
        currencies=currencies,
        licensed=options.licensed,
    )


def codes_of(value):
    """:return: every currency code that occurs anywhere in JSON"""
    found = set()
    if isinstance(value, dict):
        code = value.get("currency_code")
        if isinstance(code, str) and code.upper() in list_currencies("en"):
            found.add(code.upper())
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            found |= codes_of(each)
    return found


class Ledger:
    """The movements at the stand-in, and the add-on that walks them.

    :param tools.trials.workbench.Workbench bench: what runs
    :param moves: ``transaction_details``
    """

    def __init__(self, bench, moves):
        self.bench, self.moves = bench, moves
        moments = list(filter(None, map(moment_of, moves)))
        now = datetime.now(timezone.utc)
        self.first = min(moments, default=now)
        self.last = max([*moments, now - timedelta(hours=4)])
        self.api = bench.paypal.api
        # This process asks, too: never the real PayPal.
        os.environ[STANDIN_VARIABLE] = bench.paypal.url
        self.api.moves, self.api.max_age = moves, ANY_AGE
        # A file may well be of a time that this machine has not reached.
        self.api.ahead = max(timedelta(0), self.last + timedelta(hours=4) - now)
        self.is_connected, self._seen = False, ("nothing yet",)

    def connect(self):
        """Connect, with everything from the first movement on as news."""
        with self.bench.session.environment() as env:
            connection = env["paypal.api.connection"]._make_of(env.company)
            self.api.account_id = env.company.paypal_merchant_id
            now = datetime.now(timezone.utc).replace(tzinfo=None, microsecond=0)
            end = max(now, _naive(self.last) + timedelta(minutes=1))
            start = _naive(self.first) - timedelta(seconds=1)
            connection.write(
                {
                    "client_id": self.api.client_id,
                    "secret": self.api.secret,
                    "since": start,
                    "wait_minutes": 0,
                    "hour_planned_at": now,
                    "night_planned_on": env.company._paypal_local_date(now),
                }
            )
            connection._plan("hour", start, end)
            connection.action_connect()
        self.is_connected = True

    def walk(self):
        """Let the add-on walk until nothing moves.

        :raise ToolError: it stands still
        """
        if not self.is_connected:
            self.connect()
        seen, deadline = None, 0.0
        while moving := self._look():
            if moving != seen:
                seen, deadline = moving, time.monotonic() + STANDSTILL_LIMIT
            if time.monotonic() > deadline:
                raise ToolError(
                    f"the walk stands still: {moving}; Odoo's log is "
                    f"{self.bench.odoo.log_path}"
                )
            time.sleep(0.5)
        self.bench.settle()

    def _look(self):
        """:return: what :meth:`_moving` tells; the last of it while Odoo is at it"""
        with contextlib.suppress(OperationalError):  # the walk was faster
            self._seen = self._moving()
        return self._seen

    def _moving(self):
        """What is still to be done; it is hurried along, as if the hours passed."""
        with self.bench.session.environment() as env:
            connection = env["paypal.api.connection"]._of(env.company)
            if env.company.paypal_licence_status != "active":
                return None
            waiting = connection.window_ids.filtered(lambda it: it.state == "waiting")
            lines = env["paypal.activity.line"]
            mine = [("activity_id", "=", connection.activity_id.id)]
            due = lines.search_count([*mine, ("due_at", "!=", False)])
            to_make = lines.search_count([*mine, ("is_to_make", "=", True)])
            on_line = env["paypal.ipn"].search_count(
                [
                    ("state", "in", ("received", "verified", "booked")),
                    ("reason", "=", False),
                ]
            )
            fees = lines.search(
                [*mine, ("result", "=", "different"), ("is_told", "=", False)]
            ).filtered(lambda line: line.ipn_id and line._is_other_fee())
            is_late = waiting.filtered(lambda it: it.trouble and it.next_try)
            if is_late:
                is_late.write({"next_try": False})
            if connection.state == "trouble" and connection.next_try:
                connection.next_try = False
            found = (
                connection.state,
                [(it.id, it.page, it.attempts) for it in waiting],
                due,
                to_make,
                on_line,
                len(fees),
            )
            is_moving = connection.state != "connected" or any(found[1:])
            if is_moving and not (to_make or on_line):
                connection._wake()
            return found if is_moving else None

    def told(self):
        """:return: a dictionary a movement, in the file's order, then the balances"""
        mails = self.bench.sink.mails
        with self.bench.session.environment() as env:
            connection = env["paypal.api.connection"]._of(env.company)
            if connection.watermark:
                connection._prove(_naive(self.last) + timedelta(minutes=1))
            lines = [told_of(env, connection, move, mails) for move in self.moves]
            return [*lines, {"balances": balances_of(connection)}]


def _naive(moment):
    return moment.astimezone(timezone.utc).replace(tzinfo=None, microsecond=0)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (ToolError, ValueError) as error:
        sys.exit(f"make ledger: {error}")
