"""All mutants of a file, each against the tests that could notice it."""

import time
from collections import Counter
from dataclasses import dataclass, field

import pytest

from tools import ToolError
from tools.environment import CHECKOUT

from .baseline import import_beforehand, measure, prepare
from .fork import Fork, in_forks
from .mutations import MutatedFile
from .survivors import caseless
from .trial import OPTIONS, try_as_a_whole, try_in_place

#: Seconds that a fork has beyond ten times what its tests take as a rule; and that all
#: tests have, or all mutants of a file.
PATIENCE = 20
LONG = 1800


@dataclass
class Outcome:
    """What became of the mutants of a file.

    :ivar survivors: a :class:`.survivors.Change` for each that lived
    """

    path: str
    mutants: int
    seconds: float = 0
    survivors: list = field(default_factory=list)

    @property
    def killed(self):
        return self.mutants - len(self.survivors)

    @property
    def per_cent(self):
        return 100 * self.killed / self.mutants if self.mutants else 100


class Run:
    """Knows the tests, and tries mutants.

    :param folder: of the tests
    :param libraries: the files of each library
    """

    def __init__(self, folder, libraries):
        prepare()
        self.libraries, self.caseless = libraries, caseless()
        self.files = [CHECKOUT / path for paths in libraries for path in paths]
        self.baseline = Fork(measure, folder, self.files, seconds=LONG).wait()
        if not self.baseline:
            raise ToolError("The tests fail without any mutant; see `make test`.")
        import_beforehand(self.baseline.modules)

    def try_file(self, path):
        """Try every mutant of a file.

        :return: an :class:`Outcome`
        """
        started = time.monotonic()
        trial = Trial(self, MutatedFile(CHECKOUT, path, self.caseless.get(path)))
        lived = sorted(trial.try_all())
        changes = [trial.mutated.change(n) for n in lived]
        seconds = time.monotonic() - started
        return Outcome(path, len(trial.mutated), seconds, changes)


class Trial:
    """The mutants of one file.

    :ivar killers: how many each test killed so far
    """

    def __init__(self, run, mutated):
        self.run, self.baseline, self.mutated = run, run.baseline, mutated
        self.killers, self.lived = Counter(), set()

    def try_all(self):
        """:return: the numbers of those that lived"""
        numbers = range(len(self.mutated))
        in_place = [n for n in numbers if self._can_be_tried_in_place(n)]
        # The tests are collected once, in a fork that forks for each mutant.
        unclear = in_place
        if in_place:
            result = Fork(self._try_in_place, in_place, seconds=LONG).wait()
            if not result:
                raise ToolError(f"The trials of {self.mutated.path} ended half way.")
            self.lived, self.killers, unclear = result
        others = sorted({*numbers} - {*in_place} | {*unclear})
        if others:
            self._try_none()
        in_forks(others, self._start_as_a_whole, self._end)
        return self.lived

    def _try_none(self):
        """Try the file as it is: what fails now would seem to kill every mutant.

        :raise ToolError: it does not live
        """
        tests = self._by_files(self._of_library())
        first = [
            x for x in tests if x.partition("::")[0] == tests[0].partition("::")[0]
        ]
        seconds = self._patience(first)
        fork = Fork(try_as_a_whole, self.mutated, None, first, seconds=seconds)
        if (fork.wait() or (True, None))[0]:
            raise ToolError(f"{self.mutated.path} does not live unchanged, either.")

    def _can_be_tried_in_place(self, n):
        place = self.mutated.places[n]
        return place.in_function and "" not in self._of_line(place)

    def _of_line(self, place):
        return self.baseline.of_line(self.mutated.file, place.lines)

    def _end(self, n, result):
        # What does not come back, or not in time, does not go unnoticed.
        killed, killer = result or (True, None)
        self.killers[killer] += 1
        if not killed:
            self.lived.add(n)

    # === IN FORKS OF THIS PROCESS === #

    def _start_as_a_whole(self, n):
        tests = self._tests(n)
        seconds = self._patience(tests)
        return Fork(try_as_a_whole, self.mutated, n, tests, seconds=seconds)

    def _patience(self, tests):
        return PATIENCE + 10 * sum(self.baseline.seconds[test] for test in tests)

    def _tests(self, n):
        """Choose the tests that could notice a mutant.

        :return: their ids, in the order of :meth:`_by_files`
        """
        tests = self._of_line(self.mutated.places[n])
        if not tests or "" in tests:  # it runs when the library is imported
            tests = self._of_library()
        return self._by_files(tests)

    def _by_files(self, tests):
        """:return: tests by files; first those that killed many, then the quick ones"""
        by_file = {}
        for test in sorted(tests - {""}, key=self._weight):
            by_file.setdefault(test.partition("::")[0], []).append(test)
        files = sorted(by_file.values(), key=self._weight_of_file)
        return [test for file in files for test in file]

    def _weight(self, test):
        return -self.killers[test], self.baseline.seconds[test]

    def _weight_of_file(self, tests):
        seconds = sum(self.baseline.seconds[test] for test in tests)
        return self._weight(tests[0])[0], seconds

    def _of_library(self):
        """:return: the tests that run any line of it, and those that run none of any"""
        [paths] = (paths for paths in self.run.libraries if self.mutated.path in paths)
        own = self.baseline.of_files(CHECKOUT / path for path in paths)
        others = {*self.baseline.seconds} - self.baseline.of_files(self.run.files)
        return own | others

    # === IN FORKS OF A FORK THAT HAS COLLECTED THE TESTS === #

    def _try_in_place(self, numbers):
        """:return: those that lived, the killers, and those that need another trial"""
        loop = _Loop(self, numbers)
        pytest.main([*OPTIONS, *self._test_files()], [loop])
        return (self.lived, self.killers, loop.unclear) if loop.is_done else None

    def _test_files(self):
        return sorted({test.partition("::")[0] for test in self._of_library()})


class _Loop:
    """A plugin of pytest that tries mutants where tests would be run."""

    def __init__(self, trial, numbers):
        self.trial, self.numbers = trial, numbers
        self.unclear, self.is_done, self.items = [], False, {}

    def pytest_runtestloop(self, session):
        self.items = {item.nodeid: item for item in session.items}
        in_forks(self.numbers, self._start, self._end)
        self.is_done = True
        return True

    def _start(self, n):
        tests = self.trial._tests(n)
        seconds = self.trial._patience(tests)
        return Fork(self._try, n, [self.items[x] for x in tests], seconds=seconds)

    def _try(self, n, items):
        try:
            return try_in_place(self.trial.mutated, n, items)
        except Exception:
            return "unclear", None

    def _end(self, n, result):
        if result and result[0] == "unclear":
            self.unclear.append(n)
        else:
            self.trial._end(n, result)
