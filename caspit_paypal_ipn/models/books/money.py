# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..kinds import IN, NOWHERE, OUT
from ..reasons import Aside
from .fresh import SETTLES_NOTHING


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

    def _txn_side(self):
        """Which side of its transaction this is, ``in`` or ``out``.

        A withdrawal and its return have one transaction id.
        """
        is_out = self._kind().direction == NOWHERE and self.gross < 0
        return OUT if is_out or self._is_outbound() else IN

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
        is_document = journal.type == "sale"
        locks = self.company_id._get_violated_lock_dates(
            date, has_tax=is_document, journal=journal
        )
        if locks:
            values = {
                "date": date.isoformat(),
                "locks": self.env["res.company"]._format_lock_dates(locks),
            }
            if is_document:
                values["variant"] = "document"
            raise Aside("attention", "locked_period", **values)

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
        discount = self._early_discount(document) if self._kind().is_order else []
        return {
            "payment_type": "outbound" if outbound else "inbound",
            "partner_type": "customer",
            "partner_id": partner.id,
            "destination_account_id": self._receivable_account(partner, document).id,
            "amount": self._amount(),
            "currency_id": self.currency_id.id,
            "date": self._payment_date(),
            "journal_id": journal.id,
            "payment_method_line_id": method[:1].id,
            "memo": f"PayPal {self.txn_id}",
            "paypal_ipn_id": self.id,
            "paypal_txn_id": self.txn_id,
            # Named only where there is one: Odoo makes the entry of such a payment by
            # itself, and those of all others at once.
            **({"write_off_line_vals": discount} if discount else {}),
        }

    def _settle(self, documents):
        """Pay documents, post them with PayPal's own entries, and reconcile them.

        Everything is made before the first of it is posted: from its number until the
        commit other workers wait for theirs in the same journal. The PayPal journal
        comes first, always, so that no two workers wait for one another.

        :param documents: an ``account.move`` for each message, in the same order; what
            is a draft is posted
        :raise Aside: the PayPal journal makes no entries
        :raise ConcurrencyError: a document of a later day has come first
        """
        drafts = documents.filtered(lambda move: move.state == "draft")
        drafts |= self._make_own_entries()
        payments = self._make_payments(documents)
        self._await_turn()
        self._post_payments(payments)
        drafts._post(soft=False)
        self._check_series(drafts)
        self._reconcile(documents, payments)

    def _pay(self, documents):
        """Make the payments of these messages and post them.

        :param documents: an ``account.move`` for each message, in the same order
        :return: the ``account.payment`` of each
        :raise Aside: the PayPal journal makes no entries
        """
        payments = self._make_payments(documents)
        self._post_payments(payments)
        return payments

    def _make_payments(self, documents):
        """Make the payments of these messages, with entries that have no number yet.

        :param documents: an ``account.move`` for each message, in the same order
        :return: the ``account.payment`` of each; what an earlier message made of it,
            and is there, is posted
        :raise Aside: the PayPal journal makes no entries
        """
        stays = [ipn._books_that_stay() for ipn in self]
        made = self._new_payments(
            ipn._payment_values(document.partner_id, document)
            for ipn, document, stay in zip(self, documents, stays, strict=True)
            if not (stay and stay[0])
        )
        self._check_entries(made)
        new = iter(made)
        payments = [stay[0] if stay and stay[0] else next(new) for stay in stays]
        return self.env["account.payment"].concat(*payments)

    def _new_payments(self, values):
        """Make payments with their entries, if any, which have no number yet.

        :param values: the values of each
        :return: ``account.payment`` records, in that order
        """
        fresh = self.env["account.payment"].with_context(**SETTLES_NOTHING)
        made = fresh.create([*values])
        made._generate_journal_entry()
        return made.with_env(self.env)

    @staticmethod
    def _post_payments(payments):
        """Post payments, but those that are posted."""
        payments.filtered(lambda made: made.move_id.state == "draft").action_post()

    def _receivable_account(self, partner, document):
        """:return: the customer's account that a document stands on, or his own"""
        on_document = document.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).account_id[:1]
        return on_document or partner.property_account_receivable_id

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
        plan = [
            self._receivable(document, payment.move_id)
            for document, payment in zip(documents, payments, strict=True)
        ]
        self.env["account.move.line"]._reconcile_plan(
            [lines for lines in plan if len(lines) > 1]
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
