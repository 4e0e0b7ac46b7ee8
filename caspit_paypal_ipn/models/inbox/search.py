# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo import api, fields, models
from odoo.fields import Domain

from ...paypal import const

#: An amount as people write it: a sign of a currency and separators may be in it.
AMOUNT = re.compile(r"[^\w.,-]*(\d+(?:[.,']\d{3})*)(?:[.,](\d{1,2}))?[^\w.,-]*")
#: Customers, and documents, that one word of a search may name.
MOST_NAMED = 500


def fit(text):
    """:return: the beginning of a text, as long as any of PayPal's ids may be"""
    return text[: const.MAX_ID_LENGTH] or False


def plain_amount(word):
    """:return: an amount as the messages have it, 1180.00; '' when it is none"""
    match = AMOUNT.fullmatch(word)
    if not match:
        return ""
    whole = re.sub(r"\D", "", match.group(1))
    return f"{whole}.{(match.group(2) or '').ljust(2, '0')}"


class PaypalIpn(models.Model):
    """What a message is found by, whether or not anything was booked of it."""

    _inherit = "paypal.ipn"

    buyer_name = fields.Char(
        "Buyer", readonly=True, help="Who paid, as PayPal names him."
    )
    buyer_email = fields.Char(
        "Buyer's E-mail", readonly=True, help="His address at PayPal."
    )
    item = fields.Char(readonly=True, help="What was bought, as PayPal names it.")
    invoice_number = fields.Char(
        readonly=True, help="The number that the shop gave to the payment."
    )
    currency_code = fields.Char(
        readonly=True,
        help="Of the amounts, as PayPal names it, also where Odoo has no such currency",
    )
    search_text = fields.Char(
        compute="_compute_search_text",
        store=True,
        index="trigram",
        help="All that it is found by, in one text.",
    )
    anything = fields.Char(
        store=False,
        search="_search_anything",
        help="Name, e-mail, item, amount, and every number of PayPal's, the shop's and "
        "the books'.",
    )

    # === COMPUTE METHODS === #

    @api.depends(
        "buyer_name",
        "buyer_email",
        "item",
        "invoice_number",
        "subscription_id",
        "payer_id",
        "txn_id",
        "parent_txn_id",
        "gross",
    )
    def _compute_search_text(self):
        for ipn in self:
            said = (
                ipn.buyer_name,
                ipn.buyer_email,
                ipn.item,
                ipn.invoice_number,
                ipn.subscription_id,
                ipn.payer_id,
                ipn.txn_id,
                ipn.parent_txn_id,
                f"{abs(ipn.gross):.2f}" if ipn.gross else "",
            )
            ipn.search_text = " ".join(filter(None, said)) or False

    # === WHAT IS KEPT === #

    @api.model
    def _searchable(self, told):
        """The columns that only a search and a list ask for.

        :param told: a :class:`~...paypal.Message`, or what can be told of a body that
            is none: :class:`~...paypal.message.Addressed`
        :rtype: dict
        """
        buyer = told.buyer
        name = buyer.business_name if buyer.is_company else buyer.name
        return {
            "buyer_name": fit(name or buyer.address.name or buyer.email),
            "buyer_email": fit(buyer.email),
            "item": fit(told.subject),
            "invoice_number": fit(told.invoice),
        }

    # === WHAT IS FOUND === #

    @api.model
    def _search_anything(self, operator, value):
        """Find what has each of the words, in whatever order.

        What it says itself is looked up in one indexed text; a customer or a document
        that was renamed since is found as well.

        :param str operator: ``ilike``; Odoo turns the negative ones round itself
        :param str value: what somebody typed
        """
        if operator != "ilike":
            return NotImplemented
        return Domain.AND(self._search_word(word) for word in (value or "").split())

    @api.model
    def _search_word(self, word):
        """:return: the domain of the messages that a word names"""
        found = Domain("search_text", "ilike", word)
        amount = plain_amount(word)
        if amount:
            found |= Domain("search_text", "ilike", amount)
        for column, model, domain in (
            (
                "partner_id",
                "res.partner",
                Domain("complete_name", "ilike", word) | Domain("email", "ilike", word),
            ),
            ("document_id", "account.move", Domain("name", "ilike", word)),
        ):
            # Whose messages he sees, the rules decide; he need not see the books.
            records = self.env[model].sudo().with_context(active_test=False)
            found |= Domain(column, "in", records.search(domain, limit=MOST_NAMED).ids)
        return found
