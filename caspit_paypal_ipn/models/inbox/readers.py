# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class PaypalIpn(models.Model):
    """Who sees a message may plan what to do about it, and say so."""

    _inherit = "paypal.ipn"
    # No user writes a message; who reads it may still plan an activity on it.
    _mail_post_access = "read"

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Let a reader hand a message to a colleague: an activity subscribes him."""
        partners = self.env["res.partner"].sudo().browse(partner_ids or [])
        if not any(partners.mapped("partner_share")):
            self.check_access("read")
            self = self.sudo()
        return super().message_subscribe(partner_ids, subtype_ids)
