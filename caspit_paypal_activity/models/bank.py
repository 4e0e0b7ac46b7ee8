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
        transfers = self._without_duplicates()
        if not transfers:
            return
        transfers._prepare_books()
        transfers._check_books()
        account = transfers._transfer_account()
        pairs = transfers._post_transfers(account)
        plan = []
        for pair in pairs:
            lines = pair.move_id.line_ids.filtered(
                lambda line: line.account_id == account
            )
            if len(lines) == len(pair):  # the bank's payment made an entry
                plan.append(lines)
        self.env["account.move.line"]._reconcile_plan(plan)
        transfers._move_to("done")
        transfers._resume_followers()

    def _post_transfers(self, account):
        """Make the two payments of each, PayPal's first, and post them together.

        :param account: where the two meet
        :return: both ``account.payment`` records of each transfer
        """
        values = [each for transfer in self for each in transfer._transfers(account)]
        payments = self._new_payments(values)
        pairs = [payments[n : n + 2] for n in range(0, len(payments), 2)]
        for ours, banks in pairs:
            ours.paired_internal_transfer_payment_id = banks
            banks.paired_internal_transfer_payment_id = ours
        payments.action_post()
        for ours, _banks in pairs:
            self._check_entries(ours)
        return pairs

    def _transfers(self, account):
        """:return: the values of PayPal's payment and of the bank's"""
        bank = self._bank_journal()
        common = {
            "partner_id": self.company_id.partner_id.id,
            "destination_account_id": account.id,
            "amount": self._amount(),
            "currency_id": self.currency_id.id,
            "date": self._payment_date(),
            "memo": f"PayPal {self.txn_id}",
            "paypal_ipn_id": self.id,
        }
        ours = self._side(self._journal(), self._is_outbound())
        banks = self._side(bank, not self._is_outbound())
        return [
            {**common, **ours, "paypal_txn_id": self.txn_id},
            {**common, **banks},
        ]

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
        conversions = self._without_duplicates()
        for conversion in conversions:
            parent = conversion._converted_payment()
            if parent and parent._is_converted():
                txn_id = conversion.txn_id
                conversion._move_to("ignored", "duplicate", {"txn_id": txn_id})
                conversions -= conversion
        conversions._book_entries(lambda ipn: ipn._conversion_values())

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
        fees = self._without_duplicates()
        fees._book_entries(lambda ipn: ipn._fee_values(-ipn.gross))

    def _book_entries(self, values_of):
        """Post an entry of the PayPal journal for each, under its own transaction.

        :param values_of: gives the values of a message's ``account.move``
        """
        if not self:
            return
        self._prepare_books()
        self._check_books()
        entries = self.env["account.move"].create(
            [
                {
                    **values_of(ipn),
                    "paypal_txn_id": ipn.txn_id,
                    "paypal_side": ipn._txn_side(),
                }
                for ipn in self
            ]
        )
        entries._post(soft=False)
        self._move_to("done")
