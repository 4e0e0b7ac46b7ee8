"""A row of PayPal's list in every field, and what the whole file says of it."""

from decimal import Decimal

import pytest
from reader import ActivityRow, UnreadableActivity, iter_activity, open_activity
from reader.activity import read_activity

HEADER = (
    *("Date", "Time", "TimeZone", "Name", "Type", "Status", "Currency", "Gross"),
    *("Fee", "Net", "From Email Address", "To Email Address", "Transaction ID"),
    *("Reference Txn ID", "Item Title", "Item ID", "Invoice Number", "Custom Number"),
    *("Quantity", "Note", "Subject", "Balance", "Balance Impact", "Address Line 1"),
    *("Address Line 2", "City", "State", "Zip Code", "Country", "Country Code"),
)
USUAL = {
    "Date": "03/20/2026",
    "Time": "10:00:00",
    "TimeZone": "PDT",
    "Type": "Website Payment",
    "Status": "Completed",
    "Currency": "usd",
    "Gross": "10.00",
    "Fee": "-1.00",
    "Net": "9.00",
    "Transaction ID": "1AB23456CD789012E",
}


def file_of(*rows, without=()):
    header = [name for name in HEADER if name not in without]
    lines = [",".join(header)]
    for row in rows:
        cells = USUAL | {name.replace("_", " "): text for name, text in row.items()}
        lines.append(",".join(f'"{cells.get(name, "")}"' for name in header))
    return "\n".join(lines).encode()


def read(*rows, **options):
    return read_activity(file_of(*rows, **options))


def row_of(**row):
    return read(row).rows[0]


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
    assert row_of().address == {}


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
    ten = Decimal(10)
    texts = dict.fromkeys(("name", "email", "to_email", "type", "status"), "")
    row = {
        **{"line": 1, "moment": None, "is_completed": True, "kind": "sale"},
        **{"currency": "USD", "gross": ten, "fee": Decimal(0), "net": ten},
        **{"balance": None, "txn_id": "A"},
    }
    assert ActivityRow(**texts, **row | changed).moves_balance is moves


# === THE WHOLE FILE === #


def test_a_file_is_described_before_its_rows_come():
    data = file_of({"Balance": "9.00"}, {"Balance": "18.00"})
    activity, rows = open_activity(data)
    assert activity.rows == () and activity.certainty == "balance"
    whole = read_activity(data)
    assert (activity.language, activity.encoding) == ("en", "utf-8")
    assert activity.date_order_is_certain and activity.has_zone
    assert tuple(rows) == whole.rows == tuple(iter_activity(data))
    assert len(whole.rows) == 2
    with pytest.raises(UnreadableActivity):
        open_activity(file_of())


@pytest.mark.parametrize(
    ("rows", "certainty"),
    [
        ([{}, {}], "words"),
        ([{}, {"Balance_Impact": "Debit"}], "impact"),
        ([{}, {"Balance": "5.00"}], "balance"),
        ([{"Balance_Impact": "Debit"}, {"Balance": "5.00"}], "balance"),
        ([{"Balance": "..."}, {"Balance_Impact": "odd"}], "words"),
    ],
)
def test_the_surest_column_that_is_filled_in_says_what_moved(rows, certainty):
    assert read(*rows).certainty == certainty


def test_newest_first_counts_backwards():
    up = read({"Balance": "18.00"}, {"Balance": "9.00"})
    assert [row.sequence for row in up.rows] == [-2, -3]
    down = read({"Balance": "9.00"}, {"Balance": "18.00"})
    assert [row.sequence for row in down.rows] == [2, 3]


def test_breaks_are_to_the_cent_and_by_currency():
    fine = {"Net": "9.01", "Gross": "10.01", "Balance": "18.01"}
    assert read({"Balance": "9.00"}, fine).breaks == ()
    wrong = fine | {"Balance": "18.02"}
    assert read({"Balance": "9.00"}, wrong).breaks == ((3, "USD"),)
    other = wrong | {"Currency": "EUR"}
    assert read({"Balance": "9.00"}, other).breaks == ()
    # What has no currency, or no balance, breaks nothing.
    odd = wrong | {"Currency": "US$"}
    assert read({"Balance": "9.00"}, odd).breaks == ()
    assert read({"Balance": "9.00"}, wrong | {"Balance": ""}).breaks == ()


def test_a_statement_believes_its_balance_less_than_its_list():
    status = {"without": ("Status",)}
    rows = {"Balance": "9.00"}, {"Balance": "18.00"}, {"Balance": "18.00"}
    more = {"Balance": "27.00"}
    found = read(*rows, more, **status)
    assert [row.moves_balance for row in found.rows] == [True] * 4
    assert found.breaks == ((4, "USD"),)
    assert [row.is_completed for row in found.rows] == [True] * 4
    with_status = read(*rows, more)
    assert [row.moves_balance for row in with_status.rows] == [True, True, False, True]


def test_a_file_without_zones_says_so():
    found = read({}, without=("TimeZone",))
    assert found.has_zone is False
    assert found.rows[0].moment.isoformat() == "2026-03-20T10:00:00+00:00"


# === IN A LANGUAGE THAT NOBODY KNOWS === #


def strange(*statuses, header="Ѣa,Ѣb,Ѣc,Ѣd,Ѣe,Ѣf,Ѣg,Ѣh,Ѣi"):
    rows = [
        f"03/20/2026,10:00:00,PDT,Dana,Website Payment,{status},USD,5.00,1AB2345{n:010}"
        for n, status in enumerate(statuses)
    ]
    return read_activity("\n".join([header, *rows]).encode()).rows


def test_the_usual_status_of_an_unknown_language_is_that_of_what_is_done():
    rows = strange("Жж", "Жж", "Ѣѣ")
    assert [row.is_completed for row in rows] == [True, True, False]
    # One word that is known says what is done, however rare.
    rows = strange("Жж", "Жж", "Completed")
    assert [row.is_completed for row in rows] == [False, False, True]


def test_in_a_known_language_the_usual_status_is_what_it_says():
    found = read({"Status": "Pending"}, {"Status": "Pending"})
    assert [row.is_completed for row in found.rows] == [False, False]
