# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
from unittest.mock import patch

from odoo.addons.caspit_paypal_ipn.models.company.res_company import STANDIN_VARIABLE
from odoo.addons.caspit_paypal_ipn.models.inbox.paypal_ipn import MANAGER
from odoo.exceptions import UserError

from .common import ProviderCase


class TestLedgerOffer(ProviderCase):
    """Where PayPal's ledger is installed, too, it can take the provider's app."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "paypal.api.connection" not in cls.env:
            cls.skipTest(cls, "PayPal's ledger is not installed")
        cls.env.user.group_ids += cls.env.ref(MANAGER)

    def test_the_providers_credentials_are_offered_and_connect(self):
        from odoo.addons.caspit_paypal_api.tests.common import (  # noqa: PLC0415
            SECRET,
            PayPalWithApi,
        )

        paypal = PayPalWithApi()
        self.addCleanup(paypal.stop)
        self.assertTrue(self.company.paypal_api_has_provider)
        self.provider.write(
            {"paypal_client_id": "client", "paypal_client_secret": SECRET}
        )
        with patch.dict(os.environ, {STANDIN_VARIABLE: paypal.url}):
            self.company.action_paypal_api_provider()
        self.company.invalidate_recordset()
        self.assertEqual(
            self.company.paypal_api_state,
            "connected",
            self.company.paypal_api_explanation,
        )
        connection = self.company.paypal_api_connection_id.sudo()
        self.assertEqual(connection._credentials(), ("client", SECRET))

    def test_credentials_of_the_other_environment_are_not_offered(self):
        self.provider.state = "test"
        self.company.invalidate_recordset()
        self.assertFalse(self.company.paypal_api_has_provider)
        with self.assertRaises(UserError):
            self.company.action_paypal_api_provider()
