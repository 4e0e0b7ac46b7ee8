"""What PayPal's transaction search answers, as the rows that a file gives."""

import copy
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from reader import ActivityRow
from reader import const as reader_const
from rest import tcodes, values
from rest.cart import read_cart, read_charges
from rest.rows import read_row
from rest.windows import halves, split

UTC = timezone.utc


def eur(value):
    return {"currency_code": "EUR", "value": value}


SALE = {
    "transaction_info": {
        "paypal_account_id": "BUYER12345678",
        "transaction_id": "1AB23456CD789012E",
        "transaction_event_code": "T0006",
        "transaction_initiation_date": "2026-10-05T10:00:00+0200",
        "transaction_updated_date": "2026-10-05T10:00:02+0200",
        "transaction_amount": eur("119.00"),
        "fee_amount": eur("-4.20"),
        "transaction_status": "S",
        "ending_balance": eur("1114.80"),
        "invoice_id": "INV-7",
        "custom_field": "shop 7",
        "transaction_note": "Ring twice",
    },
    "payer_info": {
        "account_id": "BUYER12345678",
        "email_address": "dana@example.com",
        "payer_name": {
            "given_name": "Dana",
            "surname": "Levi",
            "alternate_full_name": "Dana Levi",
        },
        "country_code": "IL",
    },
    "shipping_info": {
        "name": "Noa Levi",
        "address": {
            "line1": "1 Dizengoff St",
            "city": "Tel Aviv",
            "postal_code": "6433222",
            "country_code": "IL",
        },
    },
    "cart_info": {
        "item_details": [
            {
                "item_code": "S-1",
                "item_name": "Blue shirt",
                "item_quantity": "2",
                "item_unit_price": eur("50.00"),
                "item_amount": eur("100.00"),
                "total_item_amount": eur("119.00"),
            }
        ]
    },
}


def changed(**info):
    """The sale with other transaction_info; None takes a field away."""
    detail = copy.deepcopy(SALE)
    for name, value in info.items():
        if value is None:
            detail["transaction_info"].pop(name, None)
        else:
            detail["transaction_info"][name] = value
    return detail


def test_a_sale_becomes_the_row_that_a_file_gives():
    found = read_row(SALE)
    row = ActivityRow(**found.row)
    assert row.moment == datetime(2026, 10, 5, 8, tzinfo=UTC)
    assert (row.kind, row.is_completed, row.moves_balance) == ("sale", True, True)
    assert (row.gross, row.fee, row.net) == (
        Decimal("119.00"),
        Decimal("-4.20"),
        Decimal("114.80"),
    )
    assert (row.txn_id, row.invoice, row.custom, row.note) == (
        "1AB23456CD789012E",
        "INV-7",
        "shop 7",
        "Ring twice",
    )
    assert (row.name, row.email, row.country) == (
        "Dana Levi",
        "dana@example.com",
        "IL",
    )
    assert row.address["city"] == "Tel Aviv"
    assert row.balance == Decimal("1114.80")
    assert found.details["payer_id"] == "BUYER12345678"
    assert found.details["ship_name"] == "Noa Levi"


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


@pytest.mark.parametrize(
    "code, out, into",
    [
        ("T0000", "outgoing", "sale"),
        ("T0003", "outgoing", "sale"),
        ("T0106", "fee", "fee"),
        ("T0200", "conversion", "conversion"),
        ("T0300", "withdrawal", "deposit"),
        ("T0400", "withdrawal", "deposit"),
        ("T0403", "unknown", "unknown"),
        ("T0700", "withdrawal", "deposit"),
        ("T0800", "adjustment", "adjustment"),
        ("T1106", "reversal", "canceled_reversal"),
        ("T1107", "refund", "outgoing"),
        ("T1108", "fee", "fee"),
        ("T1110", "hold", "release"),
        ("T1111", "hold", "release"),
        ("T1105", "hold", "release"),
        ("T1201", "reversal", "canceled_reversal"),
        ("T1202", "reversal", "canceled_reversal"),
        ("T1205", "reversal", "canceled_reversal"),
        ("T1200", "adjustment", "adjustment"),
        ("T1300", "memo", "memo"),
        ("T1502", "hold", "release"),
        ("T2103", "hold", "release"),
        ("T2114", "hold", "release"),
        ("T9900", "unknown", "unknown"),
        ("", "unknown", "unknown"),
    ],
)
def test_a_code_means_what_paypals_table_says(code, out, into):
    assert tcodes.kind_of(code, is_out=True) == out
    assert tcodes.kind_of(code, is_out=False) == into


