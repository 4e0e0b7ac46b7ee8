# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.caspit_paypal_ipn.tests.common import message
from odoo.addons.caspit_paypal_ipn.tests.rights import Rights
from odoo.exceptions import AccessError

from .common import PaypalActivityCase, refund, sale


class TestRights(PaypalActivityCase, Rights):
    """Who may touch a list, and that nobody changes what PayPal's list says."""

    def test_a_list_is_its_managers_and_its_facts_are_nobodys(self):
        self.people = self.make_people()
        activity = self.compared(sale(), refund())
        account = self.env["paypal.activity.account"].sudo()
        self.assert_only(
            activity, writers={"manager"}, callers={"user", "manager", "accountant"}
        )
        for record in (activity.line_ids[:1], activity.type_ids[:1]):
            with self.subTest(record._name):
                self.assertTrue(record)
                self.assert_only(
                    record,
                    writers={"manager"},
                    callers={"user", "manager", "accountant"},
                )
        self.assertEqual(
            self.writers(self.people, activity.line_ids[:1], ["gross", "result"]), {}
        )
        remembered = account.create(
            {
                "company_id": self.company.id,
                "type": "Moon Dust",
                "account_id": self.company.paypal_fee_account_id.id,
            }
        )
        self.assert_only(remembered, writers={"manager"}, callers={"manager"})

    def test_what_undoing_takes_tells_nothing_of_anothers_message(self):
        people, ipn = self.make_people(), self.take(message())
        lines = self.env["paypal.activity.undo.line"]
        theirs = lines.with_user(people["elsewhere"]).sudo(False)
        mine = lines.with_user(people["manager"]).sudo(False)
        for name in ("txn_id", "kind", "currency_id", "gross"):
            with self.subTest(name):
                with self.assertRaises(AccessError):
                    theirs.new({"ipn_id": ipn.id})[name]  # noqa: B018
                self.env.invalidate_all()
                self.assertTrue(mine.new({"ipn_id": ipn.id})[name])
                self.env.invalidate_all()
