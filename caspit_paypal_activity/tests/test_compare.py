# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.caspit_paypal_ipn.tests.common import message
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from .common import (
    SALE_ID,
    SAMPLES,
    PaypalActivityCase,
    conversion,
    csv_of,
    refund,
    row,
    sale,
)


class TestActivityCompare(PaypalActivityCase):
    """What each row of an uploaded file is found to be."""

    # === PAYMENTS === #

    def test_what_is_booked_and_equal_links_to_its_document(self):
        document = self.assert_done(self.take(message()))
        line = self.line(self.compared(sale()))
        self.assertEqual(line.result, "equal")
        self.assertEqual(line.move_id, document)
        self.assertEqual(line.payment_id, document._paypal_payments())
        self.assertFalse(line.is_makeable)

    def test_what_is_booked_otherwise_says_what_differs(self):
        self.take(message())
        line = self.line(self.compared(sale(gross="120.00", fee="-5.00")))
        self.assertEqual(line.result, "different")
        self.assertEqual(
            line.explanation,
            "Amount: here 118.00 ILS, at PayPal 120.00 ILS. "
            "Fee: here -4.20 ILS, at PayPal -5.00 ILS.",
        )
        line = self.line(self.compared(sale(currency="USD")))
        self.assertEqual(line.explanation, "Currency: here ILS, at PayPal USD.")

    def test_a_refund_that_is_booked_is_equal_fee_and_all(self):
        back = {"payment_status": "Refunded", "parent_txn_id": SALE_ID}
        amounts = {"mc_gross": "-118.00", "mc_fee": "-4.20"}
        self.take(message())
        self.take(message(txn_id="2RF23456CD789012E", **back, **amounts))
        self.assertEqual(
            self.line(self.compared(refund()), None or refund()["txn_id"]).result,
            "equal",
        )

    def test_what_is_nowhere_is_missing_and_can_be_made(self):
        activity = self.compared(sale())
        self.assertEqual(self.results(activity), {SALE_ID: "missing"})
        self.assertTrue(activity.line_ids.is_makeable)
        self.assertEqual((activity.missing_count, activity.makeable_count), (1, 1))

    def test_what_waits_in_the_inbox_is_not_made_again(self):
        self.licence.licensed = False
        ipn = self.take(message())
        line = self.line(self.compared(sale()))
        self.assertEqual((line.result, line.ipn_id), ("waiting", ipn))
        self.assertIn("Blocked", line.explanation)
        self.assertIn("licence", line.explanation)
        with self.assertRaises(UserError):
            line.action_make()

    def test_what_the_file_lacks_is_said(self):
        ipn = self.take(message())
        early, late = (
            row(n, "1.00", date=d)
            for n, d in (("8AA", "01/14/2025"), ("9AA", "01/16/2025"))
        )
        activity = self.compared(early, late)
        line = self.line(activity)
        self.assertEqual((line.result, line.ipn_id), ("not_in_file", ipn))
        self.assertEqual(line.booked_gross, 118.0)
        self.assertEqual(activity.row_count, 2)
        outside = self.compared(late)
        self.assertFalse(self.line(outside))

    # === OTHER ROWS === #

    def test_rows_without_money_say_why(self):
        activity = self.compared(
            sale(status="Pending", impact="Memo"),
            row("2MM", "5.00", "Shopping Cart Item", impact="Memo"),
        )
        self.assertEqual(set(self.results(activity).values()), {"no_books"})
        self.assertIn("“Pending”", self.line(activity).explanation)

    def test_a_purchase_is_entered_by_hand_and_then_found(self):
        purchase = row("4PP", "-50.00", name="Hosting Ltd")
        activity = self.compared(purchase, row("5UU", "0.40", "Moon Dust Rebate"))
        self.assertEqual(self.results(activity), {"4PP": "by_hand", "5UU": "by_hand"})
        self.assertIn("Moon Dust Rebate", self.line(activity, "5UU").explanation)
        journal = self.company.paypal_journal_id
        entry = self.env["account.move"].create(
            {
                "journal_id": journal.id,
                "ref": "4PP",
                "date": "2025-01-15",
                "line_ids": [
                    (0, 0, {"account_id": account.id, "balance": balance})
                    for account, balance in (
                        (journal.default_account_id, -50.0),
                        (self.company.paypal_fee_account_id, 50.0),
                    )
                ],
            }
        )
        entry.action_post()
        activity.action_compare()
        line = self.line(activity, "4PP")
        self.assertEqual((line.result, line.move_id), ("equal", entry))

    def test_an_unreadable_row_says_which_column(self):
        activity = self.compared({**sale(), "gross": "many"})
        self.assertEqual(self.results(activity), {SALE_ID: "problem"})
        self.assertIn("amount", activity.line_ids.explanation)

    def test_holds_are_explained_by_their_releases(self):
        name = "Hold on Balance for Dispute Investigation"
        activity = self.compared(
            row("1HH", "-118.00", name, reference=SALE_ID),
            row(
                "2HH",
                "118.00",
                "Cancellation of Hold for Dispute Resolution",
                reference="1HH",
                time="03:00:00",
            ),
            row("3HH", "-30.00", "Reserve Hold", time="04:00:00"),
        )
        self.assertEqual(set(self.results(activity).values()), {"no_books"})
        self.assertIn("released it in line 3", self.line(activity, "1HH").explanation)
        self.assertIn("line 2", self.line(activity, "2HH").explanation)
        self.assertIn("no release", self.line(activity, "3HH").explanation)

    def test_a_conversion_that_a_message_brought_is_equal_on_both_sides(self):
        dollars = {"mc_currency": "USD", "mc_gross": "104.00", "mc_fee": "4.00"}
        settled = {"settle_amount": "361.00", "settle_currency": "ILS"}
        self.take(message(**dollars, **settled, exchange_rate="3.61"))
        sold = sale(gross="104.00", fee="-4.00", currency="USD")
        activity = self.compared(sold, *conversion())
        self.assertEqual(set(self.results(activity).values()), {"equal"})

    def test_half_a_conversion_is_not_made(self):
        half, _other = conversion(of="")
        activity = self.compared(half)
        self.assertEqual(activity.line_ids.result, "by_hand")
        self.assertIn("only one side", activity.line_ids.explanation)

    # === FILES === #

    def test_files_of_several_languages_are_compared(self):
        for sample in ("german_utf8_bom", "hebrew_utf8_bom", "english_utf8_bom"):
            with self.subTest(sample):
                activity = self.upload((SAMPLES / f"{sample}.csv").read_bytes())
                self.assertEqual(activity.state, "ready", activity.explanation)
                self.assertTrue(activity.missing_count)
                self.assertFalse(activity.problem_count)

    def test_the_uploaded_file_is_gone_once_its_rows_are_in(self):
        activity = self.compared(sale())
        self.assertFalse(activity.file)
        self.assertFalse(activity._bytes())

    def test_a_file_that_is_none_says_what_to_do(self):
        activity = self.upload(b"\x00\x01nonsense")
        self.assertEqual(activity.state, "failed")
        self.assertIn("PayPal", activity.explanation)
        with self.assertRaises(UserError):
            self.env["paypal.activity"].create({}).action_compare()

    def test_a_large_file_is_worked_in_the_background(self):
        rows = [row(f"{n:017}", "10.00") for n in range(600)]
        activity = self.upload(csv_of(*rows))
        self.assertEqual((activity.state, activity.progress), ("reading", 0))
        self.assertTrue(activity.is_running)
        with self.enter_registry_test_mode():
            self.run_cron("caspit_paypal_activity.ir_cron_paypal_activity")
        activity.invalidate_recordset()
        self.assertEqual((activity.state, activity.missing_count), ("ready", 600))
        self.assertFalse(activity.is_running)

    def test_reading_goes_on_where_it_was_killed(self):
        rows = [row(f"{n:017}", "10.00") for n in range(600)]
        activity = self.upload(csv_of(*rows))
        ready = self.compared(*rows[:250])
        ready.sudo().line_ids.write({"activity_id": activity.id})
        activity.sudo().row_count = 250
        with self.enter_registry_test_mode():
            self.run_cron("caspit_paypal_activity.ir_cron_paypal_activity")
        activity.invalidate_recordset()
        self.assertEqual(activity.row_count, 600)
        self.assertEqual(len(set(activity.line_ids.mapped("txn_id"))), 600)

    # === BALANCE === #

    def test_the_balance_at_the_end_is_explained(self):
        self.take(message())
        self.take(message(txn_id="7NF", payment_date="02:30:00 Jan 15, 2025 PST"))
        activity = self.compared(
            sale(balance="113.80"),
            row("2MS", "100.00", time="03:00:00", balance="213.80"),
            row("3HD", "-20.00", "Reserve Hold", time="04:00:00", balance="193.80"),
            row("4OU", "-40.00", time="05:00:00", balance="153.80"),
        )
        [balance] = activity._balances()
        currency = balance.pop("currency")
        self.assertEqual(currency.name, "ILS")
        self.assertEqual(
            balance,
            {
                "is_known": True,
                "paypal": 153.8,
                "books": 227.6,
                "difference": -73.8,
                "missing": 100.0,
                "by_hand": -40.0,
                "different": 0.0,
                "not_in_file": -113.8,
                "holds": -20.0,
                "rest": 0.0,
            },
        )
        self.assertIn("153.80", activity.balance_html)

    def test_the_balance_counts_the_last_row_of_a_file_that_runs_backwards(self):
        activity = self.compared(
            row("2MS", "50.00", time="03:00:00", balance="60.00"),
            row("3MS", "30.00", time="03:00:00", balance="10.00"),
            row("1MS", "-20.00", balance="-20.00"),
        )
        [balance] = activity._balances()
        self.assertEqual(balance["paypal"], 60.0)

    # === WHO MAY === #

    def test_only_a_manager_uploads_and_makes(self):
        activity = self.compared(sale())
        group = "caspit_paypal_ipn.group_paypal_ipn_user"
        user = new_test_user(
            self.env(user=1, su=True),
            login="reader@example.com",
            groups=group,
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        mine = activity.with_user(user)
        self.assertEqual(mine.missing_count, 1)
        self.assertTrue(mine.line_ids.explanation)
        for forbidden in (
            mine.action_compare,
            mine.action_make_all,
            mine.line_ids.action_make,
            lambda: self.env["paypal.activity"].with_user(user).create({}),
        ):
            with self.assertRaises(AccessError):
                forbidden()
        other = self.env["res.company"].sudo().create({"name": "Other Shop"})
        stranger = new_test_user(
            self.env(user=1, su=True),
            login="stranger@example.com",
            groups="caspit_paypal_ipn.group_paypal_ipn_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        lines = self.env["paypal.activity.line"].with_user(stranger)
        self.assertFalse(lines.search([("activity_id", "=", activity.id)]))
