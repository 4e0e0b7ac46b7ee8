"""``make bench``: everything that has to be fast, measured side by side in one run.

Prints a table and writes nothing to the repository. Every figure is measured twice: in
a database with a little history, and in one with years of it.
"""

import argparse
import os
import sys
import time

from tools.bench import (
    backlog,
    booking,
    intake,
    latency,
    memory,
    plans,
    receipts,
    verification,
)
from tools.bench.table import HEAD, no_longer
from tools.bench.world import ADDONS, TrustingPayPal, world
from tools.commands import say
from tools.environment import Environment
from tools.postgres import running
from tools.workbench import STANDIN_VARIABLE

SMALL = (1_000, 200)
LARGE = (1_000_000, 200_000)
#: The stand-in delivers nothing here.
NOBODY = "http://127.0.0.1:9/"


class Bench:
    """Measures and prints, row by row.

    :ivar bool all_pass: whether every row kept its bound so far
    """

    def __init__(self, chosen):
        self.chosen = chosen
        self.all_pass = True
        self.started = time.monotonic()

    def run(self, name, measure, *arguments, **options):
        """Run one measurement unless others were chosen, and print its rows.

        :return: its figures by name
        """
        if self.chosen and name not in self.chosen:
            return {}
        say(f"[{time.monotonic() - self.started:4.0f} s] {name}")
        result = measure(*arguments, **options)
        rows, figures = result if isinstance(result, tuple) else (result, {})
        self.show(rows)
        return figures

    def show(self, rows):
        for row in rows:
            print(row.line(), flush=True)
            self.all_pass &= row.passes


def measure_growth(bench, paypal, database, first):
    """Measure what both databases are compared by.

    :param World database: where
    :param bool first: print the rows that hold the add-on against others, too
    :return: the figures by name
    """
    figures = {}
    for name, measure, arguments, options in (
        ("intake", intake.intake, [paypal], {}),
        ("booking", booking.booking, [], {}),
        ("verification", verification.verification, [paypal], {"one_by_one": first}),
        ("receipts", receipts.receipts, [], {"beside_odoo": first}),
        ("latency", latency.one_message, [paypal], {}),
        ("backlog", backlog.backlog, [paypal], {"beside_one": first}),
    ):
        figures |= bench.run(name, measure, database, *arguments, **options)
    return figures


def main(arguments):
    """Measure everything, or what was chosen.

    :param list arguments: of the command line
    :return: the exit status: 1 when a row falls short
    """
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", action="append", help="a measurement, by its name")
    parser.add_argument("--messages", type=int, default=LARGE[0], help="old ones")
    parser.add_argument("--invoices", type=int, default=LARGE[1], help="old ones")
    options = parser.parse_args(arguments)
    env, bench = Environment(extra_addons=[ADDONS]), Bench(options.only)
    large = options.messages, options.invoices
    with running(env) as server, TrustingPayPal(NOBODY) as paypal:
        # What is worked in this process asks the stand-in, too.
        os.environ[STANDIN_VARIABLE] = paypal.url
        print(HEAD, flush=True)
        with world(env, server, "small", *SMALL) as small:
            ours = measure_growth(bench, paypal, small, first=True)
            bench.run("rival", intake.beside_rival, small, paypal)
            bench.run("workers", receipts.by_workers, small, paypal)
        say(f"[{time.monotonic() - bench.started:4.0f} s] the large database")
        with world(env, server, "large", *large) as grown:
            print(f"-- with {large[0]:,} messages and {large[1]:,} invoices:")
            theirs = measure_growth(bench, paypal, grown, first=False)
            bench.run("plans", plans.plans, grown)
            print("-- large against small:")
            bench.show(
                no_longer(name, theirs[name], ours[name], "", 1.15) for name in ours
            )
            bench.run("memory", memory.memory, grown, paypal)
    return 0 if bench.all_pass else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
