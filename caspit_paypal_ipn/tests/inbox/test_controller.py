# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import hashlib

from odoo.tests import HttpCase, tagged

from ...paypal import const
from ..common import message, sample

LOGGER = "odoo.addons.caspit_paypal_ipn"
#: What no line of a log may repeat.
PERSONAL = "dana@example.com"


@tagged("post_install", "-at_install")
class TestController(HttpCase):
    def setUp(self):
        super().setUp()
        self.inbox = self.env["paypal.ipn"].sudo()

    def call(self, body=None, method="POST", content_type=const.CONTENT_TYPE):
        url = f"{self.base_url()}/PayPal/IPN"
        headers = {"Content-Type": content_type} if content_type else {}
        return self.opener.request(method, url, data=body, headers=headers, timeout=12)

    def ipn(self, body):
        return self.inbox.search([("body_hash", "=", hashlib.sha256(body).hexdigest())])

    def assert_turned_away(self, status, *call):
        """Nothing is kept, and one line of the log says so without the message."""
        before = self.inbox.search_count([])
        with self.assertLogs(LOGGER, "WARNING") as caught:
            response = self.call(*call)
        self.assertEqual(response.status_code, status)
        self.assertEqual(self.inbox.search_count([]), before)
        self.assertEqual(len(caught.output), 1)
        self.assertIn(str(status), caught.output[0])
        self.assertNotIn(PERSONAL, caught.output[0])
        self.assertNotIn("dana%40example", caught.output[0])

    # === WHAT IS KEPT === #

    def test_the_bytes_are_kept_exactly_and_the_answer_is_an_empty_200(self):
        bodies = {
            "percent-encoded windows-1255": sample("13"),
            "an encoded zero byte": b"custom=%00&txn_id=1",
            "bytes beyond ASCII": b"first_name=\xe4\xf8\xf6\xec&charset=windows-1255",
            "no form at all": b"\xff\xfe not a=form;",
            "blank values and odd order": b"b=&a=1&b=2&&=x",
        }
        for what, body in bodies.items():
            with self.subTest(what):
                response = self.call(body)
                self.assertEqual((response.status_code, response.content), (200, b""))
                kept = self.ipn(body).with_context(bin_size=False).body
                self.assertEqual(base64.b64decode(kept), body)

    def test_a_content_type_with_a_charset_is_taken(self):
        response = self.call(b"a=1", "POST", f"{const.CONTENT_TYPE}; charset=UTF-8")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(self.ipn(b"a=1").state, "received")

    def test_the_longest_body_is_taken(self):
        body = b"custom=".ljust(const.MAX_BODY_BYTES, b"x")
        self.assertEqual(self.call(body).status_code, 200)
        self.assertTrue(self.ipn(body))

    def test_the_same_bytes_again_are_counted_and_kept_once(self):
        for _time in range(3):
            response = self.call(message())
            self.assertEqual((response.status_code, response.content), (200, b""))
        ipn = self.ipn(message())
        self.assertEqual(len(ipn), 1)
        self.assertEqual(ipn.resend_count, 2)

    def test_other_bytes_are_another_message(self):
        self.call(message())
        self.call(message(payment_status="Pending"))
        self.assertFalse(self.ipn(message()).resend_ids)
        self.assertTrue(self.ipn(message(payment_status="Pending")))

    def test_nobody_is_logged_in_and_no_session_is_made(self):
        response = self.call(message())
        self.assertNotIn("session_id", response.cookies)

    # === WHAT IS TURNED AWAY === #

    def test_other_methods_are_told_that_only_post_is_taken(self):
        for method in ("GET", "PUT", "DELETE"):
            with self.subTest(method):
                response = self.call(method=method, content_type=None)
                self.assertEqual(response.status_code, 405)
                self.assertEqual(response.text, "PayPal IPN listener: POST only")
                self.assertEqual(response.headers["Allow"], "POST")

    def test_head_is_answered_like_get_without_a_body(self):
        response = self.call(method="HEAD", content_type=None)
        self.assertEqual((response.status_code, response.content), (405, b""))
        self.assertEqual(response.headers["Allow"], "POST")

    def test_a_put_form_is_not_kept(self):
        self.call(message(), "PUT")
        self.assertFalse(self.ipn(message()))

    def test_what_is_no_form_is_refused_with_415(self):
        self.assert_turned_away(
            415, b'{"payer_email": "dana@example.com"}', "POST", "application/json"
        )

    def test_an_empty_body_is_refused_with_400(self):
        self.assert_turned_away(400, b"")

    def test_too_long_a_body_is_refused_with_413(self):
        body = message() + b"&custom="
        self.assert_turned_away(413, body.ljust(const.MAX_BODY_BYTES + 1, b"x"))

    def test_too_long_a_body_in_chunks_is_refused_with_413(self):
        body = (message() + b"&custom=").ljust(const.MAX_BODY_BYTES + 1000, b"x")
        pieces = (body[start : start + 8000] for start in range(0, len(body), 8000))
        self.assert_turned_away(413, pieces)

    def test_a_body_in_chunks_is_kept_as_it_is(self):
        body = message()
        self.assertEqual(self.call(iter([body[:100], body[100:]])).status_code, 200)
        self.assertTrue(self.ipn(body))

    def test_too_many_fields_are_refused_with_413(self):
        self.assert_turned_away(413, message() + b"&a=1" * const.MAX_FIELDS)

    def test_a_cart_with_too_many_lines_leaves_a_trace_for_the_merchant(self):
        company = self.env.company
        company.paypal_merchant_id = "N5NH53T46TSYS"
        body = message() + b"&a=1" * const.MAX_FIELDS
        self.assert_turned_away(413, body)
        trace = self.env["paypal.ipn.turned.away"].sudo().search([])
        self.assertEqual(trace.txn_id, "1AB23456CD789012E")
        self.assertEqual(trace.company_id, company)
        [told] = [
            each for each in company._paypal_checks() if each["code"] == "turned_away"
        ]
        self.assertEqual(told["level"], "warn")
        self.assertIn("1AB23456CD789012E", told["sentence"])
