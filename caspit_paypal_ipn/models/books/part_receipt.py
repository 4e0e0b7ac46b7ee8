# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class AccountMove(models.Model):
    """A payment that settles a part of an invoice gets a receipt over that part.

    The invoice stays the tax document. The receipt (קבלה) is over what was received,
    carries the payment's number, and says nothing of VAT.
    """

    _inherit = "account.move"

    def _paypal_part(self):
        """:return: the ``account.payment`` that the receipt is for, if it is a part"""
        payments = self.env["account.payment"]
        payment = payments.browse(self.env.context.get("paypal_payment_id"))
        if not payment or self.paypal_txn_id or self.move_type != "out_invoice":
            return payments
        is_whole = payment.currency_id == self.currency_id and not (
            self.currency_id.compare_amounts(payment.amount, self.amount_total)
        )
        return payments if is_whole else payment

    def _paypal_part_label(self):
        return self.env._("Payment on account of invoice %s", self.name)

    def paypal_number(self):
        """:return: the number of the document, for mails and on the PDF"""
        return self._paypal_part().name or self.name

    def paypal_mail_lines(self):
        """What a mail lists.

        :return: pairs of a name and an amount, the total last with an empty name
        """
        if part := self._paypal_part():
            return [(self._paypal_part_label(), part.amount)]
        lines = self.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        return [(line.name or "", line.price_total) for line in lines]

    def paypal_mail_total(self):
        """:return: the amount that a mail names as the total, and its currency"""
        if part := self._paypal_part():
            return part.amount, part.currency_id
        return self.amount_total, self.currency_id
