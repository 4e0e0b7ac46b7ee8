# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import importlib.util
from datetime import date
from pathlib import Path

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user

from ..common import MERCHANT_EMAIL, MERCHANT_ID, PaypalIpnCase, message

MIGRATIONS = Path(__file__).parents[2] / "migrations"
SANDBOX_ID = "SANDBOXSELLER"
SANDBOX_EMAIL = "sandbox-seller@example.com"
#: The day of the payment in ``common.SALE``, and so of its document.
PAID = date(2025, 1, 15)
MANAGER = "caspit_paypal_ipn.group_paypal_ipn_manager"
#: What a test company and a try in it could leave behind.
TRACED = (
    "res.company",
    "account.move",
    "account.move.line",
    "account.payment",
    "account.payment.method.line",
    "account.journal",
    "account.account",
    "account.tax",
    "account.tax.group",
    "account.tax.repartition.line",
    "account.fiscal.position",
    "account.reconcile.model",
    "account.partial.reconcile",
    "product.template",
    "product.product",
    "res.partner",
    "res.currency.rate",
    "ir.sequence",
    "ir.default",
    "ir.model.data",
    "mail.mail",
    "mail.message",
    "mail.activity",
    "ir.attachment",
    "caspit.licence",
    "paypal.ipn",
)


def sandbox(**changes):
    """The body of a sale of PayPal's sandbox, to the test company's account."""
    account = {
        "receiver_id": SANDBOX_ID,
        "receiver_email": SANDBOX_EMAIL,
        "business": SANDBOX_EMAIL,
    }
    return message(**{"test_ipn": "1", **account, **changes})


def refund(body=sandbox, **changes):
    """The first sale goes back whole."""
    values = {
        "txn_id": "2RF23456CD789012E",
        "parent_txn_id": "1AB23456CD789012E",
        "payment_status": "Refunded",
        "mc_gross": "-118.00",
        "mc_fee": "-4.20",
    }
    return body(**{**values, **changes})


