# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged

PATH = "/PayPal/Webhook"


@tagged("post_install", "-at_install")
class TestWebhookDoor(HttpCase):
    """What the address answers."""

    def ask(self, body=b'{"id": "WH-1"}', method="POST", **headers):
        signed = {
            "PAYPAL-TRANSMISSION-ID": "a",
            "PAYPAL-TRANSMISSION-TIME": "2026-01-01T00:00:00Z",
            "PAYPAL-TRANSMISSION-SIG": "b",
            "PAYPAL-CERT-URL": "c",
            "PAYPAL-AUTH-ALGO": "SHA256withRSA",
            "Content-Type": "application/json",
            **headers,
        }
        return self.url_open(PATH + "/7", data=body, headers=signed, method=method)

    def kept(self):
        return self.env["paypal.ipn"].sudo().search([("source", "in", ["webhook"])])

    def test_bytes_and_headers_are_kept_and_answered_with_200(self):
        before = self.kept()
        answer = self.ask()
        self.assertEqual((answer.status_code, answer.content), (200, b""))
        ipn = self.kept() - before
        self.assertEqual(ipn._body_bytes(), b'{"id": "WH-1"}')
        self.assertEqual(ipn.headers["paypal-cert-url"], "c")
        self.assertEqual(ipn.headers["account"], "7")
        self.assertEqual(ipn.state, "received")

    def test_what_cannot_be_an_event_is_not_kept(self):
        before = self.kept()
        for status, how in (
            (405, {"method": "GET", "body": None}),
            (415, {"Content-Type": "text/plain"}),
            (400, {"PAYPAL-TRANSMISSION-SIG": ""}),
            (413, {"body": b"x" * (128 * 1024 + 1)}),
        ):
            self.assertEqual(self.ask(**how).status_code, status)
        self.assertEqual(self.kept(), before)
