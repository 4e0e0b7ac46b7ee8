"""Functions that run in a fork of this process, a few at a time."""

import contextlib
import os
import pickle
import signal
import sys
import tempfile
import time

#: Seconds between two looks at the forks.
GLANCE = 0.005


class Fork:
    """A function that runs in a fork of this process, in silence.

    :param function: its result is pickled
    :param float seconds: after these it is ended
    """

    def __init__(self, function, *arguments, seconds):
        self._result = tempfile.TemporaryFile()  # noqa: SIM115
        self._deadline = time.monotonic() + seconds
        self._pid = os.fork()
        if not self._pid:
            self._run(function, arguments)

    def _run(self, function, arguments):
        try:
            os.setsid()
            nowhere = os.open(os.devnull, os.O_RDWR)
            for number in range(3):
                os.dup2(nowhere, number)
            sys.stdout = sys.stderr = os.fdopen(nowhere, "w")
            result = function(*arguments)
            pickle.dump(result, self._result)
            self._result.flush()
        finally:
            os._exit(0)

    def is_over(self):
        """Look without waiting; end it when its time is over."""
        if os.waitpid(self._pid, os.WNOHANG)[0]:
            return True
        if time.monotonic() < self._deadline:
            return False
        os.killpg(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        return True

    def result(self):
        """:return: what the function returned; None when it did not come that far"""
        self._result.seek(0)
        with self._result as file, contextlib.suppress(EOFError, pickle.PickleError):
            return pickle.load(file)

    def wait(self):
        """:return: the result, when it is there"""
        while not self.is_over():
            time.sleep(GLANCE)
        return self.result()


def processors():
    """:return: how many processors may be used; ``taskset`` leaves a machine some"""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def in_forks(calls, started, ended):
    """Work through numbers in forks, as many at a time as there are processors.

    :param calls: the numbers
    :param started: called with a number, gives its :class:`Fork`
    :param ended: called with a number and the result
    """
    waiting, forks = list(reversed(calls)), {}
    while waiting or forks:
        while waiting and len(forks) < processors():
            number = waiting.pop()
            forks[number] = started(number)
        for number, fork in list(forks.items()):
            if fork.is_over():
                del forks[number]
                ended(number, fork.result())
        time.sleep(GLANCE)
