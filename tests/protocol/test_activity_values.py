"""Amounts, dates and zones, which only the whole file explains."""

from datetime import datetime, timezone
from decimal import Decimal

import pytest
from reader.values import Conventions


def conventions(language="en", *rows):
    """After rows of (date, zone, currency, amount)."""
    found = Conventions(language)
    for date, zone, currency, *amounts in rows:
        found.see(date, zone, currency, amounts)
    found.settle()
    return found


def file_of(*amounts, language="en"):
    return conventions(language, ("01/13/2026", "PST", "USD", *amounts))


def dated(*dates, language="en", zone="PST"):
    return conventions(language, *((date, zone, "USD", "1.00") for date in dates))


# === AMOUNTS === #


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5", "5"),
        ("0.00", "0"),
        ("-5.20", "-5.20"),
        ("+5.20", "5.20"),
        ("5.20-", "-5.20"),
        ("- 5.20", "-5.20"),
        ("1,234.56", "1234.56"),
        ("-1,234,567.80", "-1234567.80"),
        ("1234.5", "1234.5"),
        ("1,234", "1234"),
        ("1'234.00", "1234.00"),
        ("1\u00a0234.00", "1234.00"),
        ("\u2212\u200e5.20", "-5.20"),
        ("\u200f5.20-", "-5.20"),
        (" 5.20 ", "5.20"),
        ("...", "0"),
        ("", "0"),
    ],
)
def test_amounts_with_a_decimal_point(text, amount):
    assert file_of("1.00").amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,56", "1234.56"),
        ("-0,35", "-0.35"),
        ("1.234", "1234"),
        ("1\u202f020,00", "1020.00"),
    ],
)
def test_amounts_with_a_decimal_comma(text, amount):
    assert file_of("1,00").amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "five",
        "1.234,56",
        "1,23,4.00",
        "12,34",
        "1.234",
        "--5",
        "-5-",
        "5.",
        ".5",
        "1e5",
        "NaN",
        "1_000.00",
        "\u0665.00",
        "$5.00",
        "1" * 16,
    ],
)
def test_what_is_no_amount_is_none(text):
    assert file_of("1.00", "2.00", "3.00").amount(text) is None


def test_most_of_the_file_decides_the_decimal_mark():
    assert file_of("1,00", "2,00", "3.00").amount("4,50") == Decimal("4.50")


@pytest.mark.parametrize(
    ("language", "amount"), [("en", "1234"), ("he", "1234"), ("de", None)]
)
def test_the_language_decides_when_no_amount_does(language, amount):
    read = file_of("1,234", language=language).amount("1,234")
    assert read == (Decimal(amount) if amount else None)


# === DATES === #


def day_of(found, date):
    moment, problem = found.moment(date, "12:00:00", "UTC")
    return (moment.year, moment.month, moment.day) if moment else problem


def test_a_part_above_twelve_decides_the_order_of_the_file():
    assert day_of(dated("01/02/2026", "13/02/2026"), "01/02/2026") == (2026, 2, 1)
    assert day_of(dated("01/02/2026", "02/13/2026"), "01/02/2026") == (2026, 1, 2)


@pytest.mark.parametrize(
    ("language", "zone", "day"),
    [
        ("en", "PST", (2026, 1, 2)),
        ("en", "America/New_York", (2026, 1, 2)),
        ("en", "", (2026, 1, 2)),
        ("en", "GMT", (2026, 2, 1)),
        ("en", "IST", (2026, 2, 1)),
        ("fr", "CET", (2026, 2, 1)),
        ("he", "PST", (2026, 2, 1)),
    ],
)
def test_language_and_zone_decide_when_no_date_does(language, zone, day):
    found = dated("01/02/2026", language=language, zone=zone)
    assert day_of(found, "01/02/2026") == day
    assert not found.date_order_is_certain


