# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.caspit_paypal_ipn.models import reasons
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# Odoo's provider books within seconds of the payment. So long a notification waits for
# a transaction that may be its own: two tries, four minutes.
TRIES_TO_WAIT = 2
# PayPal keeps an order that the buyer has not approved for this long.
OPEN_FOR = timedelta(days=3)

reasons.SENTENCES |= {
    "provider": _lt(
        "Odoo's own PayPal provider booked this sale: payment %(payment)s. Only "
        "PayPal's fee was booked here, and no second document was made."
    ),
    "provider_wait": _lt(
        "Odoo's own PayPal provider may be about to book this sale (%(error)s). It is "
        "looked at again by itself. If nothing comes of it, look at the transaction on "
        "the order or the invoice, then press Retry."
    ),
}


class PaypalIpn(models.Model):
    """Sales that came through Odoo's own PayPal provider: it books them, not we.

    Its payment stays where it is, in the provider's journal. PayPal's fee follows it
    there, and so does what goes back of it later.
    """

    _inherit = "paypal.ipn"

    reason = fields.Selection(
        selection_add=[
            ("provider", "Booked by Odoo's Provider"),
            ("provider_wait", "Waits for Odoo's Provider"),
        ]
    )
    provider_payment_id = fields.Many2one(
        "account.payment",
        "Payment by Odoo's Provider",
        readonly=True,
        index="btree_not_null",
    )

    # === SALES === #

    def _book_sale(self):
        """Book the sales that Odoo's provider does not."""
        transactions, own = self._provider_transactions(), self.browse()
        under_way = self._provider_under_way()
        for sale in self:
            transaction = transactions.get(sale.txn_id)
            if transaction and not transaction.payment_id.paypal_ipn_id:
                sale._follow_provider(transaction)
            elif not transaction and sale._as_under_way() in under_way:
                sale._wait(
                    "provider_wait", self.env._("a transaction of the amount is open")
                )
            else:
                own |= sale
        return super(PaypalIpn, own)._book_sale()

    def _provider_transactions(self):
        """:return: the provider's transactions of these messages, by ``txn_id``"""
        found = (
            self.env["payment.transaction"]
            .sudo()
            .search(
                [
                    ("company_id", "in", self.company_id.ids),
                    (
                        "paypal_capture_id",
                        "in",
                        list(filter(None, self.mapped("txn_id"))),
                    ),
                ]
            )
        )
        return {transaction.paypal_capture_id: transaction for transaction in found}

    def _provider_under_way(self):
        """What the provider's transactions are about that PayPal has not answered.

        A buyer has approved one of them, perhaps, and Odoo does not know it yet.

        :return: pairs of a currency and an amount
        """
        fresh = self.filtered(lambda ipn: ipn.attempts <= TRIES_TO_WAIT)
        if not fresh:
            return set()
        state = "test" if self.company_id._paypal_is_test() else "enabled"
        found = (
            self.env["payment.transaction"]
            .sudo()
            .search(
                [
                    ("company_id", "in", self.company_id.ids),
                    ("provider_id.code", "=", "paypal"),
                    ("provider_id.state", "=", state),
                    ("state", "in", ("draft", "pending", "authorized")),
                    ("paypal_capture_id", "=", False),
                    ("create_date", ">=", self.env.cr.now() - OPEN_FOR),
                ]
            )
        )
        return {(tx.currency_id, tx.currency_id.round(tx.amount)) for tx in found}

    def _as_under_way(self):
        """:return: the currency and the amount; none after enough tries"""
        if self.attempts > TRIES_TO_WAIT:
            return None
        return self.currency_id, self.currency_id.round(self.gross)

    def _follow_provider(self, transaction):
        """Book what the provider does not know: the fee. Its payment has to be there.

        PayPal says that the payment is completed. So a transaction that still waits,
        as for an eCheck, is done now.

        :raise Aside: the transaction is over another amount
        """
        if self.currency_id != transaction.currency_id or (
            self.currency_id.compare_amounts(transaction.amount, self.gross)
        ):
            raise reasons.Aside(
                "attention",
                "total_mismatch",
                total=f"{transaction.amount} {transaction.currency_id.name}",
                gross=self._money(self.gross),
            )
        payment = transaction.payment_id
        if not payment:
            if transaction.state != "done":
                transaction._set_done(extra_allowed_states=("cancel",))
            self.env.ref("payment.cron_post_process_payment_tx").sudo()._trigger()
            self._wait("provider_wait", transaction.reference)
            return
        payment.write({"paypal_ipn_id": self.id, "paypal_txn_id": self.txn_id})
        self.provider_payment_id = payment
        self._prepare_books()
        self._check_books()
        self._book_own_entries()
        self._move_to(
            "done",
            "provider",
            {"payment": payment.display_name},
            partner_id=payment.partner_id.id,
            document_id=self._provider_document().id,
        )
        self._adopt_earlier()
        self._resume_followers()

    def _provider_document(self):
        """:return: the invoice that the provider's payment settles, or none yet"""
        return self.provider_payment_id.reconciled_invoice_ids[:1]

    @api.model
    def _stop_waiting_for(self, captures):
        """Bring forward the next try of what waited for the provider."""
        waiting = self.search(
            [
                ("txn_id", "in", list(filter(None, captures))),
                ("state", "=", "verified"),
            ]
        )
        if waiting:
            waiting.next_try = self.env.cr.now()
            self._wake_worker()

    def _ask_which_document(self, invoices):
        """The provider came after all, and brought an invoice of its own along.

        :param invoices: the provider's, as far as posted
        """
        for invoice in invoices - self.document_id:
            self._schedule(
                invoice,
                self.env._(
                    "PayPal %(txn)s is documented by %(document)s: credit one of both",
                    txn=self.txn_id,
                    document=self.document_id.name,
                ),
            )

    # === WHAT COMES AFTER === #

    def _book_refund(self):
        """Take the payment that the provider has made of a refund for the own one."""
        transactions = self._provider_transactions()
        for refund in self:
            if refund.txn_id in transactions:
                payment = transactions[refund.txn_id].payment_id
                if not payment.paypal_ipn_id:
                    refund.provider_payment_id = payment
        return super()._book_refund()

    def _make_payments(self, documents):
        """What the provider has paid is not paid again."""
        theirs = self.filtered("provider_payment_id")
        for ipn in theirs:
            ipn.provider_payment_id.write(
                {"paypal_ipn_id": ipn.id, "paypal_txn_id": ipn.txn_id}
            )
        pairs = zip(self, documents, strict=True)
        others = [document for ipn, document in pairs if ipn not in theirs]
        made = super(PaypalIpn, self - theirs)._make_payments(
            documents.browse().concat(*others)
        )
        made = iter(made)
        payments = (ipn.provider_payment_id or next(made) for ipn in self)
        return self.env["account.payment"].concat(*payments)

    def _original(self):
        """Keep the sale at once, because what follows is booked where it was.

        The provider's invoice may have been made after its payment.
        """
        sale = self._provider_sale()
        if sale and not sale.document_id:
            sale.document_id = sale._provider_document()
        sale = super()._original()
        self.original_id = sale
        return sale

    def _provider_sale(self):
        """:return: the sale of this message if the provider has booked it"""
        txn_id = self.txn_id if self.kind == "dispute" else self.parent_txn_id
        return self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("txn_id", "=", txn_id or False),
                ("provider_payment_id", "!=", False),
            ],
            limit=1,
        )

    # === BOOKS === #

    def _followed_payment(self):
        """:return: the provider's payment of this message or of its sale, or none"""
        first = self[:1]
        return first.provider_payment_id or first.original_id.provider_payment_id

    def _journal(self):
        """The provider's journal, if the money is there."""
        return self._followed_payment().journal_id or super()._journal()

    def _paypal_account(self):
        """The account that the provider's payment has hit, if the money is there."""
        payment = self._followed_payment()
        account = payment.outstanding_account_id
        return (
            account
            or payment.journal_id.default_account_id
            or super()._paypal_account()
        )

    def _remove_traces(self):
        """Leave the provider's payments where they are; they are not ours."""
        self.provider_payment_id.write({"paypal_ipn_id": False, "paypal_txn_id": False})
        return super()._remove_traces()
