# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.caspit_paypal_ipn.tests.common import PaypalIpnCase, message


class TestOrder(PaypalIpnCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("sales_team.group_sale_manager")

    def order(self, price=100.0, policy="order", email="dana@example.com"):
        """A quotation over a price before VAT."""
        customer = self.env["res.partner"].create({"name": "Dana Levi", "email": email})
        product = self.env["product.product"].create(
            {"name": "Blue shirt", "invoice_policy": policy, "list_price": price}
        )
        taxes = self.company.account_sale_tax_id
        return self.env["sale.order"].create(
            {
                "partner_id": customer.id,
                "company_id": self.company.id,
                "order_line": [
                    (
                        0,
                        0,
                        {
                            "product_id": product.id,
                            "price_unit": price,
                            "tax_ids": [(6, 0, taxes.ids)],
                        },
                    )
                ],
            }
        )

    def documents(self):
        return self.env["account.move"].search(
            [("move_type", "=", "out_invoice"), ("company_id", "=", self.company.id)]
        )

    def test_a_payment_confirms_and_invoices_the_order_it_names(self):
        order = self.order()
        before = self.documents()
        number = order.name.lower().replace("s", "S-")
        sale = self.take(message(custom=number))
        document = self.assert_done(sale)
        self.assertEqual((order.state, order.invoice_status), ("sale", "invoiced"))
        self.assertEqual(document, order.invoice_ids)
        self.assertEqual(document, self.documents() - before)
        self.assertEqual((document.amount_total, document.amount_tax), (118.00, 18.00))
        self.assertEqual(sale.sale_order_id, order)
        self.assertEqual(document._paypal_document_title(), "Tax Invoice / Receipt")

    def test_a_part_of_the_order_is_a_down_payment(self):
        order = self.order()
        sale = self.take(message(invoice=order.name, mc_gross="59.00"))
        document = self.assert_done(sale)
        self.assertEqual((document.amount_total, document.amount_tax), (59.00, 9.00))
        self.assertEqual(order.invoice_ids, document)
        rest = self.take(message(invoice=order.name, mc_gross="59.00", txn_id="REST1"))
        self.assertEqual(self.assert_done(rest).amount_total, 59.00)
        self.assertEqual(order.invoice_status, "invoiced")

    def test_what_is_not_delivered_yet_is_a_down_payment(self):
        order = self.order(policy="delivery")
        document = self.assert_done(self.take(message(invoice=order.name)))
        self.assertEqual(document.amount_total, 118.00)
        self.assertTrue(document.invoice_line_ids.sale_line_ids.is_downpayment)

    def test_another_payer_is_a_persons_to_judge(self):
        order = self.order(email="else@example.com")
        sale = self.take(message(invoice=order.name))
        self.assert_side(sale, "attention", "named_invoice")
        self.assertEqual(order.state, "draft")
        sale.with_context(paypal_answer="pay_named").action_answer()
        self.work()
        self.assertEqual(self.assert_done(sale), order.invoice_ids)

    def test_another_sale_leaves_the_order_alone(self):
        order = self.order(price=200.0, email="else@example.com")
        sale = self.take(message(invoice=order.name))
        sale.with_context(paypal_answer="other_sale").action_answer()
        self.work()
        self.assertEqual(self.assert_done(sale).amount_total, 118.00)
        self.assertEqual((order.state, len(order.invoice_ids)), ("draft", 0))

    def test_the_orders_open_invoice_is_paid(self):
        order = self.order()
        order.action_confirm()
        invoice = order._create_invoices()
        invoice.action_post()
        self.assertEqual(
            self.assert_done(self.take(message(invoice=order.name))), invoice
        )

    def test_an_order_that_is_paid_gets_no_second_document(self):
        order = self.order()
        self.assert_done(self.take(message(invoice=order.name)))
        again = self.take(message(invoice=order.name, txn_id="AGAIN1"))
        self.assert_side(again, "attention", "named_invoice")
