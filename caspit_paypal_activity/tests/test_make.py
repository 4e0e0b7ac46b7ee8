# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.caspit_paypal_ipn.tests.common import message
from odoo.tools import SQL

from .common import (
    SALE_ID,
    PaypalActivityCase,
    conversion,
    refund,
    row,
    sale,
)

WITHDRAWAL = {"type": "General Withdrawal", "name": "", "email": "", "item": ""}


class TestActivityMake(PaypalActivityCase):
    """What is missing here is made from the file, and nothing is made twice."""

    def made(self, txn_id=SALE_ID):
        """:return: the messages of a transaction"""
        return self.inbox.search([("txn_id", "=", txn_id)], order="id")

    def books(self):
        """How much there is in the books by now."""
        return tuple(
            self.env[model].search_count([("paypal_txn_id", "!=", False)])
            for model in ("account.move", "account.payment")
        )

    # === SALES AND REFUNDS === #

    def test_a_missing_sale_becomes_a_paid_document_like_any_other(self):
        activity = self.compared(sale(invoice="INV-7"))
        self.assertFalse(self.line(activity).action_make())
        self.work()
        ipn = self.made()
        document = self.assert_done(ipn)
        self.assertEqual((ipn.source, ipn.activity_file_id), ("file", activity))
        self.assertEqual(document.amount_total, 118.0)
        self.assertEqual(document.amount_tax, 18.0)
        self.assertEqual(document.partner_id.name, "Dana Levi")
        self.assertEqual(document.partner_id.email, "dana@example.com")
        self.assertEqual(document.partner_id.country_id.code, "IL")
        self.assertEqual(document.ref, "INV-7")
        self.assertEqual(str(document._paypal_payments().date), "2025-01-15")
        self.assertIn("activity.csv, line 2", document.message_ids[0].body)
        self.assertEqual(self.paypal_balance(), 113.8)
        self.assertEqual(self.results(activity), {SALE_ID: "equal"})
        self.assertFalse(self.paypal.asked)

    def test_history_may_have_a_journal_of_its_own_dated_by_its_days(self):
        later = self.open_invoice()
        later.button_draft()
        day = {"invoice_date": "2025-03-01", "date": "2025-03-01", "name": False}
        later.write(day)
        later.action_post()
        journal = later.journal_id
        history = journal.copy(
            {
                "name": "History",
                "code": "HIST",
                "default_account_id": journal.default_account_id.id,
            }
        )
        self.company.paypal_sale_journal_id = journal
        self.company.paypal_history_journal_id = history
        self.make_all(self.compared(sale()))
        document = self.assert_done(self.made())
        self.assertEqual(document.journal_id, history)
        self.assertEqual(str(document.invoice_date), "2025-01-15")
        direct = self.take(message(txn_id="9AB23456CD789012E")).document_id
        self.assertEqual(direct.journal_id, journal)
        self.assertEqual(str(direct.invoice_date), "2025-03-01")

    def test_customers_and_the_merchant_hear_nothing_of_it(self):
        self.company.paypal_notice = "each"
        activity = self.compared(sale())
        self.make_all(activity)
        self.assertFalse(self.made().receipt_mail_id)
        self.assertFalse(self.made().notice_mail_id)
        document = self.made().document_id
        self.assertFalse(document.invoice_pdf_report_id)
        original = document.action_print_pdf()
        self.assertIn(str(document.invoice_pdf_report_id.id), original["url"])
        self.assertEqual(document.action_print_pdf()["type"], "ir.actions.report")

    def only_book(self):
        """Run the scheduled action that books, and not the one that mails."""
        with self.enter_registry_test_mode():
            self.run_cron("caspit_paypal_ipn.ir_cron_paypal_ipn_work")

    def test_what_nobody_hears_of_is_done_with_its_booking(self):
        activity = self.compared(sale(), row("9AA", "10.00", date="01/16/2025"))
        activity.action_make_all()
        self.only_book()
        ipns = self.made() | self.made("9AA")
        self.assertEqual(ipns.mapped("state"), ["done", "done"])
        log = ipns.document_id.message_ids.filtered(lambda log: "line 2" in log.body)
        self.assertEqual(len(log), 1)
        loud = self.compared(row("8AA", "7.00"), send_receipts=True)
        loud.action_make_all()
        self.only_book()
        self.assertEqual(self.made("8AA").state, "booked")
        self.work()
        self.assertEqual(self.made("8AA").state, "done")

    def test_customers_get_receipts_when_the_merchant_said_so(self):
        self.company.paypal_notice = "each"
        activity = self.compared(sale(), send_receipts=True)
        self.make_all(activity)
        self.assertTrue(self.made().receipt_mail_id)
        self.assertFalse(self.made().notice_mail_id)

    def test_a_refund_and_its_sale_that_are_both_missing_are_made_in_order(self):
        activity = self.compared(refund(), sale())
        self.make_all(activity)
        self.assertEqual(set(self.results(activity).values()), {"equal"})
        self.assertEqual(self.made(refund()["txn_id"]).original_id, self.made())
        self.assertEqual(self.paypal_balance(), 0.0)

    def test_a_refund_waits_for_its_sale_however_it_comes(self):
        activity = self.compared(refund(), sale())
        line = self.line(activity, refund()["txn_id"])
        line.action_make()
        self.work()
        self.assertEqual((line.result, line.ipn_id.state), ("waiting", "attention"))
        self.assertIn("is not in this database", line.explanation)
        self.take(message())
        line.invalidate_recordset()
        self.assertEqual(line.result, "equal")

    def test_a_reversal_and_what_cancels_it_are_made(self):
        activity = self.compared(
            sale(),
            row("2RV", "-118.00", "Chargeback", reference=SALE_ID, time="03:00:00"),
            row(
                "3CR",
                "118.00",
                "Chargeback Reversal",
                reference=SALE_ID,
                time="04:00:00",
            ),
        )
        self.make_all(activity)
        self.assertEqual(set(self.results(activity).values()), {"equal"})
        self.assertEqual(self.paypal_balance(), 113.8)

    # === NOTHING TWICE === #

    def test_a_file_that_is_uploaded_again_makes_nothing_twice(self):
        rows = (
            sale(),
            refund(),
            *conversion(of=""),
            row("5FE", "-65.00", "Chargeback Fee"),
            row("6WD", "-20.00", **WITHDRAWAL),
        )
        self.make_all(self.compared(*rows))
        books = self.books()
        again = self.compared(*rows)
        self.assertEqual(set(self.results(again).values()), {"equal"})
        self.assertEqual(again.makeable_count, 0)
        self.assertEqual(self.books(), books)

    def test_two_files_that_make_the_same_row_at_once_book_it_once(self):
        first, second = self.compared(sale()), self.compared(sale())
        body = self.line(second)._message_values()
        self.line(first).action_make()
        self.inbox.create(body)
        self.work()
        self.assertEqual(self.made().mapped("state"), ["done", "ignored"])
        self.assertEqual(self.books(), (1, 1))

    def test_what_came_since_the_comparison_is_not_made(self):
        activity = self.compared(sale())
        self.take(message())
        self.line(activity).action_make()
        self.work()
        self.assertEqual(self.made().source, "ipn")
        self.assertEqual(self.results(activity), {SALE_ID: "equal"})

    def test_paypals_own_message_that_comes_later_is_a_duplicate(self):
        self.make_all(self.compared(sale()))
        late = self.take(message())
        self.assertEqual((late.state, late.reason), ("ignored", "duplicate"))
        self.assertEqual(self.books(), (1, 1))

    def test_a_message_of_paypals_goes_before_those_of_a_file(self):
        self.line(self.compared(sale())).action_make()
        ipn = self.receive(message(txn_id="9ZZ"))
        ipn._move_to("verified")
        [(first, _attempts)] = self.inbox._claim_rows("verified", 1, SQL("TRUE"))
        self.assertEqual(first, ipn.id)

    def test_the_same_customer_is_found_again(self):
        customer = self.take(message(txn_id="8OT")).partner_id
        self.make_all(self.compared(sale()))
        self.assertEqual(self.made().partner_id, customer)

    # === GATES === #

    def test_without_a_licence_it_waits_for_one(self):
        self.licence.licensed = False
        activity = self.compared(sale())
        self.make_all(activity)
        self.assertEqual(self.made().state, "blocked")
        self.assertEqual(self.results(activity), {SALE_ID: "waiting"})
        self.licence.licensed = True
        self.work()
        self.assertEqual(self.results(activity), {SALE_ID: "equal"})

    def test_a_locked_period_stands_as_it_does_for_messages(self):
        self.company.fiscalyear_lock_date = "2025-12-31"
        activity = self.compared(sale(), row("6WD", "-20.00", **WITHDRAWAL))
        self.make_all(activity)
        for ipn in self.made() | self.made("6WD"):
            self.assert_side(ipn, "attention", "locked_period")

    # === SANDBOX, PRIVACY === #

    def test_the_sandboxs_file_goes_to_the_sandboxs_books_and_can_be_removed(self):
        self.company.paypal_environment = "sandbox"
        activity = self.compared(
            sale(), row("6WD", "-20.00", **WITHDRAWAL), *conversion(of="")
        )
        self.assertTrue(activity.is_sandbox)
        self.make_all(activity)
        self.assertEqual(set(self.results(activity).values()), {"equal"})
        moves = self.made().move_ids
        self.assertEqual(moves, moves.filtered("paypal_is_sandbox"))
        self.company.action_paypal_remove_sandbox()
        self.assertEqual(self.books(), (0, 0))

    def test_a_customers_data_is_erased_in_rows_and_in_what_was_made_of_them(self):
        activity = self.compared(sale(), row("2NB", "5.00", status="Denied"))
        self.make_all(activity)
        self.made().partner_id.action_paypal_erase()
        self.assertEqual(activity.line_ids.mapped("name"), [False, False])
        self.assertEqual(activity.line_ids.mapped("email"), [False, False])
        self.assertFalse(any(activity.line_ids.mapped("details")))
        self.assertNotIn(b"Dana", self.decoded_body(self.made()))
        self.assertEqual(set(activity.line_ids.mapped("txn_id")), {SALE_ID, "2NB"})
