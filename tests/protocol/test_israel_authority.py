"""The client for allocation numbers, against an authority that checks its table."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import authority as il
import pytest
import rates
import requests

from tools.standin.authority import AuthorityStandIn
from tools.standin.bank import BankStandIn

REDIRECT = "https://shop.example.com/caspit/il/authority"
NOW = datetime(2026, 11, 27, 12, 0)
INVOICE = il.Invoice(
    key="db-1",
    type=320,
    dealer="514444447",
    number="INV/2026/00001",
    customer="777777715",
    customer_name="A company whose name is rather long, Ltd.",
    day=date.today(),
    issued=date.today(),
    net=Decimal("5000.85"),
    vat=Decimal("900.15"),
    total=Decimal("5901.00"),
    items=[
        il.Item(
            "Blue shirts, a hundred of them, in three sizes",
            Decimal(1),
            Decimal("5000.85"),
            Decimal("5000.85"),
            Decimal(18),
            Decimal("900.15"),
        )
    ],
)


@pytest.fixture
def standin():
    with AuthorityStandIn() as authority:
        yield authority


@pytest.fixture
def client(standin):
    urls = il.urls_of("tsandbox", standin.url)
    return il.Authority(urls, standin.client_id, standin.secret)


@pytest.fixture
def tokens(client):
    """As the dealer's browser gets them."""
    url = client.authorise_url(REDIRECT, "state")
    answer = requests.get(url, allow_redirects=False, timeout=5)
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert query["state"] == ["state"]
    return client.exchange(query["code"][0], REDIRECT, NOW)


def test_a_document_gets_a_number_and_the_same_one_when_asked_again(client, tokens):
    request = il.approval(INVOICE)
    number = client.approve(tokens, request).number
    assert client.approve(tokens, request).number == number
    assert len(il.printed(number)) == 9
    assert number.endswith(il.printed(number))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"customer": "777777716"}, "432"),
        ({"day": date.today() - timedelta(days=15)}, "434"),
        ({"day": date.today() + timedelta(days=2)}, "435"),
        ({"vat": Decimal("900.25")}, "437"),
    ],
)
def test_what_is_wrong_has_the_authoritys_code(client, tokens, changes, code):
    with pytest.raises(il.Faulty) as caught:
        client.approve(tokens, il.approval(replace(INVOICE, **changes)))
    assert caught.value.code == code


@pytest.mark.parametrize("code", ["460", "461"])
def test_a_refusal_is_for_the_dealer_to_decide(standin, client, tokens, code):
    standin.refused[777777715] = code
    request = il.approval(INVOICE)
    with pytest.raises(il.Refused) as caught:
        client.approve(tokens, request)
    assert caught.value.code == code
    for decision in il.Decision:
        client.decide(tokens, decision, request)
    assert [decision for decision, _key in standin.decisions] == [
        "Cancel",
        "Continue",
        "FurtherObjection",
    ]
    reverse = replace(INVOICE, action=3, vat=Decimal(), total=INVOICE.net, items=[])
    assert client.approve(tokens, il.approval(reverse)).number


@pytest.mark.parametrize("fault", ["down", "garbage"])
def test_an_authority_that_is_away_is_asked_later(standin, client, tokens, fault):
    standin.fault = fault
    with pytest.raises(il.Away if fault == "down" else il.AuthorityError):
        client.approve(tokens, il.approval(INVOICE))
    standin.fault = None
    assert client.approve(tokens, il.approval(INVOICE)).number


def test_nobody_at_home_is_away(client, tokens):
    closed = il.Authority(il.urls_of("tsandbox", "http://127.0.0.1:9"), "a", "b")
    with pytest.raises(il.Away):
        closed.approve(tokens, il.approval(INVOICE))


def test_tokens_are_renewed_before_they_end_and_not_earlier(standin, client, tokens):
    assert client.fresh(tokens, NOW + timedelta(minutes=8)) is tokens
    later = client.fresh(tokens, NOW + timedelta(minutes=9, seconds=30))
    assert later.access != tokens.access
    assert client.approve(later, il.approval(INVOICE)).number


def test_a_permission_that_ended_says_so(standin, client, tokens):
    standin.end_access()
    with pytest.raises(il.NotAllowed):
        client.approve(tokens, il.approval(INVOICE))
    standin.end_permission()
    with pytest.raises(il.NotAllowed):
        client.renew(tokens, NOW)


def test_a_code_is_good_once(standin, client, tokens):
    with pytest.raises(il.NotAllowed):
        client.exchange("used", REDIRECT, NOW)


def test_emergency_numbers_are_reported_once(standin, client, tokens):
    number = standin.emergency[0]
    client.report_emergency(tokens, il.approval(INVOICE), number)
    client.report_emergency(tokens, il.approval(INVOICE), number)
    assert standin.reported == [number]
    with pytest.raises(il.Faulty):
        client.report_emergency(tokens, il.approval(INVOICE), "123456789")


def test_types_that_get_no_number_are_not_asked_for():
    with pytest.raises(ValueError, match="300"):
        il.approval(replace(INVOICE, type=300))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ח.פ 514444447", "514444447"),
        ("51-444444-7 please", "514444447"),
        ("514444446", ""),
        ("5144444470", ""),
        ("", ""),
        ("000000000", ""),
        ("order 123456789, dealer 777777715", "777777715"),
    ],
)
def test_a_dealer_number_is_found_by_its_check_digit(text, number):
    assert il.find_dealer_number(text) == number


def test_rates_are_those_of_one_unit_on_the_banks_day():
    with BankStandIn() as bank:
        bank.moment = "2026-11-26T23:30:00.123Z"  # half past one in Israel, the 27th
        told = {rate.currency: rate for rate in rates.fetch(bank.url)}
        assert told["USD"].shekels == Decimal("3.271")
        assert told["JPY"].shekels == Decimal("0.02184")
        assert told["USD"].day == date(2026, 11, 27)
        bank.fault = "down"
        with pytest.raises(rates.NoRates):
            rates.fetch(bank.url)
