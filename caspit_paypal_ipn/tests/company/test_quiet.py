# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo.tools.misc import format_date

from ...models.company.quiet import MIN_MESSAGES, OVERDUE, TRIES
from ..common import message
from ..delivery.test_notice import NoticeCase

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class QuietCase(NoticeCase):
    def setUp(self):
        super().setUp()
        self.now = self.env.cr.now()

    def history(self, gap, count=60, quiet=timedelta()):
        """Let so many messages have come in, so far apart, before a silence.

        :return: when the last one came in
        """
        last = self.now - quiet
        rows = [
            (f"{self.id()}-{number}", self.company.id, moment, moment)
            for number in range(count)
            for moment in [last - number * gap]
        ]
        for row in rows:
            self.env.cr.execute(
                """INSERT INTO paypal_ipn (body, body_hash, state, source, company_id,
                                           attempts, received_at, payment_date,
                                           is_sandbox)
                   VALUES ('', %s, 'done', 'ipn', %s, 0, %s, %s, false)""",
                row,
            )
        return last

    def watch(self, now=None):
        """Look at the company, and give the mails that this makes."""
        before = self.company_mails()
        self.company.sudo()._paypal_watch(now or self.now)
        return self.company_mails() - before


class TestQuiet(QuietCase):
    def test_a_silence_that_is_longer_than_usual_is_told_once(self):
        last = self.history(8 * HOUR, quiet=30 * HOUR)
        self.assertEqual(self.company.sudo()._paypal_silent_since(self.now), last)
        [mail] = self.watch()
        self.assertEqual(mail.email_to, "shop@example.com")
        day = format_date(self.env, self.company._paypal_local_date(last))
        self.assertIn(day, mail.subject)
        self.assertIn("longer than is usual", mail.body_html)
        self.assertIn("paypal_ipn_action", mail.body_html)
        self.assertFalse(self.watch(self.now + HOUR))
        self.assertFalse(self.watch(self.now + 5 * DAY))

    def test_the_next_silence_is_told_again(self):
        self.history(8 * HOUR, quiet=30 * HOUR)
        self.assertTrue(self.watch())
        self.take(message(payment_date=None))
        ipn = self.take(message(txn_id="1AB23456CD7890002"))
        ipn.write({"payment_date": self.now, "received_at": self.now + DAY})
        self.assertFalse(self.watch(self.now + 2 * DAY))
        self.assertEqual(len(self.watch(self.now + 6 * DAY)), 1)

    def test_a_silence_as_long_as_a_weekend_is_usual_for_a_shop_that_closes(self):
        self.history(7 * HOUR, quiet=60 * HOUR)
        weekend = self.now - timedelta(days=9)
        self.env.cr.execute(
            "DELETE FROM paypal_ipn WHERE company_id = %s "
            "AND received_at BETWEEN %s AND %s",
            (self.company.id, weekend, weekend + 2 * DAY),
        )
        self.assertFalse(self.watch())
        self.assertTrue(self.watch(self.now + 2 * DAY))

    def test_less_than_a_day_is_never_told(self):
        self.history(HOUR, count=400, quiet=23 * HOUR)
        self.assertFalse(self.watch())
        self.assertTrue(self.watch(self.now + 2 * HOUR))

    def test_a_new_shop_and_one_with_little_history_are_not_warned(self):
        self.history(HOUR, count=100, quiet=3 * DAY)
        self.assertFalse(self.watch())
        self.env.cr.execute("DELETE FROM paypal_ipn")
        self.history(DAY, count=MIN_MESSAGES - 1, quiet=10 * DAY)
        self.assertFalse(self.watch())
        self.env.cr.execute("DELETE FROM paypal_ipn")
        self.assertFalse(self.watch())

    def test_the_days_are_the_merchants_to_set_and_none_means_never(self):
        self.history(8 * HOUR, quiet=30 * HOUR)
        for days in (0, 2):
            self.company.paypal_quiet_days = days
            self.assertFalse(self.watch())
        self.company.paypal_quiet_days = 1
        self.assertTrue(self.watch())

    def test_forged_messages_break_no_silence(self):
        self.history(8 * HOUR, quiet=30 * HOUR)
        forged = self.receive(message(), genuine=False)
        self.work()
        self.assertEqual(forged.state, "refused")
        forged.payment_date = self.now
        self.assertTrue(self.watch())

    def test_what_paypal_has_not_answered_about_breaks_no_silence(self):
        self.history(8 * HOUR, quiet=30 * HOUR)
        waiting = self.receive(message())
        waiting.write({"company_id": self.company.id, "payment_date": self.now})
        gave_up = self.receive(message(txn_id="GAVEUP1"))
        gave_up.write(
            {
                "company_id": self.company.id,
                "payment_date": self.now,
                "state": "attention",
                "resume_state": "received",
            }
        )
        self.assertTrue(self.watch())

    def test_a_sandbox_may_be_silent(self):
        self.history(8 * HOUR, quiet=30 * HOUR)
        self.company.paypal_environment = "sandbox"
        self.run_watch()
        self.assertFalse(self.company_mails())
        self.company.paypal_environment = "live"
        self.run_watch()
        self.assertEqual(len(self.company_mails()), 1)

    def run_watch(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.run_cron("caspit_paypal_ipn.ir_cron_paypal_ipn_watch")
        self.env.invalidate_all()

    def test_the_mail_is_in_the_companys_language_from_right_to_left(self):
        self.env["res.lang"]._activate_lang("he_IL")
        self.company.partner_id.lang = "he_IL"
        self.history(8 * HOUR, quiet=30 * HOUR)
        [mail] = self.watch()
        self.assertIn('dir="rtl"', mail.body_html)


class TestLate(QuietCase):
    def late(self, **values):
        """A message that is read, and does not come on."""
        ipn = self.receive(message())
        ipn._read()
        ipn.write({"next_try": self.now - OVERDUE - HOUR, **values})
        return ipn

    def test_messages_that_nobody_works_are_told_once_until_they_come_on(self):
        ipn = self.late()
        [mail] = self.watch()
        self.assertIn("1", mail.subject)
        self.assertFalse(self.watch(self.now + HOUR))
        self.work()
        self.assertEqual(ipn.state, "done")
        self.assertFalse(self.watch(self.now + 2 * HOUR))
        self.assertFalse(self.company.sudo().paypal_late_told_at)

    def test_messages_that_are_tried_in_vain_for_hours_are_late(self):
        ipn = self.late(next_try=self.now + DAY, attempts=TRIES, reason="no_answer")
        self.assertFalse(self.watch())
        ipn.attempts += 1
        self.assertTrue(self.watch())

    def test_what_is_on_its_way_is_not_late(self):
        self.late(next_try=self.now)
        self.assertFalse(self.watch())
