# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime
from decimal import Decimal

from odoo import api, fields, models

from ...authority import GOODS, SERVICE, TYPES, Invoice, Item, is_dealer_number


class AccountMove(models.Model):
    """Which documents need a number, and what the authority is told of them."""

    _inherit = "account.move"

    il_allocation_ids = fields.One2many(
        "il.allocation", "move_id", "Allocation", readonly=True, copy=False
    )
    il_allocation_number = fields.Char(
        "Allocation Number", compute="_compute_il_allocation_number"
    )

    @api.depends("il_allocation_ids.number")
    def _compute_il_allocation_number(self):
        for move in self:
            move.il_allocation_number = move.sudo().il_allocation_ids.short_number

    # === ACTIONS === #

    def action_il_ask_for_number(self):
        """Ask for a number whether the amount calls for one or not.

        Anybody may ask for any amount; a credit note may have a number of its own.
        """
        self.check_access("write")
        for move in self:
            move.sudo()._il_ask_for_number(at_any_amount=True)

    def action_il_open_allocation(self):
        """:return: the action that shows what is known of its number"""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "caspit_document_il.il_allocation_action"
        )
        return {
            **action,
            "views": [(False, "form")],
            "view_mode": "form",
            "res_id": self.il_allocation_ids.id,
        }

    # === BUSINESS METHODS === #

    def _post(self, soft=True):
        """Ask for the numbers of what was posted, once that is in the books."""
        posted = super()._post(soft)
        for move in posted:
            move.sudo()._il_ask_for_number()
        return posted

    def _il_ask_for_number(self, at_any_amount=False):
        """Make the row that asks, if the document needs a number and has none.

        :param bool at_any_amount: a person asks for it
        """
        self.ensure_one()
        if not self._il_may_have_number() or self.il_allocation_ids:
            return
        if not at_any_amount and not self._il_is_above_threshold():
            return
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        self.env["il.allocation"].create(
            {"move_id": self.id, "key": f"{uuid[:36]}-{self.id}"[:50]}
        )
        self.env["il.allocation"]._wake()

    def _il_may_have_number(self):
        """:return: whether the authority would be asked for it at all"""
        self.ensure_one()
        if self.state != "posted" or not self.il_is_israeli():
            return False
        authority = self.company_id._il_authority()
        fits = (authority.environment == "sandbox") == self.paypal_is_sandbox
        return bool(
            authority
            and fits
            and self._il_document_type() in TYPES
            and self.amount_tax
            and self._il_customer_number()
        )

    def _il_is_above_threshold(self):
        if self.move_type != "out_invoice":
            return False
        threshold = self.env["il.allocation.threshold"].sudo()._on(self.invoice_date)
        return threshold is not None and abs(self.amount_untaxed_signed) > threshold

    def _il_customer_number(self):
        """:return: the customer's dealer number, or '' for who is none in Israel"""
        partner = self.commercial_partner_id
        number = "".join(letter for letter in partner.vat or "" if letter.isdigit())
        is_abroad = partner.country_id and partner.country_id.code != "IL"
        return number if is_dealer_number(number) and not is_abroad else ""

    def _il_invoice(self, key, software):
        """What the authority is told of the document. Amounts are shekels.

        :param str key: our own key
        :param str software: the software's registration, or nothing
        :rtype: ..authority.Invoice
        """
        self.ensure_one()
        lines = self.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        return Invoice(
            key=key,
            type=self._il_document_type(),
            dealer=self.company_id._il_number(),
            number=self.name,
            customer=self._il_customer_number(),
            customer_name=self.commercial_partner_id.name or "",
            day=self.invoice_date,
            issued=self.company_id._paypal_local_date(
                self.create_date or datetime.now()
            ),
            net=_decimal(abs(self.amount_untaxed_signed)),
            vat=_decimal(abs(self.amount_tax_signed)),
            total=_decimal(abs(self.amount_total_signed)),
            software=software or "",
            items=[line._il_item() for line in lines],
        )


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _il_item(self):
        """:rtype: ..authority.Item"""
        self.ensure_one()
        total = abs(self.balance)
        rate = sum(self.tax_ids.mapped("amount"))
        quantity = self.quantity or 1
        return Item(
            description=self.name or self.product_id.name or "–",
            quantity=_decimal(quantity),
            price=_decimal(total / quantity),
            total=_decimal(total),
            vat_rate=_decimal(rate),
            vat=_decimal(total * rate / 100),
            catalog=self.product_id.default_code or "",
            category=SERVICE if self.product_id.type == "service" else GOODS,
        )


def _decimal(amount):
    return Decimal(str(round(amount, 6)))
