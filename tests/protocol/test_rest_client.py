"""PayPal's API over HTTP, against a stand-in that refuses as PayPal does."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from rest import PayPal, RestError, const

from tools.standin.paypal import PayPalStandIn

UTC = timezone.utc
START = datetime(2026, 10, 1, tzinfo=UTC)


def move(number, value="10.00", **info):
    moment = START + timedelta(minutes=number)
    return {
        "transaction_info": {
            "transaction_id": f"TXN{number:014}",
            "transaction_event_code": "T0006",
            "transaction_initiation_date": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "transaction_amount": {"currency_code": "EUR", "value": value},
            "transaction_status": "S",
            **info,
        }
    }


@pytest.fixture
def paypal(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with PayPalStandIn("http://127.0.0.1:9/") as standin:
        yield standin


@pytest.fixture
def waits():
    return []


def client_of(paypal, *options, **more):
    host = paypal.url.removesuffix("/cgi-bin/webscr")
    return PayPal(host, paypal.api.client_id, paypal.api.secret, *options, **more)


@pytest.fixture
def client(paypal, waits):
    with client_of(paypal, waits.append) as client:
        yield client


def everything(client, start=START, end=START + timedelta(days=31)):
    return [row for page in client.pages(start, end) for row in page.rows]


def test_a_token_tells_what_it_may_do(client):
    assert const.SCOPE_SEARCH in client.connect()
    assert "stand-in" not in repr(client)


def test_every_page_is_read_and_one_token_does(paypal, client):
    paypal.api.moves = [move(number) for number in range(1201)]
    rows = everything(client)
    assert len({row.key for row in rows}) == 1201
    assert paypal.api.calls["/v1/reporting/transactions"] == 3
    assert paypal.api.calls["/v1/oauth2/token"] == 1


def test_nothing_is_no_error_though_the_key_is_missing(client):
    page = client.search(START, START + timedelta(days=1))
    assert page.rows == () and page.total_items == 0
    assert page.refreshed_at is not None


def test_a_moment_with_a_fraction_is_asked_for_without(paypal, client):
    paypal.api.moves = [move(1)]
    start = START.replace(microsecond=123456)
    assert len(client.search(start, start + timedelta(hours=1)).rows) == 1


def test_balances_are_decimals_at_a_moment(paypal, client):
    paypal.api.moves = [move(1), move(2, "2.50"), move(90, "7.00")]
    found = client.balances(START + timedelta(minutes=10))
    [balance] = found.balances
    assert balance == ("EUR", Decimal("12.50"), Decimal("12.50"), Decimal("0.00"))
    assert found.as_of == START + timedelta(minutes=10)


def test_what_is_held_is_withheld_and_still_the_merchants(paypal, client):
    paypal.api.moves = [move(1), move(2, "-4.00", transaction_event_code="T2107")]
    [balance] = client.balances(START + timedelta(days=1)).balances
    assert balance == ("EUR", Decimal("10.00"), Decimal("6.00"), Decimal("4.00"))


def test_disputes_are_read_over_all_pages(paypal, client):
    paypal.api.disputes = [
        {
            "dispute_id": f"PP-D-{number}",
            "update_time": "2026-10-02T00:00:00.000Z",
            "status": "WAITING_FOR_SELLER_RESPONSE",
            "seller_response_due_date": "2026-10-12T00:00:00.000Z",
            "disputed_transactions": [{"seller_transaction_id": f"TXN{number}"}],
            "dispute_amount": {"currency_code": "EUR", "value": "10.00"},
        }
        for number in range(60)
    ]
    found = list(client.disputes(START))
    assert len(found) == 60
    assert found[7].txn_ids == ("TXN7",) and found[7].is_open
    assert found[7].due_at == datetime(2026, 10, 12, tzinfo=UTC)


# === TROUBLE === #


def test_a_wrong_secret_is_told_and_not_repeated(paypal, waits):
    host = paypal.url.removesuffix("/cgi-bin/webscr")
    client = PayPal(host, paypal.api.client_id, "wrong", waits.append)
    with client, pytest.raises(RestError) as caught:
        client.connect()
    assert caught.value.code == const.CREDENTIALS
    assert "wrong" not in str(caught.value)
    assert waits == []


def test_an_app_without_the_permission_is_told_so(paypal, client):
    paypal.api.scopes = ()
    assert client.connect() == frozenset()
    with pytest.raises(RestError) as caught:
        client.search(START, START + timedelta(days=1))
    assert caught.value.code == const.PERMISSION
    assert caught.value.debug_id


def test_a_token_that_dies_in_the_middle_is_renewed(paypal, client):
    paypal.api.moves = [move(number) for number in range(1001)]
    client.connect()
    paypal.api.change("token_dies")
    assert len(everything(client)) == 1001
    assert paypal.api.calls["/v1/oauth2/token"] == 2


@pytest.mark.parametrize("fault", ["429", "503"])
def test_a_short_wait_is_waited_as_told(paypal, client, waits, fault):
    paypal.api.moves = [move(1)]
    client.connect()
    paypal.api.change(fault, times=2)
    assert len(everything(client)) == 1
    assert waits == [1.0, 1.0]


def test_a_long_wait_is_left_to_the_caller(paypal, client, waits):
    client.connect()
    paypal.api.change("429_long")
    with pytest.raises(RestError) as caught:
        client.search(START, START + timedelta(days=1))
    assert (caught.value.code, caught.value.retry_after) == (const.BUSY, 600.0)
    assert caught.value.is_passing and waits == []


@pytest.mark.parametrize(
    "fault, code",
    [
        ("monday", const.NOT_READY),
        ("500", const.BUSY),
        ("html", const.NO_ANSWER),
        ("redirect", const.NO_ANSWER),
        ("reset", const.NO_ANSWER),
    ],
)
def test_what_passes_by_itself_says_so(paypal, client, fault, code):
    client.connect()
    paypal.api.change(fault, times=0)
    with pytest.raises(RestError) as caught:
        client.search(START, START + timedelta(days=1))
    assert caught.value.code == code and caught.value.is_passing
    assert paypal.followed_redirects == 0


def test_silence_ends(paypal):
    with client_of(paypal, timeout=0.3) as client:
        client.connect()
        paypal.api.change("hang")
        with pytest.raises(RestError) as caught:
            client.search(START, START + timedelta(days=1))
    assert caught.value.code == const.NO_ANSWER


def test_more_than_paypal_gives_at_once_is_told(paypal, client):
    paypal.api.moves, paypal.api.max_results = [move(1), move(2)], 1
    with pytest.raises(RestError) as caught:
        client.search(START, START + timedelta(days=1))
    assert caught.value.code == const.TOO_MANY and not caught.value.is_passing


def test_pages_that_shift_show_in_the_count(paypal, client):
    paypal.api.moves = [move(number) for number in range(501)]
    paypal.api.change("shift")
    first = client.search(START, START + timedelta(days=1))
    again = client.search(START, START + timedelta(days=1), 2)
    assert (first.total_items, again.total_items) == (500, 501)


def test_too_long_and_too_old_is_refused_as_paypal_does(paypal, client):
    for start, end in (
        (START, START + timedelta(days=32)),
        (START - timedelta(days=1200), START - timedelta(days=1199)),
        (START + timedelta(days=900), START + timedelta(days=901)),
    ):
        with pytest.raises(RestError) as caught:
            client.search(start, end)
        assert caught.value.status == 400


def test_what_paypals_clock_has_not_reached_is_not_there_yet(paypal, client):
    now = paypal.api.now()
    paypal.api.moves = [move(1)]
    paypal.api.moves[0]["transaction_info"]["transaction_initiation_date"] = (
        now - timedelta(hours=1)
    ).strftime("%Y-%m-%dT%H:%M:%SZ")
    paypal.api.delay = timedelta(hours=3)
    page = client.search(now - timedelta(hours=6), now)
    assert page.rows == ()
    assert page.refreshed_at <= now - timedelta(hours=2, minutes=59)
    paypal.api.delay = timedelta(0)
    assert len(client.search(now - timedelta(hours=6), now).rows) == 1
