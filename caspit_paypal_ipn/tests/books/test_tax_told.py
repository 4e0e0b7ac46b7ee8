# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lines and taxes of a sale: discounts, postage, what PayPal calls tax, and where."""

from ..common import PaypalIpnCase, message

CART = {
    "txn_type": "cart",
    "item_name": None,
    "quantity": None,
    "item_name1": "Book",
    "item_number1": "BOOK",
    "quantity1": "1",
    "item_name2": "Shirt",
    "quantity2": "1",
}


class TestTaxTold(PaypalIpnCase):
    def setUp(self):
        super().setUp()
        self.company._paypal_setup()
        self.vat = self.company.account_sale_tax_id

    def set_tax_of_books(self, *rate):
        """Give the books of the cart a rate of their own, or no VAT at all."""
        taxes = self.vat.browse()
        for amount in rate:
            taxes |= self.vat.copy({"name": f"VAT {amount}%", "amount": amount})
        self.product_a.write({"default_code": "BOOK", "taxes_id": taxes})

    def document(self, **changes):
        return self.assert_done(self.take(message(**changes)))

    def told(self, document):
        """The lines of a document: what each comes to, and the VAT inside it."""
        return [
            (line.price_total, round(line.price_total - line.price_subtotal, 2))
            for line in document.invoice_line_ids
        ]

    # === DISCOUNT AND POSTAGE === #

    def test_a_discount_on_goods_without_vat_has_none(self):
        self.set_tax_of_books()
        cart = {"mc_gross_1": "100.00", "mc_gross_2": "0.00", "discount": "10.00"}
        document = self.document(**{**CART, **cart, "mc_gross": "90.00"})
        self.assertEqual((document.amount_total, document.amount_tax), (90.00, 0.00))

    def test_a_discount_and_postage_are_shared_out_over_the_taxes_of_the_goods(self):
        self.set_tax_of_books(7.0)
        cart = {"mc_gross_1": "10.70", "mc_gross_2": "35.40"}
        extras = {"discount": "4.61", "mc_shipping": "9.22", "mc_gross": "50.71"}
        document = self.document(**{**CART, **cart, **extras})
        self.assertEqual(
            self.told(document),
            [
                (10.70, 0.70),
                (35.40, 5.40),
                (2.14, 0.14),
                (7.08, 1.08),
                (-1.07, -0.07),
                (-3.54, -0.54),
            ],
        )
        self.assertEqual(document.amount_tax, 6.71)

    def test_goods_of_one_tax_keep_one_line_for_each_charge(self):
        document = self.document(
            mc_gross="118.00", mc_shipping="18.00", mc_handling="5.00"
        )
        self.assertEqual(
            self.told(document),
            [(95.00, 14.49), (18.00, 2.75), (5.00, 0.76)],
        )

    # === VAT === #

    def test_what_paypal_calls_tax_is_the_vat_itself(self):
        document = self.document(tax="18.00")
        self.assertEqual(self.told(document), [(118.00, 18.00)])
        self.assertEqual(document.amount_untaxed, 100.00)
        self.assertFalse(document.paypal_ipn_id.explanation)

    def test_the_tax_of_a_mixed_cart_stands_where_the_rates_put_it(self):
        self.set_tax_of_books()
        cart = {"mc_gross_1": "50.00", "mc_gross_2": "50.00", "tax": "9.00"}
        document = self.document(**{**CART, **cart, "mc_gross": "109.00"})
        self.assertEqual(self.told(document), [(50.00, 0.00), (59.00, 9.00)])

    def test_tax_on_goods_postage_and_discount_is_understood(self):
        cart = {"mc_gross_1": "50.00", "mc_gross_2": "50.00", "tax": "18.90"}
        extras = {"discount": "5.00", "mc_shipping": "10.00", "mc_gross": "123.90"}
        document = self.document(**{**CART, **cart, **extras})
        self.assertEqual(document.amount_tax, 18.90)
        self.assertFalse(document.paypal_ipn_id.explanation)

    def test_a_tax_that_is_not_what_the_rate_gives_is_told(self):
        document = self.document(tax="20.00", mc_gross="120.00")
        self.assertEqual(self.told(document), [(120.00, 18.31)])
        explanation = document.paypal_ipn_id.explanation
        self.assertIn("20.00 ILS", explanation)
        self.assertIn("18.31 ILS", explanation)

    def test_an_exempt_dealers_tax_is_no_line_and_told(self):
        self.company.paypal_document_type = "receipt"
        document = self.document(tax="18.00")
        self.assertEqual(self.told(document), [(118.00, 0.00)])
        self.assertIn("18.00 ILS", document.paypal_ipn_id.explanation)

    def test_without_any_vat_it_stays_a_line(self):
        self.company.account_sale_tax_id = False
        document = self.document(tax="18.00")
        self.assertEqual(
            self.told(document),
            [(100.00, 0.00), (18.00, 0.00)],
        )

    # === SALES TAX === #

    def sales_tax(self, document):
        """The income, and what is owed as sales tax."""
        account = self.company.paypal_sales_tax_account_id
        owed = document.line_ids.filtered(lambda line: line.account_id == account)
        income = document.line_ids.filtered(
            lambda line: line.account_id.internal_group == "income"
        )
        return -round(sum(income.mapped("balance")), 2), -sum(owed.mapped("balance"))

    def test_sales_tax_is_owed_and_no_income(self):
        self.company.paypal_sales_tax_account_id = self.company_data[
            "default_account_tax_sale"
        ]
        document = self.document(mc_gross="108.00", tax="8.00")
        self.assertEqual((document.amount_total, document.amount_tax), (108.00, 8.00))
        self.assertEqual(self.sales_tax(document), (100.00, 8.00))
        self.assertEqual(self.told(document), [(108.00, 8.00)])
        without = self.document(mc_gross="50.00", txn_id="3AB23456CD789012E")
        self.assertEqual(self.sales_tax(without), (50.00, 0.00))

    def test_sales_tax_is_paypals_to_the_cent_and_goes_back_with_its_part(self):
        self.company.paypal_sales_tax_account_id = self.company_data[
            "default_account_tax_sale"
        ]
        cart = {f"mc_gross_{n}": "33.33" for n in (1, 2, 3)}
        named = {"item_name3": "Hat", "quantity3": "1"}
        extras = {"tax": "8.87", "mc_shipping": "7.00", "mc_gross": "115.86"}
        document = self.document(**{**CART, **named, **cart, **extras})
        self.assertEqual(self.sales_tax(document), (106.99, 8.87))
        self.assertIn("8.875%", document.invoice_line_ids.tax_ids.mapped("name")[0])
        back = {"payment_status": "Refunded", "txn_type": None, "mc_fee": None}
        note = self.document(
            **back,
            txn_id="3AB23456CD789012E",
            parent_txn_id="1AB23456CD789012E",
            mc_gross="-115.86",
        )
        self.assertEqual(self.sales_tax(note), (-106.99, -8.87))

    # === WHERE === #

    def test_this_messages_ship_to_decides_not_the_customers_record(self):
        self.assertEqual(self.document().amount_tax, 18.00)
        abroad = {"address_country_code": "US", "address_state": "NY"}
        document = self.document(**abroad, txn_id="3AB23456CD789012E")
        self.assertEqual(document.amount_tax, 0.00)
        self.assertEqual(document.partner_id.country_id.code, "IL")
        self.assertEqual(document.partner_shipping_id.country_id.code, "US")
        self.assertEqual(document.partner_shipping_id.type, "delivery")
        place = document.paypal_ipn_id.place
        for word in ("United States", "Israel", "differ"):
            self.assertIn(word, place)
        again = self.document(**abroad, txn_id="4AB23456CD789012E")
        self.assertEqual(again.partner_shipping_id, document.partner_shipping_id)

    def test_a_foreign_customer_who_ships_home_pays_vat(self):
        american = {"payer_id": "AMERICAN00001", "payer_email": "jo@example.com"}
        abroad = {"address_country_code": "US", "residence_country": "US"}
        self.assertEqual(self.document(**american, **abroad).amount_tax, 0.00)
        here = self.document(
            **american, residence_country="US", txn_id="3AB23456CD789012E"
        )
        self.assertEqual(here.amount_tax, 18.00)

    def test_what_is_not_shipped_is_taxed_where_its_payer_lives(self):
        self.assertEqual(self.document().amount_tax, 18.00)
        digital = dict.fromkeys(
            ("address_country_code", "address_street", "address_city")
        )
        document = self.document(
            **digital, residence_country="US", txn_id="3AB23456CD789012E"
        )
        self.assertEqual(document.amount_tax, 0.00)
        self.assertEqual(document.partner_shipping_id, document.partner_id)
        self.assertIn("Nothing is shipped", document.paypal_ipn_id.place)

    def test_paypals_code_for_china_is_china(self):
        document = self.document(address_country_code="C2", residence_country="C2")
        self.assertEqual(document.partner_id.country_id.code, "CN")
        self.assertEqual(document.amount_tax, 0.00)
