"""How a whole file explains its single values, to the edge of each rule."""

from datetime import datetime, timezone
from decimal import Decimal

import pytest
from reader.values import Conventions, clean, is_blank

BERLIN = "Europe/Berlin"


def settled(language="en", rows=(), **options):
    """After rows of (date, zone, currency, amounts)."""
    found = Conventions(language, **options)
    for row in rows:
        found.see(*row)
    found.settle()
    return found


def utc(*parts):
    return datetime(*parts, tzinfo=timezone.utc)


# === TEXTS === #


@pytest.mark.parametrize(
    "mark", "\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"
)
def test_marks_of_direction_vanish(mark):
    assert clean(f" {mark}5{mark}.00 {mark}") == "5.00"


def test_hard_blanks_are_blanks_and_blanks_around_are_none():
    assert clean("\u00a05\u00a000\u202f0 ") == "5 00 0"
    assert clean("\t5\n") == "5" and clean("\u200fX5X") == "X5X"


def test_paypal_has_four_ways_to_say_nothing():
    assert all(map(is_blank, ("", " ", "...", "-", "--", "\u200f--\u00a0")))
    assert not any(map(is_blank, ("0", "---", "..", "n/a")))


# === AMOUNTS === #


@pytest.mark.parametrize("minus", "-\u2212\u2012\u2013\ufe63\uff0d")
def test_a_minus_has_six_shapes(minus):
    found = settled()
    assert found.amount(f"{minus}5.20") == found.amount(f"5.20{minus}")
    assert found.amount(f"{minus} 5.20") == Decimal("-5.20")
    assert found.amount(minus) == 0


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1 234.00", "1234.00"),
        ("1,234'567.8", "1234567.8"),
        ("12,345.00", "12345.00"),
        ("1234,567.00", None),
        ("1,2345.00", None),
        (",234.00", None),
        ("1.234.00", None),
        ("1X234.00", None),
        ("5.2-0", None),
        ("--5.20", None),
        ("+5.20-", None),
        ("+5", "5"),
        ("123456789012345", "123456789012345"),
        ("1234567890123.45", "1234567890123.45"),
        ("1234567890123456", None),
    ],
)
def test_an_amount_is_written_strictly(text, amount):
    assert settled().amount(text) == (amount and Decimal(amount))


@pytest.mark.parametrize(
    ("language", "seen", "mark"),
    [
        ("en", [], "."),
        ("he", [], "."),
        ("ja", [], "."),
        ("de", [], ","),
        ("", [], ","),
        ("de", ["1.5"], "."),
        ("de", ["1.50-"], "."),
        ("de", ["1.50", "1,50"], ","),
        ("en", ["1.50", "1,50"], "."),
        ("en", ["1,50", "2,50", "1.50"], ","),
        ("de", ["1.500"], ","),
        ("de", ["1.50x", "15"], ","),
        ("", ["1,500"], "."),
        ("", ["1,500-"], "."),
        ("", ["1.500"], ","),
        ("", [",500"], ","),
        ("", ["1,50", "1,500"], ","),
        ("", ["1,50", "1,500", "2,500"], "."),
        ("", ["1,500", "2,500", "1.500"], "."),
        ("", ["1.500", "2.500", "1,500"], ","),
        ("", ["1,\u0665\u0660\u0660"], ","),
        ("de", ["1.\u0665\u0660"], ","),
        ("", ["\u200f1,500\u200f"], "."),
        ("fr", ["1,500", "2,500"], ","),
    ],
)
def test_the_decimal_mark_is_that_of_most_amounts(language, seen, mark):
    found = settled(language, [("", "", "", [each]) for each in seen])
    other = ",.".replace(mark, "")
    assert found.amount(f"7{mark}25") == Decimal("7.25")
    assert found.amount(f"7{other}25") is None
    assert found.amount(f"7X250{mark}00") is None


def test_every_amount_of_a_row_is_looked_at():
    found = settled("en", [("", "", "", ["x", "5", "1,50", "2,50"])])
    assert found.amount("7,25") == Decimal("7.25")
    found = settled("", [("", "", "", ["x", "1,500", "2,500"])])
    assert found.amount("7.25") == Decimal("7.25")


# === DATES === #


def dated(*dates, language="fr", zones=("",), **options):
    rows = [(date, zone, "", []) for date in dates for zone in zones]
    return settled(language, rows, **options)


def day(found, text):
    moment, problem = found.moment(text, "", "UTC")
    return moment.strftime("%Y-%m-%d") if moment else problem


@pytest.mark.parametrize(
    ("dates", "first", "is_certain"),
    [
        (["13/12/2026"], "2026-02-01", True),
        (["12/13/2026"], "2026-01-02", True),
        (["12/12/2026"], "2026-02-01", True),
        (["12/11/2026"], "2026-02-01", False),
        (["13/13/2026"], "2026-02-01", True),
        (["13/12/2026", "12/11/2026"], "2026-02-01", True),
        (["13/12/2026", "12/13/2026"], "2026-02-01", False),
        (["13/12/2026", "12/13/2026", "12/14/2026"], "2026-01-02", False),
        (["12.13.2026"], "2026-02-01", True),
        (["2026/12/13"], "2026-02-01", True),
        (["12-13-2026"], "2026-01-02", True),
        (["\u200e12/13/26\u200e"], "2026-01-02", True),
        (["12/13-2026"], "2026-02-01", True),
    ],
)
def test_a_part_above_twelve_is_the_day(dates, first, is_certain):
    found = dated(*dates)
    assert day(found, "01/02/2026") == first
    assert found.date_order_is_certain is is_certain


