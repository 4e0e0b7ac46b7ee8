# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace
from decimal import Decimal

from odoo import api, fields, models
from odoo.addons.caspit_paypal_ipn.models.reasons import Aside
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

SMALLEST_DONATION = 1.0
DELIVERY = ("shipping", "handling")


class PaypalIpn(models.Model):
    """Each of the extension points of the inbox, used once."""

    _inherit = "paypal.ipn"

    kind = fields.Selection(
        selection_add=[("donation", "Donation")],
        ondelete={"donation": lambda ipns: ipns.write({"kind": "sale"})},
    )
    reason = fields.Selection(
        selection_add=[("too_small", "Too small")],
        ondelete={"too_small": "set null"},
    )

    @api.model
    def _reason_sentences(self):
        return super()._reason_sentences() | {
            "too_small": _lt("A donation of %(amount)s is too small to be booked.")
        }

    # === A KIND === #

    @api.model
    def _kinds(self):
        sale = super()._kinds()["sale"]
        donation = sale._replace(
            code="donation", label="Donation", method="_book_donation"
        )
        return super()._kinds() | {donation.code: donation}

    def _book_donation(self):
        """:raise Aside: a donation is too small"""
        for donation in self:
            if donation.gross < SMALLEST_DONATION:
                raise Aside(
                    "attention", "too_small", amount=donation._money(donation.gross)
                )
        self._book_sale()

    # === LINES AND DOCUMENTS === #

    def _sale_lines(self):
        """Shipping and handling are one line."""
        lines = super()._sale_lines()
        delivery = [line for line in lines if line.kind in DELIVERY]
        if not delivery:
            return lines
        total = sum((line.total for line in delivery), Decimal(0))
        goods = (line for line in lines if line not in delivery)
        return (*goods, replace(delivery[0], name="Delivery", total=total))

    def _sale_invoice_values(self):
        """A donation is no sale: it gets a receipt, and no invoice."""
        values = super()._sale_invoice_values()
        return values | {"move_type": "out_receipt"} if self._is_donation() else values

    def _line_taxes(self, product, position):
        taxes = super()._line_taxes(product, position)
        return taxes.browse() if self._is_donation() else taxes

    def _is_donation(self):
        return self.kind == "donation"

    # === AFTERWARDS === #

    def _after_booking(self):
        super()._after_booking()
        for donation in self.filtered(type(self)._is_donation):
            donation.partner_id.example_donations += 1
