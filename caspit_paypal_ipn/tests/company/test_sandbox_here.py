# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import importlib.util
from datetime import date
from pathlib import Path

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user

from ..common import message
from .sandbox_case import TestCompanyCase, refund

MIGRATIONS = Path(__file__).parents[2] / "migrations"


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
        self.assertIsNone(self.company._paypal_see_traces())

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
        self.sale()
        self.take(refund(message, test_ipn="1"))
        # One that made nothing is nothing to remove.
        self.take(message(test_ipn="1", txn_id="7NO23456CD789012E", mc_gross="0.00"))
        [told] = [
            finding
            for finding in self.company.with_user(self.manager)._paypal_checks()
            if finding["code"] == "traces"
        ]
        self.assertTrue(told["sentence"].endswith(": 2."))
        self.assertEqual(told["mend"]["method"], "action_paypal_remove_sandbox")
        self.assertIn("cannot be undone", told["mend"]["confirm"])

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
