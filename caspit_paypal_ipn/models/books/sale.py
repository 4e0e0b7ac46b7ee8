# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, models

from ..reasons import Aside


class PaypalIpn(models.Model):
    """A completed sale: an invoice over what was paid, its payment, PayPal's fee."""

    _inherit = "paypal.ipn"

    def _book_sale(self):
        """Book sales of one company, all in one go.

        :raise Aside: one of them cannot be booked as it is
        """
        sales = self._without_duplicates()
        if not sales:
            return
        sales._prepare_books()
        sales._check_books()
        documents = sales._sale_documents()
        sales._settle(documents)
        for sale, document in zip(sales, documents, strict=True):
            sale._move_to(
                "booked", partner_id=document.partner_id.id, document_id=document.id
            )
        sales._adopt_earlier()
        sales._resume_followers()

    def _adopt_earlier(self):
        """Enter earlier messages of a new customer, as a sign-up, on his record."""
        customers = {sale.payer_id: sale.partner_id for sale in self if sale.payer_id}
        earlier = self.search(
            [
                ("company_id", "in", self.company_id.ids),
                ("payer_id", "in", list(customers)),
                ("partner_id", "=", False),
            ]
        )
        for payer_id, ipns in earlier.grouped("payer_id").items():
            ipns.partner_id = customers[payer_id]

    # === THE DOCUMENT === #

    def _sale_documents(self):
        """The document that each sale pays: an open invoice that it names, or its own.

        :return: ``account.move`` records, in the order of the sales; its own are drafts
        :raise Aside: a document does not total what the customer paid, or a person has
            to say whether the sale pays what it names
        """
        self.company_id._paypal_check_issuer()
        documents, paid = {}, self.env["account.move"]
        for sale in self:
            stays = sale._books_that_stay()
            document = stays[1] if stays else sale._named_document()
            if document and document in paid:
                # Then each is booked alone, and this one sees what is open yet.
                raise Aside("attention", "named_invoice")
            if document:
                documents[sale.id] = document
                paid |= document
        own = self.filtered(lambda sale: sale.id not in documents)
        moves = own._make_sale_documents()
        for sale, move in zip(own, moves, strict=True):
            sale._check_total(move, sale.gross)
            sale._check_told_tax(move)
            sale.place_evidence = sale._evidence(move.fiscal_position_id)
            sale._note_other_taxes(move)
            documents[sale.id] = move
        return self.env["account.move"].concat(*(documents[sale.id] for sale in self))

    def _make_sale_documents(self):
        """Make a document for each sale, of its own and not posted yet.

        An extension point: another kind of ``account.move``, or one that another module
        makes. It has to total what the customer paid, and to carry ``paypal_ipn_id``
        and ``paypal_txn_id``.

        :return: draft ``account.move`` records, in the order of the sales
        """
        with self._while_nothing_is_numbered():
            values = [sale._sale_invoice_values() for sale in self]
        return self.env["account.move"].create(values)

    def _check_total(self, move, amount):
        """:raise Aside: the document does not total what moved"""
        if move.currency_id.compare_amounts(move.amount_total, amount):
            raise Aside(
                "attention",
                "total_mismatch",
                total=self._money(move.amount_total),
                gross=self._money(amount),
            )

    def _sale_invoice_values(self):
        """The values of a sale's document.

        An extension point: another ``move_type``, more fields.
        """
        message, company = self._message(), self.company_id
        partner = self.env["res.partner"]._paypal_find_or_create(message.buyer, company)
        position, journal = self._fiscal_position(partner), self._sale_journal()
        day = self._issue_day(journal)
        return {
            "move_type": "out_invoice",
            "company_id": company.id,
            "journal_id": journal.id,
            "partner_id": partner.id,
            "partner_shipping_id": partner._paypal_ship_to(message.buyer).id,
            "currency_id": self.currency_id.id,
            "invoice_date": day,
            **self._rate_values(day),
            "invoice_payment_term_id": False,
            "fiscal_position_id": position.id,
            "ref": message.invoice or self.txn_id,
            "invoice_origin": message.subscription_id or False,
            "payment_reference": self.txn_id,
            "paypal_ipn_id": self.id,
            "paypal_txn_id": self.txn_id,
            "invoice_line_ids": [
                Command.create(values)
                for values in self._document_lines(position, partner.lang)
            ],
        }
