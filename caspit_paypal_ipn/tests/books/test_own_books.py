# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the merchant did in Odoo himself counts."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from ..common import DETAILS, message
from .test_live_messages import LiveMessagesCase, case
from .test_refund import refund


class TestOwnBooks(LiveMessagesCase):
    def own_note(self, invoice, amount=None, post=True):
        """A credit note as Odoo's own wizard makes it."""
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id})
        )
        wizard.refund_moves()
        note = wizard.new_move_ids
        if amount:
            note.invoice_line_ids.price_unit = amount
        if post:
            note.action_post()
        return note

    def notes_of(self, sale):
        return self.env["account.move"].search(
            [("reversed_entry_id", "=", sale.document_id.id)]
        )

    def sold(self, **changes):
        """A sale of 118.00 shekels to a customer in Israel, paid and documented."""
        return self.take(case("off_sale"))

    def back(self, gross="-118.00", fee="-3.00", txn_id="OFFF"):
        body = case("off_f").replace(b"=OFFF", f"={txn_id}".encode())
        body = body.replace(b"-118.00", gross.encode())
        return self.take(body.replace(b"-3.00", fee.encode()))

    # === HIS OWN CREDIT NOTES === #

    def test_a_refund_pays_the_merchants_own_credit_note(self):
        sale = self.sold()
        note = self.own_note(sale.document_id)
        back = self.back()
        self.assertEqual((back.state, back.document_id), ("done", note))
        self.assertEqual(self.notes_of(sale), note)
        self.assertEqual(note.payment_state, "paid")
        self.assertFalse(back.receipt_mail_id)
        self.assertEqual(self.owed(), 0.00)
        self.assertEqual(self.paypal_balance(), -2.20)

    def test_parts_pay_a_note_over_the_whole(self):
        sale = self.sold()
        note = self.own_note(sale.document_id)
        self.assertEqual(self.back("-50.00", "", "OFF1").state, "done")
        self.assertEqual(note.amount_residual, 68.00)
        self.assertEqual(self.back("-68.00", "", "OFF2").state, "done")
        self.assertEqual((note.payment_state, self.owed()), ("paid", 0.00))
        self.assertEqual(self.notes_of(sale), note)

    def test_a_note_over_another_amount_is_a_persons(self):
        sale = self.sold()
        note = self.own_note(sale.document_id, 59.00)
        back = self.back()
        self.assert_side(back, "attention", "own_credit_note")
        self.assertIn(note.name, back.explanation)
        self.answer(back, "settle_note")
        self.assertEqual(self.assert_done(back).amount_total, 59.00)
        self.assertEqual(back.document_id.amount_tax, 9.00)
        self.assertEqual((note.payment_state, self.owed()), ("paid", 0.00))
        self.assertEqual(sum(self.notes_of(sale).mapped("amount_total")), 118.00)

    def test_another_refund_is_credited_beside_the_note(self):
        sale = self.sold()
        note = self.own_note(sale.document_id, 59.00)
        back = self.back("-50.00", "")
        self.answer(back, "new_note")
        self.assertEqual(self.assert_done(back).amount_total, 50.00)
        self.assertEqual(note.payment_state, "not_paid")
        too_much = self.back("-30.00", "", "OFF3")
        self.answer(too_much, "new_note")
        self.assert_side(too_much, "attention", "total_mismatch")

    def test_a_draft_note_is_not_overlooked(self):
        sale = self.sold()
        note = self.own_note(sale.document_id, post=False)
        back = self.back()
        self.assert_side(back, "attention", "own_credit_note")
        self.assertEqual(back.open_answers, ",new_note,")
        note.action_post()
        back.action_retry()
        self.work()
        self.assertEqual((back.state, back.document_id), ("done", note))

    def test_a_lost_dispute_settles_the_merchants_note(self):
        sale, pulled = self.go("late_sale", "late_r")
        note = self.own_note(sale.document_id)
        pulled.action_credit_note()
        self.assertEqual(pulled.document_id, note)
        self.assertEqual((self.notes_of(sale), self.owed()), (note, 0.00))

    def test_a_cancelled_document_is_not_credited(self):
        sale = self.sold()
        document = sale.document_id
        document.button_draft()
        document.button_cancel()
        back = self.back()
        self.assert_side(back, "attention", "document_gone")
        self.assertIn(document.display_name, back.explanation)
        self.answer(back, "money_only")
        self.assertEqual(back.state, "done", back.explanation)
        self.assertFalse(self.notes_of(sale))
        self.assertEqual((self.owed(), self.paypal_balance()), (0.00, -2.20))

    def test_a_draft_document_is_credited_once_it_is_posted_again(self):
        sale = self.sold()
        sale.document_id.button_draft()
        back = self.back()
        self.assert_side(back, "attention", "document_gone")
        sale.document_id.action_post()
        back.action_retry()
        self.work()
        self.assertEqual(self.assert_done(back).amount_total, 118.00)

    # === WHAT HE DELETED === #

    def again(self):
        """The sale's transaction, in other bytes."""
        return self.take(case("off_sale") + b"&ipn_track_id=other")

    def test_a_deleted_payment_is_told_and_made_anew(self):
        sale = self.sold()
        sale.payment_ids.action_draft()
        sale.payment_ids.unlink()
        self.assertEqual(self.paypal_balance(), -5.20)
        again = self.again()
        self.assert_side(again, "attention", "books_gone")
        self.assertIn("the payment", again.explanation)
        self.answer(again, "book_again")
        self.assertEqual(self.assert_done(again), sale.document_id)
        self.assertEqual((self.paypal_balance(), self.owed()), (112.80, 0.00))

    def test_a_cancelled_document_is_told_and_made_anew(self):
        sale = self.sold()
        first = sale.document_id
        first.button_draft()
        first.button_cancel()
        again = self.again()
        self.assert_side(again, "attention", "books_gone")
        self.answer(again, "book_again")
        document = self.assert_done(again)
        self.assertNotEqual(document, first)
        self.assertEqual((document.amount_total, self.owed()), (118.00, 0.00))
        self.assertEqual(self.paypal_balance(), 112.80)
        self.assert_side(
            self.take(case("off_sale") + b"&ipn_track_id=third"), "ignored", "duplicate"
        )

    def test_what_was_deleted_on_purpose_stays_so(self):
        sale = self.sold()
        sale.payment_ids.action_draft()
        sale.payment_ids.action_cancel()
        again = self.again()
        self.answer(again, "leave")
        self.assert_side(again, "ignored", "duplicate")
        self.assertIn("decided to leave it", again.explanation)

    # === PARTS === #

    def test_ten_sales_refunded_in_thirds_drift_by_nothing(self):
        ours = {"receiver_id": "MERCHBUGS0001", "mc_fee": None}
        sold = [message(txn_id=f"T{n}", mc_gross="10.00", **ours) for n in range(10)]
        sales = self.take(*sold)
        thirds = ["-3.33", "-3.33", "-3.34"]
        for number in range(3):
            self.take(
                *(
                    refund(
                        f"T{n}B{number}",
                        thirds[(number + n) % 3],
                        parent_txn_id=f"T{n}",
                        receiver_id="MERCHBUGS0001",
                        fee=None,
                    )
                    for n in range(10)
                )
            )
        for sale in sales:
            notes = self.notes_of(sale)
            self.assertEqual(len(notes), 3)
            self.assertEqual(round(sum(notes.mapped("amount_tax")), 2), 1.53)
            self.assertEqual(round(sum(notes.mapped("amount_untaxed")), 2), 8.47)
        moves = sales.document_id.union(*map(self.notes_of, sales))
        taxes = moves.line_ids.filtered("tax_line_id")
        self.assertEqual(round(sum(taxes.mapped("balance")), 2), 0.00)

    def test_two_parts_have_the_whole_tax(self):
        self.sold()
        half = [self.back("-59.01", "", "H1"), self.back("-58.99", "", "H2")]
        taxes = [self.assert_done(it).amount_tax for it in half]
        self.assertEqual(round(sum(taxes), 2), 18.00)

    def test_the_merchants_note_counts_as_a_part(self):
        sale = self.sold()
        own = self.own_note(sale.document_id, 39.33)
        back = self.back("-78.67", "")
        self.answer(back, "new_note")
        taxes = own.amount_tax + self.assert_done(back).amount_tax
        self.assertEqual(round(taxes, 2), 18.00)

    def test_a_refund_takes_the_sales_own_rate(self):
        self.go("cneg_1_sale")
        self.setup_other_currency("USD", rates=[("2026-11-20", 0.2)])
        body = case("cneg_2_reversed").replace(b"Reversed", b"Refunded")
        note = self.assert_done(self.take(body))
        self.assertEqual(note.amount_total, 50.00)
        self.assertEqual(abs(note.amount_total_signed), 200.00)

    # === BY HAND === #

    def test_a_message_closed_by_hand_is_known_from_then_on(self):
        [unclear] = self.go("completed_no_txn_type")
        invoice = self.open_invoice()
        self.env["paypal.by.hand"].sudo().create(
            {"ipn_id": unclear.id, "note": "Booked myself", "move_id": invoice.id}
        ).action_close()
        self.assertEqual((unclear.state, unclear.reason), ("done", "by_hand"))
        self.assertIn("Booked myself", unclear.explanation)
        again = self.take(
            case("completed_no_txn_type").replace(
                b"payment_type=instant", b"txn_type=web_accept"
            )
        )
        self.assert_side(again, "ignored", "duplicate")
        self.assertEqual(unclear.document_id, invoice)

    def test_only_a_manager_answers_and_closes(self):
        [unclear] = self.go("completed_no_txn_type")
        user = new_test_user(
            self.env,
            "looker",
            groups="base.group_user,caspit_paypal_ipn.group_paypal_ipn_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        seen = unclear.with_user(user)
        with self.assertRaises(AccessError):
            seen.with_context(paypal_answer="book_sale").action_answer()
        with self.assertRaises(AccessError):
            self.env["paypal.by.hand"].with_user(user).create(
                {"ipn_id": unclear.id, "note": "x"}
            )
        self.assertEqual(unclear.state, "attention")

    def test_each_open_answer_is_a_button_and_no_other(self):
        manager = self.env["paypal.ipn"].with_user(self.env.ref("base.user_admin"))
        arch = manager.get_view(view_type="form")["arch"]
        for answers in manager._questions().values():
            for answer in answers:
                self.assertIn(f"'paypal_answer': '{answer.code}'", arch)

    # === A BRANCH === #

    def test_a_branch_books_with_its_parents_chart(self):
        branch = (
            self.env["res.company"]
            .sudo()
            .create(
                {
                    **DETAILS,
                    "name": "Blue Shirts Haifa",
                    "parent_id": self.company.id,
                    "country_id": self.company.country_id.id,
                    "paypal_merchant_id": "BRANCH0000001",
                }
            )
        )
        self.env.cr.precommit.run()  # Odoo loads the parent's chart there
        self.env.user.company_ids |= branch
        branch.caspit_licence_ids.licensed = True
        sale = self.take(
            message(receiver_id="BRANCH0000001", receiver_email=None, business=None)
        )
        self.assertEqual(sale.company_id, branch)
        document = self.assert_done(sale)
        self.assertEqual(document.company_id, branch)
        self.assertEqual((document.amount_total, document.amount_tax), (118.00, 18.00))
