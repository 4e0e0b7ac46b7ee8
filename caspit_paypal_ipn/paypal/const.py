# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PayPal's vocabulary as data. Statuses and types are compared in lower case."""

from types import MappingProxyType
from typing import NamedTuple

# === THE POST-BACK === #
# https://developer.paypal.com/api/nvp-soap/ipn/IPNImplementation/
# last checked 2026-11-24

POSTBACK_URLS = MappingProxyType(
    {
        "live": "https://ipnpb.paypal.com/cgi-bin/webscr",
        "sandbox": "https://ipnpb.sandbox.paypal.com/cgi-bin/webscr",
    }
)
POSTBACK_PREFIX = b"cmd=_notify-validate&"
CONTENT_TYPE = "application/x-www-form-urlencoded"
#: PayPal answers 403 to a caller without a User-Agent.
USER_AGENT = "Caspit-PayPal-IPN/1.0 (Odoo)"
#: What goes with each post-back. PayPal's one word is not to be packed.
POSTBACK_HEADERS = MappingProxyType(
    {
        "User-Agent": USER_AGENT,
        "Content-Type": CONTENT_TYPE,
        "Accept-Encoding": "identity",
    }
)
#: Seconds one post-back may take in all, name look-up and a slow answer included.
POSTBACK_DEADLINE = 30.0
#: Bytes. PayPal's two answers have 8 and 7; whatever is longer is neither of them.
MAX_ANSWER_BYTES = 1024

# === A TRANSACTION'S PAGE === #
# Where PayPal's activity list leads to when a transaction is opened; the id follows.
# PayPal documents no address for it; shops' integrations link to this one, too.
# last checked 2026-11-24

ACTIVITY_URLS = MappingProxyType(
    {
        "live": "https://www.paypal.com/activity/payment/",
        "sandbox": "https://www.sandbox.paypal.com/activity/payment/",
    }
)

# === LIMITS OF A MESSAGE === #
# Ours: PayPal names none for the whole. A cart has about eight fields and 160 bytes a
# line, and a live one had 100 lines: 731 fields. A field that means anything has some
# 20 bytes, so a body that is not too long has not too many fields either.
# last checked 2026-11-27

MAX_BODY_BYTES = 64 * 1024
MAX_FIELDS = MAX_BODY_BYTES // 20
#: Characters of an id, a type or a status. PayPal's longest has 127 (``invoice``), its
#: transaction ids have 19. Far below what fits into an index of PostgreSQL's (2,704
#: bytes), which is what a longer one would break.
MAX_ID_LENGTH = 127
#: Characters of an e-mail address (RFC 5321, 4.5.3.1.3, without the brackets).
MAX_EMAIL_LENGTH = 254
#: Digits of an amount, before and after the point together.
MAX_DIGITS = 15
#: Digits after the point. PayPal's currencies have at most two; sums of amounts within
#: these limits are exact in Python's default decimal context.
MAX_AMOUNT_DECIMALS = 4

# === CHARSETS === #
# PayPal's Integration Guide, "Language Encoding for Your Data": the charset is a
# setting of the merchant's account, and its default follows the account's country.
# last checked 2026-11-24

DEFAULT_CHARSET = "windows-1252"
#: Names that PayPal has and Python lacks, or takes for less than they are.
CHARSET_ALIASES = MappingProxyType(
    {
        "ibm-862": "cp862",
        # What these names mean to the systems that write them is the vendor's superset.
        # Python takes them by the letter, and has no character then for many names.
        "big5": "big5hkscs",
        "euc-kr": "cp949",
        "gb2312": "gb18030",
        "gb_2312-80": "gb18030",
        "gbk": "gb18030",
        "ks_c_5601-1987": "cp949",
        "shift-jis": "cp932",
        "shift_jis": "cp932",
        "sjis": "cp932",
        "iso-8859-8-i": "iso8859-8",
        "windows-31j": "cp932",
        "windows-874": "cp874",
        "windows-936": "gb18030",
        "windows-949": "cp949",
    }
)

# === KINDS: WHAT A MESSAGE MEANS FOR THE BOOKS === #

KIND_SALE = "sale"
KIND_PENDING = "pending"  # not yet money, the same txn_id comes again
KIND_CLOSED = "closed"  # over, without money
KIND_REFUND = "refund"
KIND_REVERSAL = "reversal"  # PayPal pulled the money
KIND_CANCELED_REVERSAL = "canceled_reversal"  # the pulled money came back
KIND_DISPUTE = "dispute"  # a case was opened; no money moved yet
KIND_ADJUSTMENT = "adjustment"  # a case was settled; the payer is the merchant
KIND_SUBSCRIPTION = "subscription"  # sign-up, change, cancel, suspend, end: no money
KIND_OUTGOING = "outgoing"  # the merchant paid others
KIND_ADAPTIVE = "adaptive"  # Adaptive Payments: other field names altogether
KIND_UNKNOWN = "unknown"  # nobody has seen it yet: a person must look

#: The kinds whose line fields describe mc_gross. In the others they still tell the
#: original sale, with its positive amounts, also when a part of it went back.
ITEMISED_KINDS = frozenset({KIND_SALE, KIND_PENDING, KIND_CLOSED, KIND_UNKNOWN})