class TestCompanyCase(PaypalIpnCase):
    """A real company that works, and a manager without rights to the books."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.action_paypal_setup()
        cls.manager = new_test_user(
            cls.env, "manager", groups=MANAGER, company_id=cls.company.id
        )

    def try_out(self, user=None):
        """Press the button.

        :return: the test company
        """
        user = user or self.manager
        self.company.with_user(user).action_paypal_try_sandbox()
        self.company.invalidate_recordset(["paypal_test_company_id"])
        test = self.company.sudo().paypal_test_company_id
        test.write({"paypal_merchant_id": SANDBOX_ID, "paypal_email": SANDBOX_EMAIL})
        return test

    def remove(self, company, user=None):
        """Press the button of a test company.

        :return: the action that follows
        """
        return (
            company.with_user(user or self.manager)
            .with_context(allowed_company_ids=company.ids)
            .action_paypal_remove_test_company()
        )

    def count_all(self):
        """How many records there are of everything that a try can make."""
        self.env.flush_all()
        return {
            model: self.env[model]
            .sudo()
            .with_context(active_test=False)
            .search_count([])
            for model in TRACED
        }

    def sale(self, **changes):
        return self.take(sandbox(**changes))


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


class TestNothingRealChanges(TestCompanyCase):
    def books(self):
        """Everything of the real company that an accountant, or a customer, sees."""
        self.env.flush_all()
        self.env.invalidate_all()
        mine = [("company_id", "=", self.company.id)]
        lines = self.env["account.move.line"].sudo()
        return {
            "items": lines.search(mine, order="id").mapped(
                lambda line: (
                    line.move_id.name,
                    line.account_id.with_company(self.company).code,
                    line.balance,
                    line.amount_currency,
                    line.reconciled,
                    tuple(line.tax_tag_ids.mapped("name")),
                )
            ),
            "returns": lines._read_group(
                mine, ["tax_tag_ids", "tax_line_id"], ["balance:sum", "__count"]
            ),
            "numbers": self.next_numbers(),
            "partners": self.env["res.partner"]
            .sudo()
            .search_read(
                [("company_id", "in", (False, self.company.id))],
                ["name", "email", "street", "paypal_payer_id", "customer_rank", "lang"],
                order="id",
            ),
            "products": self.env["product.template"]
            .sudo()
            .search([("company_id", "in", (False, self.company.id))])
            .mapped(
                lambda product: (
                    product.id,
                    product.list_price,
                    product.taxes_id.filtered(
                        lambda tax: tax.company_id == self.company
                    ).ids,
                )
            ),
            "company": self.company.sudo().read(
                [name for name in self.company._fields if name in self.settings()]
            ),
            "my_caspit": self.env["caspit.dashboard"]
            .with_user(self.manager)
            .with_context(allowed_company_ids=self.company.ids)
            .with_company(self.company)
            .read_dashboard("year"),
            "messages": self.inbox.search_read(
                mine, ["state", "credited", "document_id", "partner_id"], order="id"
            ),
        }

    def settings(self):
        return {
            name
            for name, field in self.company._fields.items()
            if name.startswith(("paypal_", "account_")) and field.store
        }

    def next_numbers(self):
        """The number that each journal would give next, for each sort of document."""
        types = {
            "sale": ("out_invoice", "out_refund"),
            "purchase": ("in_invoice", "in_refund"),
        }
        journals = self.env["account.journal"].search(
            [("company_id", "=", self.company.id)], order="id"
        )
        moves = self.env["account.move"]
        numbers = {}
        with self.env.cr.savepoint() as savepoint:
            for journal in journals:
                for move_type in types.get(journal.type, ("entry",)):
                    move = moves.create(
                        {
                            "move_type": move_type,
                            "journal_id": journal.id,
                            "date": PAID,
                            "invoice_date": PAID,
                        }
                    )
                    move._set_next_sequence()
                    numbers[journal.code, move_type] = move.name
            savepoint.rollback()
        return numbers

    def test_making_using_and_removing_it_leaves_the_real_company_as_it_was(self):
        self.take(
            message(),
            message(txn_id="LIVE0000000000002", mc_gross="236.00"),
            refund(
                message,
                txn_id="LIVE0000000000003",
                parent_txn_id="LIVE0000000000002",
                mc_gross="-50.00",
                mc_fee="0.00",
            ),
        )
        self.open_invoice()
        before = self.books()
        self.assertEqual(before["my_caspit"]["counts"]["done"], 3)
        self.assertIn("INV", str(before["numbers"]))
        self.assertTrue(any(tags for *_rest, tags in before["items"]))

        test = self.try_out()
        self.assert_same(before)
        sale, back = self.take(sandbox(), refund())
        self.assert_done(sale)
        self.assert_done(back)
        lost = self.sale(txn_id="4LO23456CD789012E")
        self.take(
            sandbox(
                txn_id="5RV23456CD789012E",
                parent_txn_id="4LO23456CD789012E",
                payment_status="Reversed",
                reason_code="chargeback",
                mc_gross="-118.00",
                mc_fee="0.00",
            )
        )
        self.assertTrue(lost.follower_ids)
        self.take(
            sandbox(
                txn_type="new_case",
                txn_id="4LO23456CD789012E",
                case_id="PP-D-1",
                payment_status=None,
            )
        )
        self.assert_same(before)
        self.remove(test)
        self.assertFalse(test.exists())
        self.assert_same(before)
        after = self.assert_done(self.take(message(txn_id="LIVE0000000000009")))
        self.assertEqual(after.name, before["numbers"]["INV", "out_invoice"])

    def assert_same(self, before):
        """Part by part, so that a failure says where it is."""
        for part, found in self.books().items():
            with self.subTest(part):
                self.assertEqual(found, before[part])


class TestItGoesAgain(TestCompanyCase):
    def try_everything(self):
        """Book one of each thing, in two currencies."""
        self.sale()
        self.take(refund())
        dollars = self.sale(
            txn_id="3US23456CD789012E", mc_currency="USD", payer_id="BUYER2"
        )
        self.sale(txn_id="4PE23456CD789012E", payment_status="Pending")
        self.take(
            sandbox(
                txn_id="5RV23456CD789012E",
                parent_txn_id="3US23456CD789012E",
                payment_status="Reversed",
                mc_currency="USD",
                mc_gross="-118.00",
                mc_fee="0.00",
            )
        )
        self.receive(sandbox(txn_id="6NE23456CD789012E"))
        self.work()
        self.take(sandbox(txn_id="7LI23456CD789012E", test_ipn=None))
        return dollars

    def test_one_button_removes_it_with_all_that_it_made(self):
        rates = [("2020-01-01", 0.25), ("2026-01-01", 0.30)]
        self.setup_other_currency("USD", rates=rates)
        before = self.count_all()
        test = self.try_out()
        self.assert_done(self.try_everything())
        self.assertNotEqual(self.count_all(), before)
        follows = self.remove(test)
        self.assertFalse(test.exists(), follows)
        self.assertEqual(self.count_all(), before)
        self.assertEqual(self.manager.company_ids, self.company)
        self.assertIn(f"/{self.company.id}", follows["url"])

    def test_also_once_its_period_is_locked_and_its_entries_are_hashed(self):
        before = self.count_all()
        test = self.try_out()
        document = self.assert_done(self.sale())
        document.sudo().journal_id.restrict_mode_hash_table = True
        document.sudo().button_hash()
        self.assertTrue(document.inalterable_hash)
        test.write(
            {
                "hard_lock_date": date.today(),
                "tax_lock_date": date.today(),
                "restrictive_audit_trail": True,
            }
        )
        with self.assertRaises(UserError):
            document.sudo().button_draft()
        follows = self.remove(test)
        self.assertFalse(test.exists(), follows)
        self.assertEqual(self.count_all(), before)

    def test_after_the_removal_one_can_try_again(self):
        first = self.try_out()
        self.assert_done(self.sale())
        self.remove(first)
        second = self.try_out()
        self.assertEqual(second.name, "Blue Shirts Ltd (TEST)")
        self.assertRegex(self.assert_done(self.sale()).name, r"^TEST/\d{4}/00001$")

    def test_whose_own_company_it_became_is_back_in_the_real_one(self):
        test = self.try_out()
        self.manager.company_id = test
        self.remove(test)
        self.assertEqual(self.manager.company_id, self.company)

    def test_what_cannot_go_is_told_and_all_of_it_stays_archived(self):
        test = self.try_out()
        document = self.assert_done(self.sale())
        branch = (
            self.env["res.company"]
            .sudo()
            .create({"name": "Branch of the Test", "parent_id": test.id})
        )
        told = self.remove(test)
        self.assertIn("something refers to it", told["params"]["message"])
        self.assertFalse(test.active)
        self.assertEqual((document.state, document.payment_state), ("posted", "paid"))
        self.assertEqual(self.manager.company_ids, self.company)
        branch.unlink()
        self.remove(test)
        self.assertFalse(test.exists())

    def test_an_archived_one_makes_room_for_another(self):
        test = self.try_out()
        self.env["res.company"].sudo().create(
            {"name": "Branch of the Test", "parent_id": test.id}
        )
        self.remove(test)
        again = self.try_out()
        self.assertNotEqual(again, test)
        self.assertEqual(again.name, "Blue Shirts Ltd (TEST 2)")

    def test_a_user_who_works_in_it_alone_is_named_and_nothing_happens(self):
        test = self.try_out()
        new_test_user(
            self.env,
            "alone",
            groups="base.group_user",
            name="Noa Alone",
            company_id=test.id,
            company_ids=test.ids,
        )
        with self.assertRaisesRegex(UserError, "Noa Alone"):
            self.remove(test)
        self.assertTrue(test.active)

    def test_only_a_manager_who_is_in_it_removes_it(self):
        test = self.try_out()
        document = self.assert_done(self.sale())
        reader = "base.group_erp_manager,caspit_paypal_ipn.group_paypal_ipn_user"
        both = self.company | test
        for user in (
            new_test_user(
                self.env,
                "reader",
                groups=reader,
                company_id=self.company.id,
                company_ids=both.ids,
            ),
            new_test_user(
                self.env,
                "outside",
                groups=f"{MANAGER},base.group_erp_manager",
                company_id=self.company.id,
            ),
        ):
            with self.subTest(user.login), self.assertRaises(AccessError):
                test.with_user(user).action_paypal_remove_test_company()
        self.assertTrue(document.exists())

    def test_nobody_makes_a_company_removable_by_hand(self):
        other = self.env["res.company"].sudo().create({"name": "Red Hats Ltd"})
        admin = new_test_user(
            self.env,
            "admin2",
            groups=f"{MANAGER},base.group_system",
            company_id=self.company.id,
        )
        for user in (self.manager, admin):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.company.with_user(user).paypal_real_company_id = other

    def test_a_company_that_is_no_test_is_never_removed(self):
        with self.assertRaisesRegex(UserError, "no test company"):
            self.remove(self.company)
        self.company.sudo().paypal_environment = "sandbox"
        with self.assertRaisesRegex(UserError, "no test company"):
            self.remove(self.company)
        self.assertTrue(self.company.exists())


class TestTriedInTheCompanyItself(TestCompanyCase):
    """A company that is set to the sandbox by other means, as by an older release."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sudo().paypal_environment = "sandbox"

    def sale(self, **changes):
        return self.take(message(test_ipn="1", **changes))

    def remove(self):
        self.company.with_user(self.manager).action_paypal_remove_sandbox()

    def test_it_is_a_test_company_until_it_goes_live(self):
        self.assertRegex(self.assert_done(self.sale()).name, r"^TEST/\d{4}/00001$")
        with self.assertRaisesRegex(ValidationError, "Remove them"):
            self.company.with_user(self.manager).action_paypal_go_live()
        self.remove()
        self.company.with_user(self.manager).action_paypal_go_live()
        live = self.assert_done(self.take(message()))
        self.assertRegex(live.name, r"^INV/")
        self.assertFalse(live.paypal_is_sandbox)

    def test_one_action_removes_everything_the_sandbox_made(self):
        self.company.action_paypal_setup()
        # Then the document has another rate than its payment.
        self.company.paypal_document_day = "issue"
        before = self.count_all()
        rates = [("2020-01-01", 0.25), ("2026-01-01", 0.30)]
        self.setup_other_currency("USD", rates=rates)
        rates = {"res.currency.rate": before["res.currency.rate"] + 2}
        self.sale()
        self.take(refund(message, test_ipn="1"))
        dollars = self.sale(
            txn_id="3US23456CD789012E", mc_currency="USD", payer_id="BUYER2"
        )
        self.assertTrue(
            dollars.document_id.line_ids.matched_credit_ids.exchange_move_id
        )
        self.receive(message(test_ipn="1", txn_id="6NE23456CD789012E"))
        self.work()
        self.assertNotEqual(self.count_all(), before)
        self.remove()
        self.assertEqual(self.count_all(), {**before, **rates})
        self.company.invalidate_recordset(["paypal_sandbox_count"])
        self.assertEqual(self.company.paypal_sandbox_count, 0)

    def test_an_invoice_that_a_person_made_is_left_and_open_again(self):
        invoice = self.open_invoice()
        self.assertEqual(self.assert_done(self.sale(invoice=invoice.name)), invoice)
        self.remove()
        self.assertEqual((invoice.state, invoice.payment_state), ("posted", "not_paid"))

    def test_an_invented_customer_whom_somebody_uses_stays(self):
        customer = self.sale().partner_id
        self.init_invoice("out_invoice", partner=customer, amounts=[10.0], post=True)
        self.remove()
        self.assertTrue(customer.exists())

    def test_the_count_says_how_much_would_go(self):
        self.assertEqual(self.company.paypal_sandbox_count, 0)
        self.sale()
        self.take(refund(message, test_ipn="1"))
        self.company.invalidate_recordset(["paypal_sandbox_count"])
        self.assertEqual(self.company.paypal_sandbox_count, 2)

    def test_only_a_manager_removes(self):
        ipn = self.sale()
        user = new_test_user(
            self.env,
            "viewer",
            groups="base.group_erp_manager,caspit_paypal_ipn.group_paypal_ipn_user",
            company_id=self.company.id,
        )
        with self.assertRaises(AccessError):
            self.company.with_user(user).action_paypal_remove_sandbox()
        self.remove()
        self.assertFalse(ipn.exists())

    def test_a_locked_period_is_not_opened_by_a_removal(self):
        ipn = self.sale()
        self.company.sudo().hard_lock_date = date.today()
        with self.assertRaises(UserError):
            self.remove()
        self.assertTrue(ipn.exists())


