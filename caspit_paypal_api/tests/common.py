# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import json
import os
from datetime import timedelta
from decimal import Decimal
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

from odoo import fields
from odoo.addons.caspit_paypal_ipn.models.company.receiver import STANDIN_VARIABLE
from odoo.addons.caspit_paypal_ipn.models.inbox.paypal_ipn import MANAGER
from odoo.addons.caspit_paypal_ipn.tests.common import (
    MERCHANT_ID,
    PayPal,
    PaypalIpnCase,
    _PostbackHandler,
)

from ..rest import const

SECRET = "kept-and-never-shown"
SALE_ID = "1AB23456CD789012E"


class PayPalWithApi(PayPal):
    """A PayPal that also tells what moved the account.

    :ivar list moves: ``transaction_details``
    :ivar list arriving: more of them, which are there from the second page on
    :ivar dict balances: total by currency
    :ivar dict withheld: what of it PayPal withholds, by currency
    :ivar list disputes: in full
    :ivar tuple refusal: status and body of every answer but the token's; none: answers
    :ivar set scopes: of the tokens it gives
    :ivar str secret: the app's
    """

    def __init__(self):
        super().__init__()
        self.RequestHandlerClass = _ApiHandler

    def reset(self):
        result = super().reset()
        self.moves, self.arriving, self.disputes = [], [], []
        self.balances, self.withheld = {}, {}
        self.refusal, self.questions = None, []
        self.scopes = {const.SCOPE_SEARCH, const.SCOPE_BALANCES, *const.SCOPES_DISPUTES}
        self.account, self.secret = MERCHANT_ID, SECRET
        self.delay = timedelta(0)
        return result

    def refreshed_at(self):
        return (fields.Datetime.now() - self.delay).strftime("%Y-%m-%dT%H:%M:%SZ")


