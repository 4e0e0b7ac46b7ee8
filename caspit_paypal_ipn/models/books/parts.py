# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from typing import NamedTuple

from odoo import Command, models

#: What is added up of a line, and of each of its taxes: in the document's currency, and
#: in the company's.
TOTALS = ("total_excluded_currency", "total_excluded")
TAX_AMOUNTS = (
    "tax_amount_currency",
    "tax_amount",
    "base_amount_currency",
    "base_amount",
)


class Share(NamedTuple):
    """What documents have of lines that have the same taxes, account and analytics.

    :ivar totals: by :data:`TOTALS`
    :ivar taxes: by ``account.tax``, and :data:`TAX_AMOUNTS`
    """

    totals: dict
    taxes: dict

    @property
    def gross(self):
        """Of the lines and their taxes together, in the document's currency."""
        taxes = sum(amounts["tax_amount_currency"] for amounts in self.taxes.values())
        return self.totals["total_excluded_currency"] + taxes


class PaypalIpn(models.Model):
    """A part of a sale is credited: the parts add up to the whole, to the cent.

    PayPal repeats the whole original's lines in a refund of a part, so the parts can
    only be shared out, by what is left of each set of lines. Rounded each for itself
    they drift: 5.00 and 5.00 of 10.00 have 1.52 of 1.53 VAT. So each part takes its
    share of the tax that is left, and the last one takes all of it.
    """

    _inherit = "paypal.ipn"

    def _is_part(self, invoice, amount):
        """:return: whether a copy of the whole invoice is not the credit note wanted"""
        return bool(self._notes_of(invoice)) or bool(
            self.currency_id.compare_amounts(invoice.amount_total, amount)
        )

    def _part_values(self, invoice, amount):
        """Values of a credit note over a part of an invoice, in place of its lines.

        :param float amount: of the part, with its taxes
        """
        left = self._shares_left(invoice)
        whole, rest = sum(share.gross for share in left.values()), amount
        commands, last = [], list(left)[-1]
        for key, share in left.items():
            part = self.currency_id.round(amount * share.gross / whole)
            if key == last:
                part = rest
            rest = self.currency_id.round(rest - part)
            if not self.currency_id.is_zero(part):
                values = self._part_line_values(invoice, key, share, part)
                commands.append(Command.create(values))
        return {"line_ids": commands, "invoice_cash_rounding_id": False}

    def _part_line_values(self, invoice, key, share, part):
        """A line over a part of a share, with the taxes that belong to it."""
        taxes, account, analytic = key
        ratio = part / share.gross
        amounts = {
            tax: {
                name: self._rounded(name, value * ratio)
                for name, value in values.items()
            }
            for tax, values in share.taxes.items()
        }
        tax_total = sum(each["tax_amount_currency"] for each in amounts.values())
        home = invoice.company_id.currency_id
        excluded = self.currency_id.round(part - tax_total)
        values = {
            "product_id": self.company_id.paypal_product_id.id,
            "name": self._refund_label(invoice),
            "account_id": account.id,
            "analytic_distribution": dict(analytic) or False,
            "quantity": 1.0,
            "price_unit": part,
            "discount": 0.0,
            "tax_ids": [Command.set(taxes.ids)],
        }
        if amounts:
            values["extra_tax_data"] = {
                "currency_id": self.currency_id.id,
                "price_unit": part,
                "discount": 0.0,
                "quantity": 1.0,
                "rate": invoice.invoice_currency_rate,
                "manual_total_excluded_currency": excluded,
                "manual_total_excluded": home.round(
                    share.totals["total_excluded"] * ratio
                ),
                "manual_tax_amounts": {
                    str(tax.id): each for tax, each in amounts.items()
                },
            }
        return values

    def _rounded(self, name, value):
        in_document = name.endswith("_currency")
        currency = self.currency_id if in_document else self.company_id.currency_id
        return currency.round(value)

    @staticmethod
    def _keep_rounding_account(note, invoice):
        """Give the cash rounding of a whole credit note the invoice's own account.

        Odoo has one for gains and one for losses, and a gain that is given back would
        be a loss.
        """
        original, back = (
            move.line_ids.filtered(
                lambda line: line.display_type == "rounding" and not line.tax_line_id
            )
            for move in (invoice, note)
        )
        if original and back:
            back.account_id = original.account_id

    # === WHAT IS LEFT === #

    def _shares_left(self, invoice):
        """What no credit note has taken yet of an invoice.

        :return: :class:`Share` by (taxes, account, analytics); what is used up is left
            out. Where notes have taken more than there was of a share, the others
            cannot tell what is left: then it is the invoice's own shares
        """
        shares, left = self._shares(invoice), self._shares(invoice)
        for note in self._notes_of(invoice):
            for key, taken in self._shares(note).items():
                if key not in left:
                    return shares
                left[key] = self._minus(left[key], taken)
        overdrawn = any(
            left[key].gross * share.gross < 0 for key, share in shares.items()
        )
        if overdrawn:
            return shares
        return {
            key: share
            for key, share in left.items()
            if not self.currency_id.is_zero(share.gross)
        } or shares

    def _shares(self, move):
        """:return: :class:`Share` of each set of lines of a document"""
        base_lines, _tax_lines = move._get_rounded_base_and_tax_lines()
        totals = defaultdict(lambda: dict.fromkeys(TOTALS, 0.0))
        taxes = defaultdict(
            lambda: defaultdict(lambda: dict.fromkeys(TAX_AMOUNTS, 0.0))
        )
        for base_line in base_lines:
            key, details = self._share_key(base_line), base_line["tax_details"]
            for name in TOTALS:
                totals[key][name] += details[name] + details[f"delta_{name}"]
            for data in details["taxes_data"]:
                tax = data["tax"]._paypal_included()
                for name in TAX_AMOUNTS:
                    taxes[key][tax][name] += data[name]
        return {
            key: Share(dict(totals[key]), {tax: taxes[key][tax] for tax in taxes[key]})
            for key in totals
        }

    def _share_key(self, base_line):
        taxes = base_line["tax_ids"]._paypal_included()
        line = base_line["record"]
        analytic = line.analytic_distribution or {}
        return taxes, line.account_id, tuple(sorted(analytic.items()))

    @staticmethod
    def _minus(share, taken):
        totals = {name: share.totals[name] - taken.totals[name] for name in TOTALS}
        nothing = dict.fromkeys(TAX_AMOUNTS, 0.0)
        taxes = {
            tax: {
                name: amounts[name] - taken.taxes.get(tax, nothing)[name]
                for name in TAX_AMOUNTS
            }
            for tax, amounts in share.taxes.items()
        }
        return Share(totals, taxes)
