# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.caspit_paypal_ipn.tests.rights import Rights

from .common import PaypalApiCase, move


class TestRights(PaypalApiCase, Rights):
    """The key to the ledger is the manager's, and what PayPal answered is nobody's."""

    def test_a_connection_is_its_managers_and_its_facts_are_nobodys(self):
        self.people = self.make_people()
        self.paypal.moves = [move()]
        self.connect()
        self.walk()
        seen = {"user", "manager", "accountant"}
        self.assert_only(self.connection, writers={"manager"}, callers=seen)
        mine = self.connection.with_user(self.people["manager"]).sudo(False)
        mine.client_id = "another"  # and what was proven with the old one is not
        self.assertEqual(self.connection.state, "new")
        window = self.connection.window_ids[:1]
        self.assertTrue(window)
        self.assert_only(window, callers=seen)
        event = self.env["paypal.api.event"].sudo()
        event = event.create({"connection_id": self.connection.id, "event_id": "WH-1"})
        self.assert_only(event, callers=seen)