# === TRANSACTION TYPES === #
# https://developer.paypal.com/api/nvp-soap/ipn/IPNandPDTVariables/, "txn_type".
# recurring_payment_outstanding_payment (a later attempt that succeeded) and its
# _failed twin are not on that page; the handlers of several shops receive them.
# last checked 2026-11-24

INCOME_TYPES = frozenset(
    {
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
    }
)
TYPE_PROFILE_CREATED = "recurring_payment_profile_created"
NO_MONEY_TYPES = frozenset(
    {
        "mp_cancel",
        "mp_notification",
        "mp_signup",
        "recurring_payment_expired",
        "recurring_payment_failed",
        "recurring_payment_outstanding_payment_failed",
        "recurring_payment_profile_cancel",
        TYPE_PROFILE_CREATED,
        "recurring_payment_profile_modify",
        "recurring_payment_skipped",
        "recurring_payment_suspended",
        "recurring_payment_suspended_due_to_max_failed_payment",
        "subscr_cancel",
        "subscr_eot",
        "subscr_failed",
        "subscr_modify",
        "subscr_signup",
    }
)
OUTGOING_TYPES = frozenset({"masspay", "payout"})
ADJUSTMENT_TYPES = frozenset({"adjustment"})
DISPUTE_TYPES = frozenset({"new_case"})
#: Values of transaction_type, a field that only Adaptive Payments has.
ADAPTIVE_TYPES = frozenset(
    {
        "adaptive payment pay",
        "adaptive payment pre-approval",
        "adaptive payment preapproval",
        "adjustment",
    }
)

# === PAYMENT STATUSES === #
# https://developer.paypal.com/api/nvp-soap/ipn/IPNandPDTVariables/, "payment_status"
# last checked 2026-11-24

COMPLETED_STATUSES = frozenset({"completed"})
PENDING_STATUSES = frozenset({"created", "in-progress", "pending", "processed"})
CLOSED_STATUSES = frozenset(
    {"cancelled", "declined", "denied", "expired", "failed", "voided"}
)
REFUND_STATUSES = frozenset({"partially_refunded", "refunded"})
REVERSAL_STATUSES = frozenset({"reversed"})
CANCELED_REVERSAL_STATUSES = frozenset({"canceled_reversal"})
NO_STATUS = frozenset({""})
NO_TYPE = frozenset({""})

REASON_REFUND = "refund"

# === CLASSIFICATION === #
# The first row that fits decides; none: KIND_UNKNOWN. The order is the rule:
# - a case carries the txn_id of the sale it is about, so it comes before everything;
# - types without money and types that are no income come before any status, because
#   they too say Completed;
# - a status other than Completed means the same for every other type, and refunds and
#   reversals mostly have no type at all;
# - only then is Completed income, and only for the types known to be income.
# last checked 2026-11-24

MARK_ADAPTIVE = "adaptive"  # transaction_type is one of ADAPTIVE_TYPES
MARK_CASE = "case"  # case_type is given
MARK_INITIAL_PAYMENT = "initial_payment"  # initial_payment_txn_id is given
MARK_MONEY_IN = "money_in"  # mc_gross > 0 and reason_code is not "refund"


class Row(NamedTuple):
    """One row of :data:`CLASSIFICATION`; what is None fits everything."""

    kind: str
    txn_types: frozenset[str] | None = None
    statuses: frozenset[str] | None = None
    mark: str | None = None


CLASSIFICATION = (
    Row(KIND_DISPUTE, DISPUTE_TYPES),
    # A credit card chargeback's case comes with a case_type and no txn_type.
    Row(KIND_DISPUTE, NO_TYPE, NO_STATUS, MARK_CASE),
    Row(KIND_ADAPTIVE, mark=MARK_ADAPTIVE),
    # The first payment of a profile is told inside the sign-up alone, under names of
    # its own and without a fee: too little to book, too much to ignore.
    Row(KIND_UNKNOWN, frozenset({TYPE_PROFILE_CREATED}), mark=MARK_INITIAL_PAYMENT),
    Row(KIND_SUBSCRIPTION, NO_MONEY_TYPES),
    Row(KIND_OUTGOING, OUTGOING_TYPES),
    Row(KIND_ADJUSTMENT, ADJUSTMENT_TYPES),
    Row(KIND_REFUND, statuses=REFUND_STATUSES),
    Row(KIND_REVERSAL, statuses=REVERSAL_STATUSES),
    Row(KIND_CANCELED_REVERSAL, statuses=CANCELED_REVERSAL_STATUSES),
    Row(KIND_PENDING, statuses=PENDING_STATUSES),
    Row(KIND_CLOSED, statuses=CLOSED_STATUSES),
    # A capture carries the parent_txn_id of its authorization and is a sale.
    Row(KIND_SALE, INCOME_TYPES, COMPLETED_STATUSES, MARK_MONEY_IN),
)

# === COUNTRIES === #

#: PayPal's own codes, and ISO 3166's. China is C2 for payments across its border.
#: https://developer.paypal.com/api/rest/reference/country-codes/
#: Last seen on: 27 November 2026.
COUNTRIES = {"C2": "CN"}
