"""Storable goods that are refunded, in a database with Odoo's Inventory.

What they cost leaves the stock's value with the sale, and comes back with the refund.
"""

from odoo.addons.caspit_paypal_ipn.tests.common import PaypalIpnCase, message

BACK = {"payment_status": "Refunded", "txn_type": None, "mc_fee": None}


class TestCost(PaypalIpnCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock, cls.cost = (
            cls.env["account.account"].create(
                {"name": name, "code": code, "account_type": account_type}
            )
            for name, code, account_type in (
                ("Stock", "1777", "asset_current"),
                ("Cost of goods", "5777", "expense_direct_cost"),
            )
        )
        category = cls.env["product.category"].create(
            {
                "name": "Valued at once",
                "property_valuation": "real_time",
                "property_cost_method": "standard",
                "property_stock_valuation_account_id": cls.stock.id,
                "property_account_expense_categ_id": cls.cost.id,
            }
        )
        for code, price in (("SHIRT", 30.00), ("CAP", 7.01)):
            cls.env["product.product"].create(
                {
                    "name": code.title(),
                    "default_code": code,
                    "is_storable": True,
                    "categ_id": category.id,
                    "standard_price": price,
                }
            )

    def sold(self, **changes):
        """Two shirts and a cap for 236.00, which cost 67.01."""
        cart = {
            "txn_type": "cart",
            "mc_gross": "236.00",
            "mc_fee": None,
            "num_cart_items": "2",
            "item_name1": "Shirt",
            "item_number1": "SHIRT",
            "quantity1": "2",
            "mc_gross_1": "200.00",
            "item_name2": "Cap",
            "item_number2": "CAP",
            "quantity2": "1",
            "mc_gross_2": "36.00",
        }
        return self.take(message(**{**cart, **changes}))

    def back(self, number, gross, **changes):
        ids = {"txn_id": f"2BACK{number}", "parent_txn_id": "1AB23456CD789012E"}
        return self.take(message(**{**BACK, **ids, "mc_gross": gross, **changes}))

    def booked(self, ipn):
        """:return: what a document books on the cost, and in the stock's value"""
        lines = self.assert_done(ipn).line_ids.grouped("account_id")
        balances = [lines[each].mapped("balance") for each in (self.cost, self.stock)]
        return tuple(round(sum(each), 2) for each in balances)

    def test_the_parts_of_a_refund_give_the_cost_back_in_parts(self):
        self.assertEqual(self.booked(self.sold()), (67.01, -67.01))
        # 100 / 236 of 60.00 and of 7.01, then 100 / 136 of what is left of each
        self.assertEqual(self.booked(self.back(1, "-100.00")), (-28.39, 28.39))
        self.assertEqual(self.booked(self.back(2, "-100.00")), (-28.40, 28.40))
        self.assertEqual(self.booked(self.back(3, "-36.00")), (-10.22, 10.22))

    def test_a_whole_refund_gives_all_of_it_back_once(self):
        self.sold()
        self.assertEqual(self.booked(self.back(1, "-236.00")), (-67.01, 67.01))

    def test_a_note_of_the_merchants_own_has_taken_its_share(self):
        sale = self.sold()
        invoice = sale.document_id
        own = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}])
        own.invoice_line_ids.filtered(
            lambda line: line.product_id.default_code == "CAP"
        ).unlink()
        own.action_post()
        self.assertEqual(own.amount_total, 200.00)
        self.assertEqual(self.back(1, "-200.00").document_id, own)
        self.assertEqual(self.booked(self.back(2, "-36.00")), (-7.01, 7.01))

    def test_in_a_foreign_currency_the_cost_comes_back_to_the_cent(self):
        self.setup_other_currency("USD", rates=[("2020-01-01", 0.27)])
        usd = {"mc_currency": "USD"}
        cost, stock = self.booked(self.sold(**usd))
        self.assertEqual(cost, -stock)
        self.assertGreater(cost, 0)
        parts = [
            self.booked(self.back(number, gross, **usd))
            for number, gross in enumerate(("-78.66", "-78.67", "-78.67"))
        ]
        for whole, part in zip((cost, stock), zip(*parts, strict=True), strict=True):
            self.assertEqual(round(whole + sum(part), 2), 0.00)
