# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import float_compare

#: Days with a rate, back from the document's own.
RATES_LOOKED_AT = 60


class AccountMove(models.Model):
    _inherit = "account.move"

    def il_is_israeli(self):
        """:return: whether the document is one of Israel's law"""
        self.ensure_one()
        return self.company_id._il_is_israeli() and self.is_sale_document()

    def il_dealer_words(self):
        """:return: what stands before the seller's number; nothing elsewhere"""
        return self.il_is_israeli() and self.company_id._il_kind_words()

    def il_is_computerised(self):
        """Whether מסמך ממוחשב stands on it: what is mailed, and no print-out of it.

        Bookkeeping Directives § 18ב.
        """
        context = self.env.context
        is_mailed = context.get("paypal_original") or context.get("il_mailed")
        return bool(is_mailed) and self.il_is_israeli()

    def il_rate_words(self):
        """Where the rate on a document in foreign money is from, and of which day.

        :return: a sentence; nothing if it is not known to be the Bank of Israel's
        """
        self.ensure_one()
        company = self.company_id
        if not self.il_is_israeli() or self.currency_id == company.currency_id:
            return ""
        rates = (
            self.env["res.currency.rate"]
            .sudo()
            .search(
                [
                    ("currency_id", "=", self.currency_id.id),
                    ("company_id", "in", (False, company.root_id.id)),
                    ("name", "<=", self.invoice_date or self.date),
                ],
                order="name desc, company_id",
                limit=RATES_LOOKED_AT,
            )
        )
        # The document may have the rate of the payment's day, and not of its own.
        used = self.invoice_currency_rate
        rate = rates.with_company(company).filtered(
            lambda rate: not float_compare(rate.company_rate, used, precision_digits=6)
        )[:1]
        if not rate:
            return ""
        day = self._paypal_printed_date(rate.name)
        if rate.il_is_representative:
            return self.env._("Representative rate of the Bank of Israel, %s", day)
        return self.env._("Rate of %s", day)

    def _il_document_type(self):
        """The document's type in appendix 1 of the uniform file.

        :rtype: int
        """
        self.ensure_one()
        if self.move_type == "out_refund":
            return 330
        if self.company_id.paypal_document_type == "receipt":
            return 400
        return 320 if self.paypal_txn_id else 305
