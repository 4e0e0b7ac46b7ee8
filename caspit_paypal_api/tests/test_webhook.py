# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.addons.caspit_paypal_ipn.models.company.res_company import STANDIN_VARIABLE
from odoo.addons.caspit_paypal_ipn.tests.common import MERCHANT_ID, message
from odoo.tests import HttpCase, tagged

from tools.standin.paypal import PayPalStandIn

from .common import SALE_ID, PaypalApiCase, money, move

ORDER_ID = "5O190127TN364715T"
PATH = "/PayPal/Webhook"


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


class TestWebhook(WebhookCase):
    """An event is booked as the IPN of it would be, once."""

    def test_a_capture_whose_order_can_be_read_is_a_whole_sale(self):
        self.api.orders[ORDER_ID] = order()
        ipn = self.take_event("PAYMENT.CAPTURE.COMPLETED", capture())
        document = self.assert_done(ipn)
        line = document.invoice_line_ids
        self.assertEqual((line.name, line.quantity), ("Blue shirt", 2.0))
        self.assertEqual(document.partner_id.email, "dana@example.com")
        self.assertTrue(ipn.receipt_mail_id)
        self.assertEqual(self.paypal_balance(), 113.8)

    def test_ipn_and_event_of_one_payment_are_one_whichever_comes_first(self):
        self.api.orders[ORDER_ID] = order()
        for number, first in enumerate(("ipn", "event")):
            txn_id = f"{number}AB23456CD789012E"
            self.api.orders[ORDER_ID] = order(txn_id)
            steps = {
                "ipn": lambda txn_id=txn_id: self.take_genuine(message(txn_id=txn_id)),
                "event": lambda txn_id=txn_id: self.take_event(
                    "PAYMENT.CAPTURE.COMPLETED", capture(txn_id)
                ),
            }
            booked = steps.pop(first)()
            [second] = [step() for step in steps.values()]
            self.assert_done(booked)
            self.assertEqual((second.state, second.reason), ("ignored", "duplicate"))
        self.assertEqual(self.paypal_balance(), 2 * 113.8)

    def take_genuine(self, body):
        """Receive an IPN that PayPal stands by."""
        self.signer._admitted.add(body)
        ipn = self.receive(body)
        self.work()
        return ipn

    def test_a_refund_credits_the_sale_that_an_ipn_made(self):
        sale = self.take_genuine(message())
        ipn = self.take_event("PAYMENT.CAPTURE.REFUNDED", refund())
        self.assertEqual(ipn.state, "done", ipn.explanation)
        self.assertEqual(ipn.original_id, sale)
        self.assertEqual(sale.credited, 118.0)
        self.assertEqual(self.paypal_balance(), -4.2)

    def test_what_is_pending_or_denied_books_nothing(self):
        waits = self.take_event("PAYMENT.CAPTURE.PENDING", capture(status="PENDING"))
        self.assert_side(waits, "ignored", "pending")
        denied = self.take_event("PAYMENT.CAPTURE.DENIED", capture(status="DECLINED"))
        self.assert_side(denied, "ignored", "no_money")

    def test_money_that_paypal_pulls_leaves_the_account(self):
        self.take_genuine(message())
        ipn = self.take_event("PAYMENT.CAPTURE.REVERSED", refund())
        self.assertEqual(ipn.kind, "reversal")
        self.assertEqual(ipn.state, "done", ipn.explanation)
        self.assertEqual(self.paypal_balance(), -4.2)

    def test_a_dispute_is_noted_on_the_sale_with_the_day_to_answer(self):
        sale = self.take_genuine(message())
        due = fields.Datetime.now() + timedelta(days=10)
        case = {
            "dispute_id": "PP-D-12345",
            "reason": "UNAUTHORISED",
            "status": "OPEN",
            "dispute_life_cycle_stage": "INQUIRY",
            "dispute_amount": money("ILS", "118.00"),
            "seller_response_due_date": due.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "disputed_transactions": [{"seller_transaction_id": SALE_ID}],
        }
        self.take_event("CUSTOMER.DISPUTE.CREATED", case)
        [dispute] = self.env["paypal.api.dispute"].search([])
        self.assertEqual((dispute.ipn_id, dispute.is_open), (sale, True))
        self.assertEqual(len(sale.document_id.activity_ids), 1)
        case |= {"status": "RESOLVED", "dispute_outcome": {"outcome_code": "DENIED"}}
        ended = self.take_event("CUSTOMER.DISPUTE.RESOLVED", case)
        self.assert_side(ended, "ignored", "no_money")
        self.assertFalse(dispute.is_open)

    def test_each_payment_of_a_subscription_names_it(self):
        sale = {
            "id": SALE_ID,
            "state": "completed",
            "amount": {"total": "118.00", "currency": "ILS"},
            "transaction_fee": {"value": "4.20", "currency": "ILS"},
            "billing_agreement_id": "I-ABCDEF123456",
        }
        ipn = self.take_event("PAYMENT.SALE.COMPLETED", sale)
        self.assert_done(ipn)
        self.assertEqual(ipn.subscription_id, "I-ABCDEF123456")
        self.assertEqual(self.paypal_balance(), 113.8)

    def test_the_screen_and_the_erasure_know_an_event(self):
        self.api.orders[ORDER_ID] = order()
        ipn = self.take_event("PAYMENT.CAPTURE.COMPLETED", capture())
        self.assertIn("dana@example.com", ipn.content_html)
        self.assertIn("PAYMENT.CAPTURE.COMPLETED", ipn.raw_text)
        ipn._erase_personal_data()
        ipn.invalidate_recordset()
        self.assertNotIn("dana", ipn.content_html.lower() + ipn.raw_text)
        self.assertEqual(ipn._message().txn_id, SALE_ID)


