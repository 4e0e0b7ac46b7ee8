# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import hashlib
import os
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlencode

from odoo import fields
from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.tests import tagged

from ..models.company.receiver import STANDIN_VARIABLE
from ..paypal import const

MERCHANT_ID = "N5NH53T46TSYS"
MERCHANT_EMAIL = "seller@example.com"
SAMPLES = Path(__file__).parent / "ipn_samples"
#: What a company has to have before it may issue anything.
DETAILS = {"vat": "514444447", "street": "1 Herzl St", "city": "Haifa"}

#: A genuine sale of 118.00 shekels, of which 18.00 are VAT.
SALE = {
    "txn_type": "web_accept",
    "payment_status": "Completed",
    "payment_type": "instant",
    "payment_date": "02:00:00 Jan 15, 2025 PST",
    "txn_id": "1AB23456CD789012E",
    "mc_gross": "118.00",
    "mc_fee": "4.20",
    "mc_currency": "ILS",
    "tax": "0.00",
    "item_name": "Blue shirt",
    "item_number": "",
    "quantity": "1",
    "payer_id": "BUYER00000001",
    "payer_email": "dana@example.com",
    "first_name": "Dana",
    "last_name": "Levi",
    "address_name": "Dana Levi",
    "address_street": "5 Herzl St",
    "address_city": "Haifa",
    "address_state": "",
    "address_zip": "3100000",
    "address_country_code": "IL",
    "residence_country": "IL",
    "receiver_id": MERCHANT_ID,
    "receiver_email": MERCHANT_EMAIL,
    "business": MERCHANT_EMAIL,
}


def message(charset="UTF-8", **changes):
    """The body of a message: the sale above, with some fields changed.

    :param str charset: what it is encoded in, and says so
    :param changes: fields by name; None takes one out
    :rtype: bytes
    """
    values = {**SALE, "charset": charset, **changes}
    values = {name: text for name, text in values.items() if text is not None}
    return urlencode(values, encoding=charset).encode("ascii")


def sample(number):
    """A message as PayPal lays it out, as if it were not the sandbox's.

    :param str number: what the sample's file name begins with
    """
    [path] = SAMPLES.glob(f"{number}_*.ipn")
    return path.read_bytes().replace(b"&test_ipn=1", b"")


class PayPal(ThreadingHTTPServer):
    """A PayPal on this machine: it stands by the messages that it was told of.

    :ivar set genuine: the bodies it says VERIFIED to
    :ivar list asked: the bodies it was asked about, in order
    :ivar int status: the HTTP status of its answers
    """

    daemon_threads = True
    request_queue_size = 128  # the worker asks over many connections at once

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _PostbackHandler)
        self.reset()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def reset(self):
        self.genuine = set()
        self.asked = []
        self.status = 200

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/cgi-bin/webscr"

    def stop(self):
        self.shutdown()
        self.server_close()


class _PostbackHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):  # noqa: N802 (the base class's name)
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        body = sent.removeprefix(const.POSTBACK_PREFIX)
        self.server.asked.append(body)
        stands_by = body != sent and body in self.server.genuine
        answer = b"VERIFIED" if stands_by else b"INVALID"
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_arguments):
        """Tests tell what they saw themselves."""


@tagged("post_install", "-at_install")
class PaypalIpnCase(AccountTestInvoicingCommon):
    """An Israeli company with a licence and a PayPal account.

    Odoo, PostgreSQL and HTTP are real; only the PayPal at the other end is ours.
    """

    chart_template = "il"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paypal = PayPal()
        cls.addClassCleanup(cls.paypal.stop)
        cls.startClassPatcher(
            patch.dict(os.environ, {STANDIN_VARIABLE: cls.paypal.url})
        )
        cls.inbox = cls.env["paypal.ipn"].sudo()
        cls.company.write(
            {
                "name": "Blue Shirts Ltd",
                "country_id": cls.env.ref("base.il").id,
                **DETAILS,
                "email": "shop@example.com",
                "paypal_merchant_id": MERCHANT_ID,
                "paypal_email": MERCHANT_EMAIL,
                # A test enters one rate, for whatever day its messages are of.
                "paypal_rate_days": 0,
            }
        )
        cls.licence = cls.company.caspit_licence_ids.sudo()
        cls.licence.licensed = True

    def setUp(self):
        super().setUp()
        self.paypal.reset()

    # === WHAT HAPPENS TO A MESSAGE === #

    def receive(self, body, genuine=True):
        """Keep a message, as the controller does.

        :param bytes body: the message
        :param bool genuine: whether PayPal stands by it
        :return: the ``paypal.ipn``
        """
        if genuine:
            self.paypal.genuine.add(body)
        self.inbox._receive(body)
        return self.ipn(body)

    def work(self):
        """Run the scheduled actions, as Odoo does: verify and book, then mail.

        On a slow machine the time of one run may be up before the work is; then Odoo
        runs it again.
        """
        with self.enter_registry_test_mode():
            for name, states in {
                "work": ("received", "verified"),
                "deliver": ("booked",),
            }.items():
                self.run_cron(f"caspit_paypal_ipn.ir_cron_paypal_ipn_{name}")
                while self.is_due(states):
                    self.run_cron(f"caspit_paypal_ipn.ir_cron_paypal_ipn_{name}")

    def is_due(self, states):
        """Whether messages in these states could be worked now."""
        self.inbox.invalidate_model()
        due = [("state", "in", states), ("next_try", "<=", self.env.cr.now())]
        return bool(self.inbox.search_count(due, limit=1))

    def run_cron(self, xmlid):
        """Run one scheduled action; it must not fail."""
        outcome = self.env.ref(xmlid).sudo().method_direct_trigger()
        self.assertIs(outcome, True)

    def take(self, *bodies):
        """Receive genuine messages and work them.

        :return: the ``paypal.ipn`` records, in the order of the bodies
        """
        ipns = self.inbox.union(*[self.receive(body) for body in bodies])
        self.work()
        return ipns

    def ipn(self, body):
        """Find a message by its bytes."""
        return self.inbox.search([("body_hash", "=", hashlib.sha256(body).hexdigest())])

    def make_due(self, ipns):
        """Let the time come at which messages are tried again."""
        ipns.next_try = fields.Datetime.now() - timedelta(seconds=1)

    def open_invoice(self, name="Dana Levi", email="dana@example.com", net=100.0):
        """An invoice that was made by hand and is not paid yet.

        :param float net: its amount before VAT
        """
        customer = self.env["res.partner"].create({"name": name, "email": email})
        taxes = self.company.account_sale_tax_id
        return self.init_invoice(
            "out_invoice", partner=customer, amounts=[net], taxes=taxes, post=True
        )

    # === WHAT IT BECAME === #

    def assert_side(self, ipn, state, reason):
        """The message left the line, for this reason, and nothing was booked."""
        self.assertEqual((ipn.state, ipn.reason), (state, reason), ipn.explanation)
        self.assertFalse(ipn.move_ids)
        self.assertFalse(ipn.payment_ids)

    def assert_done(self, ipn):
        """The message made a document that is posted and paid."""
        self.assertEqual(ipn.state, "done", ipn.explanation)
        document = ipn.document_id
        self.assertEqual((document.state, document.payment_state), ("posted", "paid"))
        return document

    def paypal_balance(self):
        """What the books say is in the PayPal account, in the company's currency."""
        account = self.company.paypal_journal_id.default_account_id
        lines = self.env["account.move.line"].search(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")]
        )
        return round(sum(lines.mapped("balance")), 2)

    def decoded_body(self, ipn):
        return base64.b64decode(ipn.with_context(bin_size=False).body)