class _ApiHandler(_PostbackHandler):
    def do_POST(self):  # noqa: N802 (the base class's name)
        if not self.path.startswith("/v1/"):
            super().do_POST()
            return
        self.rfile.read(int(self.headers["Content-Length"]))
        if "Basic " not in self.headers.get("Authorization", ""):
            self._tell(401, {"error": "invalid_client"})
            return
        expected = _basic("client", self.server.secret)
        if self.headers["Authorization"] != expected:
            self._tell(401, {"error": "invalid_client"})
            return
        self._tell(
            200,
            {
                "access_token": "A21AAtoken",
                "expires_in": 32400,
                "scope": " ".join(sorted(self.server.scopes)),
            },
        )

    def do_GET(self):  # noqa: N802 (the base class's name)
        url = urlsplit(self.path)
        asked = dict(parse_qsl(url.query))
        self.server.questions.append((url.path, asked))
        if self.server.refusal:
            self._tell(*self.server.refusal)
        elif url.path == const.SEARCH_PATH:
            self._tell(200, self._found(asked))
        elif url.path == const.BALANCES_PATH:
            self._tell(200, self._balances(asked))
        else:
            self._tell(200, self._dispute(url.path))

    def _found(self, asked):
        until = min(asked["end_date"], self.server.refreshed_at())
        rows = [
            move
            for move in self.server.moves
            if asked["start_date"]
            <= move["transaction_info"]["transaction_initiation_date"]
            <= until
        ]
        size, page = int(asked["page_size"]), int(asked["page"])
        answer = {
            "account_number": self.server.account,
            "last_refreshed_datetime": self.server.refreshed_at(),
            "page": page,
            "total_items": len(rows),
            "total_pages": -(-len(rows) // size),
        }
        if rows:
            answer["transaction_details"] = rows[(page - 1) * size : page * size]
        self.server.moves[:0], self.server.arriving = self.server.arriving, []
        return answer

    def _balances(self, asked):
        return {
            "account_id": self.server.account,
            "as_of_time": asked["as_of_time"],
            "balances": [
                {
                    "currency": currency,
                    "total_balance": money(currency, total),
                    **self._withheld(currency, total),
                }
                for currency, total in self.server.balances.items()
            ],
        }

    def _withheld(self, currency, total):
        withheld = self.server.withheld.get(currency)
        if not withheld:
            return {}
        available = Decimal(total) - Decimal(withheld)
        return {
            "available_balance": money(currency, available),
            "withheld_balance": money(currency, withheld),
        }

    def _dispute(self, path):
        disputes = self.server.disputes
        name = path.removeprefix(const.DISPUTES_PATH).strip("/")
        found = [it for it in disputes if it["dispute_id"] == name]
        return found[0] if name else {"items": disputes}

    def _tell(self, status, body, **headers):
        text = json.dumps(body).encode()
        self.send_response(status)
        for header, value in headers.items():
            self.send_header(header, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


def _basic(client_id, secret):
    return "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()


def money(currency, value):
    return {"currency_code": currency, "value": str(value)}


def move(
    txn_id=SALE_ID, value="118.00", fee="-4.20", code="T0006", currency="ILS", **changes
):
    """A movement of now, of a buyer who bought a shirt; ``None`` takes a field out."""
    when = changes.pop("when", None) or fields.Datetime.now()
    info = {
        "transaction_id": txn_id,
        "transaction_event_code": code,
        "transaction_initiation_date": when.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "transaction_amount": money(currency, value),
        "transaction_status": "S",
        "fee_amount": fee and money(currency, fee),
        **changes,
    }
    detail = {"transaction_info": {k: v for k, v in info.items() if v is not None}}
    if code.startswith("T00"):
        detail["payer_info"] = {
            "account_id": "BUYER00000001",
            "email_address": "dana@example.com",
            "payer_name": {"given_name": "Dana", "surname": "Levi"},
            "country_code": "IL",
        }
        detail["shipping_info"] = {
            "name": "Noa Levi",
            "address": {"line1": "5 Herzl St", "city": "Haifa", "country_code": "IL"},
        }
        detail["cart_info"] = {
            "item_details": [
                {
                    "item_name": "Blue shirt",
                    "item_quantity": "2",
                    "item_amount": money(currency, value),
                }
            ]
        }
    return detail


class PaypalApiCase(PaypalIpnCase):
    """A company whose PayPal, with its ledger, is on this machine."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paypal.stop()
        cls.paypal = PayPalWithApi()
        cls.addClassCleanup(cls.paypal.stop)
        cls.startClassPatcher(
            patch.dict(os.environ, {STANDIN_VARIABLE: cls.paypal.url})
        )
        cls.company.action_paypal_setup()
        cls.env.user.group_ids += cls.env.ref(MANAGER)
        connections = cls.env["paypal.api.connection"]
        cls.connection = connections._make_of(cls.company).sudo()
        cls.connection.write({"client_id": "client", "secret": SECRET})

    def connect(self, ago=timedelta(hours=1)):
        """Connect, as if it had been done a while ago."""
        self.connection.action_connect()
        self.assertEqual(
            self.connection.state, "connected", self.connection.explanation
        )
        self.connection.since = fields.Datetime.now() - ago
        self.connection.wait_minutes = 0

    def walk(self):
        """Let an hour pass, and run the scheduled actions until nothing is left."""
        self.connection.write(
            {"hour_planned_at": False, "disputes_at": False, "next_try": False}
        )
        self.connection.window_ids.write({"next_try": False})
        self.run_walk()
        with self.enter_registry_test_mode():
            self.run_cron("caspit_paypal_activity.ir_cron_paypal_activity")
        self.work()
        self.connection.invalidate_recordset()
        self.env["paypal.activity.line"].invalidate_model()

    def run_walk(self):
        with self.enter_registry_test_mode():
            self.run_cron("caspit_paypal_api.ir_cron_paypal_api_walk")
        self.connection.invalidate_recordset()

    def line(self, txn_id=SALE_ID):
        return self.env["paypal.activity.line"].search(
            [("txn_id", "=", txn_id), ("ledger_key", "!=", False)]
        )

    def made(self, txn_id=SALE_ID):
        """:return: the message that was made of a movement"""
        return self.inbox.search([("txn_id", "=", txn_id), ("source", "=", "ledger")])

    @staticmethod
    def ago(**time):
        return fields.Datetime.now() - timedelta(**time)
