# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.caspit_paypal_ipn.tests.rights import Rights
from odoo.tools import mute_logger

from .common import PaypalApiCase, move


@mute_logger("odoo.models", "odoo.addons.base.models.ir_rule", "odoo.models.unlink")
class TestRights(PaypalApiCase, Rights):
    """The key to the ledger is the manager's, and what PayPal answered is nobody's."""

    def test_a_connection_is_its_managers_and_its_facts_are_nobodys(self):
        self.people = self.make_people()
        self.paypal.moves = [move()]
        self.connect()
        self.walk()
        seen = {"user", "manager"}
        self.assert_only(self.connection, writers={"manager"}, callers=seen)
        window = self.connection.window_ids[:1]
        self.assertTrue(window)
        self.assert_only(window, callers=seen)
