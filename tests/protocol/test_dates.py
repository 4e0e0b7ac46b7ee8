"""PayPal's ways of writing a date."""

import time
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paypal.dates import parse_date


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("23:04:06 Feb 02, 2009 PST", (2009, 2, 3, 7, 4, 6)),
        ("23:04:06 Feb. 02, 2009 PST", (2009, 2, 3, 7, 4, 6)),
        ("23:04:06  feb 2 2009 pst", (2009, 2, 3, 7, 4, 6)),
        ("01:46:06 Apr 24, 2012 PDT", (2012, 4, 24, 8, 46, 6)),
        ("23:38:36 30 Oct 2015 PDT", (2015, 10, 31, 6, 38, 36)),
        ("Sun May 24 2015 15:04:11 GMT-0700 (PDT)", (2015, 5, 24, 22, 4, 11)),
        ("Tue Sep 05 2017 09:06:37 GMT-0400 (EDT)", (2017, 9, 5, 13, 6, 37)),
        ("Tue Sep 05 2017 09:06:37 GMT+0300", (2017, 9, 5, 6, 6, 37)),
        ("Fri Dec 07 06:13:08 PST 2012", (2012, 12, 7, 14, 13, 8)),
        ("2015-05-24T15:04:11Z", (2015, 5, 24, 15, 4, 11)),
        ("2015-05-24T15:04:11.000Z", (2015, 5, 24, 15, 4, 11)),
        ("2015-05-24T15:04:11-07:00", (2015, 5, 24, 22, 4, 11)),
        ("2015-05-24 15:04:11 +05:30", (2015, 5, 24, 9, 34, 11)),
        ("2015-05-24T15:04:11 UTC", (2015, 5, 24, 15, 4, 11)),
        ("Sun May 24 2015 15:04:11 GMT", (2015, 5, 24, 15, 4, 11)),
        ("Tue Sep 05 2017 09:06:37 UTC-0330", (2017, 9, 5, 12, 36, 37)),
        ("01:46:06 September 24, 2012 PDT", (2012, 9, 24, 8, 46, 6)),
    ],
)
def test_a_date_is_read_as_a_moment_in_utc(text, moment):
    assert parse_date(text) == datetime(*moment, tzinfo=timezone.utc)
    assert parse_date(text).utcoffset().total_seconds() == 0


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("Jan", 1),
        ("Feb", 2),
        ("Mar", 3),
        ("Apr", 4),
        ("May", 5),
        ("Jun", 6),
        ("Jul", 7),
        ("Aug", 8),
        ("Sep", 9),
        ("Oct", 10),
        ("Nov", 11),
        ("Dec", 12),
    ],
)
def test_months_are_english(name, month):
    assert parse_date(f"01:02:03 {name} 04, 2025 GMT").month == month


def test_the_moment_is_in_utc_wherever_the_server_stands(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Jerusalem")
    time.tzset()
    try:
        moment = parse_date("23:04:06 Feb 02, 2009 PST")
        assert (moment.tzinfo, moment.hour) == (timezone.utc, 7)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_abbreviation_decides_whatever_the_season():
    winter = parse_date("23:04:06 Feb 02, 2009 PDT")
    assert winter == datetime(2009, 2, 3, 6, 4, 6, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "N/A",
        "yesterday",
        "23:04:06 Feb 30, 2009 PST",
        "25:04:06 Feb 02, 2009 PST",
        "23:04:06 Feb 02, 0000 PST",
        "23:04:06 Foo 02, 2009 PST",
        "23:04:06 Feb 02, 2009 XYZ",
        "23:04:06 Feb 02, 2009",
        "23:04:06 Dec 31, 9999 PST",
        "Tue Sep 05 2017 09:06:37 GMT-9900",
        "\u0662\u0663:04:06 Feb 02, 2009 PST",
        "2015-13-24T15:04:11Z",
    ],
)
def test_what_is_no_moment_is_none(text):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("date", "warnings"),
    [
        ("", ()),
        ("N/A", ()),
        ("soon", ("payment_date: not a date, ignored",)),
    ],
)
def test_only_garbage_is_warned_of(sale, date, warnings):
    message = sale(payment_date=date)
    assert message.payment_date is None
    assert message.warnings == warnings


@given(st.datetimes(datetime(1998, 1, 1), datetime(2100, 1, 1)), st.booleans())
def test_every_moment_of_paypals_comes_back(moment, summer):
    months = [
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
    ]
    text = (
        f"{moment:%H:%M:%S} {months[moment.month - 1]} {moment:%d}, {moment.year} "
        f"{'PDT' if summer else 'PST'}"
    )
    local = moment.replace(microsecond=0, tzinfo=timezone.utc)
    hours = (parse_date(text) - local).total_seconds() / 3600
    assert hours == (7 if summer else 8)
