"""``make reconcile``: a file of PayPal's through the real wizard, told as JSON.

One object for each row, then one with the balances. A file that is refused says why.
"""

import argparse
import base64
import json
import sys
import time
from pathlib import Path

from tools import ToolError
from tools.commands import say
from tools.trials.outcome import document_of, payment_of
from tools.trials.protocol import Message, UnreadableActivity, iter_activity
from tools.trials.replay import DEFAULT_RATE, account_of, currencies_of
from tools.trials.shop import Shop
from tools.trials.workbench import workbench

LIMIT = 1800  # seconds for each step


def main(arguments=None):
    """:return: the exit status: 0 also for a file that is refused"""
    options = parse(arguments)
    with workbench(shop_of(options), options.country, options.keep) as bench:
        if options.after:
            bench.send([path.read_bytes() for path in options.after])
        run = Reconciliation(bench, options)
        run.upload()
        if run.make_all():
            bench.settle()
            run.wait()
        for line in run.told():
            print(json.dumps(line, ensure_ascii=False), flush=True)
    return 0


def parse(arguments):
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="make reconcile", description=__doc__)
    add = parser.add_argument
    add("file", type=Path, metavar="FILE", help="as PayPal gave it")
    add("--country", default="IL", help="chart of accounts and country")
    add("--lang", default="en_US", help="of the sentences")
    add("--currencies", help="USD=3.6,EUR=4.0; default: every one in the file, at 4.0")
    add("--zone", help="of the PayPal account; default: the company's")
    order = parser.add_mutually_exclusive_group()
    order.add_argument("--day-first", dest="order", action="store_const", const="dmy")
    order.add_argument("--month-first", dest="order", action="store_const", const="mdy")
    add("--make", action="store_true", help="press Make All")
    add("--after", type=Path, action="append", default=[], metavar="SAMPLE.ipn")
    add("--keep", action="store_true", help="leave the database")
    options = parser.parse_args(arguments)
    for path in [options.file, *options.after]:
        if not path.is_file():
            parser.error(f"there is no file {path}")
    return options


def shop_of(options):
    """Set the company up for the messages that come first, if there are any."""
    bodies = [path.read_bytes() for path in options.after]
    messages = [Message.decode(body) for body in bodies]
    account = account_of(bodies[0]) if bodies else ("", "seller@example.com")
    currencies = currencies_of(options, messages)
    if options.currencies is None:
        in_file = dict.fromkeys(currencies_in(options.file.read_bytes()), DEFAULT_RATE)
        currencies = {**in_file, **currencies}
    sandbox = bool(messages) and messages[0].get("test_ipn") == "1"
    return Shop(*account, sandbox=sandbox, currencies=currencies)


def currencies_in(content):
    """:return: the codes of a file's currencies; none of one that is refused"""
    try:
        return sorted({row.currency for row in iter_activity(content) if row.currency})
    except UnreadableActivity:
        return []


class Reconciliation:
    """One file on one server."""

    def __init__(self, bench, options):
        self.bench, self.options = bench, options
        self.activity_id = None

    def _activity(self, env):
        lang = self.options.lang
        return env["paypal.activity"].browse(self.activity_id).with_context(lang=lang)

    def upload(self):
        """Upload the file, and have it compared."""
        options = self.options
        values = {
            "name": options.file.name,
            "file": base64.b64encode(options.file.read_bytes()),
            "date_order": options.order or False,
        }
        if options.zone:
            values["zone"] = options.zone
        with self.bench.session.environment() as env:
            activity = env["paypal.activity"].create(values)
            self.activity_id = activity.id
            activity.action_compare()
        self.wait()
        with self.bench.session.environment() as env:
            activity = self._activity(env)
            if activity.question == "reading":
                for field, name, shown in activity.reading:
                    say(f"read as {field}: {name} ({shown})")
                activity.action_confirm_reading()
        self.wait()

    def wait(self):
        """Wait until the file is compared, or made.

        :raise ToolError: it takes too long
        """
        end = time.monotonic() + LIMIT
        while True:
            with self.bench.session.environment() as env:
                activity = self._activity(env)
                if not activity.is_running:
                    return
            if time.monotonic() > end:
                raise ToolError(f"not done after {LIMIT} seconds")
            time.sleep(0.3)

    def make_all(self):
        """Press Make All, if there is anything to make.

        :return: whether it was pressed
        """
        with self.bench.session.environment() as env:
            activity = self._activity(env)
            if not self.options.make or activity.state != "ready":
                return False
            if activity.question:
                say("nothing is made: say --day-first or --month-first")
                return False
            if not activity.bank_journal_id:
                banks = env["account.journal"].search(
                    [("type", "=", "bank"), ("id", "!=", activity.journal_id.id)],
                    limit=1,
                )
                activity.bank_journal_id = banks
            if not activity.makeable_count:
                return False
            activity.action_make_all()
            return True

    def told(self):
        """:return: dictionaries, one for each row and one with the balances"""
        with self.bench.session.environment() as env:
            activity = self._activity(env)
            if activity.state == "failed":
                return [
                    {"refused": activity.failure[0], "sentence": activity.explanation}
                ]
            labels = dict(
                activity.line_ids._fields["result"]._description_selection(activity.env)
            )
            lines = activity.line_ids.sorted(lambda line: (not line.line, line.line))
            rows = [_row(line, labels) for line in lines]
            return [*rows, {"balances": _balances(activity)}]


def _row(line, labels):
    return {
        "row": line.line or None,
        "txn_id": line.txn_id or None,
        "type": line.type or None,
        "kind": line.kind or None,
        "result": labels.get(line.result),
        "code": line.result,
        "sentence": line.explanation or None,
        "moves_balance": line.moves_balance,
        "currency": line.currency_code or line.currency_id.name or None,
        "net": _amount(line.net, line.currency_id),
        "document": document_of(line.move_id) if line.move_id else None,
        "payment": payment_of(line.payment_id) if line.payment_id else None,
    }


def _balances(activity):
    """By currency: PayPal's balance, the books', and what lies between."""
    found = {}
    for row in activity._balances():
        currency = row["currency"]
        found[currency.name] = {
            "paypal": _amount(row["paypal"], currency) if row["is_known"] else None,
            "books": _amount(row["books"], currency),
            "parts": {
                part: _amount(row[part], currency) for part in activity._balance_parts()
            },
        }
    return found


def _amount(value, currency):
    return f"{value:.{currency.decimal_places if currency else 2}f}"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (ToolError, ValueError) as error:
        sys.exit(f"make reconcile: {error}")
