# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user
from odoo.tests.common import _super_send

from ...models.forwarding.paypal_ipn_forward import REST, RETRY_MINUTES
from ...models.network import SAID
from ..common import PaypalIpnCase, message

CRON = "caspit_paypal_ipn.ir_cron_paypal_ipn_forward"
SHOP = "https://shop.example.com/ipn"
OTHER = "https://accounting.example.com/ipn"


class TestForwarding(PaypalIpnCase):
    """What PayPal stands by goes on unchanged; what becomes of it there is not ours."""

    def setUp(self):
        super().setUp()
        self.company.sudo().paypal_forward_to = f"{SHOP}\n{OTHER}"
        self.sent, self.answers = [], {}
        self.startPatcher(
            patch("odoo.addons.caspit_paypal_ipn.paypal.forward.forward", self.take_it)
        )

    def take_it(self, body, url):
        """The other side, in place of the internet; :mod:`paypal.forward` has tests."""
        self.sent.append((url, body))
        return self.answers.get(url, "")

    def forward(self):
        with self.enter_registry_test_mode():
            self.run_cron(CRON)
        self.env["paypal.ipn.forward"].invalidate_model()

    def test_the_very_bytes_go_to_each_address_once(self):
        body = message(charset="windows-1255", first_name="דנה")
        ipn = self.take(body)
        self.assert_done(ipn)
        self.assertFalse(self.sent, "nothing is sent while a message is worked")
        self.forward()
        self.forward()
        self.assertEqual(sorted(self.sent), sorted([(SHOP, body), (OTHER, body)]))
        self.assertEqual(set(ipn.forward_ids.mapped("state")), {"sent"})

    def test_what_paypal_denies_and_what_is_for_others_goes_nowhere(self):
        self.receive(message(), genuine=False)
        self.receive(message(receiver_id="OTHERMERCHANT"))
        self.work()
        self.forward()
        self.assertFalse(self.sent)

    def test_who_does_not_take_it_is_asked_for_a_day_and_harms_nobody(self):
        self.answers[SHOP] = "HTTP 503"
        ipn = self.take(message())
        self.assert_done(ipn)
        started = fields.Datetime.now()
        tries = 0
        [waiting] = ipn.forward_ids.filtered(lambda it: it.url == SHOP)
        while waiting.state == "waiting":
            waiting.next_try = self.env.cr.now() - timedelta(seconds=1)
            self.forward()
            tries += 1
            self.assertEqual(waiting.error, "HTTP 503")
            self.assertEqual(waiting.attempts, tries)
        self.assertEqual((waiting.state, tries), ("failed", len(RETRY_MINUTES) + 1))
        self.assertGreater(sum(RETRY_MINUTES), 23 * 60)
        self.assertGreaterEqual(waiting.next_try, started)
        [other] = ipn.forward_ids - waiting
        self.assertEqual((other.state, other.attempts), ("sent", 1))

    def test_what_came_back_is_told_in_the_readers_language(self):
        lines = self.env["paypal.ipn.forward"].with_context(lang="he_IL")
        for said in (*SAID, "no answer within 20 s"):
            hebrew = lines.new({"error": said}).said
            self.assertFalse(hebrew.isascii(), said)
        self.assertEqual(lines.new({"error": "HTTP 503"}).said, "HTTP 503")
        self.assertFalse(lines.new({}).said)
        ipn = self.receive(message())
        ipn._wait("no_answer", "connection failed")
        hebrew = ipn.with_context(lang="he_IL").explanation
        self.assertNotIn("connection", hebrew)

    def test_a_resend_and_a_retry_do_not_send_it_twice(self):
        ipn = self.take(message())
        self.forward()
        self.inbox._receive(message())
        ipn.action_retry()
        self.work()
        self.forward()
        self.assertEqual(len(self.sent), 2)

    def test_what_was_sent_is_forgotten_after_a_month(self):
        ipn = self.take(message())
        self.forward()
        self.env.cr.execute(
            "UPDATE paypal_ipn_forward "
            "SET create_date = create_date - interval '31 days'"
        )
        self.env["paypal.ipn.forward"].invalidate_model()
        self.env["paypal.ipn.forward"].sudo()._gc_forwards()
        self.assertFalse(ipn.forward_ids)

    def test_what_was_erased_goes_nowhere_any_more(self):
        ipn = self.take(message())
        ipn._erase_personal_data()
        self.forward()
        self.assertFalse(self.sent)
        self.assertEqual(set(ipn.forward_ids.mapped("state")), {"failed"})

    def test_an_address_that_is_named_no_more_gets_nothing_more(self):
        ipn = self.take(message())
        self.company.sudo().paypal_forward_to = OTHER
        self.forward()
        self.assertEqual([url for url, _body in self.sent], [OTHER])
        self.assertEqual(ipn.forward_ids.filtered("sent_at").url, OTHER)

    def test_who_hangs_is_left_alone_for_a_while_and_the_others_are_not(self):
        self.answers[SHOP] = "no answer within 15 s"
        self.take(message())
        self.forward()
        self.take(message(txn_id="2"))
        self.forward()
        self.assertEqual([url for url, _body in self.sent].count(OTHER), 2)
        self.assertEqual([url for url, _body in self.sent].count(SHOP), 1)
        forwards = self.env["paypal.ipn.forward"].sudo()
        forwards.search([("silent_at", "!=", False)]).silent_at -= REST
        self.forward()
        self.assertEqual([url for url, _body in self.sent].count(SHOP), 2)


