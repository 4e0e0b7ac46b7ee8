# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ...models.company.notice import BURST_LIMIT, PROBLEMS_EVERY
from ...models.inbox.paypal_ipn import LINE_STATES
from ..common import PaypalIpnCase, message

ATTENTION = "caspit_paypal_ipn.mail_template_problems"


class NoticeCase(PaypalIpnCase):
    """Mails about the company as a whole, and messages that cause them."""

    def setUp(self):
        super().setUp()
        self.company.partner_id.tz = "Asia/Jerusalem"

    def company_mails(self, company=None):
        """The mails about the company as a whole: problems and summaries."""
        return (
            self.env["mail.mail"]
            .sudo()
            .search(
                [
                    ("model", "=", "res.company"),
                    ("res_id", "=", (company or self.company).id),
                ],
                order="id",
            )
        )

    def orphan(self, number):
        """A refund whose sale never came: it needs attention."""
        return message(
            txn_id=f"9RF{number:014}",
            parent_txn_id=f"9SA{number:014}",
            payment_status="Refunded",
            mc_gross="-10.00",
            mc_fee="-0.40",
        )


class TestNotice(NoticeCase):
    def let_pass(self, span):
        """Let time pass since the last mail about problems."""
        self.company.paypal_problems_told_at -= span

    def work_to_the_end(self):
        """Run the scheduled actions until nothing moves, however slow the machine.

        One run of them ends when its time is up.
        """
        for _run in range(10):
            self.work()
            if not self.inbox.search_count([("state", "in", LINE_STATES)], limit=1):
                break

    # === EACH ORDER === #

    def test_by_default_each_order_is_told(self):
        self.assertEqual(self.company.paypal_notice, "each")
        ipn = self.take(message())
        self.assertTrue(ipn.notice_mail_id)
        self.assertFalse(self.company_mails())

    def test_the_notice_leads_to_the_message_and_to_the_document(self):
        ipn = self.take(message())
        body = ipn.notice_mail_id.body_html
        self.assertIn(f"paypal_ipn_action/{ipn.id}", body)
        self.assertIn(f"/odoo/account.move/{ipn.document_id.id}", body)

    def test_with_another_setting_an_order_makes_no_mail_but_the_receipt(self):
        for number, notice in enumerate(("daily", "problems")):
            with self.subTest(notice):
                self.company.paypal_notice = notice
                ipn = self.take(message(txn_id=f"1AB23456CD789000{number}"))
                self.assert_done(ipn)
                self.assertTrue(ipn.receipt_mail_id)
                self.assertFalse(ipn.notice_mail_id)
        self.assertFalse(self.company_mails())

    def test_the_first_message_of_an_unknown_type_is_told_in_every_setting(self):
        for notice in ("each", "daily", "problems"):
            with self.subTest(notice):
                self.company.paypal_notice = notice
                ipn = self.take(
                    message(
                        txn_type=f"brand_new_{notice}",
                        payment_status=None,
                        txn_id=None,
                    )
                )
                self.assertIn(f"brand_new_{notice}", ipn.notice_mail_id.subject)

    def test_an_unknown_type_is_told_once_and_another_one_again(self):
        no_money = {"payment_status": None, "mc_gross": None}
        first = self.take(message(txn_type="brand_new", txn_id="9NW1", **no_money))
        self.assert_side(first, "ignored", "not_income")
        second = self.take(message(txn_type="brand_new", txn_id="9NW2", **no_money))
        self.assertFalse(second.notice_mail_id)
        other = self.take(message(txn_type="newer_still", txn_id="9NW3", **no_money))
        self.assertIn("newer_still", other.notice_mail_id.subject)

    # === PROBLEMS === #

    def test_a_problem_is_told_at_once_in_every_setting(self):
        for number, notice in enumerate(("each", "daily", "problems")):
            with self.subTest(notice):
                self.company.write(
                    {"paypal_notice": notice, "paypal_problems_told_at": False}
                )
                ipn = self.take(self.orphan(number))
                self.assert_side(ipn, "attention", "original_missing")
                mail = self.company_mails()[-1]
                self.assertEqual(len(self.company_mails()), number + 1)
                self.assertEqual(mail.email_to, "shop@example.com")
                self.assertIn(ipn.parent_txn_id, mail.body_html)
                self.assertIn(f"paypal_ipn_action/{ipn.id}", mail.body_html)
                self.assertTrue(ipn.is_told)

    def test_many_problems_at_once_make_one_mail(self):
        ipns = self.inbox.union(
            *[self.receive(self.orphan(number)) for number in range(60)]
        )
        self.work_to_the_end()
        self.assertEqual(set(ipns.mapped("state")), {"attention"})
        mail = self.company_mails()
        self.assertEqual(len(mail), 1)
        self.assertIn("60", mail.subject)
        self.assertIn("10 more", " ".join(mail.body_html.split()))
        self.assertTrue(all(ipns.mapped("is_told")))

    def test_later_problems_are_collected_for_an_hour(self):
        self.take(self.orphan(1))
        later = self.take(self.orphan(2), self.orphan(3))
        self.assertEqual(len(self.company_mails()), 1)
        self.assertFalse(any(later.mapped("is_told")))
        self.let_pass(PROBLEMS_EVERY)
        self.work()
        mails = self.company_mails()
        self.assertEqual(len(mails), 2)
        for ipn in later:
            self.assertIn(ipn.txn_id, mails[1].body_html)
        self.assertNotIn("9RF00000000000001", mails[1].body_html)

    def test_a_problem_is_told_once_but_again_when_a_retry_fails(self):
        ipn = self.take(self.orphan(1))
        self.let_pass(PROBLEMS_EVERY)
        self.work()
        self.assertEqual(len(self.company_mails()), 1)
        ipn.action_retry()
        self.assertFalse(ipn.is_told)
        self.work()
        self.assertEqual(ipn.state, "attention")
        self.assertEqual(len(self.company_mails()), 2)

    def test_a_burst_is_told_when_it_is_over_and_at_the_latest_after_a_while(self):
        ipn = self.take(self.orphan(1))
        ipn.is_told = False
        self.company.paypal_problems_told_at = False
        self.receive(self.orphan(2))  # more is on its way
        company, now = self.company.sudo(), self.env.cr.now()
        self.assertFalse(company._paypal_may_tell_problems(now, now))
        long_ago = now - BURST_LIMIT
        self.assertTrue(company._paypal_may_tell_problems(now, long_ago))
        self.work()
        mail = self.company_mails()[1:]
        self.assertEqual(len(mail), 1)
        self.assertIn("2", mail.subject)

    def test_nobody_is_told_of_what_was_ignored_or_refused(self):
        self.take(message(payment_status="Pending", pending_reason="echeck"))
        self.receive(message(txn_id="1AB23456CD7890002"), genuine=False)
        self.work()
        states = self.inbox.search([]).mapped("state")
        self.assertEqual(set(states), {"ignored", "refused"})
        self.assertFalse(self.company_mails())

    def test_a_message_for_no_company_is_told_to_nobody(self):
        ipn = self.take(message())
        ipn.write({"state": "attention", "reason": "error", "company_id": False})
        before = self.env["mail.mail"].sudo().search_count([])
        self.work()
        self.assertEqual(self.env["mail.mail"].sudo().search_count([]), before)

    def test_without_an_address_a_problem_stays_to_be_told(self):
        self.company.email = False
        ipn = self.take(self.orphan(1))
        self.assertFalse(self.company_mails())
        self.assertFalse(ipn.is_told)
        self.company.paypal_notify_email = "orders@example.com"
        self.work()
        self.assertEqual(self.company_mails().email_to, "orders@example.com")

    def test_a_template_that_fails_loses_no_problem(self):
        template = self.env.ref(ATTENTION).sudo()
        good = template.body_html
        template.body_html = '<t t-out="1 / (0 if object.paypal_problems() else 1)"/>'
        ipn = self.take(self.orphan(1))
        self.assertFalse(self.company_mails())
        self.assertFalse(ipn.is_told)
        template.body_html = good
        self.let_pass(PROBLEMS_EVERY)
        self.work()
        self.assertEqual(len(self.company_mails()), 1)
        self.assertTrue(ipn.is_told)

    def test_a_merchant_reads_of_problems_in_his_own_language(self):
        self.env["res.lang"]._activate_lang("he_IL")
        self.company.partner_id.lang = "he_IL"
        self.take(self.orphan(1))
        body = self.company_mails().body_html
        self.assertIn('dir="rtl"', body)
        self.assertNotIn("is not in this database", body)
        self.assertRegex(body, "[א-ת]{3}")

    def test_names_are_escaped_in_the_mail_about_problems(self):
        ipn = self.take(self.orphan(1))
        ipn.write(
            {
                "is_told": False,
                "reason": "error",
                "reason_values": {"error": "<script>alert(1)</script>"},
            }
        )
        self.company.paypal_problems_told_at = False
        self.work()
        body = self.company_mails()[-1].body_html
        self.assertIn("alert(1)", body)
        self.assertNotIn("<script", body)

    def test_a_crash_after_the_mail_was_made_loses_no_problem_and_tells_none_twice(
        self,
    ):
        ipn = self.take(self.orphan(1))
        ipn.is_told = False
        self.company.paypal_problems_told_at = False
        told = self.company_mails()
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.assertEqual(self.inbox._work_problems(), 1)
            self.assertEqual(len(self.company_mails() - told), 1)
            raise ZeroDivisionError
        self.assertFalse(ipn.is_told)
        self.assertEqual(self.company_mails(), told)
        self.work()
        self.work()
        self.assertEqual(len(self.company_mails() - told), 1)
