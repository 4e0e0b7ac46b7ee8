"""An activity file of many rows on a real server: what is found, how fast, how large.

python -m tools.trials.reconcile_run --rows 50000

The file is an invented merchant's. A part of it is made before the comparison of the
same file begins anew, so that there is something booked to compare with.
"""

import argparse
import base64
import time
from collections import Counter
from pathlib import Path

from tools import ToolError
from tools.commands import say
from tools.trials.activity_file import STYLES, write_activity
from tools.trials.activity_merchant import Merchant
from tools.trials.demo import SHOP
from tools.trials.workbench import workbench

LIMIT = 1800  # seconds for each step
MEBIBYTE = 1024  # /proc tells KiB


def main(arguments=None):
    """:return: the exit status: 0 if every row got a result"""
    options = parse(arguments)
    entries = Merchant(options.seed).entries(options.rows)
    content = b"".join(write_activity(entries, STYLES[options.language]))
    say(f"{options.rows} rows, {len(content) / 2**20:.1f} MiB")
    with workbench(SHOP) as bench:
        run = Run(bench)
        run.upload(content)
        run.wait("read and compared", lambda activity: activity.state == "ready")
        if options.make:
            run.make(options.make)
            run.wait("made", lambda activity: not activity.is_running)
            run.again()
            run.wait("compared again", lambda activity: activity.state == "ready")
        return 0 if sum(run.counts().values()) >= options.rows else 1


def parse(arguments):
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--language", choices=STYLES, default="en")
    parser.add_argument("--make", type=int, default=0, help="make so many rows, too")
    return parser.parse_args(arguments)


class Run:
    """One file on one server."""

    def __init__(self, bench):
        self.bench = bench
        self.activity_id = None

    def _activity(self, env):
        return env["paypal.activity"].browse(self.activity_id)

    def upload(self, content):
        """Upload a file and begin."""
        with self.bench.session.environment() as env:
            bank = env["account.journal"].search([("type", "=", "bank")], limit=1)
            values = {"name": "activity.csv", "file": base64.b64encode(content)}
            activity = env["paypal.activity"].create(
                {**values, "bank_journal_id": bank.id}
            )
            self.activity_id = activity.id
            activity.action_compare()

    def make(self, count):
        """Have the messages of some rows made."""
        with self.bench.session.environment() as env:
            rows = env["paypal.activity.line"].search(
                [("is_makeable", "=", True)], limit=count, order="moment, line"
            )
            rows.action_make()

    def again(self):
        """Compare once more."""
        with self.bench.session.environment() as env:
            self._activity(env).action_compare()

    def wait(self, what, is_there):
        """Wait for a step, and say how long it took and how large Odoo grew.

        :return: the seconds, and the MiB of the largest process
        :raise ToolError: it failed, or takes too long
        """
        start, peak = time.monotonic(), 0
        while True:
            peak = max(peak, *memory_of(self.bench.odoo.pid).values())
            with self.bench.session.environment() as env:
                activity = self._activity(env)
                if activity.state == "failed":
                    raise ToolError(activity.explanation)
                if is_there(activity):
                    break
            if time.monotonic() > start + LIMIT:
                raise ToolError(f"not {what} after {LIMIT} seconds")
            time.sleep(0.5)
        seconds, peak = time.monotonic() - start, peak / MEBIBYTE
        say(f"{what}: {seconds:.1f} s, largest process {peak:.0f} MiB")
        say(f"  {dict(self.counts())}")
        return seconds, peak

    def counts(self):
        """:return: how many rows there are of each result"""
        with self.bench.session.environment() as env:
            groups = env["paypal.activity.line"]._read_group(
                [("activity_id", "=", self.activity_id)], ["result"], ["__count"]
            )
            return Counter(dict(groups))


def set_workers(session, count):
    """Have messages booked by as many processes: a twin of the action for each."""
    with session.environment() as env:
        cron = env.ref("caspit_paypal_ipn.ir_cron_paypal_ipn_work")
        domain = [("model_id", "=", cron.model_id.id), ("code", "=", cron.code)]
        (env["ir.cron"].search(domain) - cron).unlink()
        for _ in range(count - 1):
            cron.copy()


def memory_of(group):
    """:return: the resident KiB of each process of a process group"""
    sizes = {0: 0}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            stat = (status.parent / "stat").read_text().rpartition(")")[2].split()
            if int(stat[2]) == group:
                [line] = [
                    line
                    for line in status.read_text().splitlines()
                    if line.startswith("VmRSS")
                ]
                sizes[int(status.parent.name)] = int(line.split()[1])
        except (OSError, ValueError):  # it ended meanwhile
            continue
    return sizes


if __name__ == "__main__":
    raise SystemExit(main())
