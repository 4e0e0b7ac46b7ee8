# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import api, models


class AccountMoveSend(models.AbstractModel):
    """Invoices that Odoo mails itself, when the company has all of them signed."""

    _inherit = "account.move.send"

    @api.model
    def _get_mail_params(self, move, move_data):
        """Mail to those who agree alone, and with the links of the law.

        :return: nothing for a customer who does not agree: Odoo then sends no mail
        """
        params = super()._get_mail_params(move, move_data)
        company = move.company_id
        if not (params and company.il_sign_all and move.il_is_israeli()):
            return params
        if not self.env["il.consent"]._may_mail(move.partner_id, company):
            move._message_log(
                body=self.env._(
                    "Not mailed: the customer does not agree to documents by e-mail."
                )
            )
            return None
        links = self.env["ir.qweb"]._render(
            "caspit_document_il.mail_links",
            {"move": move.with_context(lang=move._paypal_lang())},
            lang=move._paypal_lang(),
        )
        params["body"] = Markup(params["body"] or "") + links
        return params
