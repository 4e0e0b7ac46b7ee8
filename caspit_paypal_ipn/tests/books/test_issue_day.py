# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The date of a document, and the rate of exchange that counts."""

from datetime import date

from odoo import fields

from ..common import PaypalIpnCase, message

PAID = date(2025, 1, 15)
EURO = {"mc_currency": "EUR", "mc_gross": "118.00", "mc_fee": None}


class TestIssueDay(PaypalIpnCase):
    def rates(self, **rates):
        """Enter shekels for one euro by day, as ``d2025_01_15=4.0``."""
        days = [(name[1:].replace("_", "-"), 1 / rate) for name, rate in rates.items()]
        self.setup_other_currency("EUR", rates=days)

    def later_document(self, day):
        """A document of the merchant's own, in the same journal."""
        later = self.open_invoice()
        later.button_draft()
        later.write({"invoice_date": day, "date": day, "name": False})
        later.action_post()
        return later

    def exchange_difference(self):
        return self.env["account.move"].search(
            [("journal_id", "=", self.company.currency_exchange_journal_id.id)]
        )

    def test_a_late_message_has_the_day_and_the_rate_of_its_payment(self):
        self.rates(d2025_01_14=4.0, d2025_06_01=5.0)
        document = self.assert_done(self.take(message(**EURO)))
        self.assertEqual((document.invoice_date, document.date), (PAID, PAID))
        self.assertEqual(document.amount_total_signed, 472.00)
        self.assertFalse(self.exchange_difference())
        self.assertFalse(document.paypal_ipn_id.explanation)
        self.assertIn("/2025/", document.name)

    def test_a_later_document_in_the_series_moves_the_date_and_not_the_rate(self):
        self.rates(d2025_01_14=4.0, d2025_01_20=5.0)
        later = self.later_document("2025-01-20")
        document = self.assert_done(self.take(message(**EURO)))
        self.assertEqual(str(document.invoice_date), "2025-01-20")
        self.assertGreater(document.sequence_number, later.sequence_number)
        self.assertEqual(document.amount_total_signed, 472.00)
        self.assertFalse(self.exchange_difference())
        explanation = document.paypal_ipn_id.explanation
        self.assertIn(later.name, explanation)
        self.assertIn("2025-01-20", explanation)

    def test_a_later_document_of_another_year_is_another_series(self):
        self.later_document("2026-01-20")
        document = self.assert_done(self.take(message()))
        self.assertEqual(document.invoice_date, PAID)

    def test_a_locked_sales_period_moves_the_date_to_the_first_open_day(self):
        self.rates(d2025_01_14=4.0, d2025_01_20=5.0)
        self.company.sudo().sale_lock_date = "2025-01-31"
        document = self.assert_done(self.take(message(**EURO)))
        self.assertEqual(str(document.invoice_date), "2025-02-01")
        self.assertEqual(document.amount_total_signed, 472.00)
        explanation = document.paypal_ipn_id.explanation
        self.assertIn("2025-02-01", explanation)
        self.assertIn("2025-01-15", explanation)

    def test_sales_that_are_booked_together_are_numbered_by_day(self):
        days = {"1": "20", "2": "18", "3": "19"}
        ipns = self.take(
            *[
                message(
                    txn_id=f"{n}SAMEBATCH", payment_date=f"02:00:00 Jan {d}, 2025 PST"
                )
                for n, d in days.items()
            ]
        )
        numbered = ipns.document_id.sorted("sequence_number")
        days = [document.invoice_date.day for document in numbered]
        self.assertEqual(days, [18, 19, 20])

    def test_the_day_of_issue_is_a_setting(self):
        self.rates(d2025_01_14=4.0, d2025_06_01=5.0)
        self.company.paypal_document_day = "issue"
        document = self.assert_done(self.take(message(**EURO)))
        there = document.with_context(tz=str(self.company._paypal_tz()))
        self.assertEqual(document.invoice_date, fields.Date.context_today(there))
        self.assertEqual(document.amount_total_signed, 590.00)

    def test_a_credit_note_has_the_day_of_its_refund(self):
        self.take(message())
        back = {"payment_status": "Refunded", "txn_type": None, "mc_fee": None}
        ids = {"txn_id": "2AB23456CD789012E", "parent_txn_id": "1AB23456CD789012E"}
        note = self.assert_done(
            self.take(
                message(
                    **back,
                    **ids,
                    mc_gross="-118.00",
                    payment_date="02:00:00 Jan 17, 2025 PST",
                )
            )
        )
        self.assertEqual(str(note.invoice_date), "2025-01-17")

    # === THE AGE OF A RATE === #

    def test_an_old_rate_does_not_count(self):
        self.company.paypal_rate_days = 7
        self.rates(d2015_03_01=4.0)
        ipn = self.take(message(**EURO))
        self.assert_side(ipn, "attention", "currency")
        self.assertIn("2015-03-01", ipn.explanation)
        self.assertIn("2025-01-15", ipn.explanation)
        self.rates(d2025_01_08=5.0)
        ipn.action_retry()
        self.work()
        self.assertEqual(self.assert_done(ipn).amount_total_signed, 590.00)

    def test_a_rate_of_after_the_payment_does_not_count(self):
        self.company.paypal_rate_days = 7
        self.rates(d2025_01_16=4.0)
        self.assert_side(self.take(message(**EURO)), "attention", "currency")

    def test_a_company_may_take_older_rates(self):
        self.company.paypal_rate_days = 31
        self.rates(d2024_12_20=4.0)
        self.assertEqual(
            self.assert_done(self.take(message(**EURO))).amount_total_signed, 472.00
        )
