# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _il_is_israeli(self):
        """:return: whether Israel's rules for documents are this company's"""
        self.ensure_one()
        return self.country_id.code == "IL"

    def _il_office_lang(self):
        """:return: the language of papers for the authorities: Hebrew where it is"""
        self.ensure_one()
        installed = dict(self.env["res.lang"].get_installed())
        own = self.partner_id.lang or "en_US"
        return "he_IL" if "he_IL" in installed else own

    def _il_number(self):
        """:return: the company's number with the tax authority, digits only, or ''"""
        self.ensure_one()
        number = self.vat or self.company_registry or ""
        return "".join(letter for letter in number if letter.isdigit())
