# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from .sandbox_case import MANAGER, TestCompanyCase, refund, sandbox


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
