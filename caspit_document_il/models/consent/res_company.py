# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    il_consent_at_purchase = fields.Boolean(
        "Customers Agree When Paying",
        help="The shop asks for agreement to documents by e-mail before it sends "
        "customers to PayPal. Each payment is then kept as agreement.",
    )
    il_without_consent = fields.Selection(
        [
            ("send", "Send it all the same"),
            ("keep", "Keep it, and tell the one responsible"),
        ],
        "Without Agreement",
        required=True,
        default="send",
        help="What happens to the document of a customer who was not asked. One who "
        "withdrew gets no mail in any case.",
    )
    il_buyer_field = fields.Char(
        "Buyer's Number in",
        help="The field of PayPal's message in which the shop passes on the buyer's "
        "dealer number: custom, memo, option_selection1 and so on. Several are "
        "separated by commas.",
    )

    def action_il_letter(self):
        """:return: the letter to the assessing officer, as a PDF"""
        self.ensure_one()
        report = self.env.ref("caspit_document_il.action_report_letter")
        return report.report_action(self, config=False)

    def _il_see_consent(self):
        if self.il_consent_at_purchase:
            return "ok", self.env._(
                "Customers agree to documents by e-mail when they pay; it is kept."
            )
        if self.il_without_consent == "keep":
            return "ok", self.env._(
                "Documents go by e-mail to those alone whose agreement is kept."
            )
        return "warn", self.env._(
            "Nobody is asked whether he agrees to documents by e-mail. Ask in the shop "
            "before payment, and tick that on the Documents (Israel) tab."
        )
