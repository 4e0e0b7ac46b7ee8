# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class PaypalIpn(models.Model):
    """What a try in PayPal's sandbox made goes again."""

    _inherit = "paypal.ipn"

    def _remove_traces(self):
        """Delete messages of the sandbox with everything that was made for them.

        An invoice that a person made and the sandbox paid is left, and open again.

        :raise odoo.exceptions.UserError: an entry cannot be deleted
        """
        customers = self.partner_id.filtered("paypal_is_sandbox")
        payments, moves = self.payment_ids, self.move_ids
        (self.receipt_mail_id | self.notice_mail_id).unlink()
        self._delete_entries(moves | payments.move_id, payments)
        self.unlink()
        customers._paypal_unlink_unused()

    def _delete_entries(self, moves, payments):
        """Delete posted entries, and what their reconciliation made."""
        partials = moves.line_ids.matched_debit_ids | moves.line_ids.matched_credit_ids
        exchange = partials.exchange_move_id
        moves.line_ids.remove_move_reconcile()
        exchange |= exchange.reversal_move_ids
        payments.action_draft()
        payments.unlink()
        moves = (moves.exists() | exchange.exists()).with_context(force_delete=True)
        moves.filtered(lambda move: move.state != "draft").button_draft()
        moves.unlink()
