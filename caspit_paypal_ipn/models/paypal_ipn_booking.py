# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

BATCH = 50

# What a message of each kind does to the books: a method that takes the messages of
# one company and books them all, or raises ``Aside``. docs/MESSAGES.md has the same
# table in words. Within a batch the kinds are worked in this order, so that a refund
# finds the sale that came along with it.
BOOK = {
    "sale": "_book_sale",
    "pending": "_book_pending",
    "closed": "_book_no_money",
    "subscription": "_book_no_money",
    "refund": "_book_refund",
    "reversal": "_book_reversal",
    "canceled_reversal": "_book_canceled_reversal",
    "adjustment": "_book_adjustment",
    "dispute": "_book_dispute",
    "outgoing": "_book_not_income",
    "adaptive": "_book_not_income",
    "unknown": "_book_unknown",
}


class PaypalIpn(models.Model):
    """From verified to booked: the gates before the books, and who passes them."""

    _inherit = "paypal.ipn"

    @api.model
    def _work_verified(self):
        """Book one batch of verified messages.

        :return: how many messages were taken
        """
        claimed = self._claim("verified", BATCH)
        claimed._in_one_go(type(self)._book)
        return len(claimed)

    def _book(self):
        """Book the messages, those of each company and PayPal environment by kind."""
        mine = self._still_mine("verified").sorted("id")
        books = mine.grouped(lambda ipn: (ipn.company_id, ipn.is_sandbox))
        for (company, _is_sandbox), ipns in books.items():
            ipns = ipns.with_company(company).with_context(
                allowed_company_ids=company.ids,
                tz=str(company._paypal_tz()),
                lang=company.partner_id.lang,
            )
            ipns._isolated(type(self)._check_licence)
            licensed = ipns.filtered(lambda ipn: ipn.state == "verified")
            by_kind = licensed.grouped("kind")
            for kind, method in BOOK.items():
                if kind in by_kind:
                    by_kind[kind]._isolated(getattr(type(self), method))
        if mine.filtered(lambda ipn: ipn.state == "booked"):
            self._wake_delivery()

    @api.model
    def _wake_delivery(self):
        self._wake("_cron_deliver")

    # === GATES === #

    def _check_licence(self):
        """Hold the messages of a company without a licence until it has one."""
        company = self.company_id
        if company.paypal_licence_status != "active":
            self._move_to("blocked", "no_licence", {"company": company.name})

    def _kind_label(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        return labels[self.kind]

    # === KINDS WITHOUT BOOKS === #

    def _what(self):
        """PayPal's own words for what a message reports."""
        message = self._message()
        words = [
            self.payment_status or self.txn_type,
            message.pending_reason or message.reason_code,
        ]
        return ": ".join(filter(None, words)) or "–"

    def _book_pending(self):
        for ipn in self:
            ipn._ignore("pending", what=ipn._what())

    def _book_no_money(self):
        for ipn in self:
            ipn._ignore("no_money", what=ipn._what())

    def _book_not_income(self):
        for ipn in self:
            ipn._ignore("not_income", kind=ipn.kind, what=ipn._what())

    def _book_unknown(self):
        """Keep what nobody has seen yet, and tell the merchant once for each type."""
        for ipn in self:
            ipn._book_not_income()
            ipn._tell_once()

    def _ignore(self, reason, **values):
        """Leave a message without books; the customer's record lists it all the same.

        That list is the log of a subscription: sign-up, change, cancellation, end.
        """
        partner = self.env["res.partner"]._paypal_known(
            self._message().buyer, self.company_id, self.is_sandbox
        )
        self._move_to("ignored", reason, values, partner_id=partner.id)
