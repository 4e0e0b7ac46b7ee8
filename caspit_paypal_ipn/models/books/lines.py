# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from odoo import Command, models

from ...paypal import Line, share

ITEM, TAX = "item", "tax"


@dataclass
class Entry:
    """A line of a document while it is being made.

    :ivar line: what PayPal tells of it, or the part of it that this is
    :ivar values: of the ``account.move.line``
    :ivar taxes: ``account.tax`` records, which are inside the price
    :ivar total: what it comes to, with everything
    """

    line: Line
    values: dict
    taxes: object
    total: Decimal


class PaypalIpn(models.Model):
    """The lines of a sale's document: the goods, and what comes with them.

    Postage and the like belong to the price of the goods, and a discount lessens it:
    Council Directive 2006/112/EC, Articles 78(b) and 79(b); Israel's VAT Law, section
    7, reads "price" in the same way. So both are shared out over the taxes of the
    goods, in proportion to what the goods cost.
    """

    _inherit = "paypal.ipn"

    def _document_lines(self, position, lang):
        """The lines of a sale's document.

        :param position: the fiscal position of the sale, or none
        :param str lang: the customer's language
        :return: dictionaries of values, which total what the customer paid
        """
        lines = list(self._sale_lines())
        told = sum(line.total for line in lines if line.kind == TAX)
        tax_is_a_line = not self._tax_is_told_for_its_rate()
        goods = [
            self._entry(line, position, lang) for line in lines if line.kind == ITEM
        ]
        entries = list(goods)
        for line in lines:
            if line.kind != ITEM and (line.kind != TAX or tax_is_a_line):
                entries += self._charge_entries(line, goods, position, lang)
        if told and not tax_is_a_line and entries:
            self._add_told_tax(entries, told)
        return [entry.values for entry in entries]

    def _entry(self, line, position, lang):
        values = self._sale_line_values(line, position, lang)
        taxes = self.env["account.tax"]
        for command in values.get("tax_ids", ()):
            if command[0] == Command.SET:
                taxes = taxes.browse(command[2])
        return Entry(line, values, taxes, line.total)

    def _charge_entries(self, line, goods, position, lang):
        """What comes with the goods, shared out over their taxes.

        A line with a product of its own has that product's taxes.
        """
        whole = self._entry(line, position, lang)
        if not goods or self._line_product(line) != self.company_id.paypal_product_id:
            return [whole]
        weights = defaultdict(Decimal)
        for entry in goods:
            weights[entry.taxes] += entry.total
        parts = share(line.total, list(weights.values()), self._unit())
        entries = []
        for taxes, part in zip(weights, parts, strict=True):
            if part:
                entry = self._entry(replace(line, total=part), position, lang)
                entry.values["tax_ids"] = [Command.set(taxes.ids)]
                entry.taxes = taxes
                entries.append(entry)
        return entries

    def _unit(self):
        """The smallest amount of this message's currency."""
        return Decimal(1).scaleb(-self.currency_id.decimal_places)

    # === ONE LINE === #

    def _sale_lines(self):
        """What was bought, as PayPal tells it.

        An extension point: lines may be merged, split, renamed. Their totals have to
        sum up to what the customer paid.

        :return: :class:`~..paypal.lines.Line` objects
        """
        return self._message().lines

    def _sale_line_values(self, line, position, lang):
        """An invoice line over exactly what PayPal reports for it.

        The unit price is left unrounded, so that it times the quantity is the total. A
        quantity with more decimals than Odoo keeps would spoil that: then it is one.

        An extension point: an account, an analytic distribution, another product or
        tax for one line; so is :meth:`_line_product`.

        :param paypal.message.Line line: a line of the message
        :param position: the fiscal position of the sale, or none
        :param str lang: the customer's language
        """
        product = self._line_product(line)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        quantity = line.quantity if round(line.quantity, digits) == line.quantity else 1
        return {
            "product_id": product.id,
            "name": line.name or self.with_context(lang=lang)._line_label(line),
            "quantity": float(quantity),
            "price_unit": float(line.total / quantity),
            "discount": 0.0,
            "tax_ids": [Command.set(self._line_taxes(product, position).ids)],
        }

    def _line_product(self, line):
        """The product of a line: the one that its item number names, else PayPal's.

        An extension point.

        On a plain button the item number is the buyer's to write. So it picks only what
        is for sale, and only if the company's setting says so.
        """
        products = self.env["product.product"]
        may_pick = self.company_id.paypal_item_products
        own = (may_pick and line.number) and products.search(
            [
                ("default_code", "=", line.number),
                ("sale_ok", "=", True),
                ("company_id", "in", (False, self.company_id.id)),
            ],
            limit=1,
        )
        return own or self.company_id.paypal_product_id

    def _line_taxes(self, product, position):
        """The taxes of a line, inside its price. An extension point."""
        company = self.company_id
        if product == company.paypal_product_id:
            taxes = company.paypal_tax_id
        else:
            taxes = product.taxes_id.filtered(
                lambda tax: tax.company_id in company.parent_ids
            )
        if company._paypal_without_vat() or company.paypal_sales_tax_account_id:
            taxes = taxes.browse()
        return taxes._paypal_for(position)

    def _note_other_taxes(self, move):
        """Say on the message that an item number brought other taxes than usual.

        Not when the message's own figures say the same: ``tax`` is what the shop took.
        """
        usual = self.company_id.paypal_product_id
        taxes = self._line_taxes(usual, move.fiscal_position_id)
        other = move.invoice_line_ids.filtered(
            lambda line: (
                line.display_type == "product"
                and line.product_id != usual
                and line.tax_ids != taxes
            )
        )
        told = sum(line.total for line in self._message().lines if line.kind == "tax")
        says_so = told and not move.currency_id.compare_amounts(
            move.amount_tax, float(told)
        )
        if other and not says_so:
            self._message_log(
                body=self.env._(
                    "The item numbers of this payment picked products whose taxes "
                    "differ from the usual ones: %s. On a plain button the buyer can "
                    "write the item number himself: look whether it is right.",
                    ", ".join(other.product_id.mapped("display_name")),
                )
            )

    def _line_label(self, line):
        """What a line is called that PayPal gives no name to."""
        return {
            "item": self.env._("PayPal payment"),
            "shipping": self.env._("Shipping"),
            "handling": self.env._("Handling"),
            "insurance": self.env._("Insurance"),
            "tax": self.env._("Tax collected by PayPal"),
            "discount": self.env._("Discount"),
            "shipping_discount": self.env._("Shipping discount"),
            "residual": self.env._("Other"),
            "part": self.env._("Part of the order %s", self._message().order),
        }[line.kind]
