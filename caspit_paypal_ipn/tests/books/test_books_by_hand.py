# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The books as a whole, where the merchant has a hand in them."""

from decimal import Decimal
from itertools import dropwhile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo import fields

from ..common import message
from .test_books import CENT, REDUCED, BooksCase, cents


class TestBooksByHand(BooksCase):
    @settings(
        max_examples=8,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["paypal", "own", "cancelled"]),
                cents,
                st.sampled_from(["", *REDUCED]),
            ),
            min_size=1,
            max_size=4,
        ),
        st.sampled_from([Decimal(0), Decimal("0.37")]),
        st.booleans(),
    )
    def test_what_the_merchant_does_himself_gives_the_same_exact_books(
        self, told, share, is_cancelled
    ):
        """The lines of a sale go back in any order: credited by PayPal's message, or
        by the merchant before it; some of his notes, or the invoice, are cancelled.

        :param told: who credits each line, its price, and its article
        :param share: which share of the first line the discount takes
        :param is_cancelled: whether the invoice is, before the last goes back
        """
        with self.env.cr.savepoint() as savepoint:
            discount = (told[0][1] * share).quantize(CENT)
            sale = self.cart(told, discount)
            self.book([sale])
            invoice = self.ipn(sale).document_id
            self.assertEqual(Decimal(str(invoice.amount_total)), self.gross_of(sale))
            self.company.account_sale_tax_id.amount = 17.0
            left = self.gross_of(sale)
            for number, (who, price, _article) in enumerate(told):
                amount = min(price, left)
                is_last = number == len(told) - 1
                left -= amount
                if not amount:
                    continue
                note = None
                if who != "paypal":
                    note = self.own_note(invoice, number, amount)
                if who == "cancelled":
                    note.button_draft()
                    note.button_cancel()
                if is_last and is_cancelled:
                    invoice.button_draft()
                    invoice.button_cancel()
                booked = self.take_back(number, amount)
                if who == "own" and not (is_last and is_cancelled):
                    self.assertEqual(booked.document_id, note)
            self.check_what_is_left(invoice, told, discount)
            savepoint.rollback()
        self.env.invalidate_all()

    def cart(self, told, discount):
        lines = {
            "txn_id": "OWN",
            "txn_type": "cart",
            "mc_fee": None,
            "discount": discount,
            "mc_gross": sum(price for _who, price, _article in told) - discount,
        }
        for number, (_who, price, article) in enumerate(told, start=1):
            lines |= {
                f"item_name{number}": f"Item {number}",
                f"item_number{number}": article,
                f"mc_gross_{number}": price,
            }
        return message(**lines)

    def gross_of(self, body):
        return Decimal(str(self.ipn(body).gross)).quantize(CENT)

    def own_note(self, invoice, number, amount):
        """A credit note over a line, which the merchant makes and posts himself."""
        note = invoice._reverse_moves([{"invoice_date": fields.Date.today()}])
        line = note.invoice_line_ids[number]
        (note.invoice_line_ids - line).unlink()
        line.write({"price_unit": float(amount), "quantity": 1.0})
        note.action_post()
        return note

    def take_back(self, number, amount):
        """Book PayPal's refund; a person says what he is asked.

        :return: the message
        """
        back = message(
            txn_id=f"OWN{number}",
            parent_txn_id="OWN",
            txn_type=None,
            payment_status="Refunded",
            mc_gross=-amount,
            mc_fee=None,
        )
        self.book([back])
        booked = self.ipn(back)
        if booked.reason == "document_gone":
            booked.with_context(paypal_answer="money_only").action_answer()
            self.settle()
        self.assertIn(booked.state, ("booked", "done"), booked.explanation)
        return booked

    def check_what_is_left(self, invoice, told, discount):
        """Nothing, but for notes of the merchant's on an invoice that he cancelled."""
        notes = self.inbox._notes_of(invoice)
        credited = Decimal(str(sum(notes.mapped("amount_total")))).quantize(CENT)
        account = self.company.paypal_journal_id.default_account_id
        self.assertEqual(self.balance_of(account), 0)
        if invoice.state == "cancel":
            self.assertEqual(self.balance_of(*self.receivable()), -credited)
            return
        self.assertEqual(self.balance_of(*self.receivable()), 0)
        self.assertEqual(credited, Decimal(str(invoice.amount_total)))
        who = [each for each, _price, _article in told]
        after_parts = dropwhile(lambda each: each == "own", who)
        if discount or "own" in after_parts:
            return  # his note over a line takes tax that parts have taken before
        for rate in set(invoice.invoice_line_ids.tax_ids):
            taxes = (invoice | notes).line_ids.filtered(
                lambda line, rate=rate: line.tax_line_id == rate
            )
            left = Decimal(str(sum(taxes.mapped("balance")))).quantize(CENT)
            self.assertEqual(left, 0, rate.name)
