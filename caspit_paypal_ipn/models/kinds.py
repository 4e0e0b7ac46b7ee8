# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The table of kinds: what a message of each kind is, and what the books do with it.

This is the one place that lists them. ``paypal.ipn._kinds`` gives the table as add-ons
have extended it; docs/MESSAGES.md has it in words.
"""

from typing import NamedTuple

from odoo.tools import LazyTranslate

from ..paypal import const

_lt = LazyTranslate(__name__)

# === WHICH WAY MONEY GOES === #

NOWHERE = "nowhere"
IN = "in"
OUT = "out"
BY_SIGN = "by_sign"  # of mc_gross: negative is out

# === WHAT MY CASPIT COUNTS IT AS === #

MONEY_IN = "money_in"
RETURNS = "refunds"


class Kind(NamedTuple):
    """One row of the table.

    :ivar code: of the selection ``paypal.ipn.kind``
    :ivar label: what it is called on the screen, in English
    :ivar method: of ``paypal.ipn``; it books messages of this kind, see
        :meth:`~.books.booking.PaypalIpn._kinds`
    :ivar direction: which way the money goes, as seen from the PayPal account
    :ivar figure: what it counts as on My Caspit; none: not a customer's money
    :ivar is_order: it is a customer's order
    :ivar is_news: the merchant is told of each by mail, should he want that
    :ivar story: what happened, in a sentence that names who, amount and item, and kind
    """

    code: str
    label: str
    method: str
    direction: str = NOWHERE
    figure: str | None = None
    is_order: bool = False
    is_news: bool = False
    story: str = _lt("PayPal reports: %(kind)s, %(who)s, %(amount)s")

    def is_outbound(self, gross):
        """:return: whether an amount of this kind leaves the PayPal account"""
        return self.direction == OUT or (self.direction == BY_SIGN and gross < 0)

    def charged_fee(self, gross, fee):
        """PayPal's fee, negative when PayPal gave it back.

        Money that leaves the account has a negative ``mc_gross``, and its ``mc_fee`` is
        what PayPal gives back, negative too. PayPal's simulator writes both positive.

        :param gross: ``mc_gross``, with PayPal's sign
        :param fee: ``mc_fee``, with PayPal's sign
        """
        written_the_other_way = (gross > 0) == self.is_outbound(gross)
        return -fee if written_the_other_way else fee


#: In the order in which a batch is booked, so that a refund finds the sale that came
#: along with it.
KINDS = (
    Kind(
        const.KIND_SALE,
        "Sale",
        "_book_sale",
        IN,
        MONEY_IN,
        is_order=True,
        is_news=True,
        story=_lt("%(who)s paid %(amount)s for: %(item)s"),
    ),
    Kind(
        const.KIND_PENDING,
        "Pending",
        "_book_pending",
        story=_lt("%(who)s has begun to pay %(amount)s for: %(item)s"),
    ),
    Kind(const.KIND_CLOSED, "Closed Without Money", "_book_no_money"),
    Kind(const.KIND_SUBSCRIPTION, "Subscription", "_book_no_money"),
    Kind(
        const.KIND_REFUND,
        "Refund",
        "_book_refund",
        OUT,
        RETURNS,
        story=_lt("%(amount)s went back to %(who)s, for: %(item)s"),
    ),
    Kind(
        const.KIND_REVERSAL,
        "Reversal",
        "_book_reversal",
        OUT,
        RETURNS,
        story=_lt("PayPal took %(amount)s of %(who)s's payment back, for: %(item)s"),
    ),
    Kind(
        const.KIND_CANCELED_REVERSAL,
        "Canceled Reversal",
        "_book_canceled_reversal",
        IN,
        RETURNS,
        story=_lt("PayPal gave %(amount)s of %(who)s's payment back, for: %(item)s"),
    ),
    Kind(const.KIND_ADJUSTMENT, "Adjustment", "_book_adjustment", BY_SIGN, RETURNS),
    Kind(
        const.KIND_DISPUTE,
        "Dispute",
        "_book_dispute",
        story=_lt("%(who)s has a case at PayPal about: %(item)s"),
    ),
    Kind(const.KIND_OUTGOING, "Outgoing Payment", "_book_not_income"),
    Kind(const.KIND_ADAPTIVE, "Adaptive Payment", "_book_not_income"),
    Kind(const.KIND_UNKNOWN, "Unknown", "_book_unknown"),
)
UNKNOWN = KINDS[-1]
SELECTION = [(kind.code, kind.label) for kind in KINDS]