class TestThreatForwarding(PaypalIpnCase):
    """Who would have this server call what only it can reach."""

    @classmethod
    def _request_handler(cls, session, request, /, **options):
        """Odoo's tests let nobody call outside; here the add-on itself must not."""
        if request.url == SHOP:
            return _super_send(session, request, **options)
        return super()._request_handler(session, request, **options)

    def test_only_public_https_addresses_can_be_named(self):
        for url in (
            "http://shop.example.com/ipn",
            "https://127.0.0.1/ipn",
            "https://[::1]/ipn",
            "https://10.0.0.7/ipn",
            "https://169.254.169.254/latest/meta-data",
            "https://[::ffff:192.168.0.1]/ipn",
            "https://localhost/ipn",
            "https://user:word@shop.example.com/ipn",
            "ftp://shop.example.com/ipn",
        ):
            with self.subTest(url), self.assertRaises(ValidationError):
                self.company.sudo().paypal_forward_to = url

    def test_this_odoo_is_no_address_of_others(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("web.base.url", "https://odoo.example.com")
        with self.assertRaises(ValidationError):
            self.company.sudo().paypal_forward_to = (
                "https://odoo.example.com/PayPal/IPN"
            )

    def test_only_a_system_administrator_names_them(self):
        groups = "base.group_erp_manager,caspit_paypal_ipn.group_paypal_ipn_manager"
        manager = new_test_user(
            self.env,
            "paypal_manager",
            groups,
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        company = self.company.with_user(manager)
        with self.assertRaises(AccessError):
            company.write({"paypal_forward_to": SHOP})
        with self.assertRaises(AccessError):
            company.read(["paypal_forward_to"])

    def test_a_private_network_behind_a_public_name_is_not_called(self):
        """The name is looked at when it is called, not only when it was entered."""
        server = _Silent()
        self.addCleanup(server.stop)
        self.company.sudo().paypal_forward_to = SHOP
        ipn = self.take(message())

        def rebound(_host, _port, *_more):
            return [(2, 1, 6, "", ("127.0.0.1", server.server_port))]

        with (
            patch("socket.getaddrinfo", rebound),
            self.enter_registry_test_mode(),
        ):
            self.run_cron(CRON)
        self.env["paypal.ipn.forward"].invalidate_model()
        self.assertIn("private network", ipn.forward_ids.error)
        self.assertFalse(server.called)


class _Silent(ThreadingHTTPServer):
    """Notes that somebody connected."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), BaseHTTPRequestHandler)
        self.called = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def verify_request(self, request, client_address):
        self.called.append(client_address)
        return False

    def stop(self):
        self.shutdown()
        self.server_close()
