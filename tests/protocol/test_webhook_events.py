"""An event of a webhook says in IPN's words what the IPN of it would have said."""

import json
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paypal import Message
from rest import NotAnEvent, const, read_event, words_of

CAPTURE = {
    "id": "1AB23456CD789012E",
    "status": "COMPLETED",
    "amount": {"currency_code": "EUR", "value": "118.00"},
    "invoice_id": "SO0001",
    "custom_id": "blue",
    "seller_receivable_breakdown": {
        "gross_amount": {"currency_code": "EUR", "value": "118.00"},
        "paypal_fee": {"currency_code": "EUR", "value": "4.20"},
        "net_amount": {"currency_code": "EUR", "value": "113.80"},
    },
    "payee": {"email_address": "seller@example.com", "merchant_id": "N5NH53T46TSYS"},
    "supplementary_data": {"related_ids": {"order_id": "5O190127TN364715T"}},
    "create_time": "2026-11-01T10:00:00Z",
}
REFUND = {
    "id": "2CD23456CD789012E",
    "status": "COMPLETED",
    "amount": {"currency_code": "EUR", "value": "18.00"},
    "seller_payable_breakdown": {
        "gross_amount": {"currency_code": "EUR", "value": "18.00"},
        "paypal_fee": {"currency_code": "EUR", "value": "0.50"},
    },
    "links": [
        {"rel": "self", "href": "https://api.paypal.com/v2/payments/refunds/2CD"},
        {
            "rel": "up",
            "href": "https://api.paypal.com/v2/payments/captures/1AB23456CD789012E",
        },
    ],
    "create_time": "2026-11-02T10:00:00Z",
}
SALE = {
    "id": "3EF23456CD789012E",
    "state": "completed",
    "amount": {"total": "10.00", "currency": "USD"},
    "transaction_fee": {"value": "0.60", "currency": "USD"},
    "billing_agreement_id": "I-ABCDEF123456",
    "invoice_number": "77",
    "custom": "c",
    "create_time": "2026-11-03T10:00:00Z",
}
SALE_BACK = {
    "id": "4GH23456CD789012E",
    "sale_id": "3EF23456CD789012E",
    "amount": {"total": "-10.00", "currency": "USD"},
    "create_time": "2026-11-04T10:00:00Z",
}
PROFILE = {
    "id": "I-ABCDEF123456",
    "subscriber": {
        "payer_id": "BUYER00000001",
        "email_address": "dana@example.com",
        "name": {"given_name": "Dana", "surname": "Levi"},
    },
}
DISPUTE = {
    "dispute_id": "PP-D-12345",
    "reason": "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
    "status": "OPEN",
    "dispute_life_cycle_stage": "CHARGEBACK",
    "disputed_transactions": [
        {
            "seller_transaction_id": "1AB23456CD789012E",
            "seller": {"merchant_id": "N5NH53T46TSYS"},
        }
    ],
    "create_time": "2026-11-05T10:00:00Z",
}


def event(event_type, resource, **more):
    told = {"id": "WH-1", "event_type": event_type, "resource": resource, **more}
    return json.dumps(told).encode()


def parsed(words):
    return Message.parse(urlencode({"charset": "utf-8", **words}).encode())


def message(event_type, resource):
    return parsed(words_of(read_event(event(event_type, resource))))