def test_every_kind_is_one_of_the_file_reader():
    known = {
        value
        for name, value in vars(reader_const).items()
        if name.startswith("KIND_")
        if isinstance(value, str)
    }
    found = {kind for pair in tcodes.CODES.values() for kind in pair}
    found |= {kind for pair in tcodes.GROUPS.values() for kind in pair}
    assert found <= known


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


# === CARTS === #


def test_an_items_amount_is_read_so_that_nothing_is_left_over():
    assert [line["amount"] for line in read_cart(SALE, Decimal("119.00"))] == ["119.00"]
    with_tax = changed(sales_tax_amount=eur("19.00"))
    assert [line["amount"] for line in read_cart(with_tax, Decimal("119.00"))] == [
        "100.00"
    ]
    assert read_charges(with_tax) == {"tax": "19.00"}


def test_discounts_go_off_whatever_their_sign():
    for sign in ("", "-"):
        detail = changed(
            discount_amount=eur(f"{sign}5.00"), shipping_amount=eur("24.00")
        )
        assert read_charges(detail) == {"mc_shipping": "24.00", "discount": "-5.00"}
        [line] = read_cart(detail, Decimal("119.00"))
        assert line["amount"] == "100.00"


def test_tax_that_is_inside_is_no_charge():
    detail = changed(sales_tax_amount=eur("19.00"))
    detail["cart_info"]["tax_inclusive"] = True
    assert read_charges(detail) == {}


def test_items_without_amounts_keep_their_names():
    detail = copy.deepcopy(SALE)
    detail["cart_info"]["item_details"] = [{"item_name": "Ring"}]
    assert read_cart(detail, Decimal("119.00")) == [
        {"name": "Ring", "number": "", "quantity": "", "amount": ""}
    ]


# === MOMENTS AND WINDOWS === #


@pytest.mark.parametrize(
    "text, hour",
    [
        ("2026-10-05T10:00:00Z", 10),
        ("2026-10-05T10:00:00.123456Z", 10),
        ("2026-10-05T10:00:00+0200", 8),
        ("2026-10-05T10:00:00-07:00", 17),
        ("2026-10-05t10:00:00z", 10),
    ],
)
def test_a_moment_is_read_in_every_form_that_paypal_has(text, hour):
    assert values.moment(text) == datetime(2026, 10, 5, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "2026-10-05", "2026-10-05T10:00:00", "x", None, 7]
)
def test_what_is_no_moment_is_none(text):
    assert values.moment(text) is None


def test_a_moment_is_written_without_its_fraction():
    moment = datetime(2026, 10, 5, 10, 0, 0, 123456, UTC)
    assert values.written(moment) == "2026-10-05T10:00:00Z"


def test_a_year_is_asked_for_in_windows_that_leave_nothing_out():
    start, end = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    found = list(split(start, end))
    assert found[0][1] == end and found[-1][0] == start
    assert all(b - a <= timedelta(days=31) for a, b in found)
    ends, starts = [b for _a, b in found[1:]], [a for a, _b in found[:-1]]
    assert ends == starts


def test_a_window_is_never_empty():
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    assert list(split(moment, moment)) == [(moment - timedelta(seconds=1), moment)]
    assert list(split(moment, moment - timedelta(1))) == []
    assert halves(moment, moment + timedelta(seconds=1)) is None
    (a, b), (c, d) = halves(moment, moment + timedelta(days=1))
    assert (a, b, d) == (moment, c, moment + timedelta(days=1))
