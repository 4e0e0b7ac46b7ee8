# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.caspit_paypal_ipn.tests.books.test_refund import refund
from odoo.addons.caspit_paypal_ipn.tests.common import message

from .common import ProviderCase


class TestWhatComesAfter(ProviderCase):
    def test_a_refund_at_paypal_credits_the_providers_invoice(self):
        invoice = self.open_invoice()
        journal = self.provider.journal_id
        transaction = self.open_transaction(invoice)
        self.capture(transaction)
        outbound = journal.outbound_payment_method_line_ids
        outbound.payment_account_id = transaction.payment_id.outstanding_account_id
        self.take(message())
        back = self.take(refund())
        note = self.assert_done(back)
        self.assertEqual(note.reversed_entry_id, invoice)
        self.assertEqual(back.payment_ids.journal_id, journal)
        self.assertEqual(back.move_ids.journal_id, journal | note.journal_id)
        self.assertEqual(self.paypal_balance(), 0.0)

    def test_an_invoice_made_after_the_payment_is_credited_as_well(self):
        transaction = self.open_transaction()
        self.capture(transaction)
        sale = self.take(message())
        self.assertFalse(sale.document_id)
        waits = self.take(refund())
        self.assert_side(waits, "attention", "original_missing")
        invoice = self.open_invoice()
        receivable = (invoice | transaction.payment_id.move_id).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        receivable.reconcile()
        outbound = transaction.payment_id.journal_id.outbound_payment_method_line_ids
        outbound.payment_account_id = transaction.payment_id.outstanding_account_id
        waits.action_retry()
        self.work()
        self.assertEqual(self.assert_done(waits).reversed_entry_id, invoice)

    def test_a_refund_that_the_provider_paid_is_credited_and_not_paid_again(self):
        invoice = self.open_invoice()
        transaction = self.open_transaction(invoice)
        self.capture(transaction)
        self.take(message())
        back = transaction.create(
            {
                **transaction.copy_data({"reference": "R-S00001"})[0],
                "amount": -118.0,
                "operation": "refund",
                "source_transaction_id": transaction.id,
                "paypal_capture_id": "2RF00000000000001",
                "invoice_ids": False,
                "payment_id": False,
            }
        )
        back._set_done()
        back._post_process()
        ipn = self.take(refund())
        note = self.assert_done(ipn)
        self.assertEqual(note.reversed_entry_id, invoice)
        self.assertEqual(ipn.payment_ids, back.payment_id)
        self.assertEqual(len(self.payments()), 2)

    # === THE SANDBOX AND THE SET-UP === #

    def test_removing_the_sandbox_leaves_the_providers_payment(self):
        self.provider.state = "test"
        self.company.paypal_environment = "sandbox"
        transaction = self.open_transaction()
        self.capture(transaction)
        sale = self.take(message(test_ipn="1"))
        self.assert_left_to_provider(sale, transaction)
        self.company.sudo().action_paypal_remove_sandbox()
        self.assertFalse(sale.exists())
        self.assertEqual(transaction.payment_id.move_id.state, "posted")

    def test_the_set_up_says_where_the_provider_books(self):
        def finding():
            [found] = (
                each
                for each in self.company._paypal_checks()
                if each["code"] == "provider"
            )
            return found

        self.assertEqual(finding()["level"], "warn")
        self.assertIn("PayPal", finding()["sentence"])
        self.provider.journal_id = self.company.paypal_journal_id
        method = self.env["account.payment.method.line"].search(
            [("payment_provider_id", "=", self.provider.id)]
        )
        method.payment_account_id = self.company.paypal_journal_id.default_account_id
        self.assertEqual(finding()["level"], "ok")
        transaction = self.open_transaction()
        self.capture(transaction)
        self.assert_left_to_provider(self.take(message()), transaction)
        self.assertEqual(self.paypal_balance(), 113.80)
        self.provider.state = "disabled"
        codes = [each["code"] for each in self.company._paypal_checks()]
        self.assertNotIn("provider", codes)
