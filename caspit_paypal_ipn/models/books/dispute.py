# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..reasons import Aside


class PaypalIpn(models.Model):
    """A sale is disputed: money is pulled, comes back, or is gone for good.

    Money that PayPal pulls leaves the PayPal account and is owed by the customer again,
    as an open line on his account. What comes back settles that line. A dispute that is
    lost is credited with one button.
    """

    _inherit = "paypal.ipn"

    is_creditable = fields.Boolean(compute="_compute_is_creditable")

    @api.depends("state", "document_id", "payment_ids.move_id.line_ids.reconciled")
    def _compute_is_creditable(self):
        """A dispute took money, and it is neither back nor credited yet."""
        for ipn in self:
            pull = ipn.sudo()
            ipn.is_creditable = (
                pull.state == "done"
                and pull.kind in ("reversal", "adjustment")
                and pull._is_outbound()
                and not pull.document_id
                and bool(pull._receivable(pull.payment_ids.move_id))
            )

    def _book_dispute(self):
        """Note a case on the sale; it moves no money."""
        for case in self:
            sale = case._original()
            case._note(sale, case._what())
            case._schedule(sale.document_id, self.env._("PayPal case: answer it"))
            case._move_to("done", partner_id=sale.partner_id.id, original_id=sale.id)

    def _book_reversal(self):
        """:raise Aside: the sale is missing"""
        for reversal in self._without_duplicates():
            reversal._pull(self.env._("PayPal pulled a payment back: look into it"))

    def _book_canceled_reversal(self):
        """:raise Aside: the sale or its reversal is missing"""
        for canceled in self._without_duplicates():
            canceled._put_back()

    def _book_adjustment(self):
        """What PayPal moves when a dispute is settled, either way."""
        for adjustment in self._without_duplicates():
            if adjustment._is_outbound():
                adjustment._pull(self.env._("PayPal settled a dispute: look into it"))
            else:
                adjustment._put_back()

    # === MONEY OUT, MONEY BACK === #

    def _pull(self, summary):
        sale = self._original()
        self._prepare_books()
        self._check_books()
        self._pay(sale.document_id)
        self._book_own_entries()
        self._note(sale, self._what())
        self._schedule(sale.document_id, summary)
        self._move_to("done", partner_id=sale.partner_id.id, original_id=sale.id)
        self._resume_followers()

    def _put_back(self):
        sale = self._original()
        pulled = self._open_pulls(sale)
        if not pulled:
            raise Aside(
                "attention",
                "original_missing",
                parent=self.parent_txn_id,
                kind=self.kind,
            )
        self._check_books()
        payment = self._pay(sale.document_id)
        (self._receivable(payment.move_id) | pulled).reconcile()
        self._book_own_entries()
        self._note(sale, self._what())
        self._move_to("done", partner_id=sale.partner_id.id, original_id=sale.id)

    def _open_pulls(self, sale):
        """The open line of a reversal of this sale over this amount, the oldest."""
        pulls = self.search(
            [
                ("original_id", "=", sale.id),
                ("kind", "in", ("reversal", "adjustment")),
                ("currency_id", "=", self.currency_id.id),
            ],
            order="id",
        )
        for pull in pulls:
            lines = pull._receivable(pull.payment_ids.move_id)
            same = not self.currency_id.compare_amounts(pull._amount(), self._amount())
            if lines and same and pull._is_outbound():
                return lines
        return self._receivable()

    # === A LOST DISPUTE === #

    def action_credit_note(self):
        """Credit what a lost dispute took, and mail the credit note.

        :raise UserError: the message is no dispute with an open amount
        """
        self.ensure_one()
        self._check_may_press()
        ipn = self.sudo().with_company(self.company_id)
        ipn = ipn.with_context(tz=str(self.company_id._paypal_tz()))
        if not ipn._still_mine("done") or not ipn.is_creditable:
            raise UserError(
                self.env._("There is no open amount here that could be credited.")
            )
        try:
            note = ipn._credit_note(ipn.original_id)
        except Aside as aside:
            raise UserError(aside.sentence(self.env)) from aside
        note._post(soft=False)
        ipn._receivable(note, ipn.payment_ids.move_id).reconcile()
        ipn._move_to("booked", document_id=note.id)
        ipn._wake_delivery()
