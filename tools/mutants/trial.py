"""Tests that are run on a mutant, in a process that is a fork and ends with it."""

import contextlib
import importlib.machinery
import resource
import sys
from types import FunctionType

import pytest

OPTIONS = ("-q", "--assert=plain", "--tb=no", "--exitfirst")
#: Parts of pytest that a run so short does without.
UNUSED = ("cacheprovider", "unraisableexception", "threadexception", "faulthandler")
OPTIONS += tuple(f"-pno:{name}" for name in UNUSED)
#: Bytes that a mutant may take.
MEMORY = 4 << 30


class Choice:
    """A plugin of pytest that runs some tests, in this order.

    :ivar failed: the id of the one that failed
    """

    def __init__(self, tests):
        self.order = {test: n for n, test in enumerate(tests)}
        self.failed = None

    def pytest_collection_modifyitems(self, items):
        items[:] = [item for item in items if item.nodeid in self.order]
        items.sort(key=lambda item: self.order[item.nodeid])

    def pytest_runtest_logreport(self, report):
        if report.failed:
            self.failed = report.nodeid


def limit():
    """Keep a mutant that takes more and more memory from taking all of it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def try_as_a_whole(mutated, n, tests):
    """Import the mutant instead of the file, and run tests until one fails.

    :param MutatedFile mutated: a file
    :param n: which of its mutants
    :param tests: their ids, in the order in which to run them; by files, as it takes
        longer to collect a file than to run a test of it
    :return: whether one failed, and its id if it did not fail as a whole
    """
    limit()
    try:
        code = compile(mutated.mutant(n), str(mutated.file), "exec")
    except SyntaxError:
        return True, None
    ordinary = importlib.machinery.SourceFileLoader.get_code

    def get_code(loader, fullname):
        is_it = loader.path == str(mutated.file)
        return code if is_it else ordinary(loader, fullname)

    importlib.machinery.SourceFileLoader.get_code = get_code
    for file in dict.fromkeys(test.partition("::")[0] for test in tests):
        choice = Choice(tests)
        if pytest.main([*OPTIONS, file], [choice]) != pytest.ExitCode.OK:
            return True, choice.failed
    return False, None


def try_in_place(mutated, n, items):
    """Give a function the code that it has in the mutant, and run collected tests.

    :param MutatedFile mutated: a file that is imported
    :param n: which of its mutants; it has to be in the body of a function
    :param items: pytest's, in the order in which to run them
    :return: whether one failed, and its id
    """
    limit()
    try:
        code = compile(mutated.mutant(n), str(mutated.file), "exec")
    except SyntaxError:
        return True, None
    for module in list(sys.modules.values()):
        if _file_of(module) == str(mutated.file):
            _replace_code(module, code, mutated.places[n].names)
    choice = Choice([])
    items[0].config.pluginmanager.register(choice)
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
        if choice.failed:
            return True, choice.failed
    return False, None


def _file_of(module):
    with contextlib.suppress(Exception):
        return module.__file__


def _replace_code(owner, code, names):
    """Replace the code of the outermost function around a place.

    It may stand behind a property or be a class method.

    :param owner: the module
    :param code: of the mutated module
    :param names: of classes, then of functions within each other
    """
    for name in names:
        [code] = [x for x in code.co_consts if getattr(x, "co_name", None) == name]
        owner = vars(owner)[name]
        owner = getattr(owner, "fget", None) or getattr(owner, "__func__", owner)
        if isinstance(owner, FunctionType):
            owner.__code__ = code
            return
    raise LookupError(names)
