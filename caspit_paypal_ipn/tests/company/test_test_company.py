# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user

from ..common import MERCHANT_EMAIL, MERCHANT_ID, message
from .sandbox_case import MANAGER, TestCompanyCase, refund, sandbox


class TestTheTestCompany(TestCompanyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sudo().write(
            {
                "paypal_vat_policy": "always",
                "paypal_notify_email": "orders@example.com",
                "paypal_quiet_days": 3,
                "street": "1 Market St",
            }
        )
        cls.company.sudo().partner_id.lang = "en_US"
        cls.test = cls.try_out(cls)

    def open_invoice_here(self):
        """An open invoice that a person made in the test company."""
        return (
            self.env["account.move"]
            .sudo()
            .with_company(self.test)
            .create(
                {
                    "move_type": "out_invoice",
                    "company_id": self.test.id,
                    "partner_id": self.env["res.partner"]
                    .sudo()
                    .create(
                        {
                            "name": "Dana Levi",
                            "email": "dana@example.com",
                            "company_id": self.test.id,
                        }
                    )
                    .id,
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "name": "Shirt",
                                "price_unit": 118.0,
                                "tax_ids": [Command.clear()],
                            }
                        )
                    ],
                }
            )
        )

    # === MADE LIKE THE REAL ONE === #

    def test_it_differs_from_the_real_one_by_its_books_alone(self):
        real, test = self.company.sudo(), self.test
        self.assertEqual(test.name, "Blue Shirts Ltd (TEST)")
        for field in (
            "chart_template",
            "country_id",
            "currency_id",
            "email",
            "street",
            "logo",
            "paypal_vat_policy",
            "paypal_document_type",
            "paypal_notice",
            "paypal_notify_email",
            "paypal_quiet_days",
            "paypal_licence_status",
        ):
            with self.subTest(field):
                self.assertEqual(test[field], real[field])
        self.assertEqual(test.partner_id.lang, real.partner_id.lang)
        self.assertEqual(test.paypal_environment, "sandbox")
        self.assertEqual(test.paypal_real_company_id, real)
        for field in ("paypal_journal_id", "paypal_product_id", "paypal_tax_id"):
            with self.subTest(field):
                self.assertEqual(test[field].company_id, test)
        self.assertNotEqual(test.paypal_fee_account_id, real.paypal_fee_account_id)

    def test_it_has_an_account_of_its_own_at_paypal(self):
        other = self.env["res.company"].sudo().create({"name": "Red Hats Ltd"})
        other.paypal_merchant_id = "HATS"
        other.chart_template = self.company.chart_template
        values = other._paypal_test_values()
        self.assertFalse({"paypal_merchant_id", "paypal_email"} & set(values))

    def test_every_manager_of_the_real_one_is_in_it_and_nobody_else(self):
        clerk = new_test_user(
            self.env, "clerk", groups="base.group_user", company_id=self.company.id
        )
        self.assertIn(self.test, self.manager.company_ids)
        self.assertNotIn(self.test, clerk.company_ids)
        self.assertEqual(self.manager.company_id, self.company)

    def test_pressing_again_opens_the_one_that_is_there(self):
        self.assertEqual(self.try_out(), self.test)
        late = new_test_user(
            self.env, "late", groups=MANAGER, company_id=self.company.id
        )
        self.assertEqual(self.try_out(late), self.test)
        self.assertIn(self.test, late.company_ids)

    def test_a_test_company_has_none_of_its_own(self):
        with self.assertRaisesRegex(UserError, "test company already"):
            self.test.action_paypal_try_sandbox()

    def test_only_who_manages_paypal_in_the_company_makes_one(self):
        other = self.env["res.company"].sudo().create({"name": "Red Hats Ltd"})
        here = {"company_id": self.company.id}
        reader = "base.group_erp_manager,caspit_paypal_ipn.group_paypal_ipn_user"
        for user in (
            new_test_user(self.env, "reader", groups=reader, **here),
            new_test_user(self.env, "employee", groups="base.group_user", **here),
            new_test_user(
                self.env,
                "stranger",
                groups=f"{MANAGER},base.group_erp_manager",
                company_id=other.id,
                company_ids=other.ids,
            ),
        ):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.company.with_user(user).action_paypal_try_sandbox()

    def test_a_foreign_payment_finds_the_real_companys_rate(self):
        self.remove(self.test)
        self.setup_other_currency("USD", rates=[("2025-01-01", 0.30)])
        test = self.try_out()
        self.assert_done(self.sale(mc_currency="USD"))
        rates = self.env["res.currency.rate"].sudo()
        self.assertTrue(rates.search([("company_id", "=", test.id)]))

    # === MARKED === #

    def test_documents_have_a_numbering_and_an_account_of_their_own(self):
        document = self.assert_done(self.sale())
        self.assertRegex(document.name, r"^TEST/\d{4}/00001$")
        self.assertTrue(document.paypal_is_sandbox)
        self.assertTrue(document.partner_id.paypal_is_sandbox)
        self.assertEqual(document.company_id, self.test)
        self.assertEqual(self.paypal_balance(), 0.00)
        [payment] = document._paypal_payments()
        self.assertTrue(payment.paypal_is_sandbox)
        self.assertEqual(payment.journal_id, self.test.paypal_journal_id)
        note = self.take(refund()).document_id
        self.assertRegex(note.name, r"^RTEST/\d{4}/00001$")

    def test_what_a_person_makes_in_it_says_test_as_well(self):
        invoice = self.open_invoice_here()
        invoice.action_post()
        self.assertRegex(invoice.name, r"^TEST/")
        self.assertTrue(invoice.paypal_is_sandbox)

    def test_mails_say_test_in_their_subject(self):
        ipn = self.sale(address_country_code="US", residence_country="US")
        for mail in (ipn.receipt_mail_id, ipn.notice_mail_id):
            self.assertTrue(mail.subject.startswith("TEST: "), mail.subject)

    def test_mails_about_the_company_say_test_as_well(self):
        mails = self.env["mail.mail"].sudo()
        before = mails.search([])
        self.test._paypal_mail("mail_template_problems", paypal_problem_ids=[])
        self.company.sudo()._paypal_mail(
            "mail_template_problems", paypal_problem_ids=[]
        )
        ours, theirs = (mails.search([]) - before).sorted("id").mapped("subject")
        self.assertTrue(ours.startswith("TEST: "), ours)
        self.assertNotIn("TEST", theirs)

    def test_a_hebrew_buyer_reads_it_in_hebrew(self):
        self.test.paypal_customer_lang = "he_IL"
        subject = self.sale().receipt_mail_id.subject
        self.assertTrue(subject.startswith("ניסיון: "), subject)

    def test_the_page_and_the_mail_say_test(self):
        ipn = self.sale(address_country_code="US", residence_country="US")
        report = "caspit_paypal_ipn.report_receipt"
        html, _type = (
            self.env["ir.actions.report"]
            .sudo()
            .with_context(allowed_company_ids=self.test.ids)
            ._render_qweb_html(report, ipn.document_id.ids)
        )
        for text in (html.decode(), ipn.receipt_mail_id.body_html):
            self.assertIn(
                "TEST: made from PayPal's sandbox", text.replace("&#39;", "'")
            )

    def test_nothing_says_test_when_money_moved(self):
        ipn = self.take(message())
        self.assertFalse(self.assert_done(ipn).paypal_is_sandbox)
        self.assertNotIn("TEST", ipn.receipt_mail_id.subject)
        self.assertNotIn("TEST", ipn.receipt_mail_id.body_html)

    # === NOBODY ELSE GETS MAIL === #

    def test_the_receipt_goes_to_the_merchant(self):
        mail = self.sale().receipt_mail_id
        self.assertEqual(mail.email_to, "orders@example.com")
        self.assertFalse(mail.recipient_ids)
        self.assertTrue(mail.attachment_ids)

    def test_a_setting_lets_the_receipt_out_to_the_buyer(self):
        self.test.paypal_sandbox_to_buyer = True
        ipn = self.sale()
        self.assertEqual(ipn.receipt_mail_id.recipient_ids, ipn.partner_id)
        self.assertFalse(ipn.receipt_mail_id.email_to)

    # === NOTHING REAL IS TOUCHED === #

    def test_sandbox_money_pays_no_real_invoice(self):
        invoice = self.open_invoice()
        document = self.assert_done(self.sale(invoice=invoice.name))
        self.assertNotEqual(document, invoice)
        self.assertEqual(invoice.payment_state, "not_paid")

    def test_an_invoice_in_the_test_company_can_be_paid(self):
        invoice = self.open_invoice_here()
        invoice.action_post()
        self.assertEqual(self.assert_done(self.sale(invoice=invoice.name)), invoice)

    def test_real_money_pays_no_invoice_of_the_test_company(self):
        invoice = self.open_invoice_here()
        invoice.action_post()
        live = self.take(message(invoice=invoice.name))
        self.assertNotEqual(self.assert_done(live), invoice)
        self.assertEqual(invoice.payment_state, "not_paid")

    def test_a_sandbox_refund_finds_no_real_sale(self):
        sale = self.take(message())
        self.assert_side(self.take(refund()), "attention", "original_missing")
        self.assertEqual(sale.credited, 0.0)

    def test_a_real_customer_is_not_changed_by_an_invented_one(self):
        real = self.env["res.partner"].create(
            {"name": "Dana Levi", "email": "dana@example.com"}
        )
        invented = self.sale().partner_id
        self.assertNotEqual(invented, real)
        self.assertEqual(invented.company_id, self.test)
        self.assertFalse(real.paypal_payer_id or real.street)
        live = self.take(message(txn_id="LIVE0000000000001"))
        self.assertEqual(live.partner_id, real)

    def test_messages_of_both_worlds_in_one_batch_keep_apart(self):
        tried, real = self.take(sandbox(), message())
        self.assertEqual(tried.company_id, self.test)
        self.assertEqual(real.company_id, self.company)
        self.assertTrue(self.assert_done(tried).paypal_is_sandbox)
        self.assertFalse(self.assert_done(real).paypal_is_sandbox)

    def test_one_account_in_both_worlds_is_told_apart_by_test_ipn(self):
        self.test.write(
            {"paypal_merchant_id": MERCHANT_ID, "paypal_email": MERCHANT_EMAIL}
        )
        tried, real = self.take(message(test_ipn="1"), message())
        self.assertEqual((tried.company_id, real.company_id), (self.test, self.company))

    def test_a_live_message_books_nothing_in_the_test_company(self):
        ipn = self.take(sandbox(test_ipn=None))
        self.assert_side(ipn, "refused", "wrong_environment")

    # === ONE WORLD FOR GOOD === #

    def test_a_company_with_real_documents_does_not_become_a_test(self):
        self.take(message())
        with self.assertRaisesRegex(ValidationError, "Try PayPal's sandbox"):
            self.company.sudo().paypal_environment = "sandbox"

    def test_nor_does_one_whose_invoices_a_person_made(self):
        self.open_invoice()
        with self.assertRaisesRegex(ValidationError, "Try PayPal's sandbox"):
            self.company.sudo().paypal_environment = "sandbox"

    def test_a_test_company_takes_no_real_payments_ever(self):
        with self.assertRaisesRegex(ValidationError, "Remove the test company"):
            self.test.paypal_environment = "live"

    def test_what_stood_aside_in_the_other_world_is_not_booked_by_a_retry(self):
        ipn = self.receive(message(test_ipn="1", receiver_id=MERCHANT_ID))
        ipn._read()
        ipn.company_id = self.company  # from before it had a test company
        ipn._move_to("verified")
        self.work()
        self.assert_side(ipn, "attention", "wrong_environment")
