"""One list of movements, in every language, order and choice of columns."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader.activity import Answers, read_activity

from tools.trials.activity_file import EVERY_LANGUAGE, FIELDS, write_activity
from tools.trials.activity_merchant import Merchant

#: PayPal lets one leave these out. Without a fee, the net says it, and the other way
#: round; one of the two there always is.
OPTIONAL = (
    "time",
    "zone",
    "name",
    "status",
    "email",
    "to_email",
    "item",
    "reference_txn_id",
    "invoice",
    "quantity",
    "balance",
    "city",
    "country_code",
    "impact",
)
#: PayPal's order, the statement's, and one by the currency.
ORDERS = {
    "newest last": lambda entries: entries,
    "newest first": lambda entries: entries[::-1],
    "by currency": lambda entries: sorted(entries, key=lambda entry: entry.currency),
    "by currency, newest first": lambda entries: sorted(
        [*reversed(entries)], key=lambda entry: entry.currency
    ),
}


def movements(seed, count):
    """Entries at the full second; those of a statement are a part of them."""
    return [
        replace(entry, moment=entry.moment.replace(microsecond=0))
        for entry in Merchant(seed).entries(count)
    ]


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
@settings(max_examples=8)
@given(
    seed=st.integers(0, 2**32),
    count=st.integers(2, 60),
    order=st.sampled_from(sorted(ORDERS)),
    left_out=st.sets(st.sampled_from((*OPTIONAL, "fee", "net"))),
    places=st.randoms(use_true_random=False),
)
def test_the_same_movements_come_back(language, seed, count, order, left_out, places):
    if {"fee", "net"} <= left_out:
        left_out -= {"net"}
    fields = [field for field in FIELDS if field not in left_out]
    places.shuffle(fields)
    entries = movements(seed, count)
    if "status" in left_out:  # a statement lists only what moves
        entries = [entry for entry in entries if entry.impact in ("Credit", "Debit")]
    entries = ORDERS[order](entries)
    if not entries:
        return
    style = EVERY_LANGUAGE[language]
    activity = read_activity(
        b"".join(write_activity(entries, style, fields)),
        Answers(date_order="mdy" if language == "en" else "dmy", zone=style.zone),
    )
    assert activity.reading == ()
    assert [known(entry, left_out) for entry in entries] == [
        found(row, left_out) for row in activity.rows
    ]
    if "balance" not in left_out and not left_out & {"fee", "net"}:
        assert activity.breaks == ()


def known(entry, left_out):
    """What has to come back of an entry."""
    moves = entry.impact in ("Credit", "Debit")
    moment = entry.moment if not left_out & {"time", "zone"} else None
    kind = entry.kind if moves else None
    texts = {
        "name": entry.buyer[0],
        "reference_txn_id": entry.reference,
        "invoice": entry.invoice,
    }
    return (
        (entry.txn_id, entry.currency, entry.gross, entry.net, moves, kind, moment),
        {field: text for field, text in texts.items() if field not in left_out},
        entry.balance if "balance" not in left_out else None,
    )


def found(row, left_out):
    moment = row.moment if not left_out & {"time", "zone"} else None
    kind = row.kind if row.moves_balance else None
    texts = ("name", "reference_txn_id", "invoice")
    return (
        (row.txn_id, row.currency, row.gross, row.net, row.moves_balance, kind, moment),
        {field: getattr(row, field) for field in texts if field not in left_out},
        row.balance if "balance" not in left_out else None,
    )
