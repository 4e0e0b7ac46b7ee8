"""Each field under the name that PayPal gave it."""

from datetime import datetime, timezone
from decimal import Decimal

import pytest
from paypal import MalformedMessage, Message, Receiver


@pytest.mark.parametrize(
    "name",
    [
        "txn_id",
        "parent_txn_id",
        "txn_type",
        "payment_status",
        "pending_reason",
        "reason_code",
        "case_id",
        "case_type",
        "invoice",
        "custom",
        "memo",
    ],
)
def test_a_text_is_the_field_of_its_name_trimmed(message, name):
    assert getattr(message(**{name: " One  Two "}), name) == "One  Two"
    assert getattr(message(other="x"), name) == ""


def test_amounts_are_read_from_their_fields(message):
    read = message(
        mc_gross="100.00",
        mc_fee="3.40",
        settle_amount="77.28",
        settle_currency="USD",
        exchange_rate="0.8",
        mc_currency="EUR",
        currency_code="CHF",
    )
    assert (read.gross, read.fee) == (Decimal("100.00"), Decimal("3.40"))
    assert (read.settle_amount, read.settle_currency) == (Decimal("77.28"), "USD")
    assert (read.exchange_rate, read.currency) == (Decimal("0.8"), "EUR")


def test_the_moment_is_that_of_the_payment_or_else_of_the_request(message):
    request = {"payment_request_date": "Fri Dec 07 06:13:08 PST 2012"}
    asked = message(**request).payment_date
    assert asked == datetime(2012, 12, 7, 14, 13, 8, tzinfo=timezone.utc)
    paid = message(**request, payment_date="01:46:06 Apr 24, 2012 PDT").payment_date
    assert paid == datetime(2012, 4, 24, 8, 46, 6, tzinfo=timezone.utc)


def test_a_subscription_is_named_before_a_profile(message):
    assert message(recurring_payment_id="I-1").subscription_id == "I-1"
    both = message(recurring_payment_id="I-1", subscr_id="S-1")
    assert both.subscription_id == "S-1"


def test_what_was_doubtful_is_told_in_the_order_of_reading():
    message = Message.parse(
        b"memo=%FF&charset=utf-8&quantity=x&tax=y"
        b"&mc_gross=1&txn_type=web_accept&payment_status=Completed"
    )
    assert message.warnings == (
        "memo: undecodable bytes were replaced",
        "tax: not a number, ignored",
        "quantity: not a number, ignored",
    )


def test_it_shows_itself_by_kind_transaction_and_status(sale):
    assert repr(sale()) == "<Message sale '1AB23456CD789012E' 'Completed'>"


def test_what_is_no_message_says_which_rule_it_breaks():
    for body, rule in (
        (b"", "no field at all"),
        (b"memo=" + b"x" * 65_532, "more than 65536 bytes"),
        (b"a=1" + b"&" * 3276, "more than 3276 fields"),
    ):
        with pytest.raises(MalformedMessage) as raised:
            Message.parse(body)
        assert str(raised.value) == rule
    assert Message.parse(b"memo=" + b"x" * 65_531).memo
    assert Message.parse(b"a=1" + b"&" * 499).fields == {"a": "1"}


def test_a_message_cannot_be_changed(sale):
    message = sale()
    for thing in (message, message.lines[0], message.buyer, message.buyer.address):
        with pytest.raises(AttributeError):
            thing.kind = thing.name = "other"


# === WHAT STANDS UNDER SEVERAL NAMES === #

SIGN_UP = {
    "txn_type": "Recurring_Payment_Profile_Created",
    "initial_payment_txn_id": "1AB23456CD789012E",
    "initial_payment_amount": "7.50",
    "initial_payment_status": "Completed",
    "currency_code": "USD",
    "time_created": "01:46:06 Apr 24, 2012 PDT",
    "payment_date": "01:46:06 Apr 25, 2012 PDT",
}


def test_a_sign_up_tells_its_first_payment_under_names_of_its_own(message):
    found = message(**SIGN_UP)
    assert (found.txn_id, found.payment_status) == ("1AB23456CD789012E", "Completed")
    assert (found.gross, found.currency) == (Decimal("7.50"), "USD")
    assert found.payment_date == datetime(2012, 4, 24, 8, 46, 6, tzinfo=timezone.utc)


def test_what_a_sign_up_says_under_the_usual_names_counts_first(message):
    own = {"mc_gross": "8.00", "txn_id": "9Z", "payment_status": "Pending"}
    found = message(**SIGN_UP, **own)
    said = (found.gross, found.txn_id, found.payment_status)
    assert said == (Decimal("8.00"), "9Z", "Pending")


@pytest.mark.parametrize(
    "changed", [{"txn_type": "recurring_payment"}, {"initial_payment_txn_id": " "}]
)
def test_without_a_first_payment_those_names_say_nothing(message, changed):
    found = message(**SIGN_UP | changed)
    assert (found.txn_id, found.payment_status, found.gross) == ("", "", None)
    assert found.payment_date == datetime(2012, 4, 25, 8, 46, 6, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("fields", "fee"),
    [
        ({"mc_fee": "1.00", "payment_fee": "2.00", "mc_currency": "USD"}, "1.00"),
        ({"mc_fee": "0.00", "payment_fee": "2.00", "mc_currency": "USD"}, "0.00"),
        ({"payment_fee": "2.00", "mc_currency": "USD", "currency_code": "EUR"}, "2.00"),
        ({"payment_fee": "2.00", "currency_code": "usd"}, "2.00"),
        ({"payment_fee": "2.00", "mc_currency": "EUR", "currency_code": "USD"}, None),
        ({"payment_fee": "2.00"}, None),
    ],
)
def test_the_older_fee_counts_in_dollars_alone(message, fields, fee):
    assert message(**fields).fee == (fee and Decimal(fee))


def test_the_order_is_the_shops_else_paypals_else_the_payment_it_is_of(message):
    named = {"parent_txn_id": "PARENT", "auth_id": "AUTH", "invoice": "SO7"}
    assert message(**named).order == "SO7"
    assert message(**named | {"invoice": ""}).order == "AUTH"
    assert message(parent_txn_id="PARENT").order == "PARENT"


def test_whose_a_message_is_can_be_told_of_what_is_refused(body_of):
    body = body_of(
        {
            "mc_gross": "ten",
            "receiver_id": "n5nh53t46tsys",
            "receiver_email": "Seller@example.com",
            "payer_id": "BUYER00000001",
            "payer_email": "dana@example.com",
            "first_name": "Dana",
            "item_name": "Book",
            "invoice": "SO7",
            "test_ipn": "1",
        }
    )
    with pytest.raises(MalformedMessage):
        Message.parse(body)
    found = Message.addressed(body)
    assert found.receiver == Receiver("N5NH53T46TSYS", ("seller@example.com",))
    assert found.payer_account == Receiver("BUYER00000001", ("dana@example.com",))
    assert found.is_sandbox is True
    assert found.buyer.name == "Dana"
    assert (found.subject, found.invoice) == ("Book", "SO7")
    assert Message.addressed(b"test_ipn=2").is_sandbox is False
