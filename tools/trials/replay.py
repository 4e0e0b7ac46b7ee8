"""``make replay``: post messages to the add-on, print what became of each as JSON."""

import argparse
import json
import sys
from pathlib import Path

from tools import ToolError
from tools.commands import say
from tools.trials.outcome import pdfs_of
from tools.trials.protocol import MalformedMessage, Message
from tools.trials.shop import Shop
from tools.trials.workbench import workbench

DEFAULT_RATE = "4.0"


def main(arguments=None):
    """:return: the exit status: 0 if all messages were accepted over HTTP"""
    options = parse(arguments)
    files = options.files * options.times
    bodies = [path.read_bytes() for path in files]
    forged = {path.read_bytes() for path in options.forge}
    with workbench(shop_of(options), options.country, options.keep) as bench:
        scripts = Scripts(options.odoo, bench)
        statuses = bench.send(bodies, forged, options.in_turn, scripts.run_before)
        outcomes = bench.outcomes(bodies)
        for path, status, outcome in zip(files, statuses, outcomes, strict=True):
            line = {"file": path.name, "http_status": status, **outcome}
            print(json.dumps(line, ensure_ascii=False), flush=True)
        scripts.run_before(len(bodies) + 1)
        scripts.tell()
        if options.keep:
            keep(bench)
    return 0 if all(status == 200 for status in statuses) else 1


class Scripts:
    """The Python files of ``--odoo``, and what they print.

    :param scripts: pairs of the message's number that one runs before, and its path
    :param tools.trials.workbench.Workbench bench: where they run
    """

    def __init__(self, scripts, bench):
        self._scripts = scripts
        self._bench = bench
        self._printed = []

    def run_before(self, number):
        """Run those that come before a message, in the order of the command line."""
        for before, path in self._scripts:
            if before == number:
                self._printed += self._bench.run(path)

    def tell(self):
        """Print what is JSON on standard output, and the rest as progress."""
        for line in self._printed:
            try:
                json.loads(line)
            except ValueError:
                say(line)
            else:
                print(line, flush=True)


def script(text):
    """Read ``N:FILE``.

    :rtype: tuple[int, Path]
    :raise ValueError: it has no number
    """
    number, _colon, name = text.partition(":")
    return int(number), Path(name)


def parse(arguments):
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="make replay", description=__doc__)
    add = parser.add_argument
    add("files", nargs="*", type=Path, metavar="FILE", help="a message's body")
    add("--merchant-id", help="default: the first file's receiver_id")
    add("--merchant-email", help="default: the first file's receiver_email or business")
    add("--sandbox", dest="sandbox", action="store_true", default=None)
    add("--live", dest="sandbox", action="store_false", help="default: by test_ipn")
    add("--country", default="IL", help="chart of accounts and country")
    add("--lang", default="he_IL", help="for customers whose country does not tell")
    add("--languages", default="", help="de_DE,…: more languages that are active")
    add("--currencies", help="USD=3.6,EUR=4.0: the company's units for one foreign")
    add("--forge", type=Path, action="append", default=[], metavar="FILE")
    add("--no-licence", dest="licensed", action="store_false")
    order = parser.add_mutually_exclusive_group()
    order.add_argument("--each-in-turn", dest="in_turn", action="store_true")
    order.add_argument("--burst", dest="in_turn", action="store_false")
    add("--times", type=int, default=1, metavar="N", help="send each file N times")
    add(
        "--odoo",
        type=script,
        action="append",
        default=[],
        metavar="N:FILE",
        help="run a Python file, with env and company, before the Nth message is sent; "
        "one past the last: after everything",
    )
    add("--keep", action="store_true", help="leave the database and the PDFs")
    parser.set_defaults(in_turn=True)
    options = parser.parse_args(arguments)
    options.files = options.files or options.forge
    if not options.files:
        parser.error('name at least one file: make replay IPN="FILE..."')
    scripts = [path for _number, path in options.odoo]
    for path in options.files + options.forge + scripts:
        if not path.is_file():
            parser.error(f"there is no file {path}")
    if not set(options.forge) <= set(options.files):
        options.files += [p for p in options.forge if p not in options.files]
    sent = len(options.files) * options.times
    if any(not 1 <= number <= sent + 1 for number, _path in options.odoo):
        parser.error(f"--odoo takes a number from 1 to {sent + 1}")
    return options


def shop_of(options):
    """Set the company up for the messages: by default as the first one's receiver."""
    bodies = [path.read_bytes() for path in options.files]
    messages = [Message.decode(body) for body in bodies]
    merchant_id, email = account_of(bodies[0])
    if options.merchant_id is not None:
        merchant_id = options.merchant_id
    if options.merchant_email is not None:
        email = options.merchant_email
    sandbox = options.sandbox
    if sandbox is None:
        sandbox = messages[0].get("test_ipn") == "1"
    return Shop(
        merchant_id=merchant_id,
        merchant_email=email,
        sandbox=sandbox,
        lang=options.lang,
        currencies=currencies_of(options, messages),
        licensed=options.licensed,
        languages=tuple(filter(None, options.languages.split(","))),
    )


def account_of(body):
    """Find whose PayPal account a message is about.

    :return: its merchant id and its address: the receiver's, or, where a message names
        no receiver (an adjustment, a mass pay), the payer's
    """
    try:
        message = Message.parse(body)
    except MalformedMessage:
        return "", ""
    account = message.payer_account if message.receiver.is_empty else message.receiver
    return account.merchant_id, next(iter(account.emails), "")


def currencies_of(options, messages):
    """:return: units of the company's currency by foreign currency"""
    if options.currencies is not None:
        pairs = filter(None, options.currencies.split(","))
        return dict(pair.strip().split("=", 1) for pair in pairs)
    codes = {fields.get("mc_currency", "").upper() for fields in messages}
    codes |= {fields.get("settle_currency", "").upper() for fields in messages}
    return dict.fromkeys(sorted(filter(None, codes)), DEFAULT_RATE)


def keep(bench):
    """Write the PDFs out, and say where everything is."""
    folder = Path.cwd() / f"replay-{bench.odoo.database}"
    folder.mkdir()
    with bench.session.environment() as env:
        for name, content in pdfs_of(env):
            (folder / name).write_bytes(content)
    say(f"database {bench.odoo.database}; PDFs in {folder}")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (ToolError, ValueError) as error:
        sys.exit(f"make replay: {error}")
