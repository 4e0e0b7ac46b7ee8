# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

#: What the numbers of the registrars begin with: a company's with 51 to 57, 59, and a
#: nonprofit's with 58. Everybody else has an identity number.
COMPANY_NUMBERS = ("51", "52", "53", "54", "55", "56", "57", "59")
NONPROFIT_NUMBERS = ("58",)


class ResCompany(models.Model):
    _inherit = "res.company"

    il_dealer_kind = fields.Selection(
        [
            ("authorised", "Authorised dealer"),
            ("exempt", "Exempt dealer"),
            ("company", "Company"),
            ("nonprofit", "Nonprofit"),
        ],
        "Kind of Dealer",
        help="Stands on documents beside the number. Empty: by the number and by the "
        "kind of document.",
    )

    def _il_kind(self):
        """:return: a code of ``il_dealer_kind``"""
        self.ensure_one()
        if self.il_dealer_kind:
            return self.il_dealer_kind
        number = self._il_number()
        if number.startswith(NONPROFIT_NUMBERS):
            return "nonprofit"
        if self.paypal_document_type == "receipt":
            return "exempt"
        return "company" if number.startswith(COMPANY_NUMBERS) else "authorised"

    def _il_kind_words(self):
        """What stands before the number, in the language of the context.

        VAT rule 9א asks for the words עוסק מורשה of every dealer that charges VAT, also
        of a company.
        """
        return {
            "authorised": self.env._("Authorised dealer"),
            "exempt": self.env._("Exempt dealer"),
            "company": self.env._("Company, authorised dealer"),
            "nonprofit": self.env._("Nonprofit"),
        }[self._il_kind()]
