# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from ..common import PaypalIpnCase, message

OTHER_ID, OTHER_EMAIL = "REDHATS000001", "red@example.com"
THEIRS = {
    "receiver_id": OTHER_ID,
    "receiver_email": OTHER_EMAIL,
    "business": OTHER_EMAIL,
}
REFUND = {
    "payment_status": "Refunded",
    "txn_type": None,
    "reason_code": "refund",
    "mc_gross": "-118.00",
    "mc_fee": "-4.20",
    "parent_txn_id": "1AB23456CD789012E",
    "txn_id": "REFUND00000000001",
}


class TestThreatReuse(PaypalIpnCase):
    """An id means something within its own company and kind, and nowhere else."""

    @classmethod
    @AccountTestInvoicingCommon.setup_chart_template("il")
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.setup_other_company(name="Red Hats Ltd")["company"]
        cls.other.sudo().write(
            {"paypal_merchant_id": OTHER_ID, "paypal_email": OTHER_EMAIL}
        )
        cls.other.sudo().caspit_licence_ids.licensed = True

    def test_two_companies_may_have_the_same_transaction(self):
        ours, theirs = self.take(message(), message(**THEIRS))
        self.assertEqual(ours.txn_id, theirs.txn_id)
        self.assertEqual(self.assert_done(ours).company_id, self.company)
        self.assertEqual(self.assert_done(theirs).company_id, self.other)

    def test_a_refund_of_another_companys_sale_credits_nothing(self):
        sale, refund = self.take(message(), message(**REFUND, **THEIRS))
        self.assert_side(refund, "attention", "original_missing")
        self.assertFalse(sale.credited)
        self.assertFalse(sale.follower_ids)

    def test_a_sale_that_comes_again_as_pending_or_as_another_type_is_booked_once(self):
        sale, again, pending = self.take(
            message(),
            message(txn_type="cart", num_cart_items="1"),
            message(payment_status="Pending", pending_reason="echeck"),
        )
        self.assert_done(sale)
        self.assert_side(again, "ignored", "duplicate")
        self.assert_side(pending, "ignored", "pending")
        self.assertEqual(self.paypal_balance(), 113.80)

    def test_the_other_environment_books_nothing_under_the_same_id(self):
        sale, test = self.take(message(), message(test_ipn="1"))
        self.assert_done(sale)
        self.assert_side(test, "refused", "wrong_environment")
