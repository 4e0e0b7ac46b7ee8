# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from functools import partial

from odoo import api, models

BATCH = 50


class PaypalIpn(models.Model):
    """From verified to booked: the gates before the books, and who passes them."""

    _inherit = "paypal.ipn"

    @api.model
    def _work_verified(self):
        """Book one batch of verified messages.

        :return: how many messages were taken
        """
        claimed = self._claim("verified", BATCH)
        claimed._in_one_go("verified", type(self)._book)
        return len(claimed)

    def _book(self):
        """Book the messages, those of each company by kind."""
        mine = self._still_mine("verified").sorted("id")
        for company, ipns in mine.grouped("company_id").items():
            ipns = ipns.with_company(company).with_context(
                allowed_company_ids=company.ids,
                tz=str(company._paypal_tz()),
                lang=company.partner_id.lang,
            )
            ipns._isolated(type(self)._pass_gates)
            allowed = ipns.filtered(lambda ipn: ipn.state == "verified")
            by_method = allowed.grouped(lambda ipn: ipn._kind().method)
            for method in dict.fromkeys(kind.method for kind in self._kinds().values()):
                if method in by_method:
                    book = partial(type(self)._book_with, method=method)
                    by_method[method]._isolated(book)
        if mine.filtered(lambda ipn: ipn.state == "booked"):
            self._wake_delivery()

    def _book_with(self, method):
        """Book messages by one method, and let what comes after follow.

        :param str method: of the table of kinds
        :raise Aside: one of them cannot be booked as it is
        """
        getattr(self, method)()
        booked = self.filtered(lambda ipn: ipn.state in ("booked", "done"))
        if booked:
            booked._after_booking()

    @api.model
    def _wake_delivery(self):
        self._wake("_cron_deliver")

    # === EXTENSION POINTS === #

    def _after_booking(self):
        """Do more once messages are booked, in the transaction that booked them.

        An extension point; here it does nothing. What it raises undoes the booking of
        these messages, and is told as their reason.
        """

    # === GATES === #

    def _pass_gates(self):
        """Let to the books what belongs into these, and may be booked.

        :raise Aside: the company takes the other PayPal's messages
        """
        for ipn in self:
            ipn._check_environment("attention")
        self._check_licence()

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
            self._message().buyer, self.company_id
        )
        self._move_to("ignored", reason, values, partner_id=partner.id)
