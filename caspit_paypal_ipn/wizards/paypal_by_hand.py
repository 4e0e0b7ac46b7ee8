# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError


class PaypalByHand(models.TransientModel):
    """Close a message that needed attention: what was done, and by which entry."""

    _name = "paypal.by.hand"
    _description = "PayPal: Handled by Hand"

    ipn_id = fields.Many2one(
        "paypal.ipn", "Message", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="ipn_id.company_id", related_sudo=False)
    note = fields.Text("What Was Done", required=True)
    move_id = fields.Many2one(
        "account.move",
        "Entry",
        domain="[('company_id', '=', company_id), ('state', '=', 'posted')]",
        help="The document or entry that did it. Empty when none was needed.",
    )

    def action_close(self):
        """Close the message.

        :raise UserError: the entry is of another company, or not posted
        """
        self.ensure_one()
        ipn, move = self.ipn_id, self.move_id
        ipn._check_may_press()
        if move and (move.company_id != ipn.company_id or move.state != "posted"):
            raise UserError(
                self.env._("Choose a posted entry of %s.", ipn.company_id.name)
            )
        ipn.sudo()._close_by_hand(self.note, move.sudo())
        return {"type": "ir.actions.act_window_close"}

    def action_ignore(self):
        """Put the message aside with the note: nothing is booked of it."""
        self.ensure_one()
        self.ipn_id._check_may_press()
        self.ipn_id.sudo()._ignore_by_hand(self.note)
        return {"type": "ir.actions.act_window_close"}
