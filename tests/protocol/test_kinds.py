"""What a message means for the books."""

import pytest
from paypal import const


@pytest.mark.parametrize("txn_type", sorted(const.INCOME_TYPES))
def test_completed_income_is_a_sale(sale, txn_type):
    assert sale(txn_type=txn_type).kind == const.KIND_SALE
    assert sale(txn_type=txn_type.upper()).kind == const.KIND_SALE
    assert sale(txn_type=txn_type, payment_status="COMPLETED").kind == const.KIND_SALE


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("Pending", "pending"),
        ("Processed", "pending"),
        ("Created", "pending"),
        ("In-Progress", "pending"),
        ("Denied", "closed"),
        ("Failed", "closed"),
        ("Expired", "closed"),
        ("Voided", "closed"),
        ("Declined", "closed"),
        ("Cancelled", "closed"),
        ("Refunded", "refund"),
        ("Partially_Refunded", "refund"),
        ("Reversed", "reversal"),
        ("Canceled_Reversal", "canceled_reversal"),
        ("Transmogrified", "unknown"),
        ("", "unknown"),
    ],
)
@pytest.mark.parametrize("txn_type", ["web_accept", "", "never_seen"])
def test_a_status_other_than_completed_decides_for_every_type(
    sale, status, kind, txn_type
):
    assert sale(payment_status=status, txn_type=txn_type).kind == kind
    assert sale(payment_status=status.lower(), txn_type=txn_type).kind == kind


@pytest.mark.parametrize("txn_type", sorted(const.NO_MONEY_TYPES))
def test_a_type_without_money_is_no_sale_whatever_it_claims(sale, txn_type):
    assert sale(txn_type=txn_type).kind == const.KIND_SUBSCRIPTION


def test_what_the_merchant_pays_others_is_outgoing(sale):
    assert sale(txn_type="masspay", payment_status="Processed").kind == "outgoing"
    assert sale(txn_type="payout").kind == "outgoing"


def test_an_adjustment_is_never_a_sale(sale):
    assert sale(txn_type="adjustment", mc_gross="225.00").kind == "adjustment"


@pytest.mark.parametrize("status", ["", "Completed", "Reversed"])
def test_a_new_case_is_a_dispute_although_it_carries_the_sales_txn_id(sale, status):
    message = sale(txn_type="new_case", case_type="complaint", payment_status=status)
    assert message.kind == const.KIND_DISPUTE


def test_a_chargeback_case_without_a_type_is_a_dispute(sale):
    message = sale(txn_type="", payment_status="", case_type="chargeback")
    assert message.kind == const.KIND_DISPUTE


def test_a_reversal_that_names_its_case_is_a_reversal(sale):
    message = sale(txn_type="", payment_status="Reversed", case_type="chargeback")
    assert message.kind == const.KIND_REVERSAL


def test_adaptive_payments_are_known_by_their_own_field(sale):
    message = sale(txn_type="", transaction_type="Adaptive Payment PAY")
    assert message.kind == const.KIND_ADAPTIVE


def test_a_capture_carries_its_authorization_and_is_a_sale(sale):
    assert sale(parent_txn_id="9XY", auth_id="9XY").kind == const.KIND_SALE


@pytest.mark.parametrize(
    "fields",
    [
        {"reason_code": "refund", "parent_txn_id": "9XY"},
        {"mc_gross": "-10.00"},
        {"mc_gross": "0.00"},
        {"mc_gross": ""},
        {"txn_type": "never_seen"},
        {"txn_type": ""},
    ],
    ids=str,
)
def test_completed_that_is_not_known_to_be_income_is_unknown(sale, fields):
    assert sale(**fields).kind == const.KIND_UNKNOWN


def test_a_sign_up_with_an_initial_payment_is_left_to_a_person(message):
    fields = {"txn_type": "recurring_payment_profile_created", "test_ipn": "1"}
    assert message(**fields).kind == const.KIND_SUBSCRIPTION
    fields |= {"initial_payment_txn_id": "6PE6", "initial_payment_status": "Completed"}
    assert message(**fields).kind == const.KIND_UNKNOWN


def test_a_type_stands_in_one_group_only():
    groups = [
        const.INCOME_TYPES,
        const.NO_MONEY_TYPES,
        const.OUTGOING_TYPES,
        const.ADJUSTMENT_TYPES,
        const.DISPUTE_TYPES,
    ]
    assert len(frozenset.union(*groups)) == sum(map(len, groups))
