# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.addons.caspit_paypal_ipn.tests.common import message

from .common import SALE_ID, money, move
from .webhook import ORDER_ID, WebhookCase, capture, order, refund


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
