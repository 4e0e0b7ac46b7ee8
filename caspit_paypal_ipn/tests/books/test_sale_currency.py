# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError

from ..common import PaypalIpnCase, message


class TestSaleCurrency(PaypalIpnCase):
    def test_a_foreign_currency_is_booked_at_the_rate_of_the_day(self):
        self.setup_other_currency("EUR", rates=[("2020-01-01", 0.25)])
        ipn = self.take(message(mc_currency="EUR", mc_gross="100.00", mc_fee="3.00"))
        document = self.assert_done(ipn)
        self.assertEqual(document.currency_id.name, "EUR")
        self.assertEqual(document.amount_total, 100.00)
        self.assertEqual(document.amount_total_signed, 400.00)
        self.assertEqual(ipn.payment_ids.currency_id.name, "EUR")
        self.assertEqual(self.paypal_balance(), 388.00)

    def test_a_currency_without_a_rate_waits_for_one(self):
        self.setup_other_currency("EUR", rates=[])
        ipn = self.take(message(mc_currency="EUR"))
        self.assert_side(ipn, "attention", "currency")
        self.assertIn("EUR", ipn.explanation)
        self.setup_other_currency("EUR", rates=[("2020-01-01", 0.25)])
        ipn.action_retry()
        self.work()
        self.assertEqual(self.assert_done(ipn).amount_total_signed, 472.00)

    def test_a_rate_of_another_company_does_not_count(self):
        euro = self.setup_other_currency("EUR", rates=[])
        other = self.env["res.company"].sudo().create({"name": "Red Hats Ltd"})
        self.env["res.currency.rate"].sudo().create(
            {
                "currency_id": euro.id,
                "company_id": other.id,
                "name": "2020-01-01",
                "rate": 0.25,
            }
        )
        ipn = self.take(message(mc_currency="EUR"))
        self.assert_side(ipn, "attention", "currency")

    def test_an_inactive_currency_waits_to_be_activated(self):
        euro = self.setup_other_currency("EUR", rates=[("2020-01-01", 0.25)])
        euro.active = False
        ipn = self.take(message(mc_currency="EUR"))
        self.assert_side(ipn, "attention", "currency")
        euro.active = True
        ipn.action_retry()
        self.work()
        self.assert_done(ipn)

    def test_a_currency_that_nobody_knows_is_not_booked(self):
        ipn = self.take(message(mc_currency="QQQ"))
        self.assert_side(ipn, "attention", "currency")
        self.assertIn("QQQ", ipn.explanation)

    def test_a_sale_without_a_currency_is_not_booked(self):
        ipn = self.take(message(mc_currency=None))
        self.assertIn(ipn.state, ("attention", "refused"))
        self.assertFalse(ipn.move_ids)

    def test_yen_have_no_decimals(self):
        self.setup_other_currency("JPY", rates=[("2020-01-01", 40.0)], rounding=1)
        ipn = self.take(message(mc_currency="JPY", mc_gross="1180", mc_fee="40"))
        document = self.assert_done(ipn)
        self.assertEqual((document.amount_total, document.amount_tax), (1180, 180))
        self.assertEqual(document.amount_total_signed, 29.50)

    # === LOCKED PERIODS === #

    def test_a_payment_in_a_locked_period_waits_until_it_is_open(self):
        self.company.sudo().fiscalyear_lock_date = "2025-06-30"
        ipn = self.take(message())
        self.assert_side(ipn, "attention", "locked_period")
        self.assertIn("2025-01-15", ipn.explanation)
        self.company.sudo().fiscalyear_lock_date = False
        ipn.action_retry()
        self.work()
        self.assert_done(ipn)
        self.assertEqual(str(ipn.payment_ids.date), "2025-01-15")

    def test_a_lock_that_ended_before_the_payment_does_not_hold_it(self):
        self.company.sudo().fiscalyear_lock_date = "2025-01-14"
        self.assert_done(self.take(message()))

    def test_a_journal_kept_in_another_currency_is_named_and_retry_works(self):
        self.company._paypal_setup()
        journal = self.company.paypal_journal_id
        journal.currency_id = self.setup_other_currency("EUR")
        stopped = self.take(message())
        self.assert_side(stopped, "attention", "configuration")
        self.assertIn("EUR", stopped.explanation)
        journal.currency_id = False
        stopped.action_retry()
        self.work()
        self.assert_done(stopped)

    def test_a_conversion_changes_the_account_into_what_arrived(self):
        self.setup_other_currency("EUR", rates=[("2020-01-01", 0.25)])
        self.setup_other_currency("USD", rates=[("2020-01-01", 0.3125)])
        converted = self.take(
            message(
                mc_currency="EUR",
                mc_gross="100.00",
                mc_fee="4.00",
                settle_amount="115.20",
                settle_currency="USD",
                exchange_rate="1.2",
            )
        )
        self.assert_done(converted)
        # 96 EUR are 384 ILS; 115.20 USD, which the account holds now, are 368.64
        self.assertEqual(self.paypal_balance(), 368.64)
        loss = self.company.expense_currency_exchange_account_id
        lines = converted.move_ids.line_ids.filtered(lambda li: li.account_id == loss)
        self.assertEqual(lines.balance, 15.36)

    def test_a_missing_account_for_exchange_differences_is_named(self):
        self.setup_other_currency("EUR", rates=[("2020-01-01", 0.25)])
        account = self.company.expense_currency_exchange_account_id
        self.company.expense_currency_exchange_account_id = False
        converted = message(
            mc_currency="EUR",
            mc_gross="100.00",
            mc_fee="4.00",
            settle_amount="300.00",
            settle_currency="ILS",
        )
        stopped = self.take(converted)
        self.assert_side(stopped, "attention", "configuration")
        self.company.expense_currency_exchange_account_id = account
        stopped.action_retry()
        self.work()
        self.assert_done(stopped)
        self.assertEqual(self.paypal_balance(), 300.00)

    def test_a_message_ignored_with_a_note_books_nothing_and_can_be_taken_up(self):
        self.env.ref("base.PLN").active = False
        sale = self.take(message(mc_currency="PLN"))
        self.assert_side(sale, "attention", "currency")
        wizard = self.env["paypal.by.hand"].sudo()
        wizard.create({"ipn_id": sale.id, "note": "A trial"}).action_ignore()
        self.assert_side(sale, "ignored", "ignored_by_hand")
        self.assertIn("A trial", sale.explanation)
        with self.assertRaises(UserError):
            wizard.create({"ipn_id": sale.id, "note": "Again"}).action_ignore()
        self.setup_other_currency("PLN", rates=[("2000-01-01", 1.0)])
        sale.action_retry()
        self.work()
        self.assert_done(sale)
