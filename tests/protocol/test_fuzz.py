"""Samples, changed at random in ways that a parser may not expect."""

from tools.fuzz.garbage import fuzz_protocol
from tools.fuzz.lists import fuzz_lists


def test_changed_samples_are_messages_or_malformed():
    kinds, failures = fuzz_protocol(seed=20261125, cases=6_000)

    assert failures == []
    assert sum(kinds.values()) == 6_000
    assert min(kinds[kind] for kind in ("sale", "refund", "malformed")) > 50
    print(f"{sum(kinds.values())} cases")


def test_changed_lists_are_rows_or_refused():
    ends, failures = fuzz_lists(seed=20261128, cases=1_000)

    assert failures == []
    assert sum(ends.values()) == 1_000
    assert min(ends[end] for end in ("rows", "not_csv", "no_header")) > 30
    print(f"{sum(ends.values())} files")
