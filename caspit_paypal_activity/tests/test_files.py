# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError

from .common import SALE_ID, SAMPLES, PaypalActivityCase, csv_of, row, sale

WITHDRAWAL = {"type": "General Withdrawal", "name": "", "email": "", "item": ""}


class TestActivityFiles(PaypalActivityCase):
    """Files in every form: what they cannot tell is asked, others have their names."""

    def public(self, name, **values):
        return self.upload((SAMPLES / "public" / f"{name}.csv").read_bytes(), **values)

    # === WHAT IS ASKED === #

    def test_dates_with_two_readings_are_asked_for_and_nothing_is_made_before(self):
        activity = self.compared(sale(date="01/02/2025", zone="CET"))
        self.assertEqual(activity.question, "date_order")
        self.assertTrue(activity.file)
        with self.assertRaisesRegex(UserError, "the day or the month"):
            activity.action_make_all()
        activity.action_month_first()
        self.assertFalse(activity.question)
        self.assertFalse(activity.file)
        self.assertEqual(str(self.line(activity).moment.date()), "2025-01-02")
        self.make_all(activity)
        self.assertEqual(self.results(activity), {SALE_ID: "equal"})
        with self.assertRaises(UserError):
            activity.action_day_first()

    def test_a_date_order_that_is_said_before_is_not_asked_for(self):
        rows = csv_of(sale(date="01/02/2025", zone="CET"))
        activity = self.upload(rows, date_order="dmy")
        self.assertFalse(activity.question)
        self.assertEqual(str(self.line(activity).moment.date()), "2025-02-01")

    def test_columns_that_nobody_knows_are_confirmed_before_anything_is_compared(self):
        head, rest = csv_of(sale(), row("2AB23456CD789012E", "7.00")).split(b"\r\n", 1)
        count = head.count(b",") + 1
        strange = ",".join(f"\u0462{chr(0x10D0 + n)}\u0436" for n in range(count))
        activity = self.upload(strange.encode() + b"\r\n" + rest)
        self.assertEqual((activity.state, activity.question), ("asking", "reading"))
        self.assertFalse(activity.line_ids)
        self.assertIn(SALE_ID, activity.reading_html)
        activity.action_confirm_reading()
        self.assertEqual(activity.state, "ready")
        self.assertEqual(self.line(activity).gross, 118.0)
        self.assertEqual(self.line(activity).result, "missing")

    def test_a_file_without_zones_is_read_in_the_accounts_and_says_so(self):
        activity = self.public("ours_no_timezone_column", zone="America/New_York")
        self.assertEqual(str(activity.line_ids.moment), "2026-03-20 14:00:00")
        self.assertIn("America/New_York", activity.remark)
        self.assertEqual(self.env["paypal.activity"].new().zone, "Asia/Jerusalem")

    def test_without_balance_and_impact_a_file_is_read_with_less_certainty(self):
        activity = self.public("es_2015_vencimiento_trytond")
        self.assertIn("less certainty", activity.remark)
        self.assertEqual(activity.missing_count, 4)

    def test_balances_that_do_not_add_up_say_at_which_line(self):
        activity = self.public("de_2019_41col_homebank")
        self.assertIn("EUR do not add up at line 4", activity.remark)

    def test_other_reports_are_refused_by_their_names(self):
        activity = self.public("tdr_2024_nifi")
        self.assertEqual(activity.state, "failed")
        self.assertIn("Transaction Detail Report", activity.explanation)
        for content, name in ((b"%PDF-1.4", "PDF"), (b"!Type:Bank\nD1", "QIF")):
            self.assertIn(name, self.upload(content).explanation)

    # === THE KEY === #

    def test_a_withdrawal_and_its_return_share_an_id_and_are_both_booked(self):
        activity = self.compared(
            sale(fee="0.00"),
            row("6WD", "-118.00", **WITHDRAWAL, time="03:00:00"),
            row(
                "6WD",
                "118.00",
                **WITHDRAWAL | {"type": "Reversal of ACH Withdrawal Transaction"},
                time="04:00:00",
            ),
        )
        back = activity.line_ids.filtered(lambda line: line.kind == "deposit")
        self.assertTrue(back.is_makeable)
        self.make_all(activity)
        results = activity.line_ids.mapped("result")
        self.assertEqual(
            results, ["equal"] * 3, activity.line_ids.mapped("explanation")
        )
        self.assertEqual(self.paypal_balance(), 118.0)
        sides = self.env["account.payment"].search([("paypal_txn_id", "=", "6WD")])
        self.assertEqual(set(sides.mapped("payment_type")), {"inbound", "outbound"})

    def test_a_withdrawal_that_moved_as_pending_is_made_once(self):
        name = "en_of_nl_2017_withdrawal_pending_then_memo"
        self.setup_other_currency("EUR", rates=[("2010-01-01", 0.25)])
        activity = self.public(name, send_receipts=False)
        self.make_all(activity)
        self.assertEqual(
            activity.line_ids.sorted("line").mapped("result"),
            ["equal", "equal", "no_books"],
        )
        [balance] = activity._balances()
        self.assertEqual((balance["paypal"], balance["books"]), (2.34, 2.34))

    # === BANKS === #

    def test_the_only_bank_journal_is_chosen_by_itself(self):
        banks = self.env["account.journal"].search(
            [("type", "=", "bank"), ("id", "not in", (self.bank.id,))]
        )
        banks -= self.company.paypal_journal_id
        banks.active = False
        activity = self.compared(
            sale(), row("6WD", "-50.00", **WITHDRAWAL), bank_journal_id=False
        )
        self.make_all(activity)
        self.assertEqual(activity.bank_journal_id, self.bank)
        self.assertEqual(set(self.results(activity).values()), {"equal"})

    def test_a_withdrawal_without_a_bank_does_not_stop_the_rest(self):
        activity = self.compared(
            sale(), row("6WD", "-50.00", **WITHDRAWAL), bank_journal_id=False
        )
        self.make_all(activity)
        self.assertEqual(self.results(activity), {SALE_ID: "equal", "6WD": "missing"})
