# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from lxml import etree

from odoo.addons.caspit_paypal_ipn.tests.rights import PEOPLE, Rights
from odoo.exceptions import AccessError
from odoo.tests import Form

from .webhook import WebhookCase


class TestTab(WebhookCase, Rights):
    """The Modules tab leads to the connection, where everything of it stands."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.connections = cls.env["paypal.api.connection"].sudo()

    def setUp(self):
        super().setUp()
        self.people = self.make_people()
        self.manager = self.people["manager"]

    def test_the_companys_form_reads_nothing_of_the_ledger(self):
        self.manager.group_ids += self.env.ref("base.group_system")
        arch = self.company.with_user(self.manager).get_view(view_type="form")["arch"]
        form = etree.fromstring(arch)
        names = set(form.xpath("//field[not(ancestor::field)]/@name"))
        self.assertTrue(form.xpath("//button[@name='action_paypal_api_open']"))
        self.assertIn("paypal_merchant_id", names)
        ours = {
            name
            for name, field in self.company._fields.items()
            if "caspit_paypal_api" in field._modules
        }
        self.assertIn("paypal_api_connection_ids", ours)
        self.assertFalse(names & ours)

    def test_a_manager_sets_all_of_it_up_without_being_an_administrator(self):
        self.connections.search([]).write({"webhook_id": False})
        self.connections.search([]).unlink()
        company = self.company.with_user(self.manager)
        action = company.action_paypal_api_open()
        self.assertEqual(company.action_paypal_api_open()["res_id"], action["res_id"])
        connection = self.env[action["res_model"]].with_user(self.manager)
        connection = connection.browse(action["res_id"])
        self.assertEqual((connection.company_id, connection.state), (company, "new"))
        with Form(connection) as form:
            form.client_id = self.api.client_id
            form.new_secret = self.api.secret
            form.missing = "tell"
            form.wait_minutes = 90
        connection.action_connect()
        self.assertEqual(connection.state, "connected", connection.explanation)
        connection.action_webhooks_on()
        said = connection.webhook_explanation
        self.assertEqual(connection.webhook_state, "on", said)
        with Form(connection) as form:
            form.webhook_lines = "without"
        self.assertEqual(connection.webhook_lines, "without")
        connection.action_webhooks_missed()
        connection.action_webhooks_off()
        self.assertEqual(connection.webhook_state, "off")

    def test_nobody_else_makes_or_opens_one_through_the_button(self):
        self.company.paypal_environment = "sandbox"
        before = self.connections.search_count([])
        for name in PEOPLE.keys() - {"manager"}:
            company = self.company.with_user(self.people[name])
            with self.subTest(name), self.assertRaises(AccessError):
                company.action_paypal_api_open()
        self.assertEqual(self.connections.search_count([]), before)

    def test_who_only_looks_is_shown_no_key_no_switch_and_no_button(self):
        user = self.people["user"]
        arch = self.connection.with_user(user).get_view(view_type="form")["arch"]
        form = etree.fromstring(arch)
        shown = set(form.xpath("//field/@name")) | set(form.xpath("//page/@name"))
        self.assertIn("watermark", shown)
        hidden = {"client_id", "new_secret", "has_provider", "webhooks"}
        self.assertFalse(shown & hidden)
        buttons = set(form.xpath("//button/@name"))
        self.assertEqual(buttons, {"action_open_rows", "action_open_proofs"})
