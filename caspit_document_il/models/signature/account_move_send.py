# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from .account_move import CannotSign


class AccountMoveSend(models.AbstractModel):
    """Every invoice that the company mails, when it says so."""

    _inherit = "account.move.send"

    @api.model
    def _link_invoice_documents(self, invoices_data):
        """Sign what is about to be kept and mailed."""
        for invoice, data in invoices_data.items():
            values = data.get("pdf_attachment_values")
            if values and self._il_is_to_be_signed(invoice):
                try:
                    values["raw"] = invoice._il_signed(
                        values["raw"], self.env._("Original")
                    )
                except CannotSign as error:
                    data["error"] = str(error.args[0])
        return super()._link_invoice_documents(
            {
                invoice: data
                for invoice, data in invoices_data.items()
                if not data.get("error")
            }
        )

    @api.model
    def _il_is_to_be_signed(self, invoice):
        """:return: whether an original that Odoo prints is signed, too"""
        return invoice.is_sale_document() and invoice.company_id.il_sign_all
