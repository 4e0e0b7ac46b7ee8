# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import ROUND_HALF_UP, Decimal

from odoo import Command, models

from ...paypal import share
from ..words import name_everywhere

DISCOUNT = "discount"
#: Steps of a rate in percent, the likeliest first: states and towns tax in eighths. The
#: last is the finest that Odoo keeps.
RATE_STEPS = tuple(
    map(Decimal, ("1", "0.5", "0.25", "0.125", "0.01", "0.001", "0.0001"))
)


class PaypalIpn(models.Model):
    """What PayPal calls ``tax``: the VAT itself, or a sales tax that is owed on.

    In a country with VAT it is no income and no line: the prices that PayPal tells are
    then without VAT, and each line gets its share. Where sales tax comes on top, it is
    the authority's money: it goes to the company's account of it.
    """

    _inherit = "paypal.ipn"

    def _tax_is_told_for_its_rate(self):
        """:return: whether ``tax`` is VAT or a sales tax here, and no own line"""
        company = self.company_id
        return bool(
            company.paypal_sales_tax_account_id
            or company.paypal_tax_id
            or company._paypal_without_vat()
        )

    def _add_told_tax(self, entries, told):
        """Give each line its share of what PayPal calls ``tax``.

        :param entries: :class:`~.lines.Entry` objects without it
        :param decimal.Decimal told: the tax of the whole sale
        """
        if self.company_id.paypal_sales_tax_account_id:
            self._add_sales_tax(entries, told)
        else:
            self._add_vat(entries, told)

    def _taxable(self, entries):
        """What a shop may have charged tax on, the likeliest first.

        :return: lists of entries: everything, the goods less their discount, the goods
        """
        goods = [entry for entry in entries if entry.line.kind == "item"]
        discount = [entry for entry in entries if entry.line.kind == DISCOUNT]
        return entries, goods + discount, goods

    def _raise_total(self, entry, amount):
        entry.total += amount
        quantity = Decimal(str(entry.values["quantity"]))
        entry.values["price_unit"] = float(entry.total / quantity)

    # === VAT === #

    def _add_vat(self, entries, told):
        """Share the VAT out as the rates of the lines give it.

        Where no rate gives it, the lines with VAT carry it; what VAT is inside the
        whole is then another amount, which :meth:`_check_told_tax` tells.
        """
        unit = self._unit()
        for taxable in self._taxable(entries):
            weights = [self._vat_on(entry) for entry in taxable]
            if abs(sum(weights) - told) <= unit * len(taxable):
                break
        else:
            goods = [entry for entry in entries if entry.line.kind == "item"]
            taxable = [entry for entry in goods if entry.taxes] or goods or entries
            weights = [entry.total for entry in taxable]
        shares = share(told, weights, unit)
        for entry, amount in zip(taxable, shares, strict=True):
            self._raise_total(entry, amount)

    def _vat_on(self, entry):
        """What the taxes of a line come to, on top of a price without them."""
        found = entry.taxes.compute_all(
            float(entry.total), self.currency_id, handle_price_include=False
        )
        return Decimal(str(found["total_included"] - found["total_excluded"]))

    def _check_told_tax(self, document):
        """Say so when the VAT of a document is not what PayPal calls ``tax``.

        :param document: the draft of this sale
        """
        lines = self._message().lines
        told = sum(line.total for line in lines if line.kind == "tax")
        if not told or not self._tax_is_told_for_its_rate():
            return
        booked = Decimal(str(document.amount_tax))
        if abs(booked - told) > self._unit() * len(lines):
            self._remark(
                "tax_differs",
                told=self._money(float(told)),
                booked=self._money(float(booked)),
                gross=self._money(self.gross),
            )

    # === SALES TAX === #

    def _add_sales_tax(self, entries, told):
        """Let the lines that the sales tax was charged on carry it, as a tax.

        Its rate is the plainest one that gives the amount, so that a refund of a part
        has its part of it; the amount is PayPal's, to the cent.
        """
        unit = self._unit()
        readings = [
            (*self._plainest_rate(base, told, unit), taxable)
            for taxable in self._taxable(entries)
            if (base := sum(entry.total for entry in taxable)) > 0
        ] or [(0, Decimal(0), entries)]
        _step, rate, taxable = min(readings, key=lambda reading: reading[0])
        tax = self._collected_tax(rate)
        shares = share(told, [entry.total for entry in taxable], unit)
        for entry, amount in zip(taxable, shares, strict=True):
            net = float(entry.total)
            self._raise_total(entry, amount)
            entry.taxes = tax
            entry.values["tax_ids"] = [Command.set(tax.ids)]
            entry.values["extra_tax_data"] = {
                "currency_id": self.currency_id.id,
                "price_unit": entry.values["price_unit"],
                "discount": 0.0,
                "quantity": entry.values["quantity"],
                "manual_total_excluded_currency": net,
                "manual_tax_amounts": {
                    str(tax.id): {
                        "tax_amount_currency": float(amount),
                        "base_amount_currency": net,
                    }
                },
            }

    @staticmethod
    def _plainest_rate(base, tax, unit):
        """Find the plainest rate that gives a tax, to the cent.

        :return: the place of its step in ``RATE_STEPS``, and the rate in percent
        """
        for step in RATE_STEPS:
            rate = (100 * tax / base / step).quantize(Decimal(1), ROUND_HALF_UP) * step
            given = base * rate / 100
            if (given / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit == tax:
                break
        return RATE_STEPS.index(step), rate.normalize()

    def _collected_tax(self, rate):
        """The sales tax of a rate, whose account is the company's of what it owes."""
        company, taxes = self.company_id, self.env["account.tax"].sudo()
        account = company.paypal_sales_tax_account_id
        tax = taxes.search(
            [
                ("company_id", "=", company.id),
                ("type_tax_use", "=", "sale"),
                ("amount_type", "=", "percent"),
                ("price_include_override", "=", "tax_included"),
                ("paypal_source_tax_id", "=", False),
                ("amount", "=", float(rate)),
            ]
        ).filtered(lambda tax: tax.repartition_line_ids.account_id == account)[:1]
        if tax:
            return self.env["account.tax"].browse(tax.ids)
        distribution = [
            Command.create({"repartition_type": "base"}),
            Command.create({"repartition_type": "tax", "account_id": account.id}),
        ]
        name = self._collected_tax_name(rate)
        tax = taxes.create(
            {
                "name": taxes.new({"company_id": company.id})._paypal_free_name(name),
                "invoice_label": self._sales_tax_name(),
                "amount": float(rate),
                "amount_type": "percent",
                "type_tax_use": "sale",
                "price_include_override": "tax_included",
                "company_id": company.id,
                "tax_group_id": self._sales_tax_group().id,
                "invoice_repartition_line_ids": distribution,
                "refund_repartition_line_ids": distribution,
            }
        )
        name_everywhere(
            tax,
            lambda code: tax.with_context(lang=code)._paypal_free_name(
                self.with_context(lang=code)._collected_tax_name(rate)
            ),
        )
        name_everywhere(tax, self._sales_tax_name, "invoice_label")
        return self.env["account.tax"].browse(tax.ids)

    def _collected_tax_name(self, rate):
        return self.env._("Sales tax %s%% (collected by PayPal)", f"{rate:f}")

    def _sales_tax_name(self, code=None):
        """
        :param str code: of a language; None: that of the context
        """
        return self.with_context(lang=code or self.env.lang).env._("Sales tax")

    def _sales_tax_group(self):
        groups, company = self.env["account.tax.group"].sudo(), self.company_id
        name = self._sales_tax_name()
        found = groups.search(
            [("company_id", "=", company.id), ("name", "=", name)], limit=1
        )
        if found:
            return found
        group = groups.create(
            {
                "name": name,
                "company_id": company.id,
                "country_id": company.account_fiscal_country_id.id,
            }
        )
        name_everywhere(group, self._sales_tax_name)
        return group
