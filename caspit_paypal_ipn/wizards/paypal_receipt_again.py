# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class PaypalReceiptAgain(models.TransientModel):
    """A receipt did not arrive: correct the address and send it again.

    Whoever may ask may name any message over RPC: what is told of it is told to who
    sees it alone.
    """

    _name = "paypal.receipt.again"
    _description = "PayPal: Send a Receipt Again"

    ipn_id = fields.Many2one(
        "paypal.ipn", "Message", required=True, readonly=True, ondelete="cascade"
    )
    customer = fields.Char(compute="_compute_told", compute_sudo=True)
    problem = fields.Text(
        "Receipt Problem",
        compute="_compute_told",
        compute_sudo=True,
        help="Why the customer has not got his document.",
    )
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
    def _compute_told(self):
        self._check_sees_messages()
        for wizard in self:
            wizard.customer = wizard.ipn_id.document_id.partner_id.name
            wizard.problem = wizard.ipn_id.receipt_problem

    @api.depends("ipn_id")
    def _compute_address(self):
        self._check_sees_messages()
        for wizard in self:
            wizard.address = wizard.ipn_id._receipt_address()

    def _check_sees_messages(self):
        """:raise AccessError: the user does not see one of the messages"""
        self.ipn_id.sudo(False).check_access("read")

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
