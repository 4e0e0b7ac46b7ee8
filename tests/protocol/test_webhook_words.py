"""The very words that a payment's event is read as, and none beside them."""

import json

import pytest
from rest import read_event, words_of

MOMENT = "2026-11-01T10:00:00Z"
PAYEE = {"email_address": "seller@example.com", "merchant_id": "N5NH53T46TSYS"}


def euros(value, currency="EUR"):
    return {"currency_code": currency, "value": value}


def read(event_type, resource, **more):
    told = {"id": "WH-1", "event_type": event_type, "resource": resource, **more}
    return read_event(json.dumps(told).encode())


def words(event_type, resource, **more):
    return words_of(read(event_type, resource, **more))


# === PAYMENTS === #

CAPTURE = {
    "id": "1AB23456CD789012E",
    "status": "COMPLETED",
    "status_details": {"reason": "PENDING_REVIEW"},
    "amount": euros("118.00"),
    "invoice_id": "SO0001",
    "custom_id": "blue",
    "seller_receivable_breakdown": {"paypal_fee": euros("4.20")},
    "payee": PAYEE,
    "supplementary_data": {"related_ids": {"order_id": "5O190127TN364715T"}},
    "create_time": MOMENT,
}
PAID = {
    "charset": "UTF-8",
    "payment_date": MOMENT,
    "receiver_id": "N5NH53T46TSYS",
    "receiver_email": "seller@example.com",
    "txn_type": "express_checkout",
    "payment_status": "Completed",
    "invoice": "SO0001",
    "custom": "blue",
    "txn_id": "1AB23456CD789012E",
    "mc_gross": "118.00",
    "mc_currency": "EUR",
    "mc_fee": "4.20",
}


def capture(name="COMPLETED", **changed):
    return words(f"PAYMENT.CAPTURE.{name}", {**CAPTURE, **changed})


def test_a_capture():
    assert capture() == PAID
    waits = {"payment_status": "Pending", "pending_reason": "pending_review"}
    assert capture("PENDING") == {**PAID, **waits}
    assert capture("DENIED") == {**PAID, "payment_status": "Denied"}
    assert capture("DECLINED") == {**PAID, "payment_status": "Denied"}


@pytest.mark.parametrize(
    ("name", "own", "status"),
    [
        ("COMPLETED", "pending", "Pending"),
        ("COMPLETED", "DECLINED", "Denied"),
        ("COMPLETED", "FAILED", "Failed"),
        ("COMPLETED", "PARTIALLY_REFUNDED", "Completed"),
        ("COMPLETED", "", "Completed"),
        ("PENDING", "FAILED", "Pending"),
        ("DENIED", "PENDING", "Denied"),
    ],
)
def test_a_capture_of_itself_may_say_that_it_is_not_paid(name, own, status):
    assert capture(name, status=own)["payment_status"] == status


@pytest.mark.parametrize(
    ("received", "rate", "settled"),
    [
        (euros("450.00", "ILS"), {"value": "3.954"}, ("450.00", "ILS", "3.954")),
        (euros("113.80"), {"value": "1"}, (None, None, None)),
        (euros("450.00", "ILS"), {}, (None, None, None)),
        ({}, {"value": "3.954"}, (None, None, None)),
    ],
)
def test_what_arrived_is_told_where_it_was_converted(received, rate, settled):
    told = {"receivable_amount": received, "exchange_rate": rate}
    found = capture(seller_receivable_breakdown=told)
    names = ("settle_amount", "settle_currency", "exchange_rate")
    assert tuple(map(found.get, names)) == settled
    rest = {name: text for name, text in found.items() if name not in names}
    assert {**rest, "mc_fee": "4.20"} == PAID
    without = capture(seller_receivable_breakdown=told, amount={})
    assert not {*names, "mc_gross", "mc_currency"} & {*without}


def test_a_fee_stands_only_beside_an_amount_of_its_currency():
    told = {"paypal_fee": euros("4.20", "ILS")}
    assert "mc_fee" not in capture(seller_receivable_breakdown=told)
    assert "mc_fee" not in capture(amount={})


SALE = {
    "id": "3EF23456CD789012E",
    "amount": {"total": "10.00", "currency": "USD"},
    "transaction_fee": {"value": "0.60", "currency": "USD"},
    "billing_agreement_id": "I-ABCDEF123456",
    "invoice_number": "77",
    "custom": "c",
    "create_time": MOMENT,
}
SOLD = {
    "charset": "UTF-8",
    "payment_date": MOMENT,
    "txn_type": "recurring_payment",
    "recurring_payment_id": "I-ABCDEF123456",
    "payment_status": "Completed",
    "invoice": "77",
    "custom": "c",
    "txn_id": "3EF23456CD789012E",
    "mc_gross": "10.00",
    "mc_currency": "USD",
    "mc_fee": "0.60",
}


