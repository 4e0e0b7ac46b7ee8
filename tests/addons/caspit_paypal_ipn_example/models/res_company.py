# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

DONATION_NUMBER = "DONATION"


class ResCompany(models.Model):
    _inherit = "res.company"

    def _paypal_kind(self, message):
        """A sale of the article that stands for a donation is one."""
        kind = super()._paypal_kind(message)
        if kind == "sale" and message.fields.get("item_number") == DONATION_NUMBER:
            return "donation"
        return kind
