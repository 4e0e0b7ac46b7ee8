# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

# What PayPal calls the states of a capture, and not of an order.
# https://developer.paypal.com/docs/api/orders/v2/#definition-capture_status
# Last seen on: 25 November 2026.
CAPTURE_STATUSES = ("COMPLETED", "DECLINED", "PENDING", "REFUNDED", "FAILED")


class PaymentTransaction(models.Model):
    """A payment through Odoo's own PayPal provider, which PayPal notifies us of, too.

    Of the two, whoever comes second finds the payment of the first: it carries the
    capture's id, which is the ``txn_id`` of the notification.
    """

    _inherit = "payment.transaction"

    paypal_capture_id = fields.Char(
        "PayPal Transaction ID",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="PayPal's id of the payment itself. The provider reference may be that of "
        "the order, if PayPal's webhook came last.",
    )

    def _apply_updates(self, payment_data):
        """Keep the id of the capture, which is lost in a provider reference."""
        if self.provider_code == "paypal" and payment_data:
            captures = payment_data.get("payments", {}).get("captures")
            if captures:
                self.paypal_capture_id = captures[0].get("id")
            elif payment_data.get("status") in CAPTURE_STATUSES:
                self.paypal_capture_id = self.paypal_capture_id or payment_data.get(
                    "id"
                )
        return super()._apply_updates(payment_data)

    def _post_process(self):
        """Work the notifications that waited for these payments."""
        result = super()._post_process()
        captures = self.filtered(lambda tx: tx.provider_code == "paypal").mapped(
            "paypal_capture_id"
        )
        self.env["paypal.ipn"].sudo()._stop_waiting_for(captures)
        return result

    def _create_payment(self, **extra_create_values):
        """Make no second payment of what a notification has booked.

        A payment out is marked when its notification comes, which still has to make
        the credit note.
        """
        capture = self.provider_code == "paypal" and self.paypal_capture_id
        if not capture or self.operation == "refund":
            return super()._create_payment(**extra_create_values)
        booked = self.env["account.payment"].search(
            [("company_id", "=", self.company_id.id), ("paypal_txn_id", "=", capture)]
        )
        if not booked:
            return super()._create_payment(paypal_txn_id=capture, **extra_create_values)
        self.payment_id = booked
        booked.paypal_ipn_id.sudo()._ask_which_document(self.invoice_ids)
        return booked