@pytest.mark.parametrize(
    ("event_type", "resource", "kind", "txn_id", "gross", "fee"),
    [
        ("PAYMENT.CAPTURE.COMPLETED", CAPTURE, "sale", CAPTURE["id"], "118.00", "4.20"),
        ("PAYMENT.CAPTURE.PENDING", CAPTURE, "pending", CAPTURE["id"], "118", "4.20"),
        ("PAYMENT.CAPTURE.DENIED", CAPTURE, "closed", CAPTURE["id"], "118", "4.20"),
        ("PAYMENT.CAPTURE.DECLINED", CAPTURE, "closed", CAPTURE["id"], "118", "4.20"),
        ("PAYMENT.CAPTURE.REFUNDED", REFUND, "refund", REFUND["id"], "-18", "-0.50"),
        ("PAYMENT.CAPTURE.REVERSED", REFUND, "reversal", REFUND["id"], "-18", "-0.50"),
        ("PAYMENT.SALE.COMPLETED", SALE, "sale", SALE["id"], "10.00", "0.60"),
        ("PAYMENT.SALE.PENDING", SALE, "pending", SALE["id"], "10.00", "0.60"),
        ("PAYMENT.SALE.DENIED", SALE, "closed", SALE["id"], "10.00", "0.60"),
        ("PAYMENT.SALE.REFUNDED", SALE_BACK, "refund", SALE_BACK["id"], "-10", None),
        ("PAYMENT.SALE.REVERSED", SALE_BACK, "reversal", SALE_BACK["id"], "-10", None),
        ("CUSTOMER.DISPUTE.CREATED", DISPUTE, "dispute", CAPTURE["id"], None, None),
        ("BILLING.SUBSCRIPTION.CREATED", PROFILE, "subscription", "", None, None),
        ("BILLING.SUBSCRIPTION.ACTIVATED", PROFILE, "subscription", "", None, None),
        ("BILLING.SUBSCRIPTION.CANCELLED", PROFILE, "subscription", "", None, None),
        ("BILLING.SUBSCRIPTION.SUSPENDED", PROFILE, "subscription", "", None, None),
        ("BILLING.SUBSCRIPTION.EXPIRED", PROFILE, "subscription", "", None, None),
        (
            "BILLING.SUBSCRIPTION.PAYMENT.FAILED",
            PROFILE,
            "subscription",
            "",
            None,
            None,
        ),
        ("SOMETHING.NEW", CAPTURE, "unknown", CAPTURE["id"], None, None),
    ],
)
def test_each_event_is_what_its_ipn_would_be(
    event_type, resource, kind, txn_id, gross, fee
):
    found = message(event_type, resource)
    assert (found.kind, found.txn_id) == (kind, txn_id)
    assert found.gross == (gross and Decimal(gross))
    assert found.fee == (fee and Decimal(fee))


def test_what_is_subscribed_is_what_is_read():
    for event_type in const.EVENT_TYPES:
        words = words_of(read_event(event(event_type, {"id": "X"})))
        assert words.get("txn_type") or words.get("payment_status"), event_type


def test_a_capture_names_the_payee_the_order_and_the_moment():
    found = message("PAYMENT.CAPTURE.COMPLETED", CAPTURE)
    assert found.receiver.merchant_id == "N5NH53T46TSYS"
    assert (found.invoice, found.custom) == ("SO0001", "blue")
    assert found.payment_date.isoformat() == "2026-11-01T10:00:00+00:00"
    assert read_event(event("PAYMENT.CAPTURE.COMPLETED", CAPTURE)).order_id


def test_a_capture_that_was_converted_says_what_arrived():
    told = {
        **CAPTURE["seller_receivable_breakdown"],
        "receivable_amount": {"currency_code": "ILS", "value": "450.00"},
        "exchange_rate": {"value": "3.954"},
    }
    capture = {**CAPTURE, "seller_receivable_breakdown": told}
    found = message("PAYMENT.CAPTURE.COMPLETED", capture)
    assert (found.settle_amount, found.settle_currency) == (Decimal("450.00"), "ILS")


def test_a_capture_that_says_of_itself_that_it_waits_is_no_money():
    found = message("PAYMENT.CAPTURE.COMPLETED", {**CAPTURE, "status": "PENDING"})
    assert found.kind == "pending"


def test_a_refund_names_its_payment():
    assert message("PAYMENT.CAPTURE.REFUNDED", REFUND).parent_txn_id == CAPTURE["id"]
    assert message("PAYMENT.SALE.REFUNDED", SALE_BACK).parent_txn_id == SALE["id"]


def test_a_subscriptions_payment_names_it():
    assert message("PAYMENT.SALE.COMPLETED", SALE).subscription_id == "I-ABCDEF123456"


@pytest.mark.parametrize(
    "event_type",
    ["CUSTOMER.DISPUTE.UPDATED", "CHECKOUT.ORDER.APPROVED", "INVOICING.INVOICE.PAID"],
)
def test_what_moves_no_money_says_so(event_type):
    words = words_of(read_event(event(event_type, DISPUTE)))
    assert words[const.EVENT_KIND_FIELD] == const.EVENT_NO_MONEY
    assert "mc_gross" not in words


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"txn_id=1",
        b"[]",
        b"null",
        b'"x"',
        b"{}",
        b'{"event_type": "X", "resource": []}',
        b'{"event_type": "X", "resource": {"amount": NaN}}',
        b"[" * 100_000,
        b'{"event_type": "X", "resource": {}, "a": "' + b"x" * 131_072 + b'"}',
    ],
)
def test_what_is_no_event_is_told(body):
    with pytest.raises(NotAnEvent):
        read_event(body)


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "amount", "value", "total", "currency", "links", "payee"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.sampled_from(const.EVENT_TYPES), st.dictionaries(st.text(), _JSON))
def test_no_resource_breaks_the_reading(event_type, resource):
    words = words_of(read_event(event(event_type, resource)))
    assert all(isinstance(text, str) and text for text in words.values())
