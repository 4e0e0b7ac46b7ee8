# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.caspit_paypal_ipn.tests.common import message
from odoo.addons.caspit_paypal_ipn.tests.rights import Rights
from odoo.tools import mute_logger

from .common import DocumentIlCase

ACCOUNTANTS = {"accountant"}


@mute_logger("odoo.models", "odoo.addons.base.models.ir_rule", "odoo.models.unlink")
class TestRights(DocumentIlCase, Rights):
    """What the authority answered is nobody's; the decisions are the accountant's."""

    def test_a_number_is_the_authoritys_and_a_decision_the_accountants(self):
        self.people = self.make_people()
        ipn = self.take(message())
        self.assert_done(ipn)
        allocation = self.env["il.allocation"].sudo()
        number = allocation.create({"move_id": ipn.document_id.id, "key": "k"})
        self.assert_only(number, writers=set(), callers={"accountant", "manager"})
        self.assertEqual(
            self.writers(self.people, number, ["number", "state", "decision"]), {}
        )
