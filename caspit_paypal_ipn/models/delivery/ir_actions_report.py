# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _build_wkhtmltopdf_args(self, paperformat_id, *args, **kwargs):
        """Print receipts without the second that Odoo waits for a page's scripts.

        A receipt has none, and its styles stand in the page itself.
        """
        command = super()._build_wkhtmltopdf_args(paperformat_id, *args, **kwargs)
        receipt_format = self.env.ref(
            "caspit_paypal_ipn.paperformat_receipt", raise_if_not_found=False
        )
        if paperformat_id and paperformat_id == receipt_format:
            command[command.index("--javascript-delay") + 1] = "0"
        return command
