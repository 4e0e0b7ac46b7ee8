# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.caspit_paypal_ipn.tests.common import message
from odoo.addons.caspit_paypal_ipn.tests.rights import Rights
from odoo.exceptions import AccessError

from .common import DocumentIlCase


class TestRights(DocumentIlCase, Rights):
    """What the authority answered is nobody's; the decisions are the accountant's."""

    def test_a_number_is_the_authoritys_and_a_decision_the_accountants(self):
        self.people = self.make_people()
        ipn = self.take(message())
        self.assert_done(ipn)
        allocation = self.env["il.allocation"].sudo()
        values = {"move_id": ipn.document_id.id, "key": "k", "state": "faulty"}
        number = allocation.create(values)
        self.assert_only(number, writers=set(), callers={"accountant", "manager"})
        mine = number.with_user(self.people["accountant"]).sudo(False)
        mine.action_reverse_charge()
        self.assertEqual((number.decision, number.state), ("reverse", "wanted"))
        self.assertEqual(
            self.writers(self.people, number, ["number", "state", "decision"]), {}
        )

    def test_no_biller_of_another_company_makes_a_uniform_file(self):
        elsewhere = self.make_people()["elsewhere"]
        elsewhere.sudo().group_ids += self.env.ref("account.group_account_invoice")
        files = self.env["il.uniform.file"].with_user(elsewhere).sudo(False)
        file = files.create({"company_id": self.company.id})
        self.company.sudo().vat  # noqa: B018 (what is read already needs no right)
        with self.assertRaises(AccessError):
            file.action_make()
        self.assertFalse(file.archive)
