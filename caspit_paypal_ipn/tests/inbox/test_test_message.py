# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tools.pdf import PdfFileReader

from ..common import MERCHANT_EMAIL, PaypalIpnCase, message

MANAGER = "caspit_paypal_ipn.group_paypal_ipn_manager"
#: What a real message writes to, or what its set-up makes.
TABLES = (
    "paypal_ipn",
    "paypal_ipn_resend",
    "account_move",
    "account_move_line",
    "account_payment",
    "account_partial_reconcile",
    "account_journal",
    "account_account",
    "account_tax",
    "product_product",
    "res_partner",
    "mail_mail",
    "mail_message",
    "mail_activity",
    "mail_followers",
    "ir_attachment",
    "ir_cron_trigger",
    "res_currency_rate",
)


class TestTestMessage(PaypalIpnCase):
    # === HELPERS === #

    def run_test(self, user=None, **values):
        """Run a test message of the company.

        :return: the wizard, with its outcome
        """
        wizards = self.env["paypal.test.message"].with_user(user or self.env.user)
        test = wizards.create({"company_id": self.company.id, **values})
        with self.enter_registry_test_mode():
            test.action_run()
        return test

    def last(self, test, state="done"):
        """The outcome of a test's last message, which went this far."""
        outcome = test.outcome[-1]
        self.assertEqual(outcome["state"], state, outcome["sentence"])
        return outcome

    def books(self):
        """Everything that a message could leave behind."""
        self.env.flush_all()
        counts = {}
        for table in TABLES:
            self.env.cr.execute(f"SELECT count(*), max(id) FROM {table}")
            counts[table] = self.env.cr.fetchone()
        self.env.cr.execute("SELECT id, number_next FROM ir_sequence ORDER BY id")
        counts["sequences"] = self.env.cr.fetchall()
        self.env.cr.execute(
            "SELECT paypal_journal_id, paypal_product_id, paypal_tax_id, "
            "paypal_sale_journal_id, paypal_fee_account_id, write_date "
            "FROM res_company WHERE id = %s",
            [self.company.id],
        )
        counts["company"] = self.env.cr.fetchone()
        return counts

    # === WHAT IS SHOWN === #

    def test_a_sale_shows_the_document_its_vat_and_its_payment(self):
        outcome = self.last(self.run_test())
        document = outcome["document"]
        self.assertIn("INV/", document["title"])
        self.assertEqual(document["customer"], "Dana Levi")
        self.assertEqual(
            (document["untaxed"], document["tax"], document["total"]),
            (100.0, 18.0, 118.0),
        )
        self.assertEqual(
            (document["state"], document["payment_state"]), ("Posted", "Paid")
        )
        [line] = document["lines"]
        self.assertEqual((line["name"], line["total"]), ("Test item", 118.0))
        [payment] = outcome["payments"]
        self.assertEqual((payment["journal"], payment["amount"]), ("PayPal", 118.0))
        self.assertEqual(outcome["fee"], 4.13)
        self.assertEqual(outcome["balance"], 113.87)

    def test_the_mails_are_shown_with_sender_receiver_and_text(self):
        receipt, notice = self.last(self.run_test())["mails"]
        self.assertEqual(receipt["to"], "dana@example.com")
        self.assertIn("shop@example.com", receipt["from"])
        self.assertIn("INV/", receipt["subject"])
        self.assertIn("Test item", receipt["body"])
        self.assertEqual(len(receipt["attachments"]), 1)
        self.assertEqual(notice["to"], "shop@example.com")
        self.assertIn("118.00", notice["subject"])

    def test_the_outcome_is_told_in_words_and_numbers(self):
        test = self.run_test()
        html = test.outcome_html
        for text in ("It works", "INV/", "118.00", "18.00", "dana@example.com"):
            self.assertIn(text, html)

    def test_the_document_is_a_specimen_by_its_name(self):
        test = self.run_test()
        self.assertTrue(test.pdf_name.startswith("SPECIMEN "))
        self.assertTrue(test.pdf_name.endswith(".pdf"))
        self.assertIn(b"Test item", base64.b64decode(test.pdf))

    def test_the_document_is_a_specimen_on_its_face(self):
        test = self.env["paypal.test.message"].create({})
        pdf = self.env["ir.attachment"].create(
            {"name": "INV.pdf", "raw": self._empty_pdf()}
        )
        move = self.env["account.move"].new({"invoice_pdf_report_id": pdf})
        content, name = test._specimen(move)
        self.assertEqual(name, "SPECIMEN INV.pdf")
        self.assertIn("SPECIMEN", self._text(content))

    def test_a_sale_in_a_foreign_currency_changes_the_balance_at_the_rate(self):
        euro = self.setup_other_currency("EUR", rates=[("2020-01-01", 0.25)])
        outcome = self.last(self.run_test(kind="foreign", amount=100.0))
        self.assertEqual(outcome["document"]["currency_id"], euro.id)
        self.assertEqual(outcome["document"]["total"], 100.0)
        self.assertEqual(outcome["fee"], 3.5)
        self.assertEqual(outcome["balance"], 386.0)

    def test_a_currency_without_a_rate_says_so(self):
        currencies = self.env["res.currency"]
        currencies.search([("id", "!=", self.company.currency_id.id)]).active = False
        pound = currencies.with_context(active_test=False).search(
            [("name", "=", "GBP")]
        )
        pound.active = True
        pound.rate_ids.unlink()
        outcome = self.last(self.run_test(kind="foreign"), "attention")
        self.assertEqual(outcome["reason"], "currency")
        self.assertIn("GBP", outcome["sentence"])

    def test_a_customer_abroad_is_charged_by_his_country(self):
        self.company.paypal_vat_policy = "by_country"
        document = self.last(self.run_test(kind="abroad"))["document"]
        self.assertEqual((document["tax"], document["total"]), (0.0, 118.0))

    def test_a_refund_shows_the_sale_and_its_credit_note(self):
        test = self.run_test(kind="refund")
        sale, refund = test.outcome
        self.assertEqual((sale["state"], refund["state"]), ("done", "done"))
        self.assertIn("RINV/", refund["document"]["title"])
        self.assertEqual(refund["document"]["tax"], 18.0)
        self.assertEqual(sale["balance"], -refund["balance"])
        self.assertIn("RINV-", test.pdf_name)

    def test_it_goes_to_the_live_account_as_well_and_by_its_email_alone(self):
        self.company.write({"paypal_environment": "live", "paypal_merchant_id": False})
        self.assertEqual(self.company.paypal_email, MERCHANT_EMAIL)
        self.last(self.run_test())

    def test_the_outcome_speaks_the_readers_language(self):
        self.env["res.lang"]._activate_lang("he_IL")
        self.licence.licensed = False
        english = self.last(self.run_test(), "blocked")["sentence"]
        self.env = self.env(context={"lang": "he_IL"})
        hebrew = self.last(self.run_test(), "blocked")["sentence"]
        self.assertIn("licence", english)
        self.assertIn("רישיון", hebrew)

    # === WHAT STAYS === #

    def test_nothing_stays_of_any_kind(self):
        self.setup_other_currency("EUR", rates=[("2020-01-01", 0.25)])
        before = self.books()
        for kind in ("sale", "foreign", "abroad", "refund"):
            with self.subTest(kind):
                self.last(self.run_test(kind=kind))
                self.assertEqual(self.books(), before)

    def test_what_the_set_up_lacks_is_made_for_the_test_alone(self):
        self.assertFalse(self.company.paypal_journal_id)
        self.last(self.run_test())
        self.assertFalse(self.company.paypal_journal_id)
        self.assertFalse(self.env["account.journal"].search([("name", "=", "PayPal")]))

    def test_the_next_invoice_has_the_number_that_the_test_showed(self):
        now = fields.Datetime.now().strftime("%H:%M:%S %b %d, %Y GMT")
        first = self.assert_done(self.take(message(payment_date=now)))
        shown = self.last(self.run_test())["document"]["title"]
        self.last(self.run_test(kind="refund"))
        again = message(txn_id="1AB23456CD7890003", payment_date=now)
        second = self.assert_done(self.take(again))
        self.assertEqual(second.sequence_number, first.sequence_number + 1)
        self.assertIn(second.name, shown)

    def test_nothing_stays_of_a_message_that_fails(self):
        self.last(self.run_test())
        self.company.paypal_product_id = self.env["product.product"].create(
            {"name": "Old", "active": False}
        )
        before = self.books()
        outcome = self.last(self.run_test(), "attention")
        self.assertEqual(outcome["reason"], "configuration")
        self.assertIn("archived", outcome["sentence"])
        self.assertIsNone(outcome["document"])
        self.assertEqual(self.books(), before)

    def test_paypal_is_not_asked(self):
        self.last(self.run_test())
        self.assertEqual(self.paypal.asked, [])

    # === WHAT IS MISSING === #

    def test_without_a_licence_the_message_would_wait(self):
        self.licence.licensed = False
        before = self.books()
        test = self.run_test()
        outcome = self.last(test, "blocked")
        self.assertIn("licence", outcome["sentence"])
        self.assertFalse(test.pdf)
        self.assertIn("The message would wait", test.outcome_html)
        self.assertEqual(self.books(), before)

    def test_a_company_without_a_paypal_account_is_told_to_enter_one(self):
        self.company.write({"paypal_merchant_id": False, "paypal_email": False})
        with self.assertRaisesRegex(UserError, "Merchant Account ID"):
            self.run_test()

    def test_a_company_without_a_chart_of_accounts_is_told_so(self):
        bare = self.env["res.company"].create(
            {
                "name": "Bare Ltd",
                "paypal_merchant_id": "BARE123",
                "paypal_environment": "sandbox",
            }
        )
        bare.sudo().caspit_licence_ids.licensed = True
        self.env.user.company_ids = [Command.link(bare.id)]
        outcome = self.last(self.run_test(company_id=bare.id), "attention")
        self.assertIn("chart of accounts", outcome["sentence"])

    def test_an_amount_of_nothing_is_refused(self):
        with self.assertRaisesRegex(UserError, "more than nothing"):
            self.run_test(amount=0.0)

    # === WHO MAY === #

    def test_a_manager_may_without_any_right_in_accounting(self):
        user = self._user("manager", MANAGER)
        self.last(self.run_test(user))

    def test_others_may_not(self):
        user = self._user("reader", "caspit_paypal_ipn.group_paypal_ipn_user")
        with self.assertRaises(AccessError):
            self.run_test(user)

    def test_a_manager_of_another_company_may_not(self):
        other = self.env["res.company"].create({"name": "Other Ltd"})
        user = self._user("elsewhere", MANAGER, company=other)
        with self.assertRaises(AccessError):
            self.run_test(user)

    def _user(self, login, group, company=None):
        company = company or self.company
        return new_test_user(
            self.env,
            login,
            groups=group,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @staticmethod
    def _empty_pdf():
        stream = BytesIO()
        canvas = Canvas(stream)
        canvas.showPage()
        canvas.save()
        return stream.getvalue()

    @staticmethod
    def _text(pdf):
        return PdfFileReader(BytesIO(pdf)).getPage(0).extractText()
