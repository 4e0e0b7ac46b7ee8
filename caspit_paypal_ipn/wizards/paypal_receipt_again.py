# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class PaypalReceiptAgain(models.TransientModel):
    """A receipt did not arrive: correct the address and send it again."""

    _name = "paypal.receipt.again"
    _description = "PayPal: Send a Receipt Again"

    ipn_id = fields.Many2one(
        "paypal.ipn", "Message", required=True, readonly=True, ondelete="cascade"
    )
    customer = fields.Char(compute="_compute_customer", compute_sudo=True)
    problem = fields.Text(related="ipn_id.receipt_problem")
    address = fields.Char(
        "E-mail",
        compute="_compute_address",
        store=True,
        readonly=False,
        help="It becomes the customer's address.",
    )
    note = fields.Char(
        "How It Was Delivered",
        help="Only where it went another way: on paper, by hand.",
    )

    # === COMPUTE METHODS === #

    @api.depends("ipn_id")
    def _compute_customer(self):
        for wizard in self:
            wizard.customer = wizard.ipn_id.document_id.partner_id.name

    @api.depends("ipn_id")
    def _compute_address(self):
        for wizard in self:
            wizard.address = wizard.ipn_id._receipt_address()

    # === ACTIONS === #

    def action_send(self):
        """Correct the address and send the receipt again."""
        self.ensure_one()
        self.ipn_id._check_may_press()
        self.ipn_id.sudo()._send_receipt_again(self.address or "")
        return {"type": "ir.actions.act_window_close"}

    def action_other_way(self):
        """Note that the customer got it otherwise."""
        self.ensure_one()
        self.ipn_id._check_may_press()
        self.ipn_id.sudo()._deliver_otherwise(self.note or "–")
        return {"type": "ir.actions.act_window_close"}
