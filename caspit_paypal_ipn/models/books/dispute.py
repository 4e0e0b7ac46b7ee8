# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..reasons import Aside


class PaypalIpn(models.Model):
    """A sale is disputed: money is pulled, comes back, or is gone for good.

    Money that PayPal pulls leaves the PayPal account and is owed by the customer again,
    as an open line on his account. What comes back settles that line. What a dispute
    that is lost leaves open is in :mod:`.lost_dispute`.
    """

    _inherit = "paypal.ipn"

    def _book_dispute(self):
        """Note a case on the sale; it moves no money."""
        for case in self:
            sale = case._original()
            case._note(sale, case._what())
            case._move_to("done", partner_id=sale.partner_id.id, original_id=sale.id)
            case._open_case(self.env._("PayPal case: answer it"))

    def _book_reversal(self):
        """:raise Aside: the sale is missing, or a person has to say what it means"""
        for reversal in self:
            if reversal._is_refused_review():
                reversal._ignore("no_money", what=reversal._what())
                continue
            refund = reversal._failed_refund()
            if refund:
                reversal.kind = "canceled_reversal"  # money in, and no second pull
            for fresh in reversal._without_duplicates():
                if refund:
                    fresh._take_failed_refund(refund)
                else:
                    summary = self.env._("PayPal pulled a payment back: look into it")
                    fresh._pull(summary)

    def _book_canceled_reversal(self):
        """:raise Aside: the sale or its reversal is missing, or a person has to look"""
        for canceled in self._without_duplicates():
            # PayPal's help: the amount is positive when the seller has won.
            if canceled._came_in(canceled._raw_gross() > 0):
                canceled._put_back()
            else:
                canceled._pull(self.env._("PayPal pulled a payment back: look into it"))

    def _book_adjustment(self):
        """What PayPal moves when a dispute is settled, either way."""
        for adjustment in self._without_duplicates():
            if adjustment._is_outbound():
                adjustment._pull(self.env._("PayPal settled a dispute: look into it"))
            else:
                adjustment._put_back()

    def _came_in(self, clearly):
        """Whether money came in, where PayPal's words do not say so alone.

        :param bool clearly: it did beyond doubt
        :return: whether it did; what a person says went out is a reversal
        :raise Aside: a person has to say
        """
        if clearly or self._decided("direction") == "money_in":
            return True
        if self._decided("direction") == "money_out":
            return False
        raise Aside(
            "attention",
            "direction",
            what=self._what(),
            gross=self._money(self._raw_gross()),
        )

    def _is_refused_review(self):
        """Whether PayPal's review has refused the payment: no money ever moved.

        It is told as reversed under its own transaction, without a parent, and nothing
        but Pending was told before it.
        """
        if self.parent_txn_id or not self.txn_id:
            return False
        told = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("txn_id", "=", self.txn_id),
                ("id", "!=", self.id),
            ]
        )
        was_pending = told.filtered(lambda ipn: ipn.kind == "pending")
        return bool(was_pending) and not told.payment_ids

    # === MONEY OUT === #

    def _pull(self, summary):
        sale = self._original()
        self._prepare_books()
        self._check_books()
        self._read_pull(sale)
        self._pay_of(sale)
        self._book_own_entries()
        self._note(sale, self._what())
        self._move_to("done", partner_id=sale.partner_id.id, original_id=sale.id)
        self._open_case(summary)
        self._resume_followers()

    # === MONEY BACK === #

    def _put_back(self):
        """Book what came back against what was pulled, as far as it is open.

        :raise Aside: nothing was pulled of this sale
        """
        sale = self._original()
        pulls = self._pulls(sale)
        if not pulls:
            raise Aside(
                "attention",
                "original_missing",
                variant="reversal",
                parent=self.parent_txn_id,
                kind=self.kind,
            )
        self._check_books()
        self._read_return(pulls)
        owed = self._owed(pulls)
        payment = self._pay_of(sale)
        if owed:
            (self._receivable(payment.move_id) | owed).reconcile()
        self._book_own_entries()
        self._note(sale, self._what())
        self._tell_what_is_left(sale, payment, bool(owed))
        self._move_to("done", partner_id=sale.partner_id.id, original_id=sale.id)
        sale._close_settled()

    def _pulls(self, sale):
        """:return: the messages that pulled money of this sale, oldest first"""
        pulls = self.search(
            [
                ("original_id", "=", sale.id),
                ("kind", "in", ("reversal", "adjustment")),
                ("currency_id", "=", self.currency_id.id),
            ],
            order="id",
        )
        return pulls.filtered(lambda pull: pull._is_outbound() and pull.payment_ids)

    def _owed(self, pulls):
        """What the customer owes of reversals: of one over this very amount, else all.

        :return: open ``account.move.line`` records, the oldest first
        """
        owed = self._receivable(*pulls.payment_ids.move_id.sorted("id"))
        same = owed.filtered(
            lambda line: (
                not self.currency_id.compare_amounts(
                    line.amount_residual_currency, self._amount()
                )
            )
        )
        return same[:1] or owed

    def _tell_what_is_left(self, sale, payment, was_owed):
        """Ask the accountant to look when more came back than the customer owed."""
        if not self._receivable(payment.move_id):
            return
        summary = self.env._("PayPal paid back more than was owed: settle the credit")
        if not was_owed:
            summary = self.env._(
                "PayPal released the money after the dispute was credited: the "
                "customer has a credit"
            )
        self._schedule(sale.document_id or self, summary)

    def _failed_refund(self):
        """:return: the refund's message when this says that it failed, or none"""
        refund = self._booked_message(self.parent_txn_id)
        if refund.kind != "refund" or not self._came_in(self._raw_gross() > 0):
            return self.browse()
        return refund

    def _take_failed_refund(self, refund):
        """A refund did not reach the customer: the money is back, and owed to him.

        :param refund: the refund's message
        """
        sale = refund.original_id or refund
        self._check_books()
        self._pay_of(refund)
        self._book_own_entries()
        self._note(refund, self._what())
        self._schedule(
            refund.document_id or self,
            self.env._("PayPal: the refund failed, the customer has a credit"),
        )
        self._move_to("done", partner_id=refund.partner_id.id, original_id=sale.id)

    def _pay_of(self, sale):
        """Book the payment on the account of the sale's customer.

        :param sale: the message whose document, or customer, it is for
        :return: the ``account.payment``
        """
        document = sale.document_id
        if document:
            return self._pay(document)
        payment = self.env["account.payment"].create(
            self._payment_values(sale.partner_id, document)
        )
        payment.action_post()
        self._check_entries(payment)
        return payment
