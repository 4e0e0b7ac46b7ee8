# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ...authority import find_dealer_number, is_dealer_number


class PaypalIpn(models.Model):
    """The buyer's dealer number, where the shop passes it on."""

    _inherit = "paypal.ipn"

    def _sale_invoice_values(self):
        """Enter the number on the customer's record before the document is made."""
        values = super()._sale_invoice_values()
        number = self._il_buyer_number()
        partner = self.env["res.partner"].browse(values["partner_id"])
        if number and not partner.commercial_partner_id.vat:
            partner.commercial_partner_id.vat = number
        return values

    def _il_buyer_number(self):
        """:return: the number in the fields that the company names, or ''"""
        company = self.company_id
        if not company._il_is_israeli() or not company.il_buyer_field:
            return ""
        known = self._message().fields
        texts = (known.get(f.strip(), "") for f in company.il_buyer_field.split(","))
        return next(filter(None, map(find_dealer_number, texts)), "")


class AccountMove(models.Model):
    _inherit = "account.move"

    def _il_take_buyer_number(self, number):
        """The buyer entered his number: keep it, and send the document with it.

        The document itself stays as it was issued, with its number, day and amounts: a
        copy that carries the buyer's number follows, and an allocation number is asked
        for if the amount calls for one (VAT execution order 01/2023 lets it be asked
        for after the issue). docs/ISRAEL.md has the reasons.

        :param str number: what he entered
        :return: whether it was taken
        """
        self.ensure_one()
        digits = "".join(letter for letter in number if letter.isdigit())
        partner = self.commercial_partner_id
        if not is_dealer_number(digits) or not self.il_wants_buyer_number():
            return False
        partner.vat = digits
        self._message_log(
            body=self.env._("The buyer entered his dealer number: %s", digits)
        )
        self._il_ask_for_number()
        if not self.il_allocation_ids:
            self._il_send_copy()
        return True
