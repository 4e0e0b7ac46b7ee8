"""What a row of PayPal's list is worth, also where the file says less than it might."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from reader import Side, pair, read_activity
from reader.values import Conventions

NOON = datetime(2026, 1, 1, 12)


def row_of(**fields):
    """One row of an English file: a sale over 10.00, of which 1.00 is PayPal's."""
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


# === AMOUNTS === #


@pytest.mark.parametrize("net", ["", "...", "-", "--", " "])
@pytest.mark.parametrize(
    ("gross", "fee", "is_net"),
    [("10.00", "-1.00", "9.00"), ("-10.00", "0.30", "-9.70"), ("5.00", "", "5.00")],
)
def test_where_the_file_has_no_net_it_is_what_the_fee_leaves(net, gross, fee, is_net):
    row = row_of(Net=net, Gross=gross, Fee=fee)
    assert (row.gross, row.net) == (Decimal(gross), Decimal(is_net))
    assert row.fee == Decimal(fee or 0)
    assert row.problem == ""


def test_a_net_of_the_files_own_is_believed():
    assert row_of(Net="8.88").net == Decimal("8.88")
    assert row_of(Net="0.00").net == 0


@pytest.mark.parametrize(
    ("balance", "read"), [("109.00", Decimal(109)), ("0.00", Decimal(0)), ("", None)]
)
def test_a_balance_of_nothing_is_a_balance_and_none_is_none(balance, read):
    assert row_of(Balance=balance).balance == read


@pytest.mark.parametrize("field", ["Gross", "Fee", "Net", "Balance"])
def test_an_amount_that_cannot_be_read_is_nothing_and_told(field):
    row = row_of(**{field: "ten"})
    assert row.problem == "amount"
    values = {"Gross": row.gross, "Fee": row.fee, "Net": row.net}
    assert values.get(field, 0) == 0
    assert row.balance is None


@pytest.mark.parametrize("currency", ["", "US", "USDX", "U5D", "$"])
def test_an_amount_without_a_currency_is_told(currency):
    assert row_of(Currency=currency).problem == "amount"
    assert row_of(Currency="usd").currency == "USD"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("9" * 15, Decimal("9" * 15)),
        ("9" * 13 + ".50", Decimal("9" * 13 + ".50")),
        ("9" * 14 + ".50", None),
        ("1.005", None),
        ("1.5", Decimal("1.5")),
        ("-", Decimal(0)),
        ("--", Decimal(0)),
        ("...", Decimal(0)),
        ("+1.00-", None),
        ("1 234 567.00", Decimal(1234567)),
        ("1\u2019234.00", Decimal(1234)),
        ("\u201212.00", Decimal(-12)),
        ("\uff0d12.00", Decimal(-12)),
    ],
)
def test_amounts_have_fifteen_digits_and_two_of_them_behind_the_mark(text, amount):
    conventions = Conventions("en")
    conventions.settle()
    assert conventions.amount(text) == amount


@pytest.mark.parametrize(
    ("language", "amounts", "read"),
    [
        ("", ["1,234"], "1234"),
        ("", ["1.234"], None),
        ("", ["1.234", "5,00"], None),
        ("", ["1,234", "7.5"], "1234"),
        ("ja", [], "1234"),
        ("fr", [], None),
        ("fr", ["1.50", "2.5-"], "1234"),
    ],
)
def test_three_digits_are_a_thousand_as_the_file_has_it(language, amounts, read):
    conventions = Conventions(language)
    conventions.see("01/13/2026", "PST", "USD", amounts)
    conventions.settle()
    assert conventions.amount("1,234") == (read and Decimal(read))


# === WHAT A ROW MEANS === #


def test_money_goes_out_when_gross_or_else_net_is_below_nothing():
    assert (row_of(Gross="-1.00").side, row_of(Gross="0.01").side) == ("out", "in")
    assert row_of(Gross="0.00", Fee="-1.00", Net="-1.00").side == "out"
    assert row_of(Gross="0.00", Fee="0.00", Net="0.00").side == "in"
    assert row_of().key == ("1AB23456CD789012E", "in", "Website Payment")


@pytest.mark.parametrize(
    ("code", "name", "country"),
    [
        ("il", "Israel", "IL"),
        ("", "il", "IL"),
        ("", "Israel", ""),
        ("ISR", "US", "US"),
        ("I1", "", ""),
        ("\u05d0\u05d1", "", ""),
    ],
)
def test_the_country_is_a_code_of_two_letters(code, name, country):
    assert row_of(Country_Code=code, Country=name).country == country


# === TWO ROWS THAT ARE ONE EVENT === #


def side(key, net, currency="USD", txn_id=None, reference="", minutes=0, group="c"):
    moment = NOON + timedelta(minutes=minutes)
    return Side(key, group, txn_id or f"T{key}", reference, currency, net, moment)


def test_both_carry_one_id():
    sides = [side(1, -10, txn_id="A"), side(2, 36, "ILS", "A", minutes=5)]
    assert pair(sides, across_currencies=True) == {1: 2, 2: 1}


def test_they_name_each_other():
    sides = [
        side(1, -10, reference="T2"),
        side(2, 36, "ILS", reference="T1", minutes=5),
    ]
    assert pair(sides, across_currencies=True) == {1: 2, 2: 1}


def test_one_names_the_other_that_names_a_third():
    sides = [
        side(1, -10, reference="SALE"),
        side(2, 36, "ILS", reference="T1", minutes=5),
    ]
    assert pair(sides, across_currencies=True) == {1: 2, 2: 1}


def test_a_row_that_names_itself_is_of_its_own_family():
    sides = [side(1, -10, reference="T1"), side(2, 36, "ILS", reference="T1")]
    assert pair(sides, across_currencies=True) == {1: 2, 2: 1}


def test_rows_of_different_groups_never_belong_together():
    sides = [side(1, -10, reference="SALE"), side(2, 10, reference="SALE", group="h")]
    assert pair(sides, across_currencies=False) == {}
    assert pair([side(1, -10), side(2, 36, "ILS", group="h")], True) == {}


def test_a_hold_and_its_release_are_of_one_currency():
    sides = [side(1, -10, reference="SALE"), side(2, 10, "ILS", reference="SALE")]
    assert pair(sides, across_currencies=False) == {}


def test_of_equals_the_earliest_belong_together():
    sides = [
        side(1, -10, reference="SALE", minutes=3),
        side(2, -10, reference="SALE", minutes=1),
        side(3, 10, reference="SALE", minutes=4),
        side(4, 10, reference="SALE", minutes=2),
    ]
    assert pair(sides, across_currencies=False) == {1: 3, 3: 1, 2: 4, 4: 2}


def test_a_side_over_nothing_belongs_to_none():
    sides = [side(1, -10, reference="SALE"), side(2, 0, "ILS", reference="SALE")]
    assert pair(sides, across_currencies=True) == {}
    sides = [side(1, 0, reference="SALE"), side(2, 10, "ILS", reference="SALE")]
    assert pair(sides, across_currencies=True) == {}


def test_one_without_a_fit_leaves_the_others_to_theirs():
    sides = [
        side(1, -10, "EUR", reference="SALE"),
        side(2, -10, reference="SALE", minutes=1),
        side(3, 36, "EUR", reference="SALE", minutes=2),
    ]
    assert pair(sides, across_currencies=True) == {2: 3, 3: 2}