class TestFromAnOlderRelease(TestCompanyCase):
    """There the sandbox had journals of its own among a company's real ones."""

    def be_of_before(self, environment):
        """Leave the database as the older release would have.

        :return: the sandbox's two journals
        """
        self.company.sudo().paypal_environment = "sandbox"
        self.ipn_of_before = self.take(message(test_ipn="1"))
        company = self.company.sudo()
        journals = company.paypal_journal_id, company.paypal_sale_journal_id
        self.ipn_of_before.partner_id.company_id = False
        journals[0].code = "PPTST"
        self.env.flush_all()
        self.env.cr.execute(
            """ALTER TABLE res_company
                 ADD COLUMN paypal_sandbox_journal_id integer,
                 ADD COLUMN paypal_sandbox_sale_journal_id integer;
               UPDATE res_company
                  SET paypal_environment = %s, paypal_sandbox_journal_id = %s,
                      paypal_sandbox_sale_journal_id = %s, paypal_journal_id = NULL,
                      paypal_sale_journal_id = NULL
                WHERE id = %s;
               UPDATE res_partner SET paypal_is_sandbox = true WHERE id = %s""",
            [
                environment,
                *(journal.id for journal in journals),
                company.id,
                self.ipn_of_before.partner_id.id,
            ],
        )
        self.env.invalidate_all()
        return journals

    def upgrade(self):
        """Run the script as Odoo does."""
        path = MIGRATIONS / "19.0.1.2.0" / "post-sandbox.py"
        spec = importlib.util.spec_from_file_location("post_sandbox", path)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()

    def test_a_company_that_was_trying_goes_on_where_it_was(self):
        bank, documents = self.be_of_before("sandbox")
        before = self.count_all()
        self.upgrade()
        self.assertEqual(self.count_all(), before)
        ipn = self.take(message(test_ipn="1", txn_id="2SA23456CD789012E"))
        self.assertRegex(self.assert_done(ipn).name, r"^TEST/\d{4}/00002$")
        self.assertEqual(ipn.document_id.journal_id, documents)
        self.assertEqual(ipn.payment_ids.journal_id, bank)
        self.assertEqual(ipn.partner_id, self.ipn_of_before.partner_id)
        self.assertEqual(ipn.partner_id.company_id, self.company)

    def test_what_a_live_company_tried_stays_and_stays_marked(self):
        self.be_of_before("live")
        before = self.count_all()
        self.upgrade()
        self.assertEqual(self.count_all(), before)
        document = self.assert_done(self.ipn_of_before)
        self.assertTrue(document.paypal_is_sandbox)
        live = self.assert_done(self.take(message(txn_id="LIVE0000000000001")))
        tried = self.env["account.move"].search([("paypal_is_sandbox", "=", True)])
        self.assertEqual(
            tried, self.ipn_of_before.move_ids | self.ipn_of_before.payment_ids.move_id
        )
        real = self.env["account.move"].search([("paypal_is_sandbox", "=", False)])
        self.assertIn(live, real)
        self.assertFalse(tried & real)
        self.assertRegex(live.name, "^INV/")
        self.assertFalse(live.paypal_is_sandbox)
        self.company.with_user(self.manager).action_paypal_remove_sandbox()
        self.assertFalse(document.exists())
        self.assertTrue(live.exists())
