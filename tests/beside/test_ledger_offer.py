"""Odoo's own PayPal provider and PayPal's ledger, in a database that has both.

The ledger can take the provider's app. Neither add-on needs the other, so this stands
in the tests of none of them.
"""

import os
from unittest.mock import patch

from odoo.addons.caspit_paypal_api.tests.common import SECRET, PayPalWithApi
from odoo.addons.caspit_paypal_ipn.models.company.receiver import STANDIN_VARIABLE
from odoo.addons.caspit_paypal_ipn.models.inbox.paypal_ipn import MANAGER
from odoo.addons.caspit_paypal_ipn_payment.tests.common import ProviderCase
from odoo.exceptions import UserError


class TestLedgerOffer(ProviderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref(MANAGER)

    def connection(self):
        return self.env["paypal.api.connection"]._make_of(self.company).sudo(False)

    def test_the_providers_credentials_are_offered_and_connect(self):
        paypal = PayPalWithApi()
        self.addCleanup(paypal.stop)
        connection = self.connection()
        self.assertTrue(connection.has_provider)
        self.provider.write(
            {"paypal_client_id": "client", "paypal_client_secret": SECRET}
        )
        with patch.dict(os.environ, {STANDIN_VARIABLE: paypal.url}):
            connection.action_take_provider()
        self.assertEqual(connection.state, "connected", connection.explanation)
        self.assertEqual(connection.sudo()._credentials(), ("client", SECRET))

    def test_credentials_of_the_other_environment_are_not_offered(self):
        self.provider.state = "test"
        connection = self.connection()
        self.assertFalse(connection.has_provider)
        with self.assertRaises(UserError):
            connection.action_take_provider()
