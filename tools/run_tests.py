"""``make test``: every test there is, in three runs of pytest, and one sum.

The arguments go to pytest, as in ``make test ARGS="-k receipt"``.
"""

import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from tools import ToolError
from tools.commands import say
from tools.databases import ADDON, addon_template, beside_template, scratch
from tools.environment import CHECKOUT, Environment
from tools.odoo_config import write_config
from tools.postgres import running

#: Without Odoo in the process: the protocol and the tools, which are quick, and
#: whole servers, which the tests start themselves.
QUICK_TESTS = ("tests/protocol", "tests/tools")
SYSTEM_TESTS = ("tests/system",)


class TestRun:
    """Runs pytest several times and adds up what came out.

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

    def pytest(self, *arguments, environ=None):
        """Run pytest once and count.

        :param arguments: in addition to those of the whole run
        :param dict environ: more variables
        """
        report = self.folder / "report.xml"
        report.unlink(missing_ok=True)
        command = [self.env.python, "-m", "pytest", f"--junit-xml={report}"]
        environ = self.env.environ(environ or {})
        status = _run_to_its_end([*command, *arguments, *self.arguments], environ)
        passed, failed = count(report)
        self.passed += passed
        self.failed += failed
        nothing_selected = status == 5 and self.arguments
        if status and not failed and not nothing_selected:
            # It broke down before or between the tests.
            self.failed += 1


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


def _run_to_its_end(command, environ):
    """Run pytest; when this process is interrupted, let pytest clean up.

    :return: the exit status
    """
    # In a session of its own Ctrl-C reaches pytest once, from here.
    with subprocess.Popen(
        command, cwd=CHECKOUT, env=environ, start_new_session=True
    ) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.send_signal(signal.SIGINT)
            process.wait()
            raise


def run_all(run):
    """Run everything: first what is quick, then Odoo's own tests, then whole servers.

    :param TestRun run: counts
    """
    env = run.env
    run.pytest("-p", "no:odoo", *QUICK_TESTS)
    with running(env) as server:
        run_in_odoo(run, server, ADDON, addon_template(env, server))
        beside = beside_template(env, server, "payment_paypal")
        run_in_odoo(run, server, f"{ADDON}_payment", beside)
        run.pytest("-p", "no:odoo", *SYSTEM_TESTS)


def run_in_odoo(run, server, addon, template, environ=None):
    """Run the tests of an add-on inside Odoo.

    :param TestRun run: counts
    :param tools.postgres.Server server: the database server
    :param str addon: the folder
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

    :param tools.postgres.Server server: the database server
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
