# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
from unittest.mock import patch

from odoo import fields
from odoo.addons.caspit_paypal_ipn.models.company.receiver import STANDIN_VARIABLE
from odoo.addons.caspit_paypal_ipn.tests.common import MERCHANT_ID

from tools.standin.paypal import PayPalStandIn

from .common import SALE_ID, PaypalApiCase, money

ORDER_ID = "5O190127TN364715T"


def capture(txn_id=SALE_ID, value="118.00", fee="4.20", **changes):
    """A capture of now, in the account of the company."""
    return {
        "id": txn_id,
        "status": "COMPLETED",
        "amount": money("ILS", value),
        "seller_receivable_breakdown": {"paypal_fee": money("ILS", fee)},
        "payee": {"merchant_id": MERCHANT_ID, "email_address": "seller@example.com"},
        "supplementary_data": {"related_ids": {"order_id": ORDER_ID}},
        "create_time": fields.Datetime.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        **changes,
    }


def order(txn_id=SALE_ID, value="118.00"):
    """The order of that capture: Dana bought two shirts."""
    return {
        "id": ORDER_ID,
        "payer": {
            "payer_id": "BUYER00000001",
            "email_address": "dana@example.com",
            "name": {"given_name": "Dana", "surname": "Levi"},
            "address": {"country_code": "IL"},
        },
        "purchase_units": [
            {
                "amount": money("ILS", value),
                "items": [
                    {
                        "name": "Blue shirt",
                        "quantity": "2",
                        "unit_amount": money("ILS", "59.00"),
                    }
                ],
                "payments": {
                    "captures": [{"id": txn_id, "amount": money("ILS", value)}]
                },
            }
        ],
    }


def refund(txn_id="2CD23456CD789012E", parent=SALE_ID, value="118.00", fee="0.00"):
    """A refund of a capture."""
    return {
        "id": txn_id,
        "status": "COMPLETED",
        "amount": money("ILS", value),
        "seller_payable_breakdown": {
            "gross_amount": money("ILS", value),
            "paypal_fee": money("ILS", fee),
        },
        "links": [
            {
                "rel": "up",
                "href": f"https://api.paypal.com/v2/payments/captures/{parent}",
            }
        ],
    }


class WebhookCase(PaypalApiCase):
    """A company that has switched webhooks on, with a PayPal that signs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.signer = PayPalStandIn("http://127.0.0.1:9/")
        cls.signer.start()
        cls.addClassCleanup(cls.signer.stop)
        cls.api = cls.signer.api
        cls.startClassPatcher(
            patch.dict(os.environ, {STANDIN_VARIABLE: cls.signer.url})
        )
        cls.connection.write({"client_id": cls.api.client_id, "secret": cls.api.secret})
        cls.connection.action_webhooks_on()
        said = cls.connection.webhook_explanation
        assert cls.connection.webhook_state == "on", said

    def setUp(self):
        super().setUp()
        for kept in (self.api.orders, self.api.events):
            kept.clear()
        self.api.moves = []
        self.api.change(None)
        # What a test changed in PayPal is not rolled back with it.
        self.api.webhooks.clear()
        self.api.webhooks[self.connection.webhook_id] = {
            "id": self.connection.webhook_id,
            "url": self.connection.webhook_url,
            "event_types": [{"name": "*"}],
        }

    def keep(self, sent, account=True):
        """Keep an event as the controller does.

        :return: the ``paypal.ipn``
        """
        headers = {
            name.lower(): text
            for name, text in sent.headers.items()
            if name.startswith("PAYPAL")
        }
        if account:
            headers["account"] = str(self.connection.id)
        self.inbox._receive(sent.body, source="webhook", headers=headers)
        known = self.inbox._hash_of(sent.body, headers)
        return self.inbox.search([("body_hash", "=", known)])

    def event(self, event_type, resource, account=True, **how):
        """Have PayPal sign an event, and keep it."""
        event = self.api.event(event_type, resource)
        sent = self.api.sign(
            event, how.pop("webhook_id", self.connection.webhook_id), **how
        )
        return self.keep(sent, account)

    def take_event(self, *args, **how):
        """Keep an event and work it."""
        ipn = self.event(*args, **how)
        self.work()
        return ipn
