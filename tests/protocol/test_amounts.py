"""Numbers are read strictly: the books depend on them."""

from decimal import Decimal

import pytest
from paypal import MalformedMessage

MONEY = ["mc_gross", "mc_fee", "settle_amount", "exchange_rate"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10.00", "10.00"),
        ("1000", "1000"),
        ("-31.32", "-31.32"),
        ("+5", "5"),
        (" 7.50 ", "7.50"),
        ("0.0001", "0.0001"),
        ("999999999999999", "999999999999999"),
        ("99999999999.9999", "99999999999.9999"),
    ],
)
def test_an_amount_is_read_exactly(sale, text, value):
    assert sale(mc_gross=text).gross == Decimal(value)


@pytest.mark.parametrize("name", MONEY)
@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "Infinity",
        "-inf",
        "1e3",
        "1E400",
        "1_000",
        "1,000.00",
        "10,00",
        "$10",
        "10.",
        ".5",
        "--",
        "0x10",
        "ten",
        "１０",
        "١٠",
        "1000000000000000",
        "999999999999999.5",
        "-99999999999999.25",
        "0.0000000000000001",
        "1.2.3",
    ],
)
def test_garbage_in_an_amount_is_malformed_and_not_repeated(sale, name, text):
    with pytest.raises(MalformedMessage) as raised:
        sale(**{name: text})
    assert str(raised.value) == f"{name} is not a number"


def test_an_amount_has_four_decimals_at_most_and_a_rate_may_have_more(sale):
    assert sale(exchange_rate="0.00892561").exchange_rate == Decimal("0.00892561")
    assert sale(exchange_rate="1.00000000000001").exchange_rate > 1
    for name in ("mc_gross", "mc_fee", "settle_amount"):
        with pytest.raises(MalformedMessage, match=name):
            sale(**{name: "0.00892"})


@pytest.mark.parametrize("text", ["", "   "])
def test_a_blank_amount_is_absent(sale, text):
    message = sale(mc_fee=text, settle_amount=text, exchange_rate=text)
    amounts = (message.fee, message.settle_amount, message.exchange_rate)
    assert amounts == (None, None, None)


def test_the_currency_is_in_capitals_and_may_stand_in_currency_code(sale):
    assert sale(mc_currency="ils").currency == "ILS"
    assert sale(mc_currency="", currency_code="EUR").currency == "EUR"
    assert sale(mc_currency="").currency == ""
    assert sale(settle_currency="usd").settle_currency == "USD"


@pytest.mark.parametrize("text", ["IL", "ILSX", "I1S", "\u05d0\u05d1\u05d2", "$"])
def test_a_currency_is_three_letters(sale, text):
    with pytest.raises(MalformedMessage, match="mc_currency is not a currency code"):
        sale(mc_currency=text)
    with pytest.raises(MalformedMessage, match="settle_currency is not a currency"):
        sale(settle_currency=text)


def test_only_the_digit_one_makes_a_sandbox_message(sale):
    assert sale(test_ipn="1").is_sandbox
    assert not sale(test_ipn="0").is_sandbox
    assert not sale(test_ipn="true").is_sandbox
    assert not sale().is_sandbox
