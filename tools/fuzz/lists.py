"""Garbage for the reader of PayPal's lists: changed files, and what became of them."""

import random
import time
import traceback
from collections import Counter

from tools.commands import say
from tools.environment import CHECKOUT
from tools.fuzz.garbage import EVIL, SLOW
from tools.trials.protocol import UnreadableActivity, iter_activity

SAMPLES = CHECKOUT / "caspit_paypal_activity" / "tests" / "samples"
#: What breaks tables, dates, amounts and letters.
HOSTILE = (
    *EVIL,
    b'"',
    b'""",',
    b"\r",
    b"\n",
    b"\0",
    b"\t",
    b";;;;",
    b"," * 600,
    b'"RH",1\n"CH"\n',
    b"!Type:Bank\n",
    b"%PDF-",
    b"9999-99-99",
    b"31/02/0000",
    b"29:61:61",
    b"../../etc/passwd",
    b"=cmd|' /C calc'!A0",
    b"\xef\xbb\xbf",
    b"\xd9\xa1\xd9\xa2",
    b"99999999999999999999,99",
    b"- - 5",
)
PROBLEMS = frozenset(("", "amount", "columns", "date", "zone"))


def fuzz_lists(seed, cases):
    """Read changed files.

    :return: how many ended in which way, and the seeds of those that failed
    """
    samples = [path.read_bytes() for path in sorted(SAMPLES.glob("**/*.csv"))]
    ends, failures = Counter(), []
    for number in range(cases):
        pick = random.Random(f"{seed}:{number}")
        data = changed(pick, samples)
        began = time.monotonic()
        try:
            ends[outcome(data)] += 1
        except Exception:
            failures.append(number)
            say(f"file {number} of seed {seed}:\n{traceback.format_exc()}")
        if time.monotonic() - began > SLOW:
            failures.append(number)
            say(f"file {number} of seed {seed} took too long")
    return ends, failures


def changed(pick, samples):
    """:return: a sample after some changes, or two of them in one"""
    data = pick.choice(samples)
    if pick.random() < 0.1:
        data += pick.choice(samples)
    for _ in range(pick.randint(1, 8)):
        place = pick.randrange(len(data) + 1)
        end = min(len(data), place + pick.choice((0, 0, 1, 3, 40)))
        piece = pick.choice(HOSTILE) if pick.random() < 0.7 else pick.randbytes(3)
        data = data[:place] + piece + data[end:]
    return data[: pick.randrange(len(data) + 1)] if pick.random() < 0.1 else data


def outcome(data):
    """:return: 'rows', or the code of the refusal"""
    try:
        for row in iter_activity(data):
            if row.problem not in PROBLEMS or (row.moment is None and not row.problem):
                raise AssertionError(f"a row with the problem {row.problem!r}")
    except UnreadableActivity as error:
        return error.code
    return "rows"
