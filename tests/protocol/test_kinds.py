"""What a message means for the books.

The types are written out here: a test that took them from the table under test would
agree with whatever stands there.
"""

import pytest
from paypal import const

INCOME_TYPES = [
    "cart",
    "express_checkout",
    "invoice_payment",
    "merch_pmt",
    "paypal_here",
    "pro_hosted",
    "recurring_payment",
    "recurring_payment_outstanding_payment",
    "send_money",
    "subscr_payment",
    "virtual_terminal",
    "web_accept",
]
NO_MONEY_TYPES = [
    "mp_cancel",
    "mp_notification",
    "mp_signup",
    "recurring_payment_expired",
    "recurring_payment_failed",
    "recurring_payment_outstanding_payment_failed",
    "recurring_payment_profile_cancel",
    "recurring_payment_profile_created",
    "recurring_payment_profile_modify",
    "recurring_payment_skipped",
    "recurring_payment_suspended",
    "recurring_payment_suspended_due_to_max_failed_payment",
    "subscr_cancel",
    "subscr_eot",
    "subscr_failed",
    "subscr_modify",
    "subscr_signup",
]


def test_the_types_of_income_and_of_no_money_are_these():
    assert sorted(const.INCOME_TYPES) == INCOME_TYPES
    assert sorted(const.NO_MONEY_TYPES) == NO_MONEY_TYPES


def test_the_marks_of_a_row_have_names_that_others_may_write_out():
    marks = [value for name, value in vars(const).items() if name.startswith("MARK_")]
    assert sorted(marks) == ["adaptive", "case", "initial_payment", "money_in"]


def test_the_kinds_have_these_names_in_every_database():
    kinds = [value for name, value in vars(const).items() if name.startswith("KIND_")]
    assert sorted(kinds) == [
        "adaptive",
        "adjustment",
        "canceled_reversal",
        "closed",
        "dispute",
        "outgoing",
        "pending",
        "refund",
        "reversal",
        "sale",
        "subscription",
        "unknown",
    ]


@pytest.mark.parametrize("txn_type", INCOME_TYPES)
def test_completed_income_is_a_sale(sale, txn_type):
    assert sale(txn_type=txn_type).kind == "sale"
    assert sale(txn_type=txn_type.upper()).kind == "sale"
    assert sale(txn_type=txn_type, payment_status="COMPLETED").kind == "sale"


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


@pytest.mark.parametrize("txn_type", NO_MONEY_TYPES)
def test_a_type_without_money_is_no_sale_whatever_it_claims(sale, txn_type):
    assert sale(txn_type=txn_type).kind == "subscription"


def test_what_the_merchant_pays_others_is_outgoing(sale):
    assert sale(txn_type="masspay", payment_status="Processed").kind == "outgoing"
    assert sale(txn_type="payout").kind == "outgoing"


@pytest.mark.parametrize("txn_type", ["masspay", "payout", "adjustment", "mp_signup"])
@pytest.mark.parametrize("status", ["Refunded", "Reversed", "Canceled_Reversal"])
def test_a_type_that_is_no_income_is_none_whatever_its_status(sale, txn_type, status):
    """What the merchant paid others comes back as a refund of his own payment."""
    kinds = {"adjustment": "adjustment", "mp_signup": "subscription"}
    message = sale(txn_type=txn_type, payment_status=status, mc_gross="-10.00")
    assert message.kind == kinds.get(txn_type, "outgoing")


def test_an_adjustment_is_never_a_sale(sale):
    assert sale(txn_type="adjustment", mc_gross="225.00").kind == "adjustment"


@pytest.mark.parametrize("status", ["", "Completed", "Reversed"])
def test_a_new_case_is_a_dispute_although_it_carries_the_sales_txn_id(sale, status):
    message = sale(txn_type="new_case", case_type="complaint", payment_status=status)
    assert message.kind == "dispute"


def test_a_chargeback_case_without_a_type_is_a_dispute(sale):
    message = sale(txn_type="", payment_status="", case_type="chargeback")
    assert message.kind == "dispute"


def test_a_case_with_a_type_and_no_status_is_left_to_a_person(sale):
    assert sale(payment_status="", case_type="chargeback").kind == "unknown"


def test_a_reversal_that_names_its_case_is_a_reversal(sale):
    message = sale(txn_type="", payment_status="Reversed", case_type="chargeback")
    assert message.kind == "reversal"


@pytest.mark.parametrize(
    "transaction_type",
    [
        "Adaptive Payment PAY",
        "Adaptive Payment Pre-Approval",
        "Adaptive Payment Preapproval",
        "Adjustment",
    ],
)
@pytest.mark.parametrize("txn_type", ["", "web_accept", "masspay", "subscr_signup"])
def test_adaptive_payments_are_known_by_their_own_field(
    sale, transaction_type, txn_type
):
    message = sale(txn_type=txn_type, transaction_type=transaction_type)
    assert message.kind == "adaptive"
    assert sale(transaction_type="Sale").kind == "sale"


def test_a_case_comes_before_everything(sale):
    adaptive = {"transaction_type": "Adjustment"}
    assert sale(txn_type="new_case", **adaptive).kind == "dispute"
    message = sale(txn_type="", payment_status="", case_type="chargeback", **adaptive)
    assert message.kind == "dispute"
    assert sale(case_type="chargeback").kind == "sale"


def test_a_capture_carries_its_authorization_and_is_a_sale(sale):
    assert sale(parent_txn_id="9XY", auth_id="9XY").kind == "sale"
    assert sale(reason_code="other").kind == "sale"
    assert sale(mc_gross="0.01").kind == "sale"


@pytest.mark.parametrize(
    "fields",
    [
        {"reason_code": "refund", "parent_txn_id": "9XY"},
        {"reason_code": "Refund"},
        {"mc_gross": "-10.00"},
        {"mc_gross": "0.00"},
        {"mc_gross": ""},
        {"txn_type": "never_seen"},
        {"txn_type": ""},
    ],
    ids=str,
)
def test_completed_that_is_not_known_to_be_income_is_unknown(sale, fields):
    assert sale(**fields).kind == "unknown"


def test_a_sign_up_with_an_initial_payment_is_left_to_a_person(message):
    fields = {"txn_type": "recurring_payment_profile_created", "test_ipn": "1"}
    assert message(**fields).kind == "subscription"
    fields |= {"initial_payment_txn_id": "6PE6", "initial_payment_status": "Completed"}
    assert message(**fields).kind == "unknown"
    assert message(**fields, transaction_type="Adjustment").kind == "adaptive"


def test_a_later_payment_of_a_profile_may_name_the_initial_one(sale):
    fields = {"txn_type": "recurring_payment", "initial_payment_txn_id": "6PE6"}
    assert sale(**fields).kind == "sale"


def test_a_type_stands_in_one_group_only():
    groups = [
        const.INCOME_TYPES,
        const.NO_MONEY_TYPES,
        const.OUTGOING_TYPES,
        const.ADJUSTMENT_TYPES,
        const.DISPUTE_TYPES,
    ]
    assert len(frozenset.union(*groups)) == sum(map(len, groups))
