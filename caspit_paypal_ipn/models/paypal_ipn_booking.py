# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from .reasons import Aside

BATCH = 50

# What a message of each kind does to the books: a method that takes the messages of
# one company and books them all, or raises ``Aside``. Within a batch the kinds are
# worked in this order, so that a refund finds the sale that came along with it.
BOOK = {
    "sale": "_book_sale",
    "pending": "_book_pending",
    "closed": "_book_no_money",
    "subscription": "_book_no_money",
    "refund": "_book_not_income",
    "reversal": "_book_not_income",
    "canceled_reversal": "_book_not_income",
    "dispute": "_book_not_income",
    "adjustment": "_book_not_income",
    "outgoing": "_book_not_income",
    "adaptive": "_book_not_income",
    "unknown": "_book_not_income",
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
        mine = claimed._still_mine("verified").sorted("id")
        for company, ipns in mine.grouped("company_id").items():
            ipns = ipns.with_company(company).with_context(
                allowed_company_ids=company.ids, tz=str(company._paypal_tz())
            )
            ipns._isolated(type(self)._check_licence)
            licensed = ipns.filtered(lambda ipn: ipn.state == "verified")
            by_kind = licensed.grouped("kind")
            for kind, method in BOOK.items():
                if kind in by_kind:
                    by_kind[kind]._isolated(getattr(type(self), method))
        if mine.filtered(lambda ipn: ipn.state == "booked"):
            self._wake_delivery()
        return len(claimed)

    @api.model
    def _wake_delivery(self):
        self.env.ref("caspit_paypal_ipn.ir_cron_paypal_ipn_deliver").sudo()._trigger()

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
        return ": ".join(filter(None, words))

    def _book_pending(self):
        for ipn in self:
            ipn._move_to("ignored", "pending", {"what": ipn._what()})

    def _book_no_money(self):
        for ipn in self:
            ipn._move_to("ignored", "no_money", {"what": ipn._what()})

    def _book_not_income(self):
        for ipn in self:
            what = f"{ipn._kind_label()} ({ipn._what()})" if ipn._what() else ""
            ipn._move_to("ignored", "not_income", {"kind": what or ipn._kind_label()})

    # === SHARED BY THE KINDS WITH BOOKS === #

    def _without_duplicates(self):
        """Move aside the messages whose transaction is booked, or came twice.

        PayPal may report one payment in two messages that differ in a byte. The
        unique indexes on documents and payments hold even when two workers race;
        this is what tells the merchant.

        :return: the messages to book
        """
        booked = self.env["account.payment"]._read_group(
            [
                ("company_id", "in", self.company_id.ids),
                ("paypal_txn_id", "in", self.mapped("txn_id")),
            ],
            ["paypal_txn_id"],
        )
        seen = {txn_id for [txn_id] in booked}
        fresh = self.browse()
        for ipn in self:
            if ipn.txn_id in seen:
                ipn._move_to("ignored", "duplicate", {"txn_id": ipn.txn_id})
            else:
                seen.add(ipn.txn_id)
                fresh |= ipn
        return fresh

    def _book_currency(self):
        """The currency to book a message in.

        Odoo counts a currency without a rate as 1.0, so that has to be refused here.

        :raise Aside: the currency is inactive or has no rate
        """
        currency, company = self.currency_id, self.company_id
        has_rate = currency == company.currency_id or self.env[
            "res.currency.rate"
        ].search_count(
            [
                ("currency_id", "=", currency.id),
                ("company_id", "in", (False, company.root_id.id)),
            ],
            limit=1,
        )
        if not (currency.active and has_rate):
            raise Aside("attention", "currency", currency=self._message().currency)
        return currency

    def _check_open_period(self, date):
        """:raise Aside: the books of the payment's day are locked"""
        company = self.company_id
        locks = company._get_violated_lock_dates(
            date, has_tax=False, journal=company.paypal_journal_id
        )
        if locks:
            raise Aside(
                "attention",
                "locked_period",
                date=date.isoformat(),
                locks=self.env["res.company"]._format_lock_dates(locks),
            )

    def _money(self, amount):
        return f"{amount} {self.currency_id.name}"
