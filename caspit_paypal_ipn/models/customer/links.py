# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class ResPartner(models.Model):
    """From a customer to the PayPal messages."""

    _inherit = "res.partner"

    paypal_ipn_count = fields.Integer(
        "PayPal Messages Count",
        compute="_compute_paypal_ipn_count",
        groups="caspit_paypal_ipn.group_paypal_ipn_user",
    )

    @api.depends("paypal_ipn_ids")
    def _compute_paypal_ipn_count(self):
        counts = dict(
            self.env["paypal.ipn"]._read_group(
                [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
            )
        )
        for partner in self:
            partner.paypal_ipn_count = counts.get(partner._origin, 0)

    def action_open_paypal_messages(self):
        """Open the customer's PayPal messages."""
        self.ensure_one()
        return self.paypal_ipn_ids._get_records_action(
            name=self.env._("PayPal Messages")
        )
