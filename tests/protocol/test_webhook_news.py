"""What events say that move no money, to the word; and what is no event at all."""

import json
from decimal import Decimal

import pytest
from rest import NotAnEvent, read_event, words_of

MOMENT = "2026-11-01T10:00:00Z"


def read(event_type, resource, **more):
    told = {"id": "WH-1", "event_type": event_type, "resource": resource, **more}
    return read_event(json.dumps(told).encode())


def words(event_type, resource, **more):
    return words_of(read(event_type, resource, **more))


@pytest.mark.parametrize(
    ("name", "txn_type"),
    [
        ("CREATED", "recurring_payment_profile_created"),
        ("ACTIVATED", "recurring_payment_profile_modify"),
        ("RE-ACTIVATED", "recurring_payment_profile_modify"),
        ("UPDATED", "recurring_payment_profile_modify"),
        ("CANCELLED", "recurring_payment_profile_cancel"),
        ("SUSPENDED", "recurring_payment_suspended"),
        ("EXPIRED", "recurring_payment_expired"),
        ("PAYMENT.FAILED", "recurring_payment_failed"),
    ],
)
def test_a_subscription(name, txn_type):
    profile = {
        "id": "I-ABCDEF123456",
        "subscriber": {
            "payer_id": "BUYER00000001",
            "email_address": "dana@example.com",
            "name": {"given_name": "Dana", "surname": "Levi"},
        },
    }
    assert words(f"BILLING.SUBSCRIPTION.{name}", profile, create_time=MOMENT) == {
        "charset": "UTF-8",
        "payment_date": MOMENT,
        "txn_type": txn_type,
        "recurring_payment_id": "I-ABCDEF123456",
        "payer_id": "BUYER00000001",
        "payer_email": "dana@example.com",
        "first_name": "Dana",
        "last_name": "Levi",
    }


DISPUTE = {
    "dispute_id": "PP-D-12345",
    "reason": "UNAUTHORISED",
    "dispute_life_cycle_stage": "CHARGEBACK",
    "disputed_transactions": [
        {
            "seller_transaction_id": "1AB23456CD789012E",
            "seller": {"merchant_id": "N5NH53T46TSYS", "email": "seller@example.com"},
        },
        {"seller_transaction_id": "OTHER"},
    ],
    "create_time": MOMENT,
}
CASE = {
    "charset": "UTF-8",
    "payment_date": MOMENT,
    "receiver_id": "N5NH53T46TSYS",
    "receiver_email": "seller@example.com",
    "case_id": "PP-D-12345",
    "case_type": "chargeback",
    "reason_code": "unauthorised",
    "txn_id": "1AB23456CD789012E",
    "txn_type": "new_case",
}


def test_a_dispute():
    assert words("CUSTOMER.DISPUTE.CREATED", DISPUTE) == CASE
    inquiry = {**DISPUTE, "dispute_life_cycle_stage": "INQUIRY"}
    found = words("CUSTOMER.DISPUTE.CREATED", inquiry)
    assert found == {**CASE, "case_type": "complaint"}
    assert read("CUSTOMER.DISPUTE.CREATED", DISPUTE).is_dispute
    assert not read("PAYMENT.SALE.REVERSED", DISPUTE).is_dispute


@pytest.mark.parametrize("name", ["UPDATED", "RESOLVED"])
def test_what_became_of_a_dispute(name):
    event_type = f"CUSTOMER.DISPUTE.{name}"
    said = {**CASE, "txn_type": event_type, "caspit_webhook_kind": "closed"}
    assert words(event_type, DISPUTE) == said
    ended = {**DISPUTE, "dispute_outcome": {"outcome_code": "RESOLVED_SELLER_FAVOUR"}}
    assert words(event_type, ended) == {
        **said,
        "reason_code": "resolved_seller_favour",
    }