@pytest.mark.parametrize(
    ("language", "zones", "first"),
    [
        ("en", ["PST", "GMT"], "2026-01-02"),
        ("en", ["PST", "GMT", "CET"], "2026-02-01"),
        ("en", ["PST", "GMT", "GMT"], "2026-02-01"),
        ("en", ["\u200epst", " "], "2026-01-02"),
        ("en", [], "2026-01-02"),
        ("de", ["PST"], "2026-02-01"),
    ],
)
def test_half_of_the_rows_in_american_time_write_the_month_first(
    language, zones, first
):
    rows = [("", zone, "", []) for zone in zones]
    assert day(settled(language, rows), "01/02/2026") == first


def test_most_dates_decide_and_digits_are_paypals():
    found = dated("13/12/2026", "14/12/2026", "12/13/2026", language="en")
    assert day(found, "01/02/2026") == "2026-02-01"
    digits = str.maketrans("0126", "\u0660\u0661\u0662\u0666")
    for text in ("01/02/2026", "2026-01-02"):
        assert day(found, text.translate(digits)) == "date"
    clock = found.moment("01/02/2026", "01:02".translate(digits), "UTC")
    assert clock == (None, "date")


def test_ist_of_a_hebrew_file_is_israels():
    found = settled("he", [("", "IST", "EUR", [])])
    assert found.moment("2026-01-02", "12:00", "IST")[0] == utc(2026, 1, 2, 10)


@pytest.mark.parametrize(("order", "first"), [("mdy", 1), ("dmy", 2)])
def test_what_somebody_said_counts_whatever_the_file_shows(order, first):
    for seen in ("13/12/2026", "12/13/2026", "12/11/2026"):
        found = dated(seen, date_order=order)
        assert day(found, "01/02/2026") == f"2026-0{first}-0{3 - first}"
        assert found.date_order_is_certain is True


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1.2.2026", "2026-02-01"),
        ("1.2.26", "2026-02-01"),
        ("1-2-26", "2026-01-02"),
        ("1/2/99", "2099-01-02"),
        ("2026.1.2", "2026-01-02"),
        ("2026-01-02", "2026-01-02"),
        ("2026/12/31", "2026-12-31"),
        ("2026-13-01", "date"),
        ("2026-1/2", "date"),
        ("1.2/2026", "date"),
        ("1/2/026", "date"),
        ("111/2/2026", "date"),
        ("1/2/2026 ", "2026-01-02"),
        ("", "date"),
    ],
)
def test_a_date_has_its_year_at_either_end(text, read):
    assert day(dated("12/13/2026"), text) == read


# === MOMENTS === #


@pytest.mark.parametrize(
    ("time", "read"),
    [
        ("9:08", utc(2026, 1, 2, 9, 8)),
        ("09:08:07.123", utc(2026, 1, 2, 9, 8, 7)),
        ("9:08:07PM", utc(2026, 1, 2, 21, 8, 7)),
        ("9:08 p", utc(2026, 1, 2, 21, 8)),
        ("9:08 a.m.", utc(2026, 1, 2, 9, 8)),
        ("12:00 AM", utc(2026, 1, 2, 0, 0)),
        ("12:00 PM", utc(2026, 1, 2, 12, 0)),
        ("24:00", None),
        ("9:8", None),
        ("noon", None),
        ("\u200e9:08\u200e", utc(2026, 1, 2, 9, 8)),
    ],
)
def test_a_time_has_a_clock_of_twelve_or_twenty_four_hours(time, read):
    moment, problem = dated("12/13/2026").moment("1/2/2026", time, "UTC")
    assert (moment, problem) == (read, "" if read else "date")


def test_the_hour_that_comes_twice_is_the_first_of_the_two():
    found = dated("12/13/2026")
    twice = found.moment("10/25/2026", "02:30", f" {BERLIN} ")
    assert twice == (utc(2026, 10, 25, 0, 30), "")
    assert found.moment("10/25/2026", "02:30", "CET")[0] == utc(2026, 10, 25, 1, 30)


def test_the_beginning_and_the_end_of_all_dates_are_none():
    found = dated("12/13/2026")
    assert found.moment("12/31/9999", "23:59", "PST") == (None, "date")
    assert found.moment("0001-01-01", "00:00", "CET") == (None, "date")
    assert found.moment("1/2/2026", "", "nowhere") == (None, "zone")
    assert found.moment("never", "", "nowhere") == (None, "date")


@pytest.mark.parametrize(
    ("zones", "currencies", "hour"),
    [
        (["ist", "idt"], ["usd"], 10),
        (["IST", "gmt"], ["usd"], 11),
        (["IST"], ["inr", "usd"], 6),
        (["IST"], ["eur", " "], 11),
        (["IST"], ["\u200eIls", "eur"], 10),
    ],
)
def test_ist_is_read_by_all_zones_and_currencies_in_any_case(zones, currencies, hour):
    rows = [("", zone, "", []) for zone in zones]
    rows += [("", "", code, []) for code in currencies]
    moment, _problem = settled("en", rows).moment("2026-01-02", "12:00", "IST")
    assert moment.hour == hour
