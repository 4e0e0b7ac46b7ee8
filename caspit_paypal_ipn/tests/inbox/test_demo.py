# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import SUPERUSER_ID
from odoo.tools.convert import convert_file

from ..common import PaypalIpnCase


class DemoCase(PaypalIpnCase):
    @classmethod
    def load(cls):
        """Load the file as Odoo does.

        :return: the messages that it makes
        """
        cls.company.sudo().caspit_licence_ids.unlink()
        before = cls.inbox.search([])
        file = "demo/paypal_ipn_demo.xml"
        convert_file(
            cls.env(user=SUPERUSER_ID), "caspit_paypal_ipn", file, None, mode="init"
        )
        return cls.inbox.search([]) - before


class TestDemo(DemoCase):
    """The data that a database for demonstrations begins with."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mails = cls.env["mail.mail"].search_count([])
        cls.ipns = cls.load()

    def test_each_state_that_a_merchant_meets_is_there(self):
        states = {"done", "attention", "ignored", "refused"}
        self.assertEqual(set(self.ipns.mapped("state")), states)
        reasons = {"original_missing", "currency", "pending", "unknown_receiver", False}
        self.assertEqual(set(self.ipns.mapped("reason")), reasons)

    def test_documents_are_posted_and_the_sandbox_s(self):
        documents = self.ipns.document_id
        self.assertEqual(set(documents.mapped("state")), {"posted"})
        self.assertTrue(all("TEST" in move.name for move in documents))

    def test_nobody_gets_a_mail(self):
        self.work()
        self.assertEqual(self.env["mail.mail"].search_count([]), self.mails)
        self.assertFalse(self.ipns.filtered("receipt_mail_id"))
        self.assertFalse(self.paypal.asked)


class TestNoDemo(DemoCase):
    def test_a_company_without_a_chart_of_accounts_is_left_alone(self):
        self.env.ref("base.main_company").chart_template = False
        self.assertFalse(self.load())
