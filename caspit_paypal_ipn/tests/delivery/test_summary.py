# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, time, timedelta

import pytz

from odoo import fields

from ...models.company.notice import SUMMARY_MAX_DAYS
from ..common import message
from .test_notice import NoticeCase


class TestSummary(NoticeCase):
    def morning(self, days=1, hour=8):
        """A moment at the company, so many days from today.

        :return: without time zone, UTC
        """
        zone = self.company._paypal_tz()
        day = self.company._paypal_local_date(self.env.cr.now()) + timedelta(days=days)
        local = zone.localize(datetime.combine(day, time(hour)))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    def summarise(self, moment):
        """Make the summary that is due at a moment.

        :return: the mails made by it
        """
        before = self.company_mails()
        self.company.sudo()._paypal_send_summary(moment)
        return self.company_mails() - before

    def test_the_summary_tells_yesterdays_orders_with_figures_by_currency(self):
        self.company.paypal_notice = "daily"
        self.setup_other_currency("EUR", rates=[("2020-01-01", 0.25)])
        first, second, euros = self.take(
            message(),
            message(txn_id="1AB23456CD7890002", mc_gross="59.00", mc_fee="2.00"),
            message(
                txn_id="1AB23456CD7890003",
                mc_currency="EUR",
                mc_gross="20.00",
                mc_fee="1.00",
            ),
        )
        self.take(
            message(
                txn_id="1AB23456CD7890004",
                parent_txn_id=first.txn_id,
                payment_status="Refunded",
                mc_gross="-18.00",
                mc_fee="-0.20",
            )
        )
        mail = self.summarise(self.morning())
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.email_to, "shop@example.com")
        self.assertIn("3", mail.subject)
        for said in ("177.00", "6.00", "18.00", "20.00", "Dana Levi", "Blue shirt"):
            self.assertIn(said, mail.body_html)
        for ipn in (first, second, euros):
            self.assertIn(ipn.document_id.name, mail.body_html)
            self.assertIn(f"/odoo/account.move/{ipn.document_id.id}", mail.body_html)

    def test_the_summary_is_made_once_a_day_and_not_before_seven(self):
        self.company.paypal_notice = "daily"
        self.take(message())
        self.assertFalse(self.summarise(self.morning(hour=6)))
        self.assertEqual(len(self.summarise(self.morning(hour=7))), 1)
        for hour in (7, 8, 23):
            self.assertFalse(self.summarise(self.morning(hour=hour)))

    def test_a_day_without_anything_makes_no_mail(self):
        self.company.paypal_notice = "daily"
        self.assertFalse(self.summarise(self.morning()))
        self.take(message())
        self.assertEqual(len(self.summarise(self.morning(days=2))), 0)

    def test_a_summary_that_was_missed_is_told_with_the_next(self):
        self.company.paypal_notice = "daily"
        ipn = self.take(message())
        [mail] = self.summarise(self.morning(days=3))
        self.assertIn(ipn.document_id.name, mail.body_html)
        self.assertFalse(self.summarise(self.morning(days=4)))

    def test_what_is_older_than_a_week_is_told_no_more(self):
        self.company.paypal_notice = "daily"
        self.take(message())
        self.assertFalse(self.summarise(self.morning(days=SUMMARY_MAX_DAYS + 1)))

    def test_the_summary_lists_what_needs_attention(self):
        self.company.paypal_notice = "daily"
        ipn = self.take(self.orphan(1))
        [mail] = self.summarise(self.morning())
        self.assertIn(ipn.txn_id, mail.body_html)
        self.assertFalse(self.summarise(self.morning(days=2)))

    def test_who_changes_to_the_summary_is_not_told_old_orders_again(self):
        self.take(message())
        self.company.paypal_notice = "daily"
        today = self.company._paypal_local_date(self.env.cr.now())
        self.assertEqual(self.company.paypal_summary_date, today)
        self.assertFalse(self.summarise(self.morning(days=0, hour=23)))

    def test_the_scheduled_action_makes_the_summary_of_the_companies_that_want_it(self):
        # A time zone in which it is noon now.
        hours = 12 - fields.Datetime.now().hour
        self.company.partner_id.tz = f"Etc/GMT{-hours:+d}"
        self.take(message())
        self.company.paypal_notice = "problems"
        self.run_summary()
        self.assertFalse(self.company_mails())
        self.company.paypal_notice = "daily"
        yesterday = fields.Datetime.now() - timedelta(days=1)
        self.company.paypal_summary_date = yesterday.date() - timedelta(days=1)
        self.env.cr.execute(
            "UPDATE account_payment SET create_date = %s WHERE company_id = %s",
            (yesterday, self.company.id),
        )
        self.run_summary()
        self.assertEqual(len(self.company_mails()), 1)
        self.run_summary()
        self.assertEqual(len(self.company_mails()), 1)

    def run_summary(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.run_cron("caspit_paypal_ipn.ir_cron_paypal_ipn_summary")
        self.env.invalidate_all()

    def test_a_summary_that_fails_is_tried_again(self):
        self.company.paypal_notice = "daily"
        self.take(message())
        template = self.env.ref("caspit_paypal_ipn.mail_template_summary").sudo()
        good = template.body_html
        template.body_html = (
            """<t t-out="1 / (0 if object.paypal_summary()['orders'] else 1)"/>"""
        )
        self.assertFalse(self.summarise(self.morning(hour=7)))
        template.body_html = good
        self.assertEqual(len(self.summarise(self.morning(hour=8))), 1)

    def test_the_summary_is_in_the_companys_language_from_right_to_left(self):
        self.env["res.lang"]._activate_lang("he_IL")
        self.company.write({"paypal_notice": "daily"})
        self.company.partner_id.lang = "he_IL"
        self.take(message())
        [mail] = self.summarise(self.morning())
        self.assertIn('dir="rtl"', mail.body_html)
