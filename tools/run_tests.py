"""``make test``: every test there is, in a few runs of pytest, and one sum.

They run beside each other; what each writes comes at its end, in one piece.

The arguments go to pytest, as in ``make test ARGS="-k receipt"``.
"""

import signal
import subprocess
import sys
import tempfile
import threading
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from pathlib import Path

from tools import ToolError
from tools.commands import say
from tools.environment import CHECKOUT, Environment
from tools.environment.databases import (
    ADDON,
    PRODUCT,
    addon_template,
    beside_template,
    charts_template,
    scratch,
)
from tools.environment.odoo_config import write_config
from tools.environment.postgres import running

#: What is run beside each other.
LANES = 2
#: Without Odoo in the process: the protocol and the tools, which are quick, and
#: whole servers, which the tests start themselves.
QUICK_TESTS = ("tests/protocol", "tests/tools", "tests/house")
SYSTEM_TESTS = ("tests/system",)
#: Inside Odoo as well, with more charts of accounts than the add-ons' own tests need.
CHART_TESTS = "tests/charts"
#: What joins add-ons of ours that do without each other.
BESIDE_TESTS = "tests/beside"
#: The room of the main add-on whose tests take longest: they are run by themselves.
LONGEST_ROOM = f"{ADDON}/tests/books"


class TestRun:
    """Runs pytest, once for each part of the tests, and adds up what came out.

    :param Environment env: whose Python runs it
    :param Path folder: for the reports
    :param list arguments: for pytest
    """

    __test__ = False  # pytest would take it for a test, by its name

    def __init__(self, env, folder, arguments):
        self.env = env
        self.folder = folder
        self.arguments = arguments
        self.passed = 0
        self.failed = 0
        self._processes = set()
        self._counting = threading.Lock()

    def pytest(self, *arguments, environ=None):
        """Run pytest once, print what it wrote, in one piece, and count.

        :param arguments: in addition to those of the whole run
        :param dict environ: more variables
        """
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            report, output = Path(folder, "report.xml"), Path(folder, "output")
            command = [self.env.python, "-m", "pytest", f"--junit-xml={report}"]
            environ = self.env.environ(environ or {})
            status = self._to_its_end(
                [*command, *arguments, *self.arguments], environ, output
            )
            passed, failed = count(report)
            text = output.read_text(errors="replace")
        if status and not failed and not (status == 5 and self.arguments):
            # It broke down before or between the tests; 5 is: none was selected.
            failed += 1
        with self._counting:
            print(text, flush=True)
            self.passed += passed
            self.failed += failed

    def _to_its_end(self, command, environ, output):
        """:return: the exit status of a command that writes to a file"""
        # In a session of its own Ctrl-C reaches pytest once, from here.
        with (
            open(output, "wb") as file,
            subprocess.Popen(
                command,
                cwd=CHECKOUT,
                env=environ,
                stdout=file,
                stderr=file,
                start_new_session=True,
            ) as process,
        ):
            self._processes.add(process)
            status = process.wait()
            self._processes.discard(process)
        return status

    @property
    def is_busy(self):
        """Whether pytest runs now."""
        return bool(self._processes)

    def beside_each_other(self, parts):
        """Run parts of the tests, as many at a time as there are lanes.

        :param parts: functions without arguments, the longest first
        :raise ToolError: as they do
        """
        with ThreadPoolExecutor(LANES) as lanes:
            running = [lanes.submit(part) for part in parts]
            try:
                for part in as_completed(running):
                    part.result()
            except BaseException:
                lanes.shutdown(wait=False, cancel_futures=True)
                # pytest cleans up and ends.
                for process in [*self._processes]:
                    process.send_signal(signal.SIGINT)
                raise


def count(report):
    """Count the tests in a report of pytest's.

    :param Path report: JUnit XML; a missing one counts as no test
    :return: how many passed, and how many did not for whatever reason
    :rtype: tuple[int, int]
    """
    if not report.exists():
        return 0, 0
    suite = ElementTree.parse(report).getroot().find("testsuite")
    failed = sum(int(suite.get(kind)) for kind in ("failures", "errors", "skipped"))
    return int(suite.get("tests")) - failed, failed


def run_all(run):
    """Run everything, the longest parts first.

    :param TestRun run: counts
    """
    env = run.env
    with running(env) as server:

        def inside(addon, template, *arguments):
            run_in_odoo(run, server, addon, template(), *arguments)

        def product(addon):
            # Each with what it needs alone: the main line does without the others.
            return partial(addon_template, env, server, addons=(addon,))

        def glue(module):
            return partial(beside_template, env, server, module)

        def apart(*folders):
            run.pytest("-p", "no:odoo", *folders)

        main, *others = PRODUCT
        run.beside_each_other(
            [
                partial(apart, *SYSTEM_TESTS),
                partial(inside, main, product(main), f"--ignore={LONGEST_ROOM}"),
                partial(inside, LONGEST_ROOM, product(main)),
                *(partial(inside, addon, product(addon)) for addon in others),
                partial(
                    inside, f"{ADDON}_payment", glue("payment_paypal"), BESIDE_TESTS
                ),
                partial(inside, f"{ADDON}_sale", glue("sale")),
                partial(inside, CHART_TESTS, partial(charts_template, env, server)),
                partial(apart, *QUICK_TESTS),
            ]
        )


def run_in_odoo(run, server, addon, template, *arguments, environ=None):
    """Run the tests of an add-on inside Odoo.

    :param TestRun run: counts
    :param tools.environment.postgres.Server server: the database server
    :param str addon: the folder, or another one with tests
    :param str template: a database that has it
    :param arguments: more for pytest
    :param dict environ: more variables
    """
    env = run.env
    with scratch(env, server, template) as database:
        leave_unvacuumed(server, database)
        config = write_config(
            env.run_dir / database / "tests.conf", env, server, db_name=database
        )
        odoo = [f"--odoo-database={database}", f"--odoo-config={config}"]
        environ = {**server.environ, **(environ or {})}
        run.pytest(addon, *arguments, *odoo, "--odoo-http", environ=environ)


def leave_unvacuumed(server, database):
    """Keep PostgreSQL's autovacuum off the tables of a database.

    The tests inside Odoo are one transaction that is never committed. A vacuum in the
    middle of it sees full tables without a single row, and the planner then takes them
    for empty: each query that joins them takes half a second from there on.

    :param tools.environment.postgres.Server server: the database server
    :param str database: the name
    """
    server.execute(
        """
        DO $$ DECLARE name text; BEGIN
            FOR name IN SELECT oid::regclass FROM pg_class
                         WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
            LOOP EXECUTE 'ALTER TABLE ' || name || ' SET (autovacuum_enabled = off)';
            END LOOP;
        END $$
        """,
        database=database,
    )


def main(arguments):
    """Run the tests; the closing line tells how many passed and failed.

    :param list arguments: for pytest
    :return: the exit status
    """
    # Whoever ends this run ends the servers that it started, too. SIGINT is set
    # because a shell starts background jobs with it ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    with tempfile.TemporaryDirectory() as folder:
        run = TestRun(Environment(), Path(folder), arguments)
        try:
            run_all(run)
        except ToolError as error:
            say(error)
            run.failed += 1
        except KeyboardInterrupt:
            return 128 + signal.SIGINT
    print(f"{run.passed} passed, {run.failed} failed", flush=True)
    return 1 if run.failed or not run.passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
