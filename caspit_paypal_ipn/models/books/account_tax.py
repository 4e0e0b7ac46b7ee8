# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, fields, models


class AccountTax(models.Model):
    _inherit = "account.tax"

    paypal_source_tax_id = fields.Many2one(
        "account.tax",
        "Taken Out of PayPal Prices for",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="This tax is that one with the price including it.",
    )

    def _paypal_included(self):
        """The same taxes with the price including them.

        PayPal reports what the customer paid. A copy keeps the accounts and the
        report tags, so it lands in the tax report exactly where the original does.
        It stands outside the fiscal positions, which map the original: see
        :meth:`_paypal_for`.

        :return: taxes; one that is included already, or is zero, stands for itself
        """
        twins = self.browse()
        for tax in self:
            if tax.price_include or not tax.amount and tax.amount_type != "group":
                twins |= tax
                continue
            twin = self.search([("paypal_source_tax_id", "=", tax.id)], limit=1)
            twins |= twin or tax._paypal_make_included()
        return twins

    def _paypal_make_included(self):
        self.ensure_one()
        twin = self.copy(
            {
                "name": self.env._("%s (in PayPal prices)", self.name),
                "price_include_override": "tax_included",
                "paypal_source_tax_id": self.id,
                "fiscal_position_ids": [Command.clear()],
                "original_tax_ids": [Command.clear()],
            }
        )
        if self.amount_type == "group":
            twin.children_tax_ids = self.children_tax_ids._paypal_included()
        return twin

    def _paypal_for(self, fiscal_position):
        """The taxes of a PayPal price in a fiscal position.

        :param fiscal_position: an ``account.fiscal.position``, or none
        :return: taxes that are included in the price
        """
        ordinary = self.browse()
        for tax in self:
            ordinary |= tax.paypal_source_tax_id or tax
        return fiscal_position.map_tax(ordinary)._paypal_included()
