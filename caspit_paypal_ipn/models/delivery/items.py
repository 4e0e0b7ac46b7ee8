# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

#: Rows of one order in a mail to the merchant; what is beyond is counted.
ITEMS_SHOWN = 50


class PaypalIpn(models.Model):
    """What was bought, row by row, for the mails to the merchant."""

    _inherit = "paypal.ipn"

    def paypal_items(self):
        """
        :return: the lines of the tax document that a mail shows
        """
        return self._paypal_all_items()[:ITEMS_SHOWN]

    def paypal_items_left(self):
        """:return: how many lines a mail does not show"""
        return len(self._paypal_all_items()[ITEMS_SHOWN:])

    def _paypal_all_items(self):
        return self.document_id.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