def test_a_sale():
    assert words("PAYMENT.SALE.COMPLETED", SALE) == SOLD
    waiting = {**SALE, "reason_code": "ECHECK"}
    said = {**SOLD, "payment_status": "Pending", "pending_reason": "echeck"}
    assert words("PAYMENT.SALE.PENDING", waiting) == said
    denied = {**SOLD, "payment_status": "Denied"}
    assert words("PAYMENT.SALE.DENIED", SALE) == denied
    single = words("PAYMENT.SALE.COMPLETED", {**SALE, "billing_agreement_id": ""})
    assert single["txn_type"] == "express_checkout"
    assert "recurring_payment_id" not in single


# === MONEY THAT WENT BACK === #

UP = "https://api.paypal.com/v2/payments/captures/1AB23456CD789012E"
REFUND = {
    "id": "2CD23456CD789012E",
    "amount": euros("99.00"),
    "invoice_id": "SO0001",
    "custom_id": "blue",
    "seller_payable_breakdown": {
        "gross_amount": euros("18.00"),
        "paypal_fee": euros("0.50"),
    },
    "links": [{"rel": "up", "href": UP}],
    "create_time": MOMENT,
}
BACK = {
    "charset": "UTF-8",
    "payment_date": MOMENT,
    "payment_status": "Refunded",
    "reason_code": "refund",
    "parent_txn_id": "1AB23456CD789012E",
    "invoice": "SO0001",
    "custom": "blue",
    "txn_id": "2CD23456CD789012E",
    "mc_gross": "-18.00",
    "mc_currency": "EUR",
    "mc_fee": "-0.50",
}
SALE_BACK = {
    "id": "4GH23456CD789012E",
    "sale_id": "3EF23456CD789012E",
    "amount": {"total": "-10.00", "currency": "USD"},
    "refund_from_transaction_fee": {"value": "-0.30", "currency": "USD"},
    "invoice_number": "77",
    "custom": "c",
    "links": [{"rel": "up", "href": UP}],
    "create_time": MOMENT,
}


@pytest.mark.parametrize("source", ["CAPTURE", "SALE"])
def test_a_refund_and_a_reversal(source):
    assert words(f"PAYMENT.{source}.REFUNDED", REFUND) == BACK
    pulled = {**BACK, "payment_status": "Reversed", "reason_code": "other"}
    assert words(f"PAYMENT.{source}.REVERSED", REFUND) == pulled


def test_a_refund_in_the_words_of_the_older_api():
    assert words("PAYMENT.SALE.REFUNDED", SALE_BACK) == {
        **BACK,
        "parent_txn_id": "3EF23456CD789012E",
        "invoice": "77",
        "custom": "c",
        "txn_id": "4GH23456CD789012E",
        "mc_gross": "-10.00",
        "mc_currency": "USD",
        "mc_fee": "-0.30",
    }


def test_a_refund_without_a_breakdown_is_over_its_amount():
    found = words("PAYMENT.CAPTURE.REFUNDED", {"id": "A", "amount": euros("99.00")})
    assert (found["mc_gross"], found["mc_currency"]) == ("-99.00", "EUR")
    assert "mc_fee" not in found and "payment_date" not in found
    bare = words("PAYMENT.CAPTURE.REFUNDED", {"id": "A"})
    assert bare["txn_id"] == "A" and "mc_gross" not in bare


@pytest.mark.parametrize(
    ("rel", "href", "parent"),
    [
        ("up", "https://api.paypal.com/v1/payments/sale/A1/refund", "A1"),
        ("sale", "https://api.paypal.com/v1/payments/sales/A1", "A1"),
        ("self", UP, None),
        ("up", "https://api.paypal.com/v2/payments/captures/" + "A" * 41, None),
        ("up", "https://api.paypal.com/v2/payments/refunds/A1", None),
        ("up", "https://api.paypal.com/v2/payments/captures/A1?x=y", None),
    ],
)
def test_the_payment_of_a_refund_is_named_by_a_link_alone(rel, href, parent):
    links = [{"rel": "up", "href": "/"}, {"rel": rel, "href": href}]
    found = words("PAYMENT.CAPTURE.REFUNDED", {**REFUND, "links": links})
    assert found.get("parent_txn_id") == parent
