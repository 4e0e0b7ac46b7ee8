"""PayPal's activity download, row by row."""

from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from reader import columns as activity_columns
from reader import const as activity_const
from reader.activity import iter_activity, read_activity

CHECKOUT = Path(__file__).resolve().parents[2]
FILES = CHECKOUT.glob("caspit_paypal_activity/tests/samples/*.csv")
SAMPLES = {path.stem: path for path in FILES}

HEADER = "Date,Time,TimeZone,Type,Status,Currency,Gross,Fee,Net,Transaction ID,Balance"


def read(name):
    return read_activity(SAMPLES[name].read_bytes())


def row_of(**fields):
    """One row of an English file, a sale unless told otherwise."""
    usual = {
        "Date": "03/20/2026",
        "Time": "10:00:00",
        "TimeZone": "PDT",
        "Type": "Website Payment",
        "Status": "Completed",
        "Currency": "USD",
        "Gross": "10.00",
        "Fee": "-1.00",
        "Net": "9.00",
        "Transaction ID": "1AB23456CD789012E",
    }
    usual.update({name.replace("_", " "): value for name, value in fields.items()})
    text = ",".join(usual) + "\n" + ",".join(f'"{value}"' for value in usual.values())
    (row,) = read_activity(text.encode()).rows
    return row


@pytest.mark.parametrize(
    ("name", "language", "encoding", "delimiter", "is_certain"),
    [
        ("english_utf8_bom", "en", "utf-8", ",", True),
        ("english_old_unquoted", "en", "utf-8", ",", False),
        ("german_utf8_bom", "de", "utf-8", ",", True),
        ("german_statement", "de", "utf-8", ",", True),
        ("german_semicolon_windows1252", "de", "windows-1252", ";", True),
        ("hebrew_utf8_bom", "he", "utf-8", ",", True),
        ("hebrew_windows1255", "he", "windows-1255", ",", True),
        ("french_tab_utf16", "fr", "utf-16", "\t", False),
        ("italian_utf8_bom", "it", "utf-8", ",", False),
    ],
)
def test_a_file_shows_how_it_is_written(
    name, language, encoding, delimiter, is_certain
):
    activity = read(name)
    assert (activity.language, activity.encoding) == (language, encoding)
    assert activity.delimiter == delimiter
    assert activity.date_order_is_certain is is_certain


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_sample_is_read_without_problems_and_its_balances_add_up(name):
    balances = {}
    for row in read(name).rows:
        assert row.problem == ""
        assert row.moment is not None
        assert row.net == row.gross + row.fee
        if row.moves_balance:
            before = balances.get(row.currency, Decimal(0))
            assert row.balance == before + row.net
            balances[row.currency] = row.balance


def test_a_sale_is_read_with_everything_that_the_file_says():
    sale = read("english_utf8_bom").rows[0]
    assert sale.line == 2
    assert sale.moment == datetime(2026, 3, 2, 17, 15, tzinfo=timezone.utc)
    assert (sale.name, sale.email) == ("Dana Levi", "dana.levi@example.com")
    assert sale.to_email == "shop@example.com"
    assert (sale.type, sale.kind) == ("Express Checkout Payment", "sale")
    assert (sale.status, sale.is_completed) == ("Completed", True)
    assert (sale.currency, sale.balance_impact) == ("USD", "credit")
    assert (sale.gross, sale.fee, sale.net) == (
        Decimal("1250.00"),
        Decimal("-43.70"),
        Decimal("1206.30"),
    )
    assert sale.item == 'Clay workshop, "beginners"'
    assert (sale.item_id, sale.quantity) == ("WS-1", "2")
    assert (sale.invoice, sale.custom) == ("INV-1001", "order-77")
    assert sale.note == "Please call\r\nbefore you deliver"
    assert sale.country == "IL"
    assert sale.address == {
        "street": "7 Herzl Street",
        "street2": "Apt 4",
        "city": "Haifa",
        "zip": "3312104",
        "country": "Israel",
    }


def test_lines_are_those_of_the_file_although_fields_have_several():
    assert [row.line for row in read("english_utf8_bom").rows[:3]] == [2, 4, 5]


def test_the_kinds_of_a_month():
    assert [row.kind for row in read("english_utf8_bom").rows] == [
        "sale",
        "sale",
        "refund",
        "outgoing",
        "hold",
        "release",
        "reversal",
        "fee",
        "withdrawal",
        "canceled_reversal",
        "hold",
        "unknown",
        "conversion",
        "conversion",
        "withdrawal",
    ]


def test_a_hebrew_file_with_marks_of_direction():
    sale, refund, withdrawal = read("hebrew_utf8_bom").rows
    assert (sale.kind, refund.kind, withdrawal.kind) == ("sale", "refund", "withdrawal")
    assert refund.gross == Decimal("-180.00")
    assert refund.reference_txn_id == sale.txn_id
    assert sale.moment == datetime(2026, 2, 15, 8, tzinfo=timezone.utc)
    assert refund.moment == datetime(2026, 3, 29, 7, tzinfo=timezone.utc)
    assert sale.name == "דנה לוי"
    assert read("hebrew_windows1255").rows[0].item == sale.item == "סדנת קרמיקה"


def test_a_statement_without_status_lists_what_moved_the_balance():
    sale, fee = read("german_statement").rows
    assert sale.type == "Handyzahlung"
    assert sale.is_completed and sale.moves_balance
    assert (fee.kind, fee.reference_txn_id) == ("fee", sale.txn_id)