@pytest.mark.parametrize(
    "event_type",
    [
        "BILLING.PLAN.CREATED",
        "CATALOG.PRODUCT.CREATED",
        "CHECKOUT.ORDER.APPROVED",
        "INVOICING.INVOICE.PAID",
        "MERCHANT.ONBOARDING.COMPLETED",
        "PAYMENT.AUTHORIZATION.CREATED",
        "PAYMENT.ORDER.CREATED",
        "PAYMENT-NETWORKS.ALTERNATIVE-PAYMENT.COMPLETED",
        "VAULT.PAYMENT-TOKEN.CREATED",
    ],
)
def test_what_moves_nothing_for_sure_is_no_news(event_type):
    long = f"{event_type}.{'X' * 127}"
    assert words(long, {"id": "A"}) == {
        "charset": "UTF-8",
        "txn_type": long[:127],
        "caspit_webhook_kind": "closed",
    }


def test_what_no_rule_knows_is_shown_by_its_name_and_id():
    found = words("payment.new." + "x" * 127, {"id": "A" * 41})
    assert found == {
        "charset": "UTF-8",
        "txn_type": "PAYMENT.NEW." + "X" * 115,
        "txn_id": "A" * 40,
    }


# === EVENTS === #


def test_an_event_is_read_with_its_id_type_and_moment():
    found = read("payment.capture.completed", {"value": 0}, create_time=MOMENT)
    assert (found.event_id, found.created) == ("WH-1", MOMENT)
    assert found.event_type == "PAYMENT.CAPTURE.COMPLETED"


def test_an_amount_that_is_a_number_is_exact():
    amount = b'{"value": 0.10, "currency_code": "EUR"}'
    body = b'{"event_type": "PAYMENT.CAPTURE.COMPLETED", "resource": {"amount": %s}}'
    found = read_event(body % amount)
    assert found.resource["amount"]["value"] == Decimal("0.10")
    assert words_of(found)["mc_gross"] == "0.10"


def test_the_order_is_that_of_a_capture_that_was_paid():
    related = {"related_ids": {"order_id": "5O190127TN364715T"}}
    resource = {"supplementary_data": related}
    found = read("PAYMENT.CAPTURE.COMPLETED", resource)
    assert found.order_id == "5O190127TN364715T"
    assert read("PAYMENT.CAPTURE.COMPLETED", {}).order_id == ""
    assert read("PAYMENT.CAPTURE.PENDING", resource).order_id == ""


@pytest.mark.parametrize(
    ("own", "created", "moment"),
    [
        (MOMENT, "2026-11-02T00:00:00Z", MOMENT),
        ("yesterday", "2026-11-02T02:00:00+02:00", "2026-11-02T00:00:00Z"),
        (None, "soon", None),
    ],
)
def test_the_moment_is_the_resources_else_the_events(own, created, moment):
    found = words("PAYMENT.NEW", {"create_time": own}, create_time=created)
    assert found.get("payment_date") == moment


def test_the_payee_is_named_by_either_spelling():
    payee = {"email": "b@example.com", "merchant_id": "M"}
    found = words("PAYMENT.NEW", {"payee": payee})
    assert (found["receiver_id"], found["receiver_email"]) == ("M", "b@example.com")
    both = {**payee, "email_address": "a@example.com"}
    found = words("PAYMENT.NEW", {"payee": both})
    assert found["receiver_email"] == "a@example.com"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"{}" + b" " * 131_071, "it is too long"),
        (b"{}" + b" " * 131_070, "it is no event"),
        (b"{", "it is no JSON"),
        (b'{"a": Infinity}', "it is no JSON"),
        (b'{"event_type": "X"}', "no error"),
        (b'{"event_type": "X", "resource": "y"}', "it is no event"),
        (b'{"event_type": " ", "resource": {}}', "it is no event"),
    ],
)
def test_what_is_no_event_says_why(body, why):
    try:
        read_event(body)
    except NotAnEvent as error:
        assert str(error) == why
    else:
        assert why == "no error"
