# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..reasons import Aside


class PaypalIpn(models.Model):
    """A dispute that is lost: its open amount is credited, and the rest written off."""

    _inherit = "paypal.ipn"

    is_creditable = fields.Boolean(compute="_compute_is_creditable")
    is_to_write_off = fields.Boolean(compute="_compute_is_creditable")

    @api.depends(
        "state",
        "document_id",
        "original_id.credited",
        "payment_ids.move_id.line_ids.reconciled",
    )
    def _compute_is_creditable(self):
        """A dispute took money, and it is neither back nor credited yet.

        What of it is no more the sale's, as after a refund, can only be written off.
        """
        for ipn in self:
            pull = ipn.sudo()
            is_open = (
                pull.state == "done"
                and pull.kind in ("reversal", "adjustment")
                and pull._is_outbound()
                and bool(pull._receivable(pull.payment_ids.move_id))
            )
            left = is_open and pull._creditable_amount()
            ipn.is_creditable = is_open and not pull.document_id and left > 0
            ipn.is_to_write_off = is_open and not left

    def _creditable_amount(self):
        """:return: how much of what this dispute took can still be credited"""
        sale, currency = self.original_id, self.currency_id
        invoice = sale.document_id
        if invoice.state != "posted" or sale.currency_id != currency:
            return 0.0
        owed = self._receivable(self.payment_ids.move_id)
        left = invoice.amount_total - self._credited_of(invoice)
        left = min(left, sale.gross - sale.credited)
        left += sum(self._own_open_notes().mapped("amount_residual"))
        amount = min(sum(owed.mapped("amount_residual_currency")), left)
        return max(currency.round(amount), 0.0)

    def _own_open_notes(self):
        """:return: the merchant's own credit notes on the sale that are open"""
        return self._notes_of(self.original_id.document_id).filtered(
            lambda note: (
                not note.paypal_ipn_id
                and note.currency_id == self.currency_id
                and self._receivable(note)
            )
        )

    def _own_session(self):
        """This message as the worker has it, for whoever may press its buttons.

        :raise UserError: another process has it in hand, or it is on the line
        """
        self.ensure_one()
        self._check_may_press()
        ipn = self.sudo().with_company(self.company_id)
        ipn = ipn.with_context(tz=str(self.company_id._paypal_tz()))
        if not ipn._still_mine("done"):
            raise UserError(
                self.env._(
                    "The message is being worked right now. Look again in a minute."
                )
            )
        return ipn

    def action_credit_note(self):
        """Credit what a lost dispute took, and mail the credit note.

        The merchant's own open credit note over it is settled, and no second one made.

        :raise UserError: the message is no dispute with an open amount
        """
        ipn = self._own_session()
        if not ipn.is_creditable:
            raise UserError(
                self.env._("There is no open amount here that could be credited.")
            )
        own = ipn._own_open_notes()
        if own:
            ipn._receivable(*own, ipn.payment_ids.move_id).reconcile()
            ipn.document_id = own[:1]
            ipn.original_id._close_settled()
            return
        try:
            note = ipn._credit_notes({ipn: (ipn.original_id, ipn._creditable_amount())})
        except Aside as aside:
            raise UserError(aside.sentence(self.env)) from aside
        note._post(soft=False)
        ipn._check_series(note)
        ipn._receivable(note, ipn.payment_ids.move_id).reconcile()
        ipn._move_to("booked", document_id=note.id)
        ipn.original_id._close_settled()
        ipn._wake_delivery()

    def action_write_off(self):
        """Book what PayPal took beyond the sale as a charge of PayPal's.

        :raise UserError: nothing is open, or it can be credited yet
        """
        ipn = self._own_session()
        if not ipn.is_to_write_off:
            raise UserError(
                self.env._("There is no open amount here that could be written off.")
            )
        owed = ipn._receivable(ipn.payment_ids.move_id)
        entry = self.env["account.move"].sudo().create(ipn._write_off_values(owed))
        entry._post(soft=False)
        (owed | ipn._receivable(entry)).reconcile()
        ipn.original_id._close_settled()

    def _write_off_values(self, owed):
        """The entry over what the customer is not asked for any more."""
        company, today = self.company_id, fields.Date.context_today(self)
        name = self.env._("PayPal dispute %s: written off", self.txn_id)
        values = self._entry_values(name, [])
        amount = sum(owed.mapped("amount_residual_currency"))
        balance = sum(owed.mapped("amount_residual"))
        common = {"name": name, "currency_id": self.currency_id.id}
        lines = [
            {
                **common,
                "account_id": company.paypal_fee_account_id.id,
                "amount_currency": amount,
                "balance": balance,
                "tax_ids": False,
            },
            {
                **common,
                "account_id": owed.account_id[:1].id,
                "partner_id": owed.partner_id[:1].id,
                "amount_currency": -amount,
                "balance": -balance,
            },
        ]
        values |= {"date": today, "line_ids": [(0, 0, line) for line in lines]}
        return values
