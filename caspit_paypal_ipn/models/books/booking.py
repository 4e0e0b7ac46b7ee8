# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from functools import partial

from odoo import api, models

from ...paypal import const
from ..reasons import Aside

#: Messages that are claimed at once, and of them those that are worth a commit.
BATCH, PART = 100, 10


class PaypalIpn(models.Model):
    """From verified to booked: the gates before the books, and who passes them."""

    _inherit = "paypal.ipn"

    @api.model
    def _work_verified(self):
        """Book one batch of verified messages, part by part.

        From its first number until the commit, whoever books in the same journal waits.
        So each part is committed by itself.

        :return: how many messages were taken
        """
        claimed = self._claim("verified", BATCH)
        for part in claimed._parts():
            part._in_one_go("verified", type(self)._book)
        return len(claimed)

    def _parts(self):
        """:return: these messages in parts worth a commit, in the order of booking"""
        parts = []
        for together in self._booked_together().values():
            if parts and len(parts[-1]) < PART:
                parts[-1] |= together
            else:
                parts.append(together)
        return parts

    def _booked_together(self):
        """Divide messages into what is booked at once: one company's, by one method.

        :return: the messages by method and company, methods in the table's order
        """
        methods = list(dict.fromkeys(kind.method for kind in self._kinds().values()))
        groups = self.sorted("id").grouped(
            lambda ipn: (methods.index(ipn._kind().method), ipn.company_id)
        )
        in_order = sorted(groups, key=lambda group: (group[0], group[1].id))
        return {(methods[place], it): groups[place, it] for place, it in in_order}

    def _book(self):
        """Pass the gates, and book what may pass.

        What nobody hears of ends here: a year of history has thousands of messages,
        and to end each in a process of its own would cost a transaction, and collide
        with the refunds of these sales that are being booked at that moment.
        """
        mine = self._still_mine("verified")
        for (method, company), ipns in mine._booked_together().items():
            ipns = ipns.with_company(company).with_context(
                allowed_company_ids=company.ids,
                tz=str(company._paypal_tz()),
                lang=company.partner_id.lang,
            )
            ipns._line_up()
            ipns._isolated(type(self)._pass_gates)
            allowed = ipns.filtered(lambda ipn: ipn.state == "verified")
            if allowed:
                allowed._isolated(partial(type(self)._book_with, method=method))
        mine.filtered(lambda ipn: ipn._is_quiet())._deliver_or_wait()
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
        """Keep what nobody has seen yet, and tell the merchant once for each type.

        What says that money came in is never kept without a word: a person looks.

        :raise Aside: a message reports completed money
        """
        for ipn in self:
            completed = ipn.payment_status.lower() in const.COMPLETED_STATUSES
            if completed and ipn.gross > 0 and not ipn._decided("unclear"):
                raise Aside(
                    "attention",
                    "unclear",
                    gross=ipn._money(ipn.gross),
                    what=ipn.txn_type or ipn._what(),
                )
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
