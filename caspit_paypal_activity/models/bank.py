# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.addons.caspit_paypal_ipn.models.kinds import OUT
from odoo.addons.caspit_paypal_ipn.models.reasons import Aside


class PaypalIpn(models.Model):
    """What only an activity file tells of: transfers, conversions, fees apart.

    PayPal sends no message of them. Each has a transaction of its own, which the
    unique indexes on payments and entries book once, from however many files.
    """

    _inherit = "paypal.ipn"

    # === TO AND FROM THE BANK === #

    def _book_transfer(self):
        """Book withdrawals and deposits as internal transfers.

        Odoo 19 has no internal payment any more. Its own way is one payment in each
        of the two journals, over the company's account for liquidity transfers, where
        the reconciliation model *Internal Transfers* meets them, too. So what a bank
        statement brings later is reconciled with the bank's payment, or, when the
        bank journal makes no entries before its statement comes, with PayPal's line
        on that account.

        :raise Aside: the file names no bank journal, or the company has no account
            for transfers
        """
        for transfer in self._without_duplicates():
            transfer._prepare_books()
            transfer._check_books()
            bank, account = transfer._bank_journal(), transfer._transfer_account()
            payments = transfer._post_transfer(bank, account)
            lines = payments.move_id.line_ids.filtered(
                lambda line, account=account: line.account_id == account
            )
            if len(lines) == len(payments):  # the bank's payment made an entry
                lines.reconcile()
            transfer._move_to("done")
            transfer._resume_followers()

    def _post_transfer(self, bank, account):
        """Make the two payments, PayPal's first, and post them.

        :param bank: the bank's ``account.journal``
        :param account: where the two meet
        :return: both ``account.payment`` records
        """
        journal = self._journal()
        common = {
            "partner_id": self.company_id.partner_id.id,
            "destination_account_id": account.id,
            "amount": self._amount(),
            "currency_id": self.currency_id.id,
            "date": self._payment_date(),
            "memo": f"PayPal {self.txn_id}",
            "paypal_ipn_id": self.id,
        }
        payments = self.env["account.payment"].create(
            [
                {**common, **self._side(journal, self._is_outbound())},
                {**common, **self._side(bank, not self._is_outbound())},
            ]
        )
        payments[0].paypal_txn_id = self.txn_id
        payments[0].paired_internal_transfer_payment_id = payments[1]
        payments[1].paired_internal_transfer_payment_id = payments[0]
        payments.action_post()
        self._check_entries(payments[0])
        return payments

    @staticmethod
    def _side(journal, is_outbound):
        """The payment of one of the two journals."""
        methods = journal.inbound_payment_method_line_ids
        if is_outbound:
            methods = journal.outbound_payment_method_line_ids
        return {
            "journal_id": journal.id,
            "payment_type": "outbound" if is_outbound else "inbound",
            "payment_method_line_id": methods[:1].id,
        }

    def _bank_journal(self):
        """:raise Aside: the activity file names none"""
        bank = self.activity_file_id.bank_journal_id
        if not bank:
            raise Aside(
                "attention",
                "configuration",
                error=self.env._("The activity file names no bank journal."),
            )
        self._check_open_period(self._payment_date(), bank)
        return bank

    def _transfer_account(self):
        """:raise Aside: the company has no account for liquidity transfers"""
        account = self.company_id.transfer_account_id
        if not account:
            raise Aside(
                "attention",
                "configuration",
                error=self.env._(
                    "%s has no account for internal transfers. Choose one under "
                    "Invoicing → Configuration → Settings → Default Accounts.",
                    self.company_id.name,
                ),
            )
        return account

    # === CONVERSIONS AND FEES === #

    def _txn_side(self):
        """A conversion is booked under the transaction of what went out."""
        return OUT if self.kind == "conversion" else super()._txn_side()

    def _book_conversion(self):
        """Book the two sides of conversions.

        :raise Aside: the sale that one belongs to is not booked: what PayPal sends of
            it may bring the conversion along
        """
        for conversion in self._without_duplicates():
            conversion._prepare_books()
            conversion._check_books()
            parent = conversion._converted_payment()
            if parent and parent._is_converted():
                txn_id = conversion.txn_id
                conversion._move_to("ignored", "duplicate", {"txn_id": txn_id})
                continue
            conversion._book_entry(conversion._conversion_values())

    def _converted_payment(self):
        """The message of the payment whose money was converted; none without one.

        :raise Aside: it is not booked here, or not yet
        """
        if not self.parent_txn_id:
            return self.browse()
        payment = self.env["account.payment"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("paypal_txn_id", "=", self.parent_txn_id),
                ("paypal_ipn_id.is_sandbox", "=", self.is_sandbox),
            ],
            limit=1,
        )
        if not payment:
            raise Aside(
                "attention",
                "original_missing",
                parent=self.parent_txn_id,
                kind=self.kind,
            )
        return payment.paypal_ipn_id

    def _book_fee(self):
        """Book fees that have a row of their own, as that of a chargeback."""
        for fee in self._without_duplicates():
            fee._prepare_books()
            fee._check_books()
            fee._book_entry(fee._fee_values(-fee.gross))

    def _book_entry(self, values):
        """Post an entry of the PayPal journal under its own transaction."""
        entry = self.env["account.move"].create(
            {**values, "paypal_txn_id": self.txn_id, "paypal_side": self._txn_side()}
        )
        entry._post(soft=False)
        self._move_to("done")
