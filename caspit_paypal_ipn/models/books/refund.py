# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import Counter
from typing import NamedTuple

from odoo import models

from ..reasons import Aside


class Draft(NamedTuple):
    """What documents a refund.

    :ivar document: the credit note, an ``account.move``; none while it is to be made
    :ivar own_notes: the merchant's own credit notes that it pays beside
    :ivar float credited: the amount of the credit note
    """

    document: models.Model
    own_notes: models.Model
    credited: float


class PaypalIpn(models.Model):
    """Money went back: a credit note at the original's taxes, and its payment.

    What the merchant did himself counts. His own open credit note is paid, not doubled,
    and nothing is credited of a document that is not posted any more.
    """

    _inherit = "paypal.ipn"

    def _book_refund(self):
        """Book what went back to customers, of each sale one at a time.

        :raise Aside: the sale is missing, less is left of it than went back, or a
            person has to say what the refund is for
        """
        refunds = self._without_duplicates()
        sales = {refund: refund._original() for refund in refunds}
        for together in refunds._rounds(sales):
            together._refund(sales)
        refunds._resume_followers()

    def _rounds(self, sales):
        """Divide refunds into such of different documents, which are booked together.

        :param sales: the sale's message of each
        :return: recordsets, in the order in which they are to be booked
        """
        rounds, seen = [], Counter()
        for refund in self:
            document = sales[refund].document_id or sales[refund]
            if seen[document] == len(rounds):
                rounds.append(self.browse())
            rounds[seen[document]] |= refund
            seen[document] += 1
        return rounds

    def _refund(self, sales):
        """Book refunds of different documents, by what there is of each in Odoo.

        :param sales: the sale's message of each
        """
        self._prepare_books()
        self._check_books()
        drafts = {refund: refund._document_refund(sales[refund]) for refund in self}
        noted = self.filtered(lambda refund: drafts[refund])
        new = noted.filtered(lambda refund: not drafts[refund].document)
        notes = new._credit_notes(
            {refund: (sales[refund], drafts[refund].credited) for refund in new}
        )
        for refund, note in zip(new, notes, strict=True):
            drafts[refund] = drafts[refund]._replace(document=note)
        if noted:
            documents = [drafts[refund].document for refund in noted]
            noted._settle(self.env["account.move"].concat(*documents))
        for refund in noted:
            refund._end_refund(sales[refund], drafts[refund])
        self.browse().concat(*(sales[refund] for refund in self))._close_settled()

    def _document_refund(self, sale):
        """Say what documents a refund, unless nothing but money is to be booked of it.

        :return: a :class:`Draft`; None when all is booked already
        """
        if sale.document_id.state != "posted":
            self._check_money_alone(sale)
            self._refund_money(sale, self._receivable(sale.payment_ids.move_id))
            return None
        notes, rest = self._own_notes_to_settle(sale)
        if notes and not rest:
            self._refund_money(sale, self._receivable(*notes), notes[:1])
            return None
        overpaid = self._receivable(sale.payment_ids.move_id)
        if not notes and self._is_credited_beyond(sale, self._amount()) and overpaid:
            # His credit note has settled the invoice, and the payment is left over.
            self._refund_money(sale, overpaid)
            return None
        return Draft(self._kept_document(), notes, rest)

    def _end_refund(self, sale, draft):
        """Settle the merchant's own credit notes with the rest of the payment, and end.

        :param Draft draft: what was made of the refund, posted meanwhile
        """
        note, notes, rest = draft
        if notes:
            sale.credited += self._newly_credited(self._amount() - rest)
            open_lines = self._receivable(*notes, *self.payment_ids.move_id)
            open_lines.reconcile()
        self._schedule(note, self.env._("PayPal refund: look it over"))
        self._move_to(
            "booked",
            partner_id=note.partner_id.id,
            document_id=note.id,
            original_id=sale.id,
        )

    def _kept_document(self):
        """:return: the document of what only lost its payment, or none"""
        stays = self._books_that_stay()
        return stays[1] if stays else self.env["account.move"]

    def _refund_money(self, sale, settles, note=None):
        """Book the money alone: what it pays back is documented already, or not at all.

        No mail goes out: what the customer gets of it is the merchant's own doing.

        :param settles: the open ``account.move.line`` that it pays back
        :param note: the merchant's own credit note, or none
        """
        document = note or sale.document_id
        payment = self._pay(document)
        sale.credited += self._newly_credited(self._amount())
        (settles | self._receivable(payment.move_id)).reconcile()
        self._book_own_entries()
        self._note(sale, self._what())
        self._schedule(document or self, self.env._("PayPal refund: look it over"))
        self._move_to(
            "done",
            partner_id=payment.partner_id.id,
            document_id=note.id if note else False,
            original_id=sale.id,
        )

    def _check_money_alone(self, sale):
        """:raise Aside: a person has not said yet that no credit note is wanted"""
        if self._decided("document_gone") == "money_only":
            return
        document = sale.document_id
        states = dict(document._fields["state"]._description_selection(self.env))
        raise Aside(
            "attention",
            "document_gone",
            gross=self._money(self._amount()),
            document=f"{document.display_name} ({states[document.state]})"
            if document
            else self.env._("deleted"),
        )

    # === THE CREDIT NOTE === #

    def _credit_notes(self, wanted):
        """Credit amounts of different sales, and not more than is left of each.

        :param dict wanted: by message, the sale's message and the amount
        :return: draft ``account.move`` records, in the order of the messages
        :raise Aside: more would be credited than was sold, or in another currency
        :raise UserError: the company lacks what has to stand on the document
        """
        if not self:
            return self.env["account.move"]
        self.company_id._paypal_check_issuer()
        for refund in self:
            refund._credit(*wanted[refund])
        sales = self.browse().concat(*(wanted[refund][0] for refund in self))
        with self._while_nothing_is_numbered():
            values = [refund._credit_note_values(*wanted[refund]) for refund in self]
        notes = sales.document_id._paypal_reverse(values)
        for refund, note in zip(self, notes, strict=True):
            refund._keep_rounding_account(note, note.reversed_entry_id)
            refund._check_total(note, wanted[refund][1])
        return notes

    def _credit(self, sale, amount):
        """Say on the sale how much of it is credited, with this.

        What was credited is kept on the sale, so that two refunds at once conflict in
        the database instead of both passing. What the merchant credited himself counts
        as well.

        :raise Aside: more would be credited than was sold, or in another currency
        """
        credited = sale.credited + self._newly_credited(amount)
        invoice = sale.document_id
        if (
            self.currency_id != sale.currency_id
            or self.currency_id.compare_amounts(credited, sale.gross) > 0
            or self._is_credited_beyond(sale, amount)
        ):
            raise Aside(
                "attention",
                "total_mismatch",
                total=self._money(max(credited, self._credited_of(invoice) + amount)),
                gross=sale._money(min(sale.gross, invoice.amount_total)),
            )
        sale.credited = credited

    def _credit_note_values(self, sale, amount):
        """:return: what of a credit note is not as on the invoice"""
        invoice = sale.document_id
        day = self._issue_day(invoice.journal_id, "out_refund", invoice.date)
        part = self._is_part(invoice, amount)
        return {
            "invoice_date": day,
            "invoice_payment_term_id": False,
            "invoice_currency_rate": invoice.invoice_currency_rate,
            "ref": self._refund_label(invoice),
            "payment_reference": self.txn_id,
            "paypal_ipn_id": self.id,
            "paypal_txn_id": self.txn_id,
            **(self._part_values(invoice, amount) if part else {}),
        }

    def _newly_credited(self, amount):
        """:return: the amount, unless it was booked before and is only mended"""
        return 0.0 if self._books_that_stay() else amount

    def _refund_label(self, invoice):
        """What the credit note says it is for, in the customer's language."""
        speaking = self.with_context(lang=invoice._paypal_lang())
        return speaking.env._("Refund of %s", invoice.name)
