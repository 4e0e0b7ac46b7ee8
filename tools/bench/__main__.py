"""``make bench``: everything that has to be fast, measured side by side in one run.

Prints a table and writes nothing to the repository. Every figure is measured twice: in
a database with a little history, and in one with years of it.
"""

import argparse
import os
import sys
import time
from functools import partial

from tools.bench import (
    backlog,
    booking,
    flood,
    forms,
    intake,
    latency,
    ledger,
    lists,
    memory,
    plans,
    receipts,
    signing,
    verification,
    webhooks,
)
from tools.bench.table import HEAD, no_longer
from tools.bench.world import ADDONS, TrustingPayPal, world
from tools.commands import say
from tools.environment import Environment
from tools.environment.postgres import running
from tools.trials.workbench import STANDIN_VARIABLE

SMALL = (1_000, 200)
LARGE = (1_000_000, 200_000)
#: The stand-in delivers nothing here.
NOBODY = "http://127.0.0.1:9/"


class Bench:
    """Measures and prints, row by row.

    :ivar bool all_pass: whether every row kept its bound so far
    """

    def __init__(self, chosen, flood_seconds=flood.SECONDS):
        self.chosen = chosen
        self.flood_seconds = flood_seconds
        self.all_pass = True
        self.started = time.monotonic()

    def run(self, name, measure, *arguments, shown=True, **options):
        """Run one measurement unless others were chosen, and print its rows.

        :param bool shown: whether its rows are new to the reader
        :return: its figures by name
        """
        if self.chosen and name not in self.chosen:
            return {}
        say(f"[{time.monotonic() - self.started:4.0f} s] {name}")
        result = measure(*arguments, **options)
        rows, figures = result if isinstance(result, tuple) else (result, {})
        if shown:
            self.show(rows)
        return figures

    def show(self, rows):
        for row in rows:
            print(row.line(), flush=True)
            self.all_pass &= row.passes


def alone(bench, paypal, database):
    """Measure one database, and print the rows that hold the add-on against others.

    :param World database: where
    """
    for name, measure in measurements(paypal, beside_others=True).items():
        bench.run(name, measure, database)
    bench.run("forms", forms.forms, database, paypal)
    bench.run("signing", signing.signing, database)
    bench.run("rival", intake.beside_rival, database, paypal)
    bench.run("workers", receipts.by_workers, database, paypal)
    bench.run("flood", flood.flood, database, seconds=bench.flood_seconds)


def in_turn(bench, paypal, small, large):
    """Measure two databases in turn: what a machine does to one, it does to the other.

    The large one is measured before as well, since the small one was: a database gets
    faster with use.

    :return: what they are compared by: a figure of each by its name
    """
    ours, theirs = {}, {}
    briefly = measurements(paypal, under_way=False)
    for name, measure in measurements(paypal).items():
        bench.run(name, measure, large)
        ours |= bench.run(name, briefly[name], small, shown=False)
        theirs |= bench.run(name, briefly[name], large, shown=False)
    return ours, theirs


def measurements(paypal, beside_others=False, under_way=True):
    """What is measured in every database.

    :param bool beside_others: measure what the add-on is held against, too
    :param bool under_way: measure the intake under every condition
    :return: functions of a :class:`World`, by name
    """
    return {
        "intake": partial(intake.intake, paypal=paypal, under_way=under_way),
        "booking": booking.booking,
        "verification": partial(
            verification.verification, paypal=paypal, one_by_one=beside_others
        ),
        "receipts": partial(receipts.receipts, beside_odoo=beside_others),
        "latency": partial(latency.one_message, paypal=paypal),
        "backlog": partial(backlog.backlog, paypal=paypal, beside_one=beside_others),
    }


def main(arguments):
    """Measure everything, or what was chosen.

    :param list arguments: of the command line
    :return: the exit status: 1 when a row falls short
    """
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "--only", action="extend", nargs="+", metavar="NAME", help="measurements"
    )
    parser.add_argument("--messages", type=int, default=LARGE[0], help="old ones")
    parser.add_argument("--invoices", type=int, default=LARGE[1], help="old ones")
    parser.add_argument(
        "--flood", type=float, default=flood.SECONDS, metavar="SECONDS", help="of each"
    )
    options = parser.parse_args(arguments)
    env, bench = Environment(extra_addons=[ADDONS]), Bench(options.only, options.flood)
    large = options.messages, options.invoices
    with running(env) as server, TrustingPayPal(NOBODY) as paypal:
        # What is worked in this process asks the stand-in, too.
        os.environ[STANDIN_VARIABLE] = paypal.url
        print(HEAD, flush=True)
        # What brings a database of its own.
        by_itself = {
            "lists": lists.lists,
            "ledger": ledger.ledger,
            "webhooks": partial(webhooks.webhooks, env, server, paypal),
        }
        for name, measure in by_itself.items():
            bench.run(name, measure)
        if options.only and by_itself.keys() >= {*options.only}:
            return 0 if bench.all_pass else 1
        with world(env, server, "small", *SMALL) as small:
            alone(bench, paypal, small)
            say(f"[{time.monotonic() - bench.started:4.0f} s] the large database")
            with world(env, server, "large", *large) as grown:
                print(f"-- with {large[0]:,} messages and {large[1]:,} invoices:")
                ours, theirs = in_turn(bench, paypal, small, grown)
                bench.run("plans", plans.plans, grown)
                print("-- large against small:")
                bench.show(
                    no_longer(name, theirs[name], ours[name], "", 1.15) for name in ours
                )
                bench.run("memory", memory.memory, grown, paypal)
    return 0 if bench.all_pass else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
