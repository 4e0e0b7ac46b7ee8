# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..reasons import Aside


class PaypalIpn(models.Model):
    """Credit notes on a sale: PayPal's messages made some, the merchant made others."""

    _inherit = "paypal.ipn"

    def _notes_of(self, invoice, states=("posted",)):
        """:return: every credit note of an invoice, whoever made it, oldest first"""
        return (
            self.env["account.move"]
            .search(
                [
                    ("reversed_entry_id", "=", invoice.id),
                    ("move_type", "=", "out_refund"),
                    ("state", "in", states),
                ]
            )
            .sorted("id")
        )

    def _credited_of(self, invoice):
        """:return: how much of an invoice is credited, in its currency"""
        notes = self._notes_of(invoice)
        return sum(
            notes.filtered(lambda it: it.currency_id == invoice.currency_id).mapped(
                "amount_total"
            )
        )

    def _is_credited_beyond(self, sale, amount):
        """:return: whether more is credited with this amount than was invoiced"""
        invoice = sale.document_id
        credited = self._credited_of(invoice) + amount
        return self.currency_id.compare_amounts(credited, invoice.amount_total) > 0

    def _own_notes_to_settle(self, sale):
        """The merchant's own open credit notes that this refund pays.

        Beyond doubt is a note over that very amount, several that are so together, or
        one when nothing else is left to credit. The rest a person decides.

        :return: ``account.move`` records, and the amount that is to be credited beside
        :raise Aside: a person has to decide
        """
        amount, currency = self._amount(), self.currency_id
        own = self._notes_of(sale.document_id, ("posted", "draft")).filtered(
            lambda note: not note.paypal_ipn_id and note.currency_id == currency
        )
        payable = own.filtered(
            lambda note: note.state == "posted" and self._receivable(note)
        )
        drafts = own.filtered(lambda note: note.state == "draft")
        if not payable and not drafts:
            return payable, amount
        equal = payable.filtered(
            lambda note: not currency.compare_amounts(note.amount_residual, amount)
        )
        total = sum(payable.mapped("amount_residual"))
        decided = self._decided("own_credit_note")
        if equal:
            return equal[0], 0.0
        if payable and not currency.compare_amounts(total, amount):
            return payable, 0.0
        if decided == "new_note":
            return payable.browse(), amount
        nothing_else = self._is_credited_beyond(sale, currency.rounding)
        if payable and (decided == "settle_note" or nothing_else):
            return payable, max(currency.round(amount - total), 0.0)
        raise Aside(
            "attention",
            "own_credit_note",
            gross=self._money(amount),
            notes=", ".join(self._told_note(note) for note in own),
            answers=["settle_note", "new_note"] if payable else ["new_note"],
        )

    def _told_note(self, note):
        states = dict(note._fields["state"]._description_selection(self.env))
        amount = self._money(note.amount_total)
        return f"{note.display_name} {amount} ({states[note.state]})"
