"""``make attack``: what gets through, or does not run, is no success."""

from types import SimpleNamespace

import pytest

from tools.attacks import person
from tools.attacks.__main__ import run
from tools.attacks.table import Tried

HELD = Tried("1", "junk: booked", 0, 10)
THROUGH = Tried("2", "a fact: written", 0.5, 7, "MB")


def attacks(*found):
    def attack(_target):
        for each in found:
            if isinstance(each, Exception):
                raise each
            yield each

    return SimpleNamespace(attacks=attack)


@pytest.mark.parametrize(
    ("kinds", "status"),
    [
        ({"a": attacks(HELD), "b": attacks(HELD)}, 0),
        ({"a": attacks(THROUGH), "b": attacks(HELD)}, 1),
        ({"a": attacks(HELD), "b": attacks(HELD, RuntimeError("x"))}, 1),
    ],
)
def test_what_gets_through_or_breaks_off_is_told_by_the_exit_status(kinds, status):
    assert run(None, kinds) == status


def test_one_that_breaks_off_keeps_no_other_from_running(capsys):
    run(None, {"a": attacks(RuntimeError("x")), "b": attacks(HELD, THROUGH)})
    broken, held, through = capsys.readouterr().out.splitlines()
    assert broken.startswith("a ") and "did not run" in broken
    assert held.endswith("0 of 10  held")
    assert through.endswith("0.5 of 7 MB  THROUGH")


@pytest.mark.parametrize(
    ("error", "got_through"),
    [
        (None, True),
        ("odoo.exceptions.AccessError", False),
        ("odoo.exceptions.UserError", False),
        ("psycopg2.errors.NotNullViolation", True),
        ("builtins.TypeError", True),
    ],
)
def test_only_a_refusal_counts_as_one(error, got_through):
    """A call that fails of something else got beyond the rights."""
    answer = {"error": {"data": {"name": error}}} if error else {"result": 7}

    class Http:
        def post(self, _url, json, timeout):
            is_login = json["params"]["service"] == "common"
            told = {"result": 2} if is_login else answer
            return SimpleNamespace(json=lambda: told)

    target = SimpleNamespace(http=Http(), url="", database="x")
    somebody = person.Person(target, "somebody")
    assert somebody.tries("paypal.ipn", "write", [1], {}) is got_through
