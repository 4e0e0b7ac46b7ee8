# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class PaypalIpn(models.Model):
    """What differs when PayPal's sandbox sent a message: its books, and its end."""

    _inherit = "paypal.ipn"

    # === BOOKS === #

    def _prepare_books(self):
        """Make what the books of these messages lack, all of one PayPal environment."""
        self.company_id._paypal_setup()
        if self[:1].is_sandbox:
            self.company_id._paypal_setup_sandbox()

    def _journal(self):
        """The journal of the PayPal account that these messages are about."""
        return self.company_id._paypal_journal(self[:1].is_sandbox)

    def _sale_journal(self):
        """The journal that numbers the documents of these messages."""
        return self.company_id._paypal_sale_journal(self[:1].is_sandbox)

    # === REMOVAL === #

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
