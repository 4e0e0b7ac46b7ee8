"""Which movement a row of PayPal's transaction search is, and whether money moved."""

import copy
import re
from decimal import Decimal

import pytest
from ledger_sale import SALE, changed, eur
from reader import ActivityRow
from rest.rows import read_row


def test_a_fingerprint_is_of_what_is_said_and_not_of_its_order():
    turned = dict(reversed(copy.deepcopy(SALE).items()))
    assert read_row(turned).fingerprint == read_row(SALE).fingerprint
    assert re.fullmatch("[0-9a-f]{32}", read_row(SALE).fingerprint)
    # What JSON can hold and UTF-8 cannot, and a number as our reader makes it.
    odd = changed(transaction_note="\ud800", tip=Decimal("1.50"))
    assert read_row(odd).fingerprint != read_row(SALE).fingerprint


def test_what_no_part_of_the_answer_says_is_nothing_and_never_an_error():
    for detail in (
        {},
        {"transaction_info": None},
        {"transaction_info": [], "payer_info": "x", "cart_info": 7},
        {"transaction_info": {"transaction_amount": "12"}, "shipping_info": [1]},
        {"cart_info": {"item_details": [None, 3, {"item_name": {}}]}},
    ):
        row = ActivityRow(**read_row(detail).row)
        assert row.problem == "amount"
        assert not row.is_completed


@pytest.mark.parametrize(
    "info, problem",
    [
        ({"transaction_amount": None}, "amount"),
        ({"transaction_amount": {"value": "1.00"}}, "amount"),
        ({"transaction_amount": eur("NaN")}, "amount"),
        ({"transaction_amount": eur("1e5")}, "amount"),
        ({"fee_amount": {"currency_code": "USD", "value": "-1.00"}}, "amount"),
        ({"fee_amount": eur("much")}, "amount"),
        ({"fee_amount": None}, ""),
        (
            {"transaction_initiation_date": None, "transaction_updated_date": None},
            "date",
        ),
        ({"transaction_initiation_date": "2026-02-30T00:00:00Z"}, ""),
    ],
)
def test_a_row_that_cannot_be_read_names_its_problem(info, problem):
    assert read_row(changed(**info)).row["problem"] == problem


@pytest.mark.parametrize(
    "status, code, completed, moves",
    [
        ("S", "T0006", True, True),
        ("V", "T0006", True, True),
        ("P", "T0006", False, False),
        ("D", "T0006", False, False),
        ("", "T0006", False, False),
        ("S", "T1300", False, False),
        ("P", "T1110", False, True),
        ("D", "T1110", False, False),
    ],
)
def test_the_status_says_whether_money_moved(status, code, completed, moves):
    detail = changed(transaction_status=status, transaction_event_code=code)
    row = ActivityRow(**read_row(detail).row)
    assert (row.is_completed, row.moves_balance) == (completed, moves)


def test_several_rows_of_one_id_are_told_apart():
    sale = read_row(SALE)
    hold = read_row(
        changed(
            transaction_event_code="T2107",
            transaction_amount=eur("-119.00"),
            fee_amount=None,
        )
    )
    assert sale.key != hold.key
    assert sale.row["txn_id"] == hold.row["txn_id"]


def test_a_status_that_changes_later_is_the_same_movement_with_other_words():
    pending, done = read_row(changed(transaction_status="P")), read_row(SALE)
    assert pending.key == done.key
    assert pending.fingerprint != done.fingerprint
    assert read_row(copy.deepcopy(SALE)).fingerprint == done.fingerprint


def test_a_reference_that_is_no_transaction_is_not_taken_for_one():
    for kind, reference, subscription in (
        ("TXN", "I-123", None),
        ("SUB", "", "I-123"),
        ("PAP", "", "I-123"),
        ("ODR", "", None),
    ):
        found = read_row(
            changed(paypal_reference_id="I-123", paypal_reference_id_type=kind)
        )
        assert found.row["reference_txn_id"] == reference
        assert found.details.get("subscription") == subscription


def test_a_row_of_less_than_one_or_of_nothing_comes_in():
    for amount in ("0.50", "0.00"):
        found = read_row(changed(transaction_amount=eur(amount), fee_amount=None))
        assert (found.row["kind"], found.row["balance_impact"]) == ("sale", "credit")
        assert ":in:" in found.key
