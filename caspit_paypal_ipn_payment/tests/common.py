# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.caspit_paypal_ipn.tests.common import PaypalIpnCase
from odoo.addons.payment_paypal.controllers.main import PaypalController

CAPTURE = "1AB23456CD789012E"  # the txn_id of the sale in a message
ORDER = "5O190127TN364715T"


class ProviderCase(PaypalIpnCase):
    """One sale, told by Odoo's PayPal provider and by PayPal's notification."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company._paypal_setup()
        cls.provider = (
            cls.env["payment.provider"]
            .sudo()
            .search(
                [("code", "=", "paypal"), ("company_id", "=", cls.company.id)], limit=1
            )
        )
        if not cls.provider:
            cls.provider = (
                cls.env.ref("payment.payment_provider_paypal")
                .sudo()
                .copy({"company_id": cls.company.id})
            )
        cls.provider.write(
            {
                "paypal_email_account": "seller@example.com",
                "paypal_client_id": "an-id",
                "paypal_client_secret": "a-secret",
                "state": "enabled",
            }
        )
        cls.customer = cls.env["res.partner"].create({"name": "Dana Levi"})

    # === WHAT ODOO'S PROVIDER DOES === #

    def open_transaction(self, invoice=None, amount=118.0, reference="S00001"):
        """A buyer stands at PayPal's page."""
        return (
            self.env["payment.transaction"]
            .sudo()
            .create(
                {
                    "provider_id": self.provider.id,
                    "payment_method_id": self.provider.payment_method_ids[:1].id
                    or self.env.ref("payment.payment_method_paypal").id,
                    "reference": reference,
                    "amount": amount,
                    "currency_id": self.env.ref("base.ILS").id,
                    "partner_id": self.customer.id,
                    "operation": "online_direct",
                    "invoice_ids": [(6, 0, invoice.ids if invoice else [])],
                }
            )
        )

    def capture(self, transaction, status="COMPLETED", post_process=True):
        """PayPal answers Odoo's capture, as it does in JSON."""
        self.answer(
            transaction,
            {
                "payment_source": {"paypal": {}},
                "purchase_units": [
                    {
                        "reference_id": transaction.reference,
                        "payments": {
                            "captures": [
                                {
                                    "id": CAPTURE,
                                    "status": status,
                                    "amount": self.amount_of(transaction),
                                }
                            ]
                        },
                    }
                ],
            },
        )
        if post_process:
            transaction._post_process()

    def webhook(self, transaction, **purchase_unit):
        """PayPal's webhook tells of the whole order."""
        resource = {
            "id": ORDER,
            "intent": "CAPTURE",
            "status": "COMPLETED",
            "payment_source": {"paypal": {}},
            "purchase_units": [
                {
                    "reference_id": transaction.reference,
                    "amount": self.amount_of(transaction),
                    **purchase_unit,
                }
            ],
        }
        self.answer(transaction, resource, from_webhook=True)

    def answer(self, transaction, data, **how):
        normalized = PaypalController()._normalize_paypal_data(data, **how)
        transaction._process("paypal", normalized)

    @staticmethod
    def amount_of(transaction):
        code = transaction.currency_id.name
        return {"value": str(transaction.amount), "currency_code": code}

    # === WHAT IS BOOKED === #

    def payments(self):
        return self.env["account.payment"].search([("amount", "=", 118.0)])

    def assert_left_to_provider(self, ipn, transaction):
        """One payment, no document of ours, and the fee where the money is."""
        self.assertEqual((ipn.state, ipn.reason), ("done", "provider"), ipn.explanation)
        payment = transaction.payment_id
        self.assertEqual(self.payments(), payment)
        self.assertEqual(ipn.provider_payment_id, payment)
        self.assertEqual(ipn.payment_ids, payment)
        self.assertIn(payment.name, ipn.explanation)
        fee = ipn.move_ids
        self.assertEqual((fee.move_type, fee.state), ("entry", "posted"))
        self.assertEqual(fee.journal_id, payment.journal_id)
        self.assertEqual(
            fee.line_ids.filtered("credit").account_id, payment.outstanding_account_id
        )
        self.assertFalse(ipn.receipt_mail_id)
