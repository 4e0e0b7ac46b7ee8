# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import models


class AccountMove(models.Model):
    """Storable goods that are credited in parts give their cost back in parts.

    With Odoo's Inventory, a document over goods that are valued at once has items over
    their cost (``display_type`` is ``cogs``); a credit note over the same lines gives
    it back. A part has no such lines, as PayPal does not tell which of the goods it is
    for. So it takes its share of the cost that is left, and the last part all of it.
    """

    _inherit = "account.move"

    def _paypal_is_part_of_cost(self):
        """:return: whether this is a part of a document that has items over a cost"""
        self.ensure_one()
        if self.move_type != "out_refund" or not self.paypal_ipn_id:
            return False
        goods = self.reversed_entry_id._paypal_cost_items().product_id
        itself = self._paypal_cost_items() or self.invoice_line_ids.product_id & goods
        return bool(goods) and not itself

    def _paypal_cost_items(self):
        return self.line_ids.filtered(lambda line: line.display_type == "cogs")

    def _paypal_cost_values(self):
        """:return: values of the items that give a part of the cost back"""
        invoice = self.reversed_entry_id
        notes = self.paypal_ipn_id._notes_of(invoice) - self
        left = invoice.amount_total - sum(notes.mapped("amount_total"))
        ratio = min(self.amount_total / left, 1.0) if left > 0 else 1.0
        values = []
        for product, items in self._paypal_cost_left(invoice | notes).items():
            # What the others do not add up to is the last one's: the stock's value.
            items = sorted(items.items(), key=lambda item: abs(item[1]["balance"]))
            rest = {"amount_currency": 0.0, "balance": 0.0}
            for (account, analytic), amounts in items[:-1]:
                part = {
                    "amount_currency": -self.currency_id.round(
                        amounts["amount_currency"] * ratio
                    ),
                    "balance": -self.company_currency_id.round(
                        amounts["balance"] * ratio
                    ),
                }
                rest = {name: rest[name] - part[name] for name in rest}
                values.append(self._paypal_cost_item(product, account, analytic, part))
            (account, analytic), _amounts = items[-1]
            values.append(self._paypal_cost_item(product, account, analytic, rest))
        return [each for each in values if each["balance"] or each["amount_currency"]]

    def _paypal_cost_left(self, moves):
        """What documents leave of the cost, as ``amount_currency`` and ``balance``.

        :return: by product, and by account and analytic shares
        """
        left = defaultdict(
            lambda: defaultdict(
                lambda: dict.fromkeys(("amount_currency", "balance"), 0)
            )
        )
        for item in moves._paypal_cost_items():
            analytic = tuple(sorted((item.analytic_distribution or {}).items()))
            amounts = left[item.product_id][item.account_id, analytic]
            for name in amounts:
                amounts[name] += item[name]
        return left

    def _paypal_cost_item(self, product, account, analytic, amounts):
        return {
            "move_id": self.id,
            "name": self.ref or product.display_name,
            "partner_id": self.commercial_partner_id.id,
            "product_id": product.id,
            "account_id": account.id,
            "analytic_distribution": dict(analytic) or False,
            "display_type": "cogs",
            "tax_ids": [],
            **amounts,
        }
