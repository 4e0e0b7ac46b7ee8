# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from babel.dates import format_date, format_skeleton
from markupsafe import Markup

from odoo import models
from odoo.tools import babel_locale_parse, file_open

DAY_AND_MONTH_IN_FIGURES = re.compile(r"\d\d?\W\d\d?\W\d+")
PAGES_SCRIPT = "caspit_paypal_ipn/static/src/receipt/pages.js"


class AccountMove(models.Model):
    """What the receipt's template asks for: how things are written on paper."""

    _inherit = "account.move"

    def _paypal_printed_date(self, day):
        """Write a date with the month as a word, in the language of the context.

        04/05/2026 is in April for one reader and in May for the other.

        :param datetime.date day: or none
        :return: as "27 Nov 2026"
        """
        if not day:
            return ""
        locale = babel_locale_parse(self.env.lang)
        if locale.language == "en":
            return format_date(day, "d MMM y", locale)
        written = format_skeleton("yMMMd", day, locale=locale)
        # Portugal's short form is in figures all the same.
        if DAY_AND_MONTH_IN_FIGURES.fullmatch(written):
            return format_date(day, "long", locale)
        return written

    def _paypal_printed_address(self, party):
        """An address in the order and words of its own country.

        :param party: a ``res.partner``
        :return: its lines, those that say something
        """
        written = party._display_address(without_company=True)
        lines = (" ".join(line.split()).strip(" ,") for line in written.splitlines())
        return [self._paypal_printed(line) for line in lines if line]

    def _paypal_shows_vat(self):
        """Whether the totals tell of VAT: not on the receipt of an exempt dealer.

        He may issue no tax invoice, and a line of VAT makes a receipt look like one.
        """
        self.ensure_one()
        receipt_only = self.company_id.paypal_document_type == "receipt"
        return not receipt_only or bool(self.amount_tax)

    @staticmethod
    def _paypal_pages_script():
        """:return: the script that divides the receipt into pages"""
        with file_open(PAGES_SCRIPT) as script:
            return Markup(script.read())
