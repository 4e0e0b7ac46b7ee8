# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
from datetime import timedelta
from unittest.mock import patch

from odoo.addons.caspit_paypal_ipn.models.company.receiver import STANDIN_VARIABLE

from .webhook import ORDER_ID, WebhookCase, capture, order


class TestThreatWebhook(WebhookCase):
    """Who sends an event that PayPal did not."""

    def refused(self, ipn, variant):
        self.assert_side(ipn, "refused", "invalid")
        self.assertEqual(ipn.reason_values, {"variant": variant})
        self.assertTrue(ipn.explanation)
        return ipn

    def test_what_proves_nothing_is_refused_with_its_reason(self):
        kind = "PAYMENT.CAPTURE.COMPLETED"
        for variant, how in {
            "signature": {"key": "somebody"},
            "certificate_name": {"certificate": "other_name"},
            "certificate_expired": {"certificate": "expired"},
            "certificate_chain": {"certificate": "untrusted"},
            "host": {"host": "https://api.paypal.com.example.com"},
            "too_old": {"age": timedelta(days=5)},
        }.items():
            with self.subTest(variant):
                self.refused(self.take_event(kind, capture(), **how), variant)
        self.assertEqual(self.paypal_balance(), 0)

    def test_a_byte_changed_is_refused(self):
        event = self.api.event("PAYMENT.CAPTURE.COMPLETED", capture())
        sent = self.api.sign(event, self.connection.webhook_id)
        altered = sent._replace(body=sent.body.replace(b"118.00", b"918.00"))
        ipn = self.keep(altered)
        self.work()
        self.refused(ipn, "signature")

    def test_an_event_replayed_is_a_resend_and_nothing_more(self):
        self.api.orders[ORDER_ID] = order()
        event = self.api.event("PAYMENT.CAPTURE.COMPLETED", capture())
        sent = self.api.sign(event, self.connection.webhook_id)
        ipn = self.keep(sent)
        self.work()
        again = self.keep(sent)
        self.assertEqual((again, ipn.resend_count), (ipn, 1))
        # Sent once more by PayPal, with a signature of that moment.
        second = self.keep(self.api.sign(event, self.connection.webhook_id))
        self.work()
        self.assertEqual((second.state, second.reason), ("ignored", "duplicate"))
        self.assertEqual(self.paypal_balance(), 113.8)

    def test_who_sends_the_bytes_first_keeps_the_real_ones_out_no_longer(self):
        """The reserve of a hash by a stranger would have lost PayPal's own event."""
        self.api.orders[ORDER_ID] = order()
        event = self.api.event("PAYMENT.CAPTURE.COMPLETED", capture())
        forged = self.api.sign(event, self.connection.webhook_id, key="somebody")
        real = self.api.sign(event, self.connection.webhook_id)
        self.assertEqual(forged.body, real.body)
        first, second = self.keep(forged), self.keep(real)
        self.work()
        self.refused(first, "signature")
        self.assert_done(second)

    def test_an_event_of_another_merchant_is_not_ours(self):
        payee = {"merchant_id": "OTHERMERCHANT"}
        ipn = self.take_event("PAYMENT.CAPTURE.COMPLETED", capture(payee=payee))
        self.assert_side(ipn, "refused", "unknown_receiver")

    def test_without_webhooks_nothing_proves_an_event(self):
        webhook_id = self.connection.webhook_id
        self.connection.webhook_id = False
        ipn = self.take_event(
            "PAYMENT.CAPTURE.COMPLETED", capture(), webhook_id=webhook_id
        )
        self.refused(ipn, "off")

    def test_where_the_certificate_cannot_be_had_paypal_itself_says_it(self):
        self.api.orders[ORDER_ID] = order()
        self.api.scopes = tuple(self.api.scopes)
        kind = "PAYMENT.CAPTURE.COMPLETED"
        good = self.event(kind, capture(), certificate="none_there")
        forged = self.event(kind, capture(), certificate="none_there", key="somebody")
        self.work()
        self.assert_done(good)
        self.refused(forged, "signature")

    def test_while_nobody_answers_it_is_booked_on_neither(self):
        self.api.orders[ORDER_ID] = order()
        ipn = self.event(
            "PAYMENT.CAPTURE.COMPLETED", capture(), certificate="none_there"
        )
        self.api.change("500", times=0)
        self.work()
        self.assertEqual((ipn.state, ipn.reason), ("received", "no_answer"))
        self.api.change(None)
        self.make_due(ipn)
        self.work()
        self.assert_done(ipn)

    def test_a_stand_in_elsewhere_is_never_asked(self):
        ipn = self.event("PAYMENT.CAPTURE.COMPLETED", capture())
        ipn.company_id = self.company
        elsewhere = patch.dict(os.environ, {STANDIN_VARIABLE: "http://192.0.2.1/"})
        with elsewhere, self.assertRaises(ValueError):
            ipn._webhook_proof()

    def test_without_a_stand_in_its_certificate_is_none_of_paypals(self):
        ipn = self.event("PAYMENT.CAPTURE.COMPLETED", capture())
        ipn.company_id = self.company
        with patch.dict(os.environ):
            del os.environ[STANDIN_VARIABLE]
            [answer] = ipn._webhook_proof()()
        self.assertEqual(answer.detail, "host")
