"""``make attack``: attack a running add-on from outside, and count what gets through.

Each attack is one line: what was tried, how much of it got through, and the finding of
docs/SECURITY.md that it is of. The exit status is 1 if anything gets through.

    make attack ARGS="--checkout ../before"

attacks the add-ons of another checkout in the same way, such as one of an older commit.
"""

import argparse
import sys
import traceback
from pathlib import Path

from tools import ToolError
from tools.attacks import documents, intake, log, mail, receiver, roles, storage
from tools.attacks.table import Tried
from tools.attacks.target import Target
from tools.bench.sales import SHOP
from tools.commands import say
from tools.environment import CHECKOUT
from tools.trials.workbench import workbench

KINDS = {
    "intake": intake,
    "storage": storage,
    "receiver": receiver,
    "documents": documents,
    "mail": mail,
    "log": log,
    "roles": roles,
}


def run(target, kinds):
    """Run attacks, and print a line of each.

    :param kinds: modules by name, each with a generator ``attacks``
    :return: the exit status: 0 if nothing got through
    """
    status = 0
    for name, module in kinds.items():
        try:
            for tried in module.attacks(target):
                print(tried.line(), flush=True)
                status |= bool(tried.through)
        except Exception:
            # What does not run to its end shows nothing.
            traceback.print_exc()
            print(Tried(name, "did not run to its end", 1, 1).line(), flush=True)
            status = 1
    return status


def main(arguments=None):
    """:return: the exit status: 0 if nothing got through"""
    parser = argparse.ArgumentParser(
        prog="make attack",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--checkout", type=Path, default=CHECKOUT, metavar="FOLDER")
    parser.add_argument("--only", action="extend", nargs="+", choices=KINDS)
    options = parser.parse_args(arguments)
    try:
        with workbench(SHOP, checkout=options.checkout) as bench:
            chosen = {name: KINDS[name] for name in options.only or KINDS}
            return run(Target(bench), chosen)
    except ToolError as error:
        say(error)
        return 1


if __name__ == "__main__":
    sys.exit(main())
