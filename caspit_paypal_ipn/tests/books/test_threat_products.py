# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ..common import PaypalIpnCase, message


class TestThreatProducts(PaypalIpnCase):
    """The item number is the buyer's to write: it chooses no tax in silence."""

    def make_product(self, **values):
        return self.env["product.product"].create(
            {
                "name": "Something",
                "default_code": "1",
                "taxes_id": [(6, 0, self.company.account_sale_tax_id.ids)],
                **values,
            }
        )

    def sold(self, **changes):
        ipn = self.take(message(item_number="1", **changes))
        return ipn, self.assert_done(ipn).invoice_line_ids.product_id

    def remarks(self, ipn):
        notes = ipn.message_ids.mapped("body")
        return [note for note in notes if "picked products" in (note or "")]

    def test_a_product_that_is_not_for_sale_is_picked_by_nobody(self):
        expense = self.make_product(sale_ok=False, taxes_id=False)
        ipn, picked = self.sold()
        self.assertNotEqual(picked, expense)
        self.assertEqual(ipn.document_id.amount_tax, 18.0)

    def test_a_product_for_sale_with_the_usual_tax_is_picked_in_silence(self):
        shirt = self.make_product()
        ipn, picked = self.sold()
        self.assertEqual(picked, shirt)
        self.assertFalse(self.remarks(ipn))

    def test_other_taxes_than_usual_are_told_on_the_message(self):
        exempt = self.make_product(taxes_id=False)
        ipn, picked = self.sold()
        self.assertEqual(picked, exempt)
        self.assertEqual(ipn.document_id.amount_tax, 0.0)
        self.assertEqual(len(self.remarks(ipn)), 1)

    def test_the_merchant_may_keep_item_numbers_from_picking(self):
        exempt = self.make_product(taxes_id=False)
        self.company.paypal_item_products = False
        ipn, picked = self.sold()
        self.assertNotEqual(picked, exempt)
        self.assertEqual(ipn.document_id.amount_tax, 18.0)
