# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.addons.caspit_paypal_ipn.tests.common import message

from .. import post_init_hook
from .common import CAPTURE, ORDER, ProviderCase


class TestSale(ProviderCase):
    def test_the_provider_first_then_the_notification(self):
        invoice = self.open_invoice()
        transaction = self.open_transaction(invoice)
        self.capture(transaction)
        self.assertEqual(invoice.payment_state, "paid")
        sale = self.take(message())
        self.assert_left_to_provider(sale, transaction)
        self.assertEqual(sale.document_id, invoice)
        again = self.take(message(custom="the same in other bytes"))
        self.assert_side(again, "ignored", "duplicate")
        self.assertEqual(self.payments(), transaction.payment_id)

    def test_the_notification_first_waits_for_the_provider(self):
        transaction = self.open_transaction()
        sale = self.take(message())
        self.assertEqual((sale.state, sale.reason), ("verified", "provider_wait"))
        self.assertFalse(self.payments())
        self.capture(transaction)
        self.work()
        self.assert_left_to_provider(sale, transaction)
        self.assertFalse(sale.document_id)

    def test_a_webhook_that_comes_last_does_not_hide_the_payment(self):
        transaction = self.open_transaction()
        self.capture(transaction)
        self.webhook(transaction)
        self.assertEqual(transaction.provider_reference, ORDER)
        self.assert_left_to_provider(self.take(message()), transaction)

    def test_a_webhook_alone_names_the_payment(self):
        transaction = self.open_transaction()
        self.webhook(transaction, payments={"captures": [{"id": CAPTURE}]})
        transaction._post_process()
        self.assert_left_to_provider(self.take(message()), transaction)

    def test_a_pending_payment_is_done_when_the_notification_says_so(self):
        transaction = self.open_transaction()
        self.capture(transaction, status="PENDING")
        self.assertEqual(transaction.state, "pending")
        sale = self.take(message())
        self.assertEqual((sale.state, sale.reason), ("verified", "provider_wait"))
        self.assertEqual(transaction.state, "done")
        transaction._post_process()
        self.work()
        self.assert_left_to_provider(sale, transaction)

    def test_a_cart_that_was_left_holds_a_sale_up_for_two_tries(self):
        transaction = self.open_transaction()
        sale = self.take(message())
        for _ in range(2):
            self.assertEqual(sale.reason, "provider_wait")
            self.make_due(sale)
            self.work()
        document = self.assert_done(sale)
        # The buyer's browser was away, and the provider learns of it much later.
        self.capture(transaction)
        self.assertEqual(transaction.payment_id, sale.payment_ids)
        self.assertEqual(self.payments(), sale.payment_ids)
        self.assertEqual(sale.document_id, document)

    def test_who_brings_a_second_document_too_late_asks_a_person(self):
        sale = self.take(message())
        self.assert_done(sale)
        invoice = self.open_invoice()
        self.capture(self.open_transaction(invoice))
        self.assertEqual(self.payments(), sale.payment_ids)
        self.assertEqual(invoice.payment_state, "not_paid")
        self.assertIn(sale.document_id.name, invoice.activity_ids.summary)

    def test_a_transaction_of_another_amount_holds_nothing_up(self):
        self.open_transaction(amount=117.99)
        self.assert_done(self.take(message()))

    def test_a_payment_of_another_amount_is_for_a_person(self):
        self.capture(self.open_transaction(amount=100.0))
        sale = self.take(message())
        self.assert_side(sale, "attention", "total_mismatch")
        self.assertIn("100.0", sale.explanation)

    def test_what_was_there_before_is_known_by_its_reference(self):
        transaction = self.open_transaction()
        transaction.write({"provider_reference": CAPTURE, "state": "done"})
        transaction.last_state_change = fields.Datetime.now()
        transaction._post_process()
        post_init_hook(self.env(su=True))
        self.assert_left_to_provider(self.take(message()), transaction)
