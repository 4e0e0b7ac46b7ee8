# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user

from ..common import PaypalIpnCase, message

USER = "base.group_user,caspit_paypal_ipn.group_paypal_ipn_user"
MANAGER = "base.group_user,caspit_paypal_ipn.group_paypal_ipn_manager"
OUTSIDERS = {
    "employee": "base.group_user",
    "portal": "base.group_portal",
    "public": "base.group_public",
}
#: Who keep the books without any role of PayPal's.
BOOKKEEPERS = {
    "invoicing": "account.group_account_invoice",
    "auditor": "account.group_account_readonly",
    "accountant": "account.group_account_user",
}
MODELS = ("paypal.ipn", "paypal.ipn.resend")


class TestRoles(PaypalIpnCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].sudo().create({"name": "Red Hats Ltd"})
        cls.user = cls.person("viewer", USER)
        cls.manager = cls.person("manager", MANAGER)

    @classmethod
    def person(cls, login, groups):
        """Somebody of this company, who is nothing else."""
        return new_test_user(
            cls.env,
            login,
            groups=groups,
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def blocked(self):
        """A message that waits for a licence."""
        self.licence.licensed = False
        ipn = self.take(message())
        self.assertEqual(ipn.state, "blocked")
        return ipn

    # === WHO SEES === #

    def test_employees_portal_and_public_see_no_message(self):
        self.take(message())
        for login, groups in OUTSIDERS.items():
            person = self.person(f"outside_{login}", groups)
            for model in MODELS:
                with self.subTest(login, model=model), self.assertRaises(AccessError):
                    self.env[model].with_user(person).search([])

    def test_bookkeepers_see_their_companys_messages_and_change_none(self):
        ours = self.take(message())
        theirs = self.receive(message(txn_id="OTHERS00000000001"))
        theirs.company_id = self.other
        for login, groups in BOOKKEEPERS.items():
            person = self.person(login, f"base.group_user,{groups}")
            mine = self.env["paypal.ipn"].with_user(person)
            with self.subTest(login):
                self.assertEqual(mine.search([]), ours)
                self.assertIn("Blue shirt", str(mine.browse(ours.id).content_html))
                self.assertFalse(mine.has_access("write"))
                for act in (
                    mine.browse(ours.id).action_retry,
                    lambda: mine.browse(ours.id).write({"state": "done"}),  # noqa: B023
                    mine.browse(ours.id).unlink,
                    lambda: mine.browse(ours.id).raw_text,  # noqa: B023
                ):
                    with self.assertRaises(AccessError):
                        act()
                invoice = ours.document_id.with_user(person)
                self.assertEqual(invoice.paypal_ipn_count, 1)
                self.assertEqual(
                    invoice.action_open_paypal_messages()["res_id"], ours.id
                )

    def test_a_user_and_a_manager_see_their_companys_messages_alone(self):
        ours = self.take(message())
        theirs = self.receive(message(txn_id="OTHERS00000000001"))
        theirs.company_id = self.other
        nobodys = self.receive(message(txn_id="NOBODYS0000000001"))
        self.assertFalse(nobodys.company_id)
        for person in (self.user, self.manager):
            with self.subTest(person.login):
                inbox = self.env["paypal.ipn"].with_user(person)
                self.assertEqual(inbox.search([]), ours)
                with self.assertRaises(AccessError):
                    inbox.browse(theirs.id).state  # noqa: B018 (reading is the test)

    def test_a_user_reads_the_whole_form(self):
        ipn = self.take(message())
        with Form(ipn.with_user(self.user)) as form:
            self.assertEqual(form.state, "done")
            self.assertIn("Blue shirt", form.content_html)

    # === WHO ACTS === #

    def test_a_user_neither_retries_nor_credits_nor_changes(self):
        ipn = self.blocked().with_user(self.user)
        for name, act in {
            "retry": ipn.action_retry,
            "credit": ipn.action_credit_note,
            "write": lambda: ipn.write({"txn_id": "X"}),
            "unlink": ipn.unlink,
        }.items():
            with self.subTest(name), self.assertRaises(AccessError):
                act()

    def test_a_manager_retries_without_any_right_to_the_books(self):
        ipn = self.blocked()
        self.licence.with_context(tracking_disable=True).licensed = True
        ipn.with_user(self.manager).action_retry()
        self.work()
        self.assert_done(ipn)

    def test_nobody_creates_a_message_by_hand(self):
        for person in (self.user, self.manager):
            with self.subTest(person.login), self.assertRaises(AccessError):
                self.env["paypal.ipn"].with_user(person).create(
                    {"body": "eA==", "body_hash": "0", "received_at": "2026-01-01"}
                )

    # === WHO CONFIGURES === #

    def test_a_manager_configures_paypal_and_nothing_else_of_the_company(self):
        company = self.company.with_user(self.manager)
        company.write({"paypal_email": "new@example.com"})
        company.action_paypal_setup()
        self.assertEqual(self.company.paypal_email, "new@example.com")
        self.assertTrue(self.company.paypal_journal_id)
        with self.assertRaisesRegex(AccessError, "PayPal settings of a company only"):
            company.write({"name": "Mine Ltd"})

    def test_a_manager_cannot_give_himself_the_licence(self):
        with self.assertRaises(AccessError):
            self.licence.with_user(self.manager).licensed = False
        with self.assertRaises(AccessError):
            self.company.with_user(self.manager).write(
                {"caspit_licence_ids": [(1, self.licence.id, {"licensed": False})]}
            )

    def test_a_manager_configures_no_other_company(self):
        with self.assertRaises(AccessError):
            self.other.with_user(self.manager).paypal_email = "x@example.com"

    def test_a_user_and_an_employee_configure_nothing(self):
        employee = self.person("employee", OUTSIDERS["employee"])
        for person in (self.user, employee):
            with self.subTest(person.login), self.assertRaises(AccessError):
                self.company.with_user(person).paypal_email = "x@example.com"

    def test_a_manager_opens_the_modules_tab(self):
        with Form(self.company.with_user(self.manager)) as form:
            form.paypal_notify_email = "orders@example.com"
        self.assertEqual(self.company.paypal_notify_email, "orders@example.com")

    def test_whoever_has_another_right_to_companies_keeps_it(self):
        group = self.env["res.groups"].sudo().create({"name": "Office"})
        self.env["ir.model.access"].sudo().create(
            {
                "name": "companies",
                "model_id": self.env["ir.model"]._get_id("res.company"),
                "group_id": group.id,
                "perm_read": True,
                "perm_write": True,
            }
        )
        clerk = self.person("clerk", MANAGER)
        clerk.sudo().group_ids += group
        self.company.with_user(clerk).sequence = 9
        self.assertEqual(self.company.sequence, 9)

    def test_a_manager_writes_no_field_that_the_program_fills(self):
        company = self.company.with_user(self.manager)
        for name in ("paypal_problems_told_at", "paypal_reach"):
            with self.subTest(name), self.assertRaises(AccessError):
                company.write({name: False})

    def test_a_company_administrator_still_changes_a_company(self):
        admin = self.person("company_admin", "base.group_user,base.group_erp_manager")
        self.company.with_user(admin).sequence = 7
        self.assertEqual(self.company.sequence, 7)
