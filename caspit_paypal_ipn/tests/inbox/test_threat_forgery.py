# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields

from ..common import MERCHANT_EMAIL, MERCHANT_ID, PayPal, PaypalIpnCase, message

STRANGER = {"receiver_id": "STRANGER12345", "receiver_email": "x@example.org"}


class TestThreatForgery(PaypalIpnCase):
    """Who tries to have something booked that was not paid to this merchant."""

    def test_what_paypal_denies_books_nothing(self):
        ipn = self.receive(message(), genuine=False)
        self.work()
        self.assert_side(ipn, "refused", "invalid")
        self.assertEqual(self.paypal.asked, [message()])

    def test_a_payment_in_the_sandbox_is_no_payment_to_a_live_company(self):
        self.company.paypal_environment = "live"
        ipn = self.take(message(test_ipn="1"))
        self.assert_side(ipn, "refused", "wrong_environment")
        self.assertFalse(self.paypal.asked)

    def test_a_genuine_payment_to_another_merchant_is_not_ours(self):
        emails = {"receiver_email": "x@example.org", "business": "x@example.org"}
        for receiver_id in (STRANGER["receiver_id"], None):
            with self.subTest(receiver_id):
                ipn = self.take(message(receiver_id=receiver_id, **emails))
                self.assert_side(ipn, "refused", "unknown_receiver")
                self.assertIn("x@example.org", ipn.explanation)
                self.assertFalse(self.paypal.asked)

    def test_one_byte_changed_in_any_field_of_money_makes_it_invalid(self):
        genuine = message()
        self.take(genuine)
        for field, value in {"mc_gross": "918.00", "txn_id": "OTHER"}.items():
            with self.subTest(field):
                forged = self.receive(message(**{field: value}), genuine=False)
                self.work()
                self.assert_side(forged, "refused", "invalid")

    def test_a_message_replayed_after_a_year_is_a_resend_and_nothing_more(self):
        body = message()
        ipn = self.take(body)
        document = self.assert_done(ipn)
        ipn.received_at = fields.Datetime.now() - timedelta(days=366)
        before = self.paypal_balance()
        self.assertEqual(self.take(body), ipn)
        self.assertEqual(ipn.resend_count, 1)
        self.assertEqual(ipn.document_id, document)
        self.assertEqual(self.paypal_balance(), before)
        self.assertEqual(self.paypal.asked, [body])

    def test_the_receivers_id_decides_against_every_address(self):
        """The addresses name us, PayPal's own key names somebody else."""
        ipn = self.take(
            message(
                receiver_id=STRANGER["receiver_id"],
                receiver_email=MERCHANT_EMAIL,
                business=MERCHANT_EMAIL,
            )
        )
        self.assert_side(ipn, "refused", "unknown_receiver")
        self.assertFalse(self.paypal.asked)

    def test_a_receiver_that_comes_twice_is_the_first_one(self):
        extra = f"&receiver_id={MERCHANT_ID}".encode()
        ipn = self.take(message(receiver_id=STRANGER["receiver_id"]) + extra)
        self.assert_side(ipn, "refused", "unknown_receiver")

    def test_a_payer_who_calls_himself_the_merchant_books_nothing(self):
        fields_ = {"payer_id": MERCHANT_ID, "payer_email": MERCHANT_EMAIL}
        ipn = self.take(message(**STRANGER, business="x@example.org", **fields_))
        self.assert_side(ipn, "ignored", "not_income")
        self.assertFalse(ipn.document_id or ipn.payment_ids or ipn.move_ids)

    def test_nothing_in_a_message_chooses_whom_to_ask(self):
        evil = PayPal()
        self.addCleanup(evil.stop)
        body = message(
            notify_url=evil.url,
            postback_url=evil.url,
            cmd="_notify-synch",
            domain=f"127.0.0.1:{evil.server_port}",
            custom=evil.url,
        )
        evil.genuine.add(body)
        ipn = self.receive(body, genuine=False)
        self.work()
        self.assert_side(ipn, "refused", "invalid")
        self.assertFalse(evil.asked)
        self.assertEqual(self.paypal.asked, [body])

    # === OPEN INVOICES === #

    def test_a_cheap_payment_that_names_an_expensive_invoice_leaves_it_open(self):
        invoice = self.open_invoice(net=10_000.0)
        ipn = self.take(message(invoice=invoice.name, mc_gross="1.18", mc_fee="0.30"))
        self.assertEqual(ipn.document_id, invoice)  # a part: the rest stays open
        self.assertEqual(invoice.payment_state, "partial")
        self.assertEqual(invoice.amount_residual, 11_798.82)

    def test_a_payment_in_a_cheaper_currency_leaves_the_invoice_open(self):
        self.setup_other_currency("USD", rates=[("2020-01-01", 0.25)])
        invoice = self.open_invoice(net=100.0)
        ipn = self.take(message(invoice=invoice.name, mc_currency="USD"))
        self.assert_side(ipn, "attention", "named_invoice")
        self.assertEqual(invoice.payment_state, "not_paid")

    def test_another_customers_invoice_stays_open(self):
        invoice = self.open_invoice(name="Ruth Cohen", email="ruth@example.com")
        ipn = self.take(message(invoice=invoice.name))
        self.assert_side(ipn, "attention", "named_invoice")
        self.assertEqual(invoice.payment_state, "not_paid")