@pytest.mark.parametrize(
    ("dates", "is_certain"),
    [
        (["13/01/2026", "01/02/2026"], True),
        (["05/05/2026"], True),
        (["01.02.2026"], True),
        (["2026-01-02"], True),
        (["01/02/2026"], False),
        (["13/01/2026", "01/13/2026"], False),
    ],
)
def test_a_file_says_whether_its_order_is_certain(dates, is_certain):
    assert dated(*dates).date_order_is_certain is is_certain


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("1.2.2026", (2026, 2, 1)),
        ("2026-02-01", (2026, 2, 1)),
        ("01-02-2026", (2026, 1, 2)),
        ("1/2/26", (2026, 1, 2)),
        ("\u200e1/2/2026", (2026, 1, 2)),
        ("31/12/2026", "date"),
        ("2/30/2026", "date"),
        ("1/2/202", "date"),
        ("1/2.2026", "date"),
        ("0/0/0000", "date"),
        ("Jan 2, 2026", "date"),
    ],
)
def test_ways_of_writing_a_date(date, day):
    assert day_of(dated("01/13/2026"), date) == day


@pytest.mark.parametrize(
    ("time", "clock"),
    [
        ("09:08:07", (9, 8, 7)),
        ("9:08", (9, 8, 0)),
        ("9:08:07 PM", (21, 8, 7)),
        ("12:08:07 a.m.", (0, 8, 7)),
        ("12:08 pm", (12, 8, 0)),
        ("", (0, 0, 0)),
    ],
)
def test_ways_of_writing_a_time(time, clock):
    moment, _problem = dated("01/13/2026").moment("01/13/2026", time, "UTC")
    assert (moment.hour, moment.minute, moment.second) == clock


def test_the_end_of_all_dates_is_no_date():
    assert dated("01/13/2026").moment("12/31/9999", "23:00:00", "PST")[1] == "date"


# === ZONES === #


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("PST", 20),
        ("PDT", 19),
        ("GMT", 12),
        ("UTC", 12),
        ("BST", 11),
        ("CET", 11),
        ("CEST", 10),
        ("MEZ", 11),
        ("IDT", 9),
        ("GMT+2", 10),
        ("GMT+02:00", 10),
        ("UTC-0330", 15),
        ("+03:00", 9),
        ("America/Los_Angeles", 19),
        ("Europe/Berlin", 10),
        ("Asia/Jerusalem", 9),
        ("America/Argentina/Buenos_Aires", 15),
        ("pdt", 19),
    ],
)
def test_zones(zone, hour):
    moment, problem = dated("06/15/2026").moment("06/15/2026", "12:00:00", zone)
    assert problem == ""
    assert moment.hour == hour
    assert moment.tzinfo is timezone.utc


@pytest.mark.parametrize(
    "zone", ["", "XYZ", "Europe", "Europe/Atlantis", "../../etc/passwd", "GMT+24", "\0"]
)
def test_an_unknown_zone_is_no_moment(zone):
    moment = dated("06/15/2026").moment("06/15/2026", "12:00:00", zone)
    assert moment == (None, "zone")


@pytest.mark.parametrize(
    ("language", "rows", "hours"),
    [
        ("he", [("USD", "IST")], 2),
        ("en", [("USD", "IST"), ("ILS", "IST")], 2),
        ("en", [("EUR", "IST"), ("EUR", "IDT")], 2),
        ("en", [("USD", "IST"), ("INR", "IST")], 5.5),
        ("en", [("EUR", "IST"), ("EUR", "GMT")], 1),
        ("en", [("EUR", "IST")], 1),
        ("en", [("USD", "IST")], 2),
    ],
)
def test_ist_is_israel_india_or_ireland_by_the_rest_of_the_file(language, rows, hours):
    found = conventions(
        language, *(("13/01/2026", zone, currency, "1.00") for currency, zone in rows)
    )
    moment, _problem = found.moment("13/01/2026", "12:00:00", "IST")
    noon = datetime(2026, 1, 13, 12, tzinfo=timezone.utc)
    assert (noon - moment).total_seconds() == hours * 3600