def test_a_hold_moves_the_balance_while_it_is_pending():
    _sale, hold, release = read("italian_utf8_bom").rows
    assert not hold.is_completed
    assert hold.moves_balance
    assert (hold.kind, release.kind) == ("hold", "release")


def test_an_item_of_a_cart_is_a_memo_also_without_amounts():
    item = read("english_old_unquoted").rows[1]
    assert (item.kind, item.moves_balance) == ("memo", False)
    assert (item.fee, item.net) == (0, item.gross)
    assert item.balance is None


@pytest.mark.parametrize(
    ("type_", "out", "in_"),
    [
        ("Website Payment", "outgoing", "sale"),
        ("General Payment", "outgoing", "sale"),
        ("Payment Refund", "refund", "outgoing"),
        ("Payment Reversal", "reversal", "canceled_reversal"),
        ("Chargeback Reversal", "reversal", "canceled_reversal"),
        ("Chargeback Fee", "fee", "fee"),
        ("General Withdrawal", "withdrawal", "deposit"),
        ("Bank Deposit to PP Account", "withdrawal", "deposit"),
        ("General Currency Conversion", "conversion", "conversion"),
        ("Reserve Hold", "hold", "release"),
        ("Account Hold for Open Authorization", "hold", "release"),
        ("Reversal of General Account Hold", "hold", "release"),
        ("General Account Correction", "adjustment", "adjustment"),
        ("Shopping Cart Item", "memo", "memo"),
        # Words that were known later, one of each kind.
        ("Płatność ekspresowa", "outgoing", "sale"),
        ("Zwrot płatności", "refund", "outgoing"),
        ("Wycofanie płatności", "reversal", "canceled_reversal"),
        ("Opłata", "fee", "fee"),
        ("Wypłata", "withdrawal", "deposit"),
        ("Wpłata z karty", "withdrawal", "deposit"),
        ("Przeliczenie waluty", "conversion", "conversion"),
        ("Tymczasowa blokada", "hold", "release"),
        ("Funds disbursed", "adjustment", "adjustment"),
        ("Przedmiot z koszyka", "memo", "memo"),
        ("Never Heard Of", "unknown", "unknown"),
    ],
)
def test_the_sign_decides_between_two_kinds_of_one_type(type_, out, in_):
    assert row_of(Type=type_, Gross="-10.00").kind == out
    assert row_of(Type=type_, Gross="10.00").kind == in_


@pytest.mark.parametrize(
    ("status", "impact", "is_completed", "moves"),
    [
        ("Completed", "Credit", True, True),
        ("completed ", "", True, True),
        ("Refunded", "", True, True),
        ("Pending", "", False, False),
        ("Pending", "Credit", False, True),
        ("Denied", "Memo", False, False),
        ("Completed", "Memo", False, False),
        ("Never heard of", "", False, False),
    ],
)
def test_what_moved_the_balance(status, impact, is_completed, moves):
    row = row_of(Status=status, Balance_Impact=impact)
    assert (row.is_completed, row.moves_balance) == (is_completed, moves)


def test_a_completed_memo_is_no_sale():
    assert row_of(Balance_Impact="Memo").kind == "memo"
    assert row_of(Balance_Impact="Memo", Status="Pending").kind == "sale"


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"Gross": "ten"}, "amount"),
        ({"Gross": ""}, "amount"),
        ({"Fee": "1.000,00"}, "amount"),
        ({"Currency": ""}, "amount"),
        ({"Currency": "US$"}, "amount"),
        ({"Date": "02/30/2026"}, "date"),
        ({"Date": ""}, "date"),
        ({"Time": "25:00:00"}, "date"),
        ({"TimeZone": "Middle-earth"}, "zone"),
        ({"TimeZone": ""}, "zone"),
    ],
)
def test_a_row_that_cannot_be_read_is_shown_with_its_problem(fields, problem):
    row = row_of(**fields)
    assert row.problem == problem
    assert (row.moment is None) == (problem in ("date", "zone"))
    assert row.txn_id == "1AB23456CD789012E"


def test_a_row_with_other_columns_than_the_header_is_shown():
    data = f"{HEADER}\n03/20/2026,10:00:00,PDT,Website Payment,Completed,USD,5.00"
    (row,) = read_activity(data.encode()).rows
    assert (row.problem, row.gross, row.txn_id) == ("columns", Decimal("5.00"), "")


def test_a_comma_too_many_at_the_end_is_nothing():
    data = f"{HEADER}\n03/20/2026,10:00:00,PDT,Refund,Completed,USD,-5,,-5,A,1,,,"
    (row,) = read_activity(data.encode()).rows
    assert row.problem == ""


def test_rows_come_one_by_one_as_well():
    data = SAMPLES["german_utf8_bom"].read_bytes()
    assert tuple(iter_activity(data)) == read_activity(data).rows


def test_no_word_means_two_things():
    meanings = {}
    tables = [
        *activity_const.TYPES.items(),
        *(
            (field, "|".join(names))
            for columns in activity_columns.COLUMNS.values()
            for field, names in columns.items()
        ),
    ]
    for number, table in enumerate((activity_const.TYPES, activity_const.IMPACTS)):
        for kind, words in table.items():
            for word in words.replace("\n", "|").split("|"):
                if word.strip():
                    name = number, activity_columns.key(word)
                    assert meanings.setdefault(name, kind) == kind, word
    for field, words in tables[len(activity_const.TYPES) :]:
        for word in words.split("|"):
            name = "column", activity_columns.key(word)
            assert meanings.setdefault(name, field) == field, word
