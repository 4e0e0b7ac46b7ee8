"""What the generator writes, the reader reads."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader.activity import read_activity

from tools.trials.activity_file import STYLES, main, write_activity
from tools.trials.activity_merchant import Merchant

KINDS = {
    "adjustment",
    "canceled_reversal",
    "conversion",
    "deposit",
    "fee",
    "hold",
    "memo",
    "outgoing",
    "refund",
    "release",
    "reversal",
    "sale",
    "withdrawal",
}


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=8)
@given(seed=st.integers(0, 2**32), count=st.integers(1, 300))
def test_rows_come_back_as_they_were_written(style, seed, count):
    entries = list(Merchant(seed).entries(count))
    data = b"".join(write_activity(entries, STYLES[style]))
    activity = read_activity(data)

    assert activity.language == STYLES[style].language
    assert len(activity.rows) == count
    for entry, row in zip(entries, activity.rows, strict=True):
        assert row.problem == ""
        assert row.kind == entry.kind
        assert row.moment == entry.moment
        assert (row.currency, row.gross, row.fee, row.net, row.balance) == (
            entry.currency,
            entry.gross,
            entry.fee,
            entry.net,
            entry.balance,
        )
        assert (row.txn_id, row.reference_txn_id) == (entry.txn_id, entry.reference)
        assert (row.name, row.item) == (entry.buyer[0], entry.item)
        assert (row.country, row.invoice) == (entry.buyer[2], entry.invoice)
        assert row.balance_impact == entry.impact.lower()
        assert row.is_completed == (entry.status == "Completed")


def test_the_merchant_lives_through_everything_and_his_balances_add_up():
    balances, kinds = Counter(), Counter()
    for entry in Merchant(seed=1).entries(5_000):
        kinds[entry.kind] += 1
        if entry.impact in ("Credit", "Debit"):
            balances[entry.currency] += entry.net
        assert entry.balance == Decimal(balances[entry.currency])
    assert kinds.keys() == KINDS


def test_the_same_seed_writes_the_same_file(tmp_path):
    files = [tmp_path / "first.csv", tmp_path / "second.csv"]
    for file in files:
        main(["--rows", "50", "--seed", "7", "--language", "de", "--out", str(file)])
    first, second = (file.read_bytes() for file in files)
    assert first == second
    assert len(read_activity(first).rows) == 50
