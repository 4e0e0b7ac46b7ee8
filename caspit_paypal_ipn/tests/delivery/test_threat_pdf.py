# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
import signal
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from odoo.addons.base.models import ir_actions_report
from odoo.tests import BaseCase

from ...models.delivery.pdf_engine import EngineTooSlow, bounded, run, run_in_time
from ...report.bidi import with_marked_brackets

#: A program that starts another, says which, and waits for ever.
HANGS = "sleep 100 & echo $$ $! > {file}; wait"
PATIENCE = 10  # seconds


class TestThreatPdf(BaseCase):
    """What prints a receipt ends in time, with its worker, and with all it started."""

    def setUp(self):
        super().setUp()
        folder = self.enterContext(TemporaryDirectory())
        self.file = Path(folder, "processes")
        self.command = ["/bin/sh", "-c", HANGS.format(file=self.file)]

    def processes(self):
        """:return: the ids of the program and of what it started"""
        self.wait_until(lambda: self.file.exists() and self.file.read_text())
        return [int(pid) for pid in self.file.read_text().split()]

    def wait_until(self, holds):
        deadline = time.monotonic() + PATIENCE
        while not holds():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.02)

    @staticmethod
    def runs(pid):
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except FileNotFoundError:
            return False
        return stat.rpartition(")")[2].split()[0] != "Z"

    def test_what_hangs_is_ended_with_all_that_it_started(self):
        with self.assertRaisesRegex(EngineTooSlow, "more than 0.5 seconds"):
            run_in_time(self.command, 0.5)
        self.wait_until(lambda: not any(map(self.runs, self.processes())))

    def test_it_ends_with_the_worker_that_is_killed(self):
        worker = os.fork()
        if not worker:
            try:
                run_in_time(self.command, 60)
            finally:
                os._exit(1)
        engine, _started = self.processes()
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
        self.wait_until(lambda: not self.runs(engine))
        os.killpg(engine, signal.SIGKILL)

    def test_what_it_printed_and_said_is_given_back(self):
        done = run_in_time(["/bin/sh", "-c", "echo out; echo err >&2; exit 3"], 10)
        self.assertEqual(
            (done.returncode, done.stdout, done.stderr), (3, "out\n", "err\n")
        )

    def test_what_others_print_is_left_to_odoo(self):
        asked = []
        run(asked.append, ["--version"])
        self.assertEqual(asked, [["--version"]])
        with bounded(30):
            done = run(asked.append, ["--version"])
        self.assertIn("wkhtmltopdf", done.stdout)
        self.assertEqual(len(asked), 1)

    def test_odoo_prints_by_it(self):
        with bounded(30):
            done = ir_actions_report._run_wkhtmltopdf(["--version"])
        self.assertIsInstance(done, subprocess.CompletedProcess)
        self.assertIs(ir_actions_report._run_wkhtmltopdf.func, run)

    def test_many_brackets_take_no_longer_than_their_letters(self):
        text = "(" * 20_000 + "א" + ")" * 20_000
        started = time.monotonic()
        self.assertEqual(len(with_marked_brackets(text)), 3 * 40_000 + 1)
        self.assertLess(time.monotonic() - started, 2)
