# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import contextlib
import os
import tempfile
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from lxml import etree

from odoo import fields
from odoo.addons.base.models.ir_actions_report import _wkhtml
from odoo.exceptions import AccessError

from ..common import message
from .setup_check import SetupCheckCase


class TestSetupCheck(SetupCheckCase):
    # === THE LICENCE === #

    def test_a_licence_without_an_end_is_in_order(self):
        self.assert_level("licence", "ok", "without an end")

    def test_a_missing_licence_is_named(self):
        self.licence.licensed = False
        self.assert_level("licence", "error", "no licence")

    def test_an_expired_licence_is_named_with_its_last_day(self):
        self.licence.date_end = fields.Date.today() - timedelta(days=2)
        self.assert_level("licence", "error", "ended on")

    def test_a_licence_that_ends_within_thirty_days_is_a_warning(self):
        self.licence.date_end = fields.Date.today() + timedelta(days=29)
        self.assert_level("licence", "warn", "ends in 29 days")
        self.licence.date_end = fields.Date.today() + timedelta(days=30)
        self.assert_level("licence", "ok", "until")

    # === THE FIELDS === #

    def test_the_account_wants_merchant_id_and_email(self):
        self.assert_level("account", "ok")
        self.company.paypal_email = False
        self.assert_level("account", "warn", "PayPal e-mail")
        self.company.write(
            {"paypal_email": "a@example.com", "paypal_merchant_id": False}
        )
        self.assert_level("account", "warn", "Merchant Account ID")
        self.company.paypal_email = False
        self.assert_level("account", "error", "Merchant Account ID")

    def test_the_sandbox_is_a_warning(self):
        self.assert_level("environment", "ok", "Live")
        self.company.paypal_environment = "sandbox"
        self.assert_level("environment", "warn", "Sandbox")

    # === THE BOOKS === #

    def test_the_books_are_a_warning_until_they_are_set_up(self):
        self.assert_level("books", "warn", "PayPal Journal", "PayPal Fees")
        self.company.action_paypal_setup()
        self.assert_level("books", "ok")

    def test_a_company_that_charges_no_vat_lacks_no_tax(self):
        self.company.action_paypal_setup()
        self.company.paypal_tax_id = False
        self.assert_level("books", "warn", "VAT in PayPal Prices")
        self.company.paypal_vat_policy = "never"
        self.assert_level("books", "ok")

    def test_an_archived_part_of_the_books_is_named(self):
        self.company.action_paypal_setup()
        self.company.paypal_product_id.active = False
        self.assert_level("books", "error", "PayPal Product", "archived")

    def test_a_missing_chart_of_accounts_is_named_with_a_way_there(self):
        finding = self.found("books", self.bare_company())
        self.assertEqual(finding["level"], "error")
        self.assertIn("chart of accounts", finding["sentence"])

    def test_a_journal_that_makes_no_entries_is_named(self):
        self.assertIsNone(self.found("journal"))
        self.company.action_paypal_setup()
        self.assert_level("journal", "ok", "PayPal")
        journal = self.company.paypal_journal_id
        journal.outbound_payment_method_line_ids.payment_account_id = False
        self.assert_level("journal", "error", "payment methods")

    def test_a_journal_with_a_currency_of_its_own_is_a_warning(self):
        self.company.action_paypal_setup()
        journal = self.company.paypal_journal_id
        journal.currency_id = self.setup_other_currency("EUR")
        self.assert_level("journal", "warn", "EUR")

    def test_statements_beside_payments_on_one_account_are_a_warning(self):
        self.company.action_paypal_setup()
        journal = self.company.paypal_journal_id
        self.env["account.bank.statement.line"].create(
            {"journal_id": journal.id, "payment_ref": "1AB", "amount": 118.0}
        )
        self.assert_level("journal", "warn", "counts twice")
        methods = journal.inbound_payment_method_line_ids
        methods |= journal.outbound_payment_method_line_ids
        methods.payment_account_id = self.company.transfer_account_id
        self.assert_level("journal", "ok", "PayPal")

    def test_a_currency_without_a_rate_is_a_warning(self):
        currencies = self.env["res.currency"].with_context(active_test=False)
        pound = currencies.search([("name", "=", "GBP")])
        pound.active = True
        pound.rate_ids.unlink()
        self.assert_level("currencies", "warn", "GBP")
        pound.active = False
        euro = self.setup_other_currency("EUR", rates=[("2020-01-01", 0.25)])
        others = currencies.search(
            [("id", "not in", (euro | self.company.currency_id).ids)]
        )
        others.active = False
        self.assert_level("currencies", "ok", "ILS", "EUR")

    # === E-MAIL AND PDF === #

    def test_the_sender_is_the_companys_email(self):
        self.assert_level("sender", "ok", "shop@example.com")
        self.company.write({"email": False, "paypal_notify_email": "o@example.com"})
        self.assert_level("sender", "warn", "no e-mail")
        self.company.paypal_notify_email = False
        self.assert_level("sender", "error", "notices")

    def test_mails_leave_through_a_mail_server_or_the_configured_one(self):
        self.env["ir.mail_server"].search([]).active = False
        self.configure("smtp_server", "localhost")
        self.assert_level("mail_server", "warn", "No outgoing mail server")
        self.configure("smtp_server", "mail.example.com")
        self.assert_level("mail_server", "ok", "mail.example.com")
        self.env["ir.mail_server"].create({"name": "Post", "smtp_host": "x.example"})
        self.assert_level("mail_server", "ok", "Post")

    def test_the_program_that_prints_has_to_be_there_and_to_work(self):
        self.assert_level("pdf", "ok")
        for script, level, word in (
            (None, "error", "not installed"),
            ("echo wkhtmltopdf 0.11.0", "warn", "too old"),
            ("exit 1", "error", "does not start"),
        ):
            with self.subTest(word), self._printing_with(script):
                self.assert_level("pdf", level, word)

    @contextlib.contextmanager
    def _printing_with(self, script):
        """Put another wkhtmltopdf into the place of the real one.

        :param str script: what it does, or None for none at all
        """
        with tempfile.TemporaryDirectory() as folder:
            if script:
                program = Path(folder, "wkhtmltopdf")
                program.write_text(f"#!/bin/sh\n{script}\n")
                program.chmod(0o755)
            try:
                with patch.dict(os.environ, PATH=folder):
                    _wkhtml.cache_clear()
                    yield
            finally:
                _wkhtml.cache_clear()

    # === THE SCREEN === #

    def test_the_screen_shows_the_steps_in_order_each_with_its_worst_level(self):
        self.licence.licensed = False
        steps = self.company._paypal_check_steps()
        self.assertEqual(
            [step["code"] for step in steps],
            ["licence", "fields", "url", "encoding", "worker"],
        )
        self.assertEqual([step["number"] for step in steps], [1, 2, 3, 4, None])
        self.assertEqual(steps[0]["level"], "error")
        self.assertEqual(steps[3]["level"], "warn")

    def test_each_sign_has_a_word_of_its_own(self):
        self.licence.licensed = False
        html = self.company.paypal_checks_html
        for word in ("In order", "To look at", "Does not work"):
            self.assertIn(f'aria-label="{word}"', html)

    def test_names_in_the_findings_cannot_be_markup(self):
        self.company.email = '"<b>x</b>" <shop@example.com>'
        self.assertNotIn("<b>x</b>", self.company.paypal_checks_html)

    def test_the_findings_speak_the_readers_language(self):
        self.env["res.lang"]._activate_lang("he_IL")
        self.company.action_paypal_setup()
        self.company.paypal_product_id.active = False
        company = self.company.with_context(lang="he_IL")
        finding = self.found("books", company)
        self.assertRegex(finding["sentence"], "[א-ת]")
        self.assertIn("data-check", company.paypal_checks_html)

    # === WHO MAY SEE IT === #

    def test_an_administrator_of_companies_needs_no_other_right(self):
        self.company.action_paypal_setup()
        self.take(message())
        user = self.person("admins", "base.group_erp_manager")
        html = self.company.with_user(user).paypal_checks_html
        self.assertIn("last message", html)

    def test_links_lead_only_where_the_reader_may_go(self):
        self.env["ir.mail_server"].search([]).active = False
        user = self.person("admins", "base.group_erp_manager")
        system = self.person("system", "base.group_system")
        finding = self.found("mail_server", self.company.with_user(user))
        self.assertIsNone(finding["link"])
        finding = self.found("mail_server", self.company.with_user(system))
        self.assertIn("action_ir_mail_server_list", finding["link"]["url"])

    def test_an_employee_does_not_see_it(self):
        user = self.person("employee", "base.group_user")
        with self.assertRaises(AccessError):
            self.company.with_user(user).read(["paypal_checks_html"])

    # === WHAT IT COSTS === #

    def queries(self, names):
        """How many queries reading these fields takes an administrator."""
        company = self.company.with_user(self.env.ref("base.user_admin"))
        company.web_read({name: {} for name in names})  # what is cached for ever
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        company.web_read({name: {} for name in names})
        return self.cr.sql_log_count - before

    def test_the_form_asks_little_more_than_without_our_tab(self):
        admin = self.env.ref("base.user_admin")
        arch = self.company.with_user(admin).get_view(view_type="form")["arch"]
        shown = etree.fromstring(arch).xpath("//field[not(ancestor::field)]/@name")
        ours = [
            name
            for name in dict.fromkeys(shown)
            if name.startswith(("paypal_", "caspit_"))
        ]
        self.assertIn("paypal_look", ours)
        self.assertNotIn("paypal_checks_html", ours)
        theirs = [name for name in shown if name not in ours]
        self.assertLessEqual(self.queries(shown) - self.queries(theirs), 8)

    def test_the_findings_are_read_when_their_tab_is_open(self):
        company = self.company.with_user(self.env.ref("base.user_admin"))
        self.assertIn("data-check", company.paypal_read_checks())
        looked = company.paypal_look
        company.invalidate_recordset()
        self.assertNotEqual(company.paypal_look, looked)
        employee = self.person("looks", "base.group_user")
        with self.assertRaises(AccessError):
            self.company.with_user(employee).paypal_read_checks()

    def test_a_finding_has_a_button_that_mends_it_for_who_may(self):
        self.company.paypal_journal_id = False
        self.company.email = False
        manager = self.person("mends", "caspit_paypal_ipn.group_paypal_ipn_manager")
        for user, fills in ((self.env.ref("base.user_admin"), True), (manager, False)):
            mends = {
                each["code"]: each["mend"]
                for each in self.company.with_user(user)._paypal_checks()
            }
            with self.subTest(user.login):
                self.assertEqual(mends["books"]["method"], "action_paypal_setup")
                # He may write PayPal's settings, and nothing else of a company.
                self.assertEqual(bool(mends["sender"]), fills)
                self.assertFalse(mends["account"])  # in order
