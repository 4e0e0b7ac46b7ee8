"""Every example message, with what it says."""

from datetime import datetime, timezone
from decimal import Decimal

import pytest
from paypal import const


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=timezone.utc)


# Sample, kind, gross, currency, payment date, receiver id, buyer's country.
FACTS = [
    ("01_", "sale", "12.34", "USD", utc(2009, 2, 3, 6, 4, 6), "", "US"),
    ("02_", "sale", "10.00", "USD", utc(2009, 2, 3, 7, 4, 6), "258DLEHY2BDK6", "US"),
    (
        "03_",
        "pending",
        "33.70",
        "CHF",
        utc(2012, 4, 24, 8, 46, 6),
        "WG2M8GUTB5HPL",
        "DE",
    ),
    ("04_", "sale", "82.43", "EUR", utc(2017, 2, 21, 6, 40, 6), "H4KXD885J8LV2", "FR"),
    ("05a", "pending", "1.67", "EUR", utc(2016, 8, 9, 2, 3, 38), "J6LQ63LX6CYF8", "US"),
    ("05b", "sale", "1.67", "EUR", utc(2016, 8, 9, 2, 3, 38), "J6LQ63LX6CYF8", "US"),
    (
        "06_",
        "sale",
        "100.00",
        "USD",
        utc(2021, 3, 3, 23, 48, 44),
        "LCH38TMA5H5TE",
        "US",
    ),
    ("07_", "sale", "9.00", "USD", utc(2018, 2, 8, 22, 48, 34), "YRDCSLDJ6TZKU", "AU"),
    (
        "08_",
        "refund",
        "-1080.00",
        "USD",
        utc(2019, 6, 23, 14, 43, 4),
        "T4A6C58SP7PP2",
        "US",
    ),
    ("09_", "reversal", "12.34", "USD", utc(2015, 5, 24, 21, 32, 31), "", "US"),
    ("10_", "adjustment", "-225.00", "USD", utc(2021, 9, 14, 7, 43, 54), "", ""),
    ("11_", "outgoing", None, "", utc(2012, 10, 25, 13, 25, 37), "", "GB"),
    ("12_", "adaptive", None, "", utc(2012, 12, 7, 14, 13, 8), "", ""),
    (
        "13_",
        "sale",
        "1000.00",
        "ILS",
        utc(2023, 1, 30, 7, 27, 5),
        "N5NH53T46TSYS",
        "IL",
    ),
    ("14_", "subscription", None, "USD", None, "", "US"),
]


def test_every_example_has_its_facts(samples):
    assert [stem[:3] for stem in samples] == [fact[0] for fact in FACTS]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact[0])
def test_an_example_says_what_happened(sample, fact):
    prefix, kind, gross, currency, date, merchant_id, country = fact
    message = sample(prefix)
    assert message.kind == kind
    assert message.gross == (None if gross is None else Decimal(gross))
    assert message.currency == currency
    assert message.payment_date == date
    assert message.receiver.merchant_id == merchant_id
    assert message.buyer.country_code == country
    assert message.warnings == ()


@pytest.mark.parametrize("prefix", [fact[0] for fact in FACTS])
def test_an_example_keeps_its_bytes_and_totals_its_gross(sample, sample_bytes, prefix):
    message = sample(prefix)
    assert message.body == sample_bytes(prefix)
    assert message.fields["verify_sign"]
    assert sum(line.total for line in message.lines) == (message.gross or 0)


def test_the_simulator_puts_an_address_where_the_id_belongs(sample):
    message = sample("01_")
    assert message.receiver.emails == ("seller@paypalsandbox.com",)
    assert message.is_sandbox
    assert message.charset == "windows-1252"
    assert message.invoice == "abc1234"


def test_a_windows_1252_name_is_read(sample):
    message = sample("02_")
    assert message.buyer.name == "Jörg User"
    assert message.custom == "website_id=13&user_id=21"
    assert (message.subject, message.fee) == ("", Decimal("0.59"))


def test_a_settled_cart_tells_the_conversion(sample):
    message = sample("04_")
    assert message.settle_currency == "USD"
    settled = (message.gross - message.fee) * message.exchange_rate
    assert round(settled, 2) == message.settle_amount == Decimal("103.09")


def test_an_address_of_several_lines_is_split(sample):
    address = sample("04_").buyer.address
    assert (address.street, address.street2) == ("2121", "23232")
    assert address.name == "1111 22"


def test_a_message_can_name_its_receiver_by_id_alone(sample):
    assert sample("05a").receiver.emails == ("seller@example.com",)
    assert sample("05b").receiver.emails == ()
    assert not sample("05b").receiver.is_empty


def test_money_sent_by_hand_is_described_by_its_memo(sample):
    message = sample("06_")
    assert message.subject == "Thank you!"
    assert message.buyer.is_company
    assert message.buyer.business_name == "Test Forum, LLC."


def test_a_subscription_payment_names_its_subscription(sample):
    assert sample("07_").subscription_id == "I-FVS4JP9HBAJT"
    assert sample("13_").subscription_id == "I-CBMFG4GJDMF0"


def test_a_refund_is_one_line_over_what_went_back(sample):
    message = sample("08_")
    (line,) = message.lines
    assert (line.name, line.total) == ("Double Room ($1200/person)", Decimal(-1080))
    assert message.parent_txn_id == "23X19291EC9014330"
    assert message.fee == Decimal("-31.32")


def test_a_reversal_of_the_simulator_is_known_by_its_status(sample):
    message = sample("09_")
    assert message.reason_code == "chargeback"
    assert message.parent_txn_id == "SOMEPRIORTXNID002"


@pytest.mark.parametrize(
    ("prefix", "payer_id", "email"),
    [
        ("10_", "LCH38TMA5H5TE", "seller@example.com"),
        ("11_", "LPV4F4HZHCE", "massuk_1351170591_biz@example.com"),
    ],
)
def test_without_a_receiver_the_payer_is_the_account(sample, prefix, payer_id, email):
    message = sample(prefix)
    assert message.receiver.is_empty
    assert message.payer_account.merchant_id == payer_id
    assert message.payer_account.emails == (email,)


def test_an_adaptive_payment_names_its_receiver_in_its_own_way(sample):
    message = sample("12_")
    assert message.receiver.emails == ("seller@example.com",)
    assert message.buyer.email == "buyer@example.com"


def test_hebrew_in_windows_1255_is_read(sample):
    message = sample("13_")
    assert message.charset == "windows-1255"
    assert message.buyer.address.city == "תל-אביב"
    assert message.buyer.address.street == "הרצל 5 דירה 4"
    assert message.subject == "Cloud Platinum"


def test_a_sign_up_has_no_transaction_and_no_lines(sample):
    message = sample("14_")
    assert (message.txn_id, message.lines) == ("", ())
    assert message.kind == const.KIND_SUBSCRIPTION
