# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..kinds import IN, NOWHERE, OUT
from ..reasons import Aside

#: Documents that stand for money that went out.
OUTBOUND_MOVES = {"out_refund": OUT, "in_invoice": OUT, "in_receipt": OUT}


class PaypalIpn(models.Model):
    """What every kind with money shares: amount, date, gates, payment."""

    _inherit = "paypal.ipn"

    # === AMOUNTS AND DATES === #

    def _amount(self):
        """How much money moved, without a sign, in ``currency_id``."""
        return abs(self.gross)

    def _is_outbound(self):
        """:return: whether the money left the PayPal account"""
        return self._kind().is_outbound(self.gross)

    def _charged_fee(self):
        """PayPal's fee, negative when PayPal gave it back, in ``currency_id``."""
        return self._kind().charged_fee(self.gross, self.fee)

    def _money(self, amount):
        currency = self.currency_id
        return f"{currency.round(amount):.{currency.decimal_places}f} {currency.name}"

    def _payment_date(self):
        if not self.payment_date:
            return fields.Date.context_today(self)
        return self.company_id._paypal_local_date(self.payment_date)

    # === BOOKS === #

    def _prepare_books(self):
        """Make what the books of these messages lack."""
        self.company_id._paypal_setup()

    def _journal(self):
        """The journal of the PayPal account that these messages are about."""
        return self.company_id.paypal_journal_id

    def _sale_journal(self):
        """The journal that numbers the documents of these messages."""
        return self.company_id.paypal_sale_journal_id

    # === GATES === #

    def _without_duplicates(self):
        """Move aside the messages whose transaction is booked, or came twice.

        PayPal may report one payment in two messages that differ in a byte. The
        unique indexes on documents and payments hold even when two workers race;
        this is what tells the merchant.

        :return: the messages to book
        :raise Aside: a message has no transaction to know it by, or no amount
        """
        if not all(self.mapped("txn_id")):
            raise Aside(
                "attention", "malformed", error=self.env._("it has no transaction id")
            )
        if not all(self.mapped("gross")):
            raise Aside("attention", "malformed", error=self.env._("it has no amount"))
        seen, fresh = self._booked_sides(), self.browse()
        for ipn in self:
            key = (ipn.txn_id, ipn._txn_side())
            if key in seen:
                ipn._move_to("ignored", "duplicate", {"txn_id": ipn.txn_id})
            else:
                seen.add(key)
                fresh |= ipn
        return fresh

    def _txn_side(self):
        """Which side of its transaction this is, ``in`` or ``out``.

        A withdrawal and its return have one transaction id.
        """
        is_out = self._kind().direction == NOWHERE and self.gross < 0
        return OUT if is_out or self._is_outbound() else IN

    def _booked_sides(self):
        """:return: what is booked of these messages, as (transaction, side)"""
        mine = [
            ("company_id", "in", self.company_id.ids),
            ("paypal_txn_id", "in", self.mapped("txn_id")),
        ]
        payments = self.env["account.payment"]._read_group(
            mine, ["paypal_txn_id", "payment_type"]
        )
        moves = self.env["account.move"]._read_group(
            mine, ["paypal_txn_id", "move_type", "paypal_side"]
        )
        return {
            (txn_id, OUT if type_ == "outbound" else IN) for txn_id, type_ in payments
        } | {
            (txn_id, OUT if OUT in (side, OUTBOUND_MOVES.get(type_)) else IN)
            for txn_id, type_, side in moves
        }

    def _check_books(self):
        """Look for what would stop the books, before anything is made.

        :raise Aside: with the cause in words
        """
        company = self.company_id
        company._paypal_check_accounting()
        for ipns in self.grouped("currency_id").values():
            ipns[0]._check_currency(ipns[0].currency_id, ipns[0]._message().currency)
            ipns[0]._check_journal_currency()
        for date in {ipn._payment_date() for ipn in self}:
            self._check_open_period(date, self._journal())

    def _check_journal_currency(self):
        """:raise Aside: the PayPal journal is kept in another currency"""
        journal = self._journal()
        if journal.currency_id and journal.currency_id != self.currency_id:
            raise Aside(
                "attention",
                "configuration",
                error=self.env._(
                    "The journal %(journal)s is kept in %(kept)s, and the payment is "
                    "in %(paid)s. Take the currency off the journal.",
                    journal=journal.name,
                    kept=journal.currency_id.name,
                    paid=self.currency_id.name,
                ),
            )

    def _check_open_period(self, date, journal):
        """:raise Aside: the journal's books of that day are locked"""
        locks = self.company_id._get_violated_lock_dates(
            date, has_tax=journal.type == "sale", journal=journal
        )
        if locks:
            raise Aside(
                "attention",
                "locked_period",
                date=date.isoformat(),
                locks=self.env["res.company"]._format_lock_dates(locks),
            )

    # === PAYMENTS === #

    def _payment_values(self, partner, document):
        """A payment of the whole amount in the PayPal journal.

        :param partner: the customer
        :param document: the ``account.move`` whose receivable it settles or reopens
        """
        outbound = self._is_outbound()
        journal = self._journal()
        method = journal.inbound_payment_method_line_ids
        if outbound:
            method = journal.outbound_payment_method_line_ids
        return {
            "payment_type": "outbound" if outbound else "inbound",
            "partner_type": "customer",
            "partner_id": partner.id,
            "destination_account_id": document.line_ids.filtered(
                lambda line: line.account_type == "asset_receivable"
            )
            .account_id[:1]
            .id,
            "amount": self._amount(),
            "currency_id": self.currency_id.id,
            "date": self._payment_date(),
            "journal_id": journal.id,
            "payment_method_line_id": method[:1].id,
            "memo": f"PayPal {self.txn_id}",
            "paypal_ipn_id": self.id,
            "paypal_txn_id": self.txn_id,
        }

    def _settle(self, documents):
        """Pay documents, post them with PayPal's own entries, and reconcile them.

        Everything is made before the first of it is posted: from its number until the
        commit other workers wait for theirs in the same journal. The PayPal journal
        comes first, always, so that no two workers wait for one another.

        :param documents: an ``account.move`` for each message, in the same order; what
            is a draft is posted
        :raise Aside: the PayPal journal makes no entries
        """
        drafts = documents.filtered(lambda move: move.state == "draft")
        drafts |= self._make_own_entries()
        payments = self._pay(documents)
        drafts._post(soft=False)
        self._reconcile(documents, payments)

    def _pay(self, documents):
        """Make the payments of these messages and post them.

        :param documents: an ``account.move`` for each message, in the same order
        :return: the ``account.payment`` of each
        :raise Aside: the PayPal journal makes no entries
        """
        payments = self.env["account.payment"].create(
            [
                ipn._payment_values(document.partner_id, document)
                for ipn, document in zip(self, documents, strict=True)
            ]
        )
        payments.action_post()
        self._check_entries(payments)
        return payments

    def _check_entries(self, payments):
        """:raise Aside: the PayPal journal makes no entries"""
        if not all(payment.move_id for payment in payments):
            raise Aside(
                "attention",
                "configuration",
                error=self.env._(
                    "The journal %s makes no entries: give its payment methods an "
                    "account.",
                    self._journal().name,
                ),
            )

    def _reconcile(self, documents, payments):
        """Settle each document with its payment, all in one plan.

        :param documents: ``account.move`` records
        :param payments: the ``account.payment`` of each, in the same order
        """
        self.env["account.move.line"]._reconcile_plan(
            [
                self._receivable(document, payment.move_id)
                for document, payment in zip(documents, payments, strict=True)
            ]
        )

    def _receivable(self, *moves):
        """The lines of entries on the customer's account that are not settled."""
        lines = self.env["account.move.line"]
        for move in moves:
            lines |= move.line_ids.filtered(
                lambda line: (
                    line.account_type == "asset_receivable" and not line.reconciled
                )
            )
        return lines
