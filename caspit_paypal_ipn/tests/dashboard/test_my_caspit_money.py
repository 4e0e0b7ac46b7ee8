# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime

from freezegun import freeze_time

from ...models.dashboard.period import Period
from .my_caspit import MyCaspitCase


class TestMyCaspitMoney(MyCaspitCase):
    # === MONEY === #

    def test_a_sale_counts_with_its_fee_and_its_balance(self):
        self.assert_done(self.take(self.now()))
        self.assertEqual(self.figures(), (118.00, 0.00, 4.20))
        [shekels] = self.screen()["currencies"]
        self.assertEqual(shekels["balance"], 113.80)

    def test_a_refund_is_no_money_in_and_gives_its_fee_back(self):
        self.take(self.now())
        self.take(self.refund())
        self.assertEqual(self.figures(), (118.00, 59.00, 3.20))

    def test_a_simulator_that_writes_refunds_positive_gives_the_same_figures(self):
        self.take(self.now())
        self.take(self.refund(gross="59.00", fee="1.00"))
        self.assertEqual(self.figures(), (118.00, 59.00, 3.20))

    def test_a_reversal_that_is_canceled_leaves_no_refund(self):
        self.take(self.now())
        self.take(self.refund("Reversed", "-118.00", "-4.20"))
        self.assertEqual(self.figures(), (118.00, 118.00, 0.00))
        back = self.take(
            self.refund(
                "Canceled_Reversal", "118.00", "4.20", txn_id="4CR00000000000001"
            )
        )
        self.assertEqual(back.state, "done", back.explanation)
        self.assertEqual(self.figures(), (118.00, 0.00, 4.20))

    def test_each_currency_has_figures_and_a_balance_of_its_own(self):
        self.take(
            self.now(),
            self.now(
                txn_id="5EU00000000000001",
                mc_currency="EUR",
                mc_gross="40.00",
                mc_fee="2.00",
            ),
        )
        read = self.screen()
        self.assertEqual(
            [(each["name"], each["balance"]) for each in read["currencies"]],
            [("ILS", 113.80), ("EUR", 38.00)],
        )
        self.assertEqual(self.figures(), (118.00, 0.00, 4.20))
        self.assertEqual(self.figures(self.euro), (40.00, 0.00, 2.00))

    def test_what_is_not_booked_is_no_money(self):
        self.licence.licensed = False
        blocked = self.take(self.now())
        self.assert_side(blocked, "blocked", "no_licence")
        self.assertEqual(self.screen()["currencies"], [])

    def test_a_booked_message_whose_mail_failed_is_money_all_the_same(self):
        sale = self.take(self.now())
        sale.write({"state": "attention", "resume_state": "booked", "reason": "error"})
        self.assertEqual(self.figures(), (118.00, 0.00, 4.20))

    def test_a_sale_without_a_payment_date_counts_when_it_came(self):
        self.take(self.now(payment_date=None))
        self.assertEqual(self.figures(period="today"), (118.00, 0.00, 4.20))

    # === PERIODS === #

    def test_a_day_begins_at_midnight_in_the_companys_time_zone(self):
        """In Israel July begins at 21:00 UTC of the 30th of June."""
        sale = self.take(self.now())
        with freeze_time("2025-07-31 08:00:00"):
            for moment, counts in (
                (datetime(2025, 6, 30, 20, 59, 59), False),
                (datetime(2025, 6, 30, 21, 0, 0), True),
            ):
                sale.payment_date = moment
                with self.subTest(moment):
                    read = self.screen("month")
                    [shekels] = read["currencies"]
                    self.assertEqual(shekels["now"]["money_in"], 118.00 * counts)
                    self.assertEqual(
                        shekels["before"]["money_in"], 118.00 * (not counts)
                    )
        with freeze_time("2025-06-30 21:30:00"):
            self.assertEqual(self.figures(period="today"), (118.00, 0.00, 4.20))
            self.assertEqual(self.figures(period="last_month"), (0.00, 0.00, 0.00))

    def test_the_chart_has_a_column_for_each_day_and_puts_a_sale_on_its_own(self):
        sale = self.take(self.now())
        sale.payment_date = datetime(2025, 7, 2, 21, 30)  # the third, in Israel
        with freeze_time("2025-07-05 08:00:00"):
            chart = self.screen("month")["chart"]
        self.assertEqual(chart["days"], [f"2025-07-0{day}" for day in range(1, 6)])
        series = chart["series"][self.shekel.id]
        self.assertEqual(series["money_in"], [0.0, 0.0, 118.0, 0.0, 0.0])
        self.assertEqual(series["refunds"], [0.0] * 5)

    def test_the_chart_of_a_year_has_a_column_for_each_month(self):
        sale = self.take(self.now())
        sale.payment_date = datetime(2025, 2, 28, 22, 30)  # March, in Israel
        with freeze_time("2025-04-05 08:00:00"):
            chart = self.screen("year")["chart"]
        self.assertEqual(chart["unit"], "month")
        self.assertEqual(
            chart["series"][self.shekel.id]["money_in"], [0.0, 0.0, 118.0, 0.0]
        )

    def test_a_period_is_compared_with_the_same_days_before_it(self):
        for name, today, days, earlier in (
            ("today", "2026-01-01", "2026-01-01 2026-01-01", "2025-12-31 2025-12-31"),
            ("month", "2026-03-30", "2026-03-01 2026-03-30", "2026-02-01 2026-02-28"),
            (
                "last_month",
                "2026-03-05",
                "2026-02-01 2026-02-28",
                "2026-01-01 2026-01-31",
            ),
            ("year", "2024-02-29", "2024-01-01 2024-02-29", "2023-01-01 2023-02-28"),
        ):
            with self.subTest(name):
                span = Period(name, date.fromisoformat(today))
                self.assertEqual(span.days, self.dates(days))
                self.assertEqual(span.earlier_days, self.dates(earlier))

    def dates(self, text):
        return tuple(date.fromisoformat(day) for day in text.split())

    def test_an_unknown_period_is_refused(self):
        with self.assertRaises(ValueError):
            self.screen("ever")
