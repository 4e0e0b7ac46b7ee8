# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models


class PaypalApiHistory(models.TransientModel):
    """From which day on PayPal's past is read."""

    _name = "paypal.api.history"
    _description = "Read PayPal's Past"

    connection_id = fields.Many2one("paypal.api.connection", required=True)
    day = fields.Date(
        "From",
        required=True,
        default=lambda self: fields.Date.context_today(self) - timedelta(days=365),
        help="At most three years back: PayPal has no more.",
    )

    def action_read(self):
        """Begin, and show how far it is.

        :raise UserError: it cannot begin now
        """
        self.ensure_one()
        self.connection_id.check_access("write")
        self.connection_id.sudo()._read_history(self.day)
        return self.connection_id._get_records_action(
            name=self.env._("PayPal's Ledger")
        )
