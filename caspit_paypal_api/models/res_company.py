# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .connection import NO_ACCESS


class ResCompany(models.Model):
    """The way from the Modules tab to the company's connection."""

    _inherit = "res.company"

    paypal_api_connection_ids = fields.One2many(
        "paypal.api.connection",
        "company_id",
        "Connections of Each Environment",
        groups=NO_ACCESS,
    )

    # === ACTIONS === #

    def action_paypal_api_open(self):
        """Open the connection of the company's environment, made if there is none.

        :raise AccessError: the user may not set PayPal up, or not for this company
        """
        self.ensure_one()
        connections = self.env["paypal.api.connection"]
        connections.check_access("write")
        connection = connections._make_of(self).sudo(False)
        connection.check_access("write")
        return connection._get_records_action(name=self.env._("PayPal's Ledger"))
