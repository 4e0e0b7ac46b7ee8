"""Samples, changed at random in ways that a parser may not expect."""

from tools.fuzz.garbage import fuzz_protocol


def test_changed_samples_are_messages_or_malformed():
    kinds, failures = fuzz_protocol(seed=20261125, cases=6_000)

    assert failures == []
    assert sum(kinds.values()) == 6_000
    assert min(kinds[kind] for kind in ("sale", "refund", "malformed")) > 50
    print(f"{sum(kinds.values())} cases")
