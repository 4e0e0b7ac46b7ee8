# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..words import name_everywhere, name_in_new_languages

#: What the set-up makes with a name, and which method says it.
NAMES = {
    "paypal_product_id": "_paypal_product_name",
    "paypal_fee_account_id": "_paypal_fee_account_name",
    "paypal_sale_journal_id": "_paypal_test_journal_name",
}


class ResCompany(models.Model):
    """What the set-up makes has a name in every language, also in one that comes."""

    _inherit = "res.company"

    def _paypal_product_name(self):
        return self.env._("PayPal payment")

    def _paypal_fee_account_name(self):
        return self.env._("PayPal fees")

    def _paypal_test_journal_name(self):
        return self.env._("Documents (TEST)")

    def _paypal_named_in_every_language(self, field, record):
        """
        :param str field: of ``NAMES``
        :param record: that was just made for it
        :return: the record
        """
        name_everywhere(
            self._paypal_bears_name(record),
            lambda code: getattr(self.with_context(lang=code), NAMES[field])(),
        )
        return record

    def _paypal_name_in_new_languages(self):
        """Name what is there in languages that were installed after it was made."""
        for company in self:
            for field, word in NAMES.items():
                name_in_new_languages(
                    self._paypal_bears_name(company[field]),
                    lambda code: getattr(company.with_context(lang=code), word)(),  # noqa: B023
                )
            company.paypal_tax_id._paypal_name_in_new_languages()

    def _paypal_named(self, records, word):
        """The first of some records with a name that we give, in whatever language.

        :param word: a method, which gives the name in the language of the context
        """
        names = {
            word(self.with_context(lang=code))
            for code, _label in self.env["res.lang"].get_installed()
        }
        return records.filtered(lambda record: record.name in names)[:1]

    @staticmethod
    def _paypal_bears_name(record):
        """:return: where the name of a record is kept"""
        return record.product_tmpl_id if record._name == "product.product" else record


class IrModuleModule(models.Model):
    """A language that is installed later names what the set-up has made."""

    _inherit = "ir.module.module"

    def _load_module_terms(self, modules, langs, overwrite=False):
        result = super()._load_module_terms(modules, langs, overwrite=overwrite)
        if "caspit_paypal_ipn" in modules and self.env.registry.loaded:
            companies = self.env["res.company"].sudo()
            set_up = companies.search([("paypal_journal_id", "!=", False)])
            set_up._paypal_name_in_new_languages()
        return result
