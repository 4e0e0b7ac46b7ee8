# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import SUPERUSER_ID
from odoo.tools.convert import convert_file

from ..common import PaypalIpnCase


class TestDemo(PaypalIpnCase):
    """The data that a database for demonstrations begins with."""

    def load(self):
        """Load the file as Odoo does.

        :return: the messages that it makes
        """
        self.company.sudo().caspit_licence_ids.unlink()
        before = self.inbox.search([])
        file = "demo/paypal_ipn_demo.xml"
        convert_file(
            self.env(user=SUPERUSER_ID), "caspit_paypal_ipn", file, None, mode="init"
        )
        return self.inbox.search([]) - before

    def test_each_state_that_a_merchant_meets_is_there(self):
        ipns = self.load()
        states = {"done", "attention", "ignored", "refused"}
        self.assertEqual(set(ipns.mapped("state")), states)
        reasons = {"original_missing", "currency", "pending", "unknown_receiver", False}
        self.assertEqual(set(ipns.mapped("reason")), reasons)

    def test_documents_are_posted_and_the_sandbox_s(self):
        documents = self.load().document_id
        self.assertEqual(set(documents.mapped("state")), {"posted"})
        self.assertTrue(all("TEST" in move.name for move in documents))

    def test_nobody_gets_a_mail(self):
        mails = self.env["mail.mail"].search_count([])
        ipns = self.load()
        self.work()
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertFalse(ipns.filtered("receipt_mail_id"))
        self.assertFalse(self.paypal.asked)

    def test_a_company_without_a_chart_of_accounts_is_left_alone(self):
        self.env.ref("base.main_company").chart_template = False
        self.assertFalse(self.load())
