"""What JSON of PayPal's is worth; balances and disputes as they are read."""

import time
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from rest import values
from rest.balances import Balance, Balances, read_balances
from rest.disputes import Dispute, read_dispute
from rest.windows import halves, split

UTC = timezone.utc


@pytest.mark.parametrize(
    ("value", "currency", "expected"),
    [
        ("10.00", "EUR", ("10.00", "EUR")),
        ("-10", "eur", ("-10", "EUR")),
        ("+.5", "ILS", ("0.5", "ILS")),
        (Decimal("1.50"), "USD", ("1.50", "USD")),
        ("123456789012.345", "EUR", ("123456789012.345", "EUR")),
        ("-123456789012.345", "EUR", ("-123456789012.345", "EUR")),
        ("1234567890123.456", "EUR", None),
        ("10.", "EUR", None),
        ("1,000", "EUR", None),
        ("NaN", "EUR", None),
        ("\u0661", "EUR", None),
        ("10.00", "EURO", None),
        ("10.00", "E1R", None),
        ("10.00", "", None),
        (True, "EUR", None),
        ("", "EUR", None),
    ],
)
def test_money_is_a_number_of_paypals_with_a_currency(value, currency, expected):
    money = values.money({"value": value, "currency_code": currency})
    assert money == (expected and (Decimal(expected[0]), expected[1]))


@pytest.mark.parametrize(
    ("json", "expected"),
    [
        ({"a": " x "}, "x"),
        ({"a": 7}, "7"),
        ({"a": Decimal("1.50")}, "1.50"),
        ({"a": True, "b": "y"}, "y"),
        ({"a": " ", "b": "y"}, "y"),
        ({"a": ["x"], "b": "y"}, "y"),
        ({"a": "x\0y"}, "xy"),
        ({"a": "\0", "b": "y"}, "y"),
        ({"a": None}, ""),
        ({}, ""),
        ("ab", ""),
        (None, ""),
    ],
)
def test_a_text_is_the_first_field_that_says_something(json, expected):
    assert values.text(json, "a", "b") == expected


def test_a_part_that_is_not_there_is_empty():
    assert values.part({"a": {"b": 1}}, "a", "b") == 1
    assert values.part({"a": {"b": 0}}, "a", "b") == 0
    assert values.part({"a": {"b": None}}, "a", "b") == {}
    assert values.part({"a": [1]}, "a", "b") == {}
    assert values.part(None, "a") == {}
    assert values.items([{"a": 1}, 2, None, {}]) == [{"a": 1}, {}]
    assert values.items({"a": 1}) == values.items(None) == []


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-10-05T10:11:12Z", (2026, 10, 5, 10, 11, 12)),
        (" 2026-10-05 10:11:12z ", (2026, 10, 5, 10, 11, 12)),
        ("2026-10-05T10:11:12.999+02:30", (2026, 10, 5, 7, 41, 12)),
        ("2026-10-05T10:11:12-0230", (2026, 10, 5, 12, 41, 12)),
        ("2026-12-31T23:59:60Z", (2026, 12, 31, 23, 59, 59)),
    ],
)
def test_a_moment_is_in_utc_to_the_second(text, moment):
    assert values.moment(text) == datetime(*moment, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30T00:00:00Z",
        "0001-01-01T00:00:00+0200",
        "2026-10-05T10:11Z",
        "2026-10-05T10:11:12",
        "\u0662026-10-05T10:11:12Z",
        20261005,
    ],
)
def test_a_moment_that_cannot_be_is_none(text):
    assert values.moment(text) is None


def test_a_moment_is_asked_for_in_utc_wherever_the_machine_is(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    there = timezone(timedelta(hours=3))
    moment = datetime(2026, 10, 5, 10, 11, 12, 987654, tzinfo=there)
    try:
        assert values.written(moment) == "2026-10-05T07:11:12Z"
    finally:
        monkeypatch.undo()
        time.tzset()


# === BALANCES AND DISPUTES === #


def eur(value):
    return {"currency_code": "EUR", "value": value}


def test_balances_are_read_with_what_they_are_as_of():
    answer = {
        "balances": [
            {
                "currency": "EUR",
                "total_balance": eur("12.50"),
                "available_balance": eur("10.00"),
                "withheld_balance": eur("2.50"),
            },
            {"currency": "USD", "available_balance": eur("1.00")},
            {"total_balance": eur("-1.00")},
        ],
        "account_id": "MERCHANT12345",
        "as_of_time": "2026-10-05T10:00:00Z",
        "last_refresh_time": "2026-10-05T09:59:59Z",
    }
    assert read_balances(answer) == Balances(
        (
            Balance("EUR", Decimal("12.50"), Decimal("10.00"), Decimal("2.50")),
            Balance("EUR", Decimal("-1.00"), None, None),
        ),
        datetime(2026, 10, 5, 10, tzinfo=UTC),
        datetime(2026, 10, 5, 9, 59, 59, tzinfo=UTC),
        "MERCHANT12345",
    )
    assert read_balances({}) == Balances((), None, None, "")


def test_a_dispute_is_read_in_full():
    answer = {
        "dispute_id": "PP-D-1",
        "reason": "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
        "status": "RESOLVED",
        "dispute_life_cycle_stage": "CHARGEBACK",
        "dispute_amount": eur("10.00"),
        "disputed_transactions": [
            {"seller_transaction_id": "TXN1"},
            {"buyer_transaction_id": "TXN2"},
            {"seller_transaction_id": "TXN3"},
        ],
        "seller_response_due_date": "2026-10-12T00:00:00.000Z",
        "update_time": "2026-10-02T00:00:00.000Z",
        "dispute_outcome": {"outcome_code": "RESOLVED_BUYER_FAVOUR"},
    }
    found = read_dispute(answer)
    assert found == Dispute(
        dispute_id="PP-D-1",
        txn_ids=("TXN1", "TXN3"),
        reason="MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
        status="RESOLVED",
        stage="CHARGEBACK",
        amount=Decimal("10.00"),
        currency="EUR",
        due_at=datetime(2026, 10, 12, tzinfo=UTC),
        updated_at=datetime(2026, 10, 2, tzinfo=UTC),
        outcome="RESOLVED_BUYER_FAVOUR",
    )
    assert not found.is_open


def test_of_a_dispute_that_says_nothing_everything_is_missing():
    found = read_dispute({})
    assert found == Dispute("", (), "", "", "", None, "", None, None, "")
    assert found.is_open


# === WINDOWS === #


def test_windows_come_newest_first_to_the_second():
    day = timedelta(days=1)
    start = datetime(2026, 1, 1, 0, 0, 0, 700, tzinfo=UTC)
    end = start.replace(day=4, hour=12, microsecond=999)
    begin, last = start.replace(microsecond=0), end.replace(microsecond=0)
    assert list(split(start, end, day * 2)) == [
        (last - day * 2, last),
        (begin, last - day * 2),
    ]
    assert list(split(begin, begin + day, day)) == [(begin, begin + day)]


def test_halves_share_a_whole_second():
    start = datetime(2026, 1, 1, tzinfo=UTC)
    second = timedelta(seconds=1)
    middle = start + second
    for seconds in (2, 3):
        end = start + seconds * second
        assert halves(start, end) == ((start, middle), (middle, end))
    assert halves(start, start + second) is None
    assert halves(start, start) is None


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
