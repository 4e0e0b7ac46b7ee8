# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from configparser import ConfigParser
from unittest.mock import patch

from odoo.addons.caspit_paypal_ipn.tests.common import MERCHANT_ID
from odoo.exceptions import AccessError
from odoo.tests import new_test_user
from odoo.tools import file_open

from .common import SECRET, PaypalApiCase, PayPalWithApi


class TestConnect(PaypalApiCase):
    """Connect says in words what is missing, and the secret is never read back."""

    def test_who_has_everything_is_connected_and_the_ledger_begins(self):
        self.connection.action_connect()
        self.assertEqual(self.connection.state, "connected")
        self.assertTrue(self.connection.activity_id.is_ledger)
        self.assertTrue(self.connection.since)
        self.assertFalse(self.connection.proof_text)

    def test_nothing_entered_says_what_to_enter(self):
        self.connection.client_id = False
        self.connection.action_connect()
        self.assertEqual(self.connection.trouble, "missing")
        self.assertIn("Apps & Credentials", self.connection.explanation)
        self.assertFalse(self.paypal.questions)

    def test_a_wrong_secret_is_told(self):
        self.connection.new_secret = "another"
        self.connection.action_connect()
        self.assertEqual(self.connection.trouble, "credentials")
        self.assertNotIn("another", self.connection.explanation)

    def test_a_permission_that_is_not_there_yet_is_told(self):
        self.paypal.scopes = set()
        self.connection.action_connect()
        self.assertEqual(self.connection.trouble, "permission")
        self.assertIn("nine hours", self.connection.explanation)

    def test_what_was_not_allowed_yet_works_by_itself_later(self):
        self.paypal.scopes = set()
        self.connection.action_connect()
        self.paypal.reset()
        self.run_walk()
        self.assertEqual(self.connection.state, "connected")
        self.assertFalse(self.connection.trouble)

    def test_the_other_environments_credentials_are_told(self):
        other = PayPalWithApi()
        self.addCleanup(other.stop)
        hosts = {"sandbox": other.url, "live": self.paypal.url}
        self.paypal.secret = "of the live app"
        with patch.object(
            type(self.connection),
            "_host",
            lambda _self, environment: hosts[environment].removesuffix(
                "/cgi-bin/webscr"
            ),
        ):
            self.connection.action_connect()
        self.assertEqual(self.connection.trouble, "wrong_environment")

    def test_another_account_is_refused(self):
        self.paypal.account = "OTHER00000001"
        self.connection.action_connect()
        self.assertEqual(self.connection.trouble, "other_account")
        self.assertIn("OTHER00000001", self.connection.explanation)
        self.assertEqual(self.connection.state, "trouble")

    def test_silence_is_told_and_tried_again(self):
        self.paypal.refusal = (503, {"name": "SERVICE_UNAVAILABLE"})
        self.connection.action_connect()
        self.assertEqual(self.connection.trouble, "busy")
        self.paypal.refusal = None
        self.run_walk()
        self.assertEqual(self.connection.state, "connected")

    def test_what_is_missing_is_said_in_the_users_language(self):
        self.connection.client_id = False
        self.connection.action_connect()
        english = self.connection.explanation
        hebrew = self.connection.with_context(lang="he_IL").explanation
        self.assertNotEqual(hebrew, english)
        self.assertFalse(hebrew.isascii())

    # === THE SECRET === #

    def test_nobody_reads_the_secret_back(self):
        connection = self.connection.sudo(False)
        connection.new_secret = "a new one"
        self.assertEqual(self.connection.secret, "a new one")
        self.assertFalse(connection.new_secret)
        self.assertTrue(connection.has_secret)
        with self.assertRaises(AccessError):
            connection.read(["secret"])
        with self.assertRaises(AccessError):
            connection.search([("secret", "=like", "a%")])
        self.assertNotIn("secret", connection.fields_get())

    def test_copies_and_logs_have_no_secret(self):
        with self.assertLogs(level="DEBUG") as logs:
            logging.getLogger(__name__).info("so that there is a line")
            self.connection.action_connect()
            self.run_walk()
        self.assertEqual(self.connection.state, "connected")
        self.assertNotIn(SECRET, "".join(logs.output))
        self.assertNotIn("A21AAtoken", "".join(logs.output))
        kept = self.connection.copy_data()[0]
        self.assertFalse({"secret", "new_secret", "client_id"} & kept.keys())

    def test_the_servers_own_file_can_hold_both(self):
        kept = ConfigParser()
        kept.read_string(
            f"[paypal_api.live]\nclient_id = client\nclient_secret = {SECRET}"
        )
        self.connection.write({"client_id": False, "secret": False})
        with patch.object(type(self.connection), "_server_environment", lambda _: kept):
            self.connection.action_connect()
            self.assertEqual(self.connection.state, "connected")
            self.assertTrue(self.connection.has_secret)
            kept[f"paypal_api.live.{MERCHANT_ID}"] = {"client_id": "of this account"}
            self.assertEqual(self.connection._credentials(), ("of this account", ""))
        self.assertFalse(self.connection.secret)

    def test_an_empty_secret_keeps_the_old_one(self):
        connection = self.connection.sudo(False)
        connection.write({"new_secret": "", "client_id": "client"})
        self.assertEqual(self.connection.secret, SECRET)

    def test_a_neutralized_copy_has_no_secret(self):
        self.connection.action_connect()
        self.connection.write(
            {"webhook_id": "1JE4291016473214C", "webhook_state": "on"}
        )
        self.env.flush_all()
        with file_open("caspit_paypal_api/data/neutralize.sql") as statements:
            self.env.cr.execute(statements.read())
        self.connection.invalidate_recordset()
        self.assertFalse(self.connection.secret)
        self.assertFalse(self.connection.client_id)
        self.assertEqual(self.connection.state, "new")
        self.assertEqual(self.connection.webhook_state, "off")
        self.assertFalse(self.connection.webhook_id)

    def test_who_only_looks_sees_no_client_id_and_may_not_connect(self):
        user = new_test_user(
            self.env, "looks", groups="caspit_paypal_ipn.group_paypal_ipn_user"
        )
        connection = self.connection.with_user(user)
        with self.assertRaises(AccessError):
            connection.read(["client_id"])
        with self.assertRaises(AccessError):
            connection.action_connect()
        self.assertEqual(connection.state, "new")

    def test_each_environment_has_its_own(self):
        self.connection.action_connect()
        self.company.paypal_environment = "sandbox"
        other = self.connection._make_of(self.company)
        self.assertNotEqual(other, self.connection)
        self.assertEqual((other.state, other.client_id), ("new", False))
        other.client_id = "sandbox-client"
        self.assertEqual(self.connection.client_id, "client")
