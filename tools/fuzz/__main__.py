"""``make fuzz``: feed the protocol library and a running listener garbage.

The protocol library has to make a message of any bytes or refuse them, soon, and with
texts that a database can hold; so has the reader of PayPal's lists with any file. The
listener must never answer 5xx, never hang and never grow. The same seed makes the same
cases.
"""

import argparse
import sys

from tools import ToolError
from tools.commands import say
from tools.fuzz.garbage import fuzz_protocol
from tools.fuzz.lists import fuzz_lists


def main(arguments=None):
    """:return: the exit status: 0 if nothing failed"""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=100_000, help="for the library")
    parser.add_argument("--files", type=int, default=5_000, help="PayPal's lists")
    parser.add_argument("--requests", type=int, default=3_000, help="for the listener")
    options = parser.parse_args(arguments)
    kinds, failures = fuzz_protocol(options.seed, options.cases)
    print(f"protocol library: {sum(kinds.values())} cases, {len(failures)} failed")
    print(", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    ends, unread = fuzz_lists(options.seed, options.files)
    failures += unread
    print(f"PayPal's lists: {sum(ends.values())} files, {len(unread)} failed")
    print(", ".join(f"{end} {count}" for end, count in ends.most_common()))
    if options.requests:
        # Only now: it needs Odoo, which the library does not.
        from tools.fuzz.http import fuzz_a_server

        try:
            statuses, wrong = fuzz_a_server(options.seed, options.requests)
        except ToolError as error:
            say(error)
            return 1
        failures += wrong
        print(f"listener: {sum(statuses.values())} requests, {len(wrong)} failed")
        print(", ".join(f"{status}: {n}" for status, n in statuses.most_common()))
        for problem in wrong:
            say(problem)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
