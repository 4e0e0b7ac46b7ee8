# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError

#: What has to be known of who issues a document: a field of the company, or one of
#: several. A small business of the EU may have a tax number in place of a VAT number.
NAME_NUMBER_ADDRESS = (("name",), ("vat",), ("street",), ("city",))
NAME_ANY_NUMBER_ADDRESS = (
    ("name",),
    ("vat", "company_registry"),
    ("street",),
    ("city",),
)
EUROPEAN_UNION = (
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
)
#: By country, as far as its law is known to ask for it; others ask for nothing here.
#: IL: Bookkeeping Directives § 9 and VAT rule 9א. EU: Council Directive 2006/112/EC,
#: article 226 (3, 5). GB: VAT Regulations 1995, reg. 14. CH: MWSTG art. 26.
#: Looked at 2026-11-28.
NEEDED = {
    "IL": NAME_NUMBER_ADDRESS,
    "GB": NAME_ANY_NUMBER_ADDRESS,
    "CH": NAME_ANY_NUMBER_ADDRESS,
    **dict.fromkeys(EUROPEAN_UNION.split(), NAME_ANY_NUMBER_ADDRESS),
}


class ResCompany(models.Model):
    """Who issues a document has to stand on it; else there is no document."""

    _inherit = "res.company"

    def _paypal_missing_details(self):
        """:return: the labels of the fields that the law of the country misses"""
        self.ensure_one()
        missing = []
        for fields in NEEDED.get(self.country_id.code, ()):
            if not any((self[field] or "").strip() for field in fields):
                labels = [
                    self._fields[field]._description_string(self.env)
                    for field in fields
                ]
                missing.append(" / ".join(labels))
        return missing

    def _paypal_check_issuer(self):
        """Look whether the company may issue documents.

        :raise UserError: with what is missing
        """
        self.ensure_one()
        missing = self._paypal_missing_details()
        if missing:
            raise UserError(
                self.env._(
                    "%(company)s lacks what the law wants on each document: "
                    "%(missing)s. Fill it in on the company's General Information tab.",
                    company=self.name or "–",
                    missing=", ".join(missing),
                )
            )

    def _paypal_see_issuer(self):
        if self.country_id.code not in NEEDED:
            return None
        try:
            self._paypal_check_issuer()
        except UserError as error:
            return "error", str(error.args[0])
        return "ok", self.env._("Name, number and address are filled in.")
