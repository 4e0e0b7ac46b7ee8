"""Pytest for the whole repository: a test that did not run is a failure."""

import pytest


class NoTestLeftOut:
    """Fails a run in which a test was skipped or was expected to fail.

    A machine without a browser, say, would otherwise pass with its browser tests
    skipped.
    """

    def __init__(self):
        self.left_out = []

    def pytest_runtest_logreport(self, report):
        if report.skipped or hasattr(report, "wasxfail"):
            self.left_out.append(report.nodeid)

    def pytest_collectreport(self, report):
        if report.skipped:
            self.left_out.append(report.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session):
        if self.left_out:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter):
        if self.left_out:
            names = ", ".join(dict.fromkeys(self.left_out))
            terminalreporter.write_line(
                "Failed, because no test may be skipped or expected to fail here:"
                f" {names}",
                red=True,
            )


def pytest_configure(config):
    config.pluginmanager.register(NoTestLeftOut())
