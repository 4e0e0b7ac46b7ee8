"""What the tests do on the code as it is: which lines each runs, and how long."""

import contextlib
import gc
import importlib
import os
import re
import sys
import time
import warnings

import coverage
import pytest

from .trial import OPTIONS

#: Names of files with tests that feed a library garbage.
GARBAGE = re.compile("fuzz|hostile")


class Baseline:
    """What the tests do.

    :ivar seconds: what each test takes, by its id
    :ivar tests: the ids of those that run a line, by file and line; '' among them when
        it runs on import
    :ivar modules: what they import besides the checkout's own
    """

    def __init__(self):
        self.seconds, self.tests, self.modules = {}, {}, []

    def of_line(self, file, lines):
        """:return: the ids of the tests that run one of the lines"""
        by_line = self.tests.get(str(file), {})
        return {test for line in lines for test in by_line.get(line, ())}

    def of_files(self, files):
        """:return: the ids of the tests that run any line of the files"""
        by_file = (self.tests.get(str(file), {}) for file in files)
        every = {x for lines in by_file for tests in lines.values() for x in tests}
        return every - {""}


def expects_something(item):
    """Tell whether a test has a value of its own to expect.

    Garbage, properties and bounds of time are other nets: what dies in them by chance
    today may live tomorrow, and they take most of the time.

    :param item: pytest's
    """
    is_property = getattr(item.obj, "is_hypothesis_test", False)
    return not is_property and not GARBAGE.search(item.path.stem)


class _Watch:
    """A plugin of pytest that notes each test's time and lines."""

    def __init__(self, measured):
        self.measured, self.seconds = measured, {}

    def pytest_collection_modifyitems(self, items):
        items[:] = [item for item in items if expects_something(item)]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        self.measured.switch_context(item.nodeid)
        before = time.monotonic()
        result = yield
        self.seconds[item.nodeid] = time.monotonic() - before
        self.measured.switch_context("")
        return result


def measure(folder, files):
    """Run all tests once.

    :param folder: with the tests
    :param files: whose lines are looked at
    :return: the :class:`Baseline`; None when a test fails
    """
    measured = coverage.Coverage(data_file=None, include=list(map(str, files)))
    watch, baseline = _Watch(measured), Baseline()
    measured.start()
    status = pytest.main([*OPTIONS, folder], [watch])
    measured.stop()
    data = measured.get_data()
    baseline.seconds = watch.seconds
    for file in data.measured_files():
        baseline.tests[file] = data.contexts_by_lineno(file)
    for name, module in list(sys.modules.items()):
        if "site-packages" in (getattr(module, "__file__", None) or ""):
            baseline.modules.append(name)
    return baseline if status == pytest.ExitCode.OK else None


def prepare():
    """Have every fork's pytest do without what others installed for it."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ["COVERAGE_CORE"] = "ctrace"  # the one that knows which test runs


def import_beforehand(modules):
    """Import what the tests do, so that no fork has to."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in modules:
            with contextlib.suppress(Exception):
                importlib.import_module(name)
    gc.freeze()  # or each fork copies what it only looks at
