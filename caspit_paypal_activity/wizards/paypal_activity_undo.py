# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

REASONS = [
    ("sent", "The customer has it"),
    ("hashed", "It is sealed"),
    ("locked", "Its period is locked"),
    ("numbered", "Later numbers stay"),
]


class PaypalActivityUndo(models.TransientModel):
    """A list of what undoing takes away, before it does."""

    _name = "paypal.activity.undo"
    _description = "Undo What Was Made From a PayPal Activity File"

    activity_id = fields.Many2one("paypal.activity", required=True, readonly=True)
    line_ids = fields.One2many("paypal.activity.undo.line", "undo_id", readonly=True)

    def action_undo(self):
        """Delete what may be deleted, and credit the rest; then compare anew."""
        self.ensure_one()
        activity = self.activity_id
        activity.check_access("write")
        activity.sudo()._made()._undo()
        activity.sudo().make_count = 0
        activity.action_compare()
        return activity._get_records_action()


class PaypalActivityUndoLine(models.TransientModel):
    """One message that goes; it is told to who sees it alone."""

    _name = "paypal.activity.undo.line"
    _description = "What Undoing Does With One Message"

    undo_id = fields.Many2one("paypal.activity.undo", required=True, ondelete="cascade")
    ipn_id = fields.Many2one("paypal.ipn", "Message", readonly=True)
    txn_id = fields.Char(related="ipn_id.txn_id", related_sudo=False)
    kind = fields.Selection(related="ipn_id.kind", related_sudo=False)
    currency_id = fields.Many2one(related="ipn_id.currency_id", related_sudo=False)
    gross = fields.Monetary(related="ipn_id.gross", related_sudo=False)
    move_id = fields.Many2one("account.move", "Document", readonly=True)
    action = fields.Selection(
        [("delete", "Delete"), ("credit", "Credit")], readonly=True
    )
    reason = fields.Selection(REASONS, "Since", readonly=True)