class TestWithoutTheOrder(WebhookCase):
    """Another app made the order: buyer and lines come from the ledger, or not."""

    def setUp(self):
        super().setUp()
        self.connect()

    def test_it_waits_for_the_ledger_and_is_whole_then(self):
        ipn = self.take_event("PAYMENT.CAPTURE.COMPLETED", capture())
        self.assertEqual((ipn.state, ipn.reason), ("verified", "awaits_details"))
        self.assertFalse(ipn.move_ids)
        self.api.moves = [move()]
        self.walk()
        self.work()
        document = self.assert_done(ipn)
        self.assertEqual(document.invoice_line_ids.name, "Blue shirt")
        self.assertEqual(document.partner_id.email, "dana@example.com")
        self.assertFalse(self.made())
        self.assertEqual(self.line().result, "equal")
        self.assertEqual(self.paypal_balance(), 113.8)

    def test_after_its_hours_it_goes_on_without(self):
        ipn = self.take_event("PAYMENT.CAPTURE.COMPLETED", capture())
        ipn.received_at -= timedelta(hours=4)
        self.make_due(ipn)
        self.work()
        self.assertEqual(self.assert_done(ipn).amount_total, 118.0)

    def test_who_does_not_want_to_wait_does_not(self):
        self.connection.webhook_lines = "without"
        ipn = self.take_event("PAYMENT.CAPTURE.COMPLETED", capture())
        self.assert_done(ipn)

    def test_an_ipn_that_comes_meanwhile_is_not_held_up(self):
        ipn = self.take_event("PAYMENT.CAPTURE.COMPLETED", capture())
        body = message()
        self.signer._admitted.add(body)
        booked = self.receive(body)
        self.work()
        self.assert_done(booked)
        self.make_due(ipn)
        ipn.received_at -= timedelta(hours=4)
        self.work()
        self.assert_side(ipn, "ignored", "duplicate")


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


class TestSubscription(WebhookCase):
    """The switch: ours is found again, ten are too many, what is missing is said."""

    def test_on_is_on_and_is_found_again(self):
        connection = self.connection
        self.assertEqual(connection.webhook_state, "on")
        first = connection.webhook_id
        connection.webhook_id = False
        connection.action_webhooks_on()
        self.assertEqual(connection.webhook_id, first)
        ours = [
            w for w in self.api.webhooks.values() if w["url"] == connection.webhook_url
        ]
        self.assertEqual(len(ours), 1)

    def test_off_gives_the_address_back(self):
        self.connection.action_webhooks_off()
        self.assertEqual(self.connection.webhook_state, "off")
        self.assertFalse(self.api.webhooks)
        self.connection.action_webhooks_on()

    def test_ten_are_as_many_as_paypal_takes(self):
        self.connection.action_webhooks_off()
        others = {
            str(n): {"id": str(n), "url": f"https://{n}.example.com", "event_types": []}
            for n in range(10)
        }
        with patch.dict(self.api.webhooks, others):
            self.connection.action_webhooks_on()
        self.assertEqual(self.connection.webhook_state, "trouble")
        self.assertIn("Ten addresses", self.connection.webhook_explanation)
        self.connection.action_webhooks_on()
        self.assertEqual(self.connection.webhook_state, "on")

    def test_a_permission_that_is_missing_is_said(self):
        with patch.object(self.api, "scopes", ()):
            self.connection.action_webhooks_on()
        self.assertIn("subscribe to webhooks", self.connection.webhook_explanation)

    def test_what_was_missed_is_listed_asked_for_and_found(self):
        self.connection.webhook_since = self.ago(days=1)
        early = self.ago(hours=1).strftime("%Y-%m-%dT%H:%M:%SZ")
        event = self.api.event(
            "PAYMENT.CAPTURE.COMPLETED", capture(), create_time=early
        )
        self.connection.action_webhooks_missed()
        [missed] = self.connection.event_ids
        self.assertEqual((missed.event_id, missed.asked), (event["id"], 1))
        self.assertEqual(len(self.api.resends), 1)
        self.api.resends.clear()
        ipn = self.keep(self.api.sign(event, self.connection.webhook_id))
        self.work()
        self.connection.action_webhooks_missed()
        self.assertEqual(missed.ipn_id, ipn)
        self.assertEqual(self.connection.missed_count, 0)
        self.assertFalse(self.api.resends)

    def test_a_subscription_that_was_deleted_in_paypal_is_told(self):
        with patch.dict(self.api.webhooks, clear=True):
            self.connection.action_webhooks_missed()
        self.assertIn("deleted it", self.connection.webhook_explanation)


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
