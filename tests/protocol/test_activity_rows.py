"""A row of PayPal's list in every field."""

from decimal import Decimal

import pytest
from activity_csv import file_of, row_of
from reader import ActivityRow, read_activity


def test_every_field_of_a_row():
    row = row_of(
        Name="Dana Levi",
        From_Email_Address="dana@example.com",
        To_Email_Address="shop@example.com",
        Reference_Txn_ID="9ZY98765XW432109V",
        Item_Title="Clay",
        Item_ID="C-1",
        Invoice_Number="INV-1",
        Custom_Number="order-7",
        Quantity="2",
        Note="Ring twice",
        Subject="Your order",
        Balance="109.00",
        Balance_Impact="Credit",
        Address_Line_1="7 Herzl Street",
        Address_Line_2="Apt 4",
        City="Haifa",
        State="HA",
        Zip_Code="3312104",
        Country="Israel",
        Country_Code="il",
    )
    assert row == ActivityRow(
        line=2,
        moment=row.moment,
        name="Dana Levi",
        email="dana@example.com",
        to_email="shop@example.com",
        type="Website Payment",
        status="Completed",
        is_completed=True,
        kind="sale",
        currency="USD",
        gross=Decimal("10.00"),
        fee=Decimal("-1.00"),
        net=Decimal("9.00"),
        balance=Decimal("109.00"),
        txn_id="1AB23456CD789012E",
        reference_txn_id="9ZY98765XW432109V",
        item="Clay",
        item_id="C-1",
        invoice="INV-1",
        custom="order-7",
        quantity="2",
        note="Ring twice",
        country="IL",
        address={
            "street": "7 Herzl Street",
            "street2": "Apt 4",
            "city": "Haifa",
            "state": "HA",
            "zip": "3312104",
            "country": "Israel",
        },
        balance_impact="credit",
        may_be_private=False,
        sequence=2,
        problem="",
        moves_balance=True,
    )
    assert row.moment.isoformat() == "2026-03-20T17:00:00+00:00"


def test_a_subject_stands_where_there_is_no_note():
    assert row_of(Subject="Your order").note == "Your order"
    assert row_of().address == {} and row_of().balance_impact == ""


def test_the_first_problem_of_a_row_is_told():
    assert row_of(Gross="ten", Date="never").problem == "amount"
    assert row_of(Date="never", TimeZone="XYZ").problem == "date"
    line = file_of({}).split(b"\n")
    short = line[0] + b"\n" + b'"03/20/2026","x"'
    (row,) = read_activity(short).rows
    assert (row.problem, row.net, row.moves_balance) == ("columns", 0, False)


# === MONEY OF FRIENDS === #


@pytest.mark.parametrize(
    "type_",
    [
        "General Payment",
        "payment RECEIVED",
        "General Incoming Payment",
        "Money Transfer",
        "Gift",
        "Zahlung erhalten",
        "תשלום שהתקבל",
        "一般支払い",
    ],
)
def test_income_without_a_fee_may_be_of_friends(type_):
    nothing = {"Type": type_, "Fee": "0.00", "Net": "10.00"}
    assert row_of(**nothing).may_be_private is True
    assert row_of(**nothing, Gross="0.01").may_be_private is True
    assert row_of(**nothing, Gross="-10.00").may_be_private is False
    assert row_of(**nothing, Gross="0.00").may_be_private is False
    assert row_of(Type=type_).may_be_private is False
    assert row_of(**nothing | {"Type": "Website Payment"}).may_be_private is False


# === WHAT A ROW SAYS OF ITS BALANCE BY ITSELF === #


@pytest.mark.parametrize(
    ("changed", "moves"),
    [
        ({}, True),
        ({"kind": "memo"}, False),
        ({"is_completed": False}, False),
        ({"is_completed": False, "balance_impact": "debit"}, True),
        ({"balance_impact": "memo"}, False),
        ({"balance_impact": "memo", "moves_balance": True}, True),
        ({"moves_balance": False}, False),
    ],
)
def test_a_row_of_elsewhere_says_itself_whether_it_moves(changed, moves):
    assert elsewhere(**changed).moves_balance is moves


def elsewhere(**changed):
    """A row of PayPal's ledger, which says no more than it has to."""
    ten = Decimal(10)
    texts = dict.fromkeys(("name", "email", "to_email", "type", "status"), "")
    row = {
        **{"line": 1, "moment": None, "is_completed": True, "kind": "sale"},
        **{"currency": "USD", "gross": ten, "fee": Decimal(0), "net": ten},
        **{"balance": None, "txn_id": "A"},
    }
    return ActivityRow(**texts, **row | changed)


def test_what_a_row_of_elsewhere_does_not_say_is_nothing():
    row = elsewhere()
    for field in (
        *("reference_txn_id", "item", "item_id", "invoice", "custom", "quantity"),
        *("note", "country", "balance_impact", "problem"),
    ):
        assert getattr(row, field) == "", field
    assert row.address is None
    assert (row.may_be_private, row.sequence) == (False, 0)
