"""Genuine messages of PayPal's that are not for the shop, or not for these books."""

from tools.attacks.table import Tried
from tools.bench.sales import SHOP

STRANGER = {"receiver_id": "STRANGERSSHOP", "receiver_email": "other@example.org"}
#: Letters that Python's ``upper`` turns into ones of ours.
LOOK_ALIKES = {
    "I": "\N{LATIN SMALL LETTER DOTLESS I}",
    "S": "\N{LATIN SMALL LETTER LONG S}",
}


def attacks(target):
    yield look_alikes(target)
    yield from contradictions(target)
    yield reuse(target)


def look_alikes(target):
    """Ids that differ from the shop's by a letter of another alphabet."""
    elsewhere = {"receiver_email": "other@example.org", "business": "other@example.org"}
    through = 0
    for letter, other in LOOK_ALIKES.items():
        account = target.shop.replace(letter, other)
        through += target.genuine(receiver_id=account, **elsewhere).is_booked
    what = "a receiver_id with a letter of another alphabet (ı, ſ): booked"
    return Tried("7", what, through, len(LOOK_ALIKES))


def contradictions(target):
    """The company has entered its e-mail alone; a stranger's id stands beside it."""
    company = [[target.company], {"paypal_merchant_id": False}]
    target.admin.call("res.company", "write", *company)
    business = target.genuine(business=SHOP.merchant_email, **STRANGER)
    what = "receiver_id of a stranger, business the shop's: booked"
    yield Tried("7", what, int(business.is_booked), 1)
    target.genuine()  # tells the company's own id
    named = target.genuine(receiver_id=STRANGER["receiver_id"])
    what = "receiver_id of a stranger after PayPal has told the shop's: booked"
    yield Tried("7", what, int(named.is_booked), 1)
    company[1] = {"paypal_merchant_id": target.shop}
    target.admin.call("res.company", "write", *company)


def reuse(target):
    """One transaction in other words: each would be another payment."""
    sale = {"txn_id": "ATTACKREUSED", "payer_id": "ATTACKREUSER"}
    target.genuine(**sale)
    others = (
        {"txn_type": "cart", "num_cart_items": "1"},
        {"payment_status": "Pending", "pending_reason": "echeck"},
        {"test_ipn": "1"},
        {"custom": "other bytes"},
    )
    for changes in others:
        target.genuine(**sale, **changes)
    payments = "SELECT count(*) FROM account_payment WHERE paypal_txn_id = %s"
    more = target.one(payments, sale["txn_id"]) - 1
    what = "a txn_id again, of another kind or environment: paid once more"
    return Tried("weak", what, more, len(others))
