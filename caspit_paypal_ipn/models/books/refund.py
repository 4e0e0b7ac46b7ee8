# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import Command, models

from ..reasons import Aside


class PaypalIpn(models.Model):
    """Money went back: a credit note at the original's taxes, and its payment."""

    _inherit = "paypal.ipn"

    def _book_refund(self):
        """:raise Aside: the sale is missing, or less is left of it than went back"""
        refunds = self._without_duplicates()
        for refund in refunds:
            sale = refund._original()
            refund._prepare_books()
            refund._check_books()
            note = refund._credit_note(sale)
            refund._settle(note)
            refund._schedule(note, self.env._("PayPal refund: look it over"))
            refund._move_to(
                "booked",
                partner_id=note.partner_id.id,
                document_id=note.id,
                original_id=sale.id,
            )
        refunds._resume_followers()

    # === THE SALE === #

    def _original(self):
        """The booked sale that this message belongs to.

        ``parent_txn_id`` names the sale, or a reversal of it; a case has the sale's own
        ``txn_id``.

        :return: the sale's message
        :raise Aside: it is not booked here, or not yet: then this message goes on by
            itself once it is
        """
        txn_id = self.txn_id if self.kind == "dispute" else self.parent_txn_id
        parent = (
            self.env["account.payment"]
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("paypal_txn_id", "=", txn_id or False),
                ],
                limit=1,
            )
            .paypal_ipn_id
        )
        sale = parent.original_id or parent
        if not (txn_id and sale.document_id):
            raise Aside(
                "attention",
                "original_missing",
                parent=txn_id or "?",
                kind=self.kind,
            )
        return sale

    def _resume_followers(self):
        """Put back on the line what waited for these messages to be booked."""
        known = (self | self.original_id).mapped("txn_id")
        self.search(
            [
                ("company_id", "in", self.company_id.ids),
                ("state", "=", "attention"),
                ("reason", "=", "original_missing"),
                "|",
                ("parent_txn_id", "in", known),
                "&",
                ("kind", "=", "dispute"),
                ("txn_id", "in", known),
            ]
        )._resume()

    # === THE CREDIT NOTE === #

    def _credit_note(self, sale):
        """Credit the amount of this message, and not more than is left of the sale.

        What was credited is kept on the sale, so that two refunds at once conflict in
        the database instead of both passing.

        :param sale: the sale's message
        :return: a draft ``account.move``
        :raise Aside: more would be credited than was sold, or in another currency
        :raise UserError: the company lacks what has to stand on the document
        """
        self.company_id._paypal_check_issuer()
        credited = sale.credited + self._amount()
        if self.currency_id != sale.currency_id or (
            self.currency_id.compare_amounts(credited, sale.gross) > 0
        ):
            raise Aside(
                "attention",
                "total_mismatch",
                total=self._money(credited),
                gross=sale._money(sale.gross),
            )
        sale.credited = credited
        invoice = sale.document_id
        day = self._issue_day(invoice.journal_id, "out_refund", invoice.date)
        note = invoice._reverse_moves(
            [
                {
                    "invoice_date": day,
                    **self._rate_values(day),
                    "invoice_payment_term_id": False,
                    "ref": self._refund_label(invoice),
                    "payment_reference": self.txn_id,
                    "paypal_ipn_id": self.id,
                    "paypal_txn_id": self.txn_id,
                }
            ]
        )
        if self.currency_id.compare_amounts(note.amount_total, self._amount()):
            note.write({"invoice_line_ids": self._partial_lines(invoice)})
        self._check_total(note, self._amount())
        return note

    def _refund_label(self, invoice):
        """What the credit note says it is for, in the customer's language."""
        speaking = self.with_context(lang=invoice._paypal_lang())
        return speaking.env._("Refund of %s", invoice.name)

    def _partial_lines(self, invoice):
        """A line for each set of taxes, over its share of the amount.

        PayPal repeats the whole original's lines in a refund of a part, so the parts
        can only be shared out. The last line takes what rounding leaves.
        """
        lines = invoice.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        groups = defaultdict(lines.browse)
        for line in lines:
            groups[line.tax_ids] |= line
        left, commands = self._amount(), [Command.clear()]
        for number, (taxes, group) in enumerate(groups.items(), start=1):
            part = sum(group.mapped("price_total")) / invoice.amount_total
            share = self.currency_id.round(self._amount() * part)
            if number == len(groups):
                share = left
            left -= share
            commands.append(
                Command.create(
                    {
                        "product_id": self.company_id.paypal_product_id.id,
                        "name": self._refund_label(invoice),
                        "account_id": group[0].account_id.id,
                        "quantity": 1.0,
                        "price_unit": share,
                        "discount": 0.0,
                        "tax_ids": [Command.set(taxes._paypal_included().ids)],
                    }
                )
            )
        return commands
