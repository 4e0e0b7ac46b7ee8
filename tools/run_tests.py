"""``make test``: every test there is, in a few runs of pytest, and one sum.

The arguments go to pytest, as in ``make test ARGS="-k receipt"``.
"""

import contextlib
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
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

#: Without Odoo in the process: the protocol and the tools, which are quick, and
#: whole servers, which the tests start themselves.
QUICK_TESTS = ("tests/protocol", "tests/tools", "tests/house")
SYSTEM_TESTS = ("tests/system",)
#: Inside Odoo as well, with more charts of accounts than the add-ons' own tests need.
CHART_TESTS = "tests/charts"


class TestRun:
    """Runs pytest several times and adds up what came out.

    :param Environment env: whose Python runs it
    :param Path folder: for the reports
    :param list arguments: for pytest
    :param Path output: the file that pytest writes to instead of the terminal
    """

    __test__ = False  # pytest would take it for a test, by its name

    def __init__(self, env, folder, arguments, output=None):
        self.env = env
        self.folder = folder
        self.arguments = arguments
        self.output = output
        self.passed = 0
        self.failed = 0
        self._process = None

    def pytest(self, *arguments, environ=None):
        """Run pytest once and count.

        :param arguments: in addition to those of the whole run
        :param dict environ: more variables
        """
        report = self.folder / "report.xml"
        report.unlink(missing_ok=True)
        command = [self.env.python, "-m", "pytest", f"--junit-xml={report}"]
        environ = self.env.environ(environ or {})
        status = self._run_to_its_end([*command, *arguments, *self.arguments], environ)
        passed, failed = count(report)
        self.passed += passed
        self.failed += failed
        nothing_selected = status == 5 and self.arguments
        if status and not failed and not nothing_selected:
            # It broke down before or between the tests.
            self.failed += 1

    def _run_to_its_end(self, command, environ):
        """Run pytest; when this process is interrupted, let pytest clean up.

        :return: the exit status
        """
        with contextlib.ExitStack() as stack:
            output = self.output and stack.enter_context(open(self.output, "ab"))
            # In a session of its own Ctrl-C reaches pytest once, from here.
            self._process = stack.enter_context(
                subprocess.Popen(
                    command,
                    cwd=CHECKOUT,
                    env=environ,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,
                )
            )
            try:
                return self._process.wait()
            except KeyboardInterrupt:
                self.interrupt()
                raise

    def interrupt(self):
        """Have pytest clean up and end, if it runs."""
        if self._process:
            self._process.send_signal(signal.SIGINT)
            self._process.wait()

    @contextlib.contextmanager
    def beside(self, *arguments):
        """Run pytest beside what is done in the ``with``, and count it at the end.

        What it writes comes after that, in one piece.

        :param arguments: as :meth:`pytest` takes them
        """
        folder = self.folder / "beside"
        folder.mkdir()
        other = TestRun(self.env, folder, self.arguments, folder / "output")
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(other.pytest, *arguments)
            try:
                yield
                running.result()
            except BaseException:
                other.interrupt()
                raise
        print(other.output.read_text(errors="replace"), flush=True)
        self.passed += other.passed
        self.failed += other.failed


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
    """Run everything: first what is quick, then whole servers beside Odoo's own tests.

    :param TestRun run: counts
    """
    env = run.env
    run.pytest("-p", "no:odoo", *QUICK_TESTS)
    with running(env) as server:
        addon_template(env, server)
        glue = {
            f"{ADDON}_payment": beside_template(env, server, "payment_paypal"),
            f"{ADDON}_sale": beside_template(env, server, "sale"),
        }
        with run.beside("-p", "no:odoo", *SYSTEM_TESTS):
            for addon in PRODUCT:
                # Each with what it needs alone: the main line does without the others.
                template = addon_template(env, server, addons=(addon,))
                run_in_odoo(run, server, addon, template)
            for addon, template in glue.items():
                run_in_odoo(run, server, addon, template)
            run_in_odoo(run, server, CHART_TESTS, charts_template(env, server))


def run_in_odoo(run, server, addon, template, environ=None):
    """Run the tests of an add-on inside Odoo.

    :param TestRun run: counts
    :param tools.environment.postgres.Server server: the database server
    :param str addon: the folder, or another one with tests
    :param str template: a database that has it
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
        run.pytest(addon, *odoo, "--odoo-http", environ=environ)


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
