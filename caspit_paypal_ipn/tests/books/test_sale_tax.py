# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ..common import PaypalIpnCase, message

AMERICAN = {
    "payer_id": "BUYER00000002",
    "payer_email": "john@example.com",
    "first_name": "John",
    "last_name": "Smith",
    "address_country_code": "US",
    "residence_country": "US",
}
#: Three lines whose VAT, rounded each for itself, is not the VAT of their sum.
AWKWARD_CART = {
    "txn_type": "cart",
    "mc_gross": "30.05",
    "item_name": None,
    "quantity": None,
    "item_name1": "A",
    "quantity1": "3",
    "mc_gross_1": "10.00",
    "item_name2": "B",
    "quantity2": "7",
    "mc_gross_2": "10.01",
    "item_name3": "C",
    "quantity3": "1",
    "mc_gross_3": "10.04",
}


class TestSaleTax(PaypalIpnCase):
    def totals(self, **changes):
        """What a sale totals, and how much of it is VAT."""
        document = self.assert_done(self.take(message(**changes)))
        return document.amount_total, document.amount_tax

    def test_vat_is_inside_the_price_where_the_companys_tax_comes_on_top(self):
        tax = self.company.account_sale_tax_id
        self.assertFalse(tax.price_include)
        self.assertEqual(self.totals(), (118.00, 18.00))

    def test_vat_is_inside_the_price_where_the_companys_tax_is_included(self):
        tax = self.company.account_sale_tax_id
        tax.price_include_override = "tax_included"
        self.assertEqual(self.totals(), (118.00, 18.00))
        self.assertEqual(self.company.paypal_tax_id, tax)

    def test_the_total_is_exact_whichever_way_the_company_rounds(self):
        for number, method in enumerate(("round_per_line", "round_globally")):
            with self.subTest(method):
                self.company.tax_calculation_rounding_method = method
                txn_id = f"1AB23456CD789000{number}"
                total, _tax = self.totals(**AWKWARD_CART, txn_id=txn_id)
                self.assertEqual(total, 30.05)

    def test_a_company_without_a_sales_tax_books_without_vat(self):
        self.company.account_sale_tax_id = False
        self.assertEqual(self.totals(), (118.00, 0.00))

    # === WHO PAYS VAT === #

    def test_by_country_a_foreign_buyer_pays_none(self):
        self.assertEqual(self.totals(**AMERICAN), (118.00, 0.00))

    def test_by_country_a_domestic_buyer_pays_it(self):
        self.assertEqual(self.totals(), (118.00, 18.00))

    def test_by_country_a_foreign_buyer_pays_none_also_on_a_product(self):
        self.product_a.default_code = "SKU-12"
        self.assertEqual(self.totals(**AMERICAN, item_number="SKU-12"), (118.00, 0.00))

    def test_always_means_foreign_buyers_too(self):
        self.company.paypal_vat_policy = "always"
        self.assertEqual(self.totals(**AMERICAN), (118.00, 18.00))

    def test_never_means_no_tax_on_any_line(self):
        self.company.paypal_vat_policy = "never"
        self.product_a.default_code = "SKU-12"
        self.assertEqual(self.totals(), (118.00, 0.00))
        self.assertEqual(
            self.totals(item_number="SKU-12", txn_id="1AB23456CD7890002"),
            (118.00, 0.00),
        )

    def test_a_chosen_tax_that_comes_on_top_is_taken_out_of_the_price_too(self):
        self.company._paypal_setup()
        self.company.paypal_tax_id = self.company.account_sale_tax_id.copy(
            {"name": "5% on top", "amount": 5.0}
        )
        self.assertFalse(self.company.paypal_tax_id.price_include)
        self.assertEqual(self.totals(), (118.00, 5.62))

    def test_a_document_that_does_not_total_the_payment_is_not_made(self):
        self.company._paypal_setup()
        self.company.paypal_tax_id.price_include_override = "tax_excluded"
        ipn = self.take(message())
        self.assert_side(ipn, "attention", "total_mismatch")
        self.assertIn("139.24", ipn.explanation)
        self.company.paypal_tax_id.price_include_override = "tax_included"
        ipn.action_retry()
        self.work()
        self.assert_done(ipn)

    def test_a_quantity_finer_than_odoo_keeps_is_booked_as_one(self):
        document = self.assert_done(self.take(message(quantity="0.333")))
        self.assertEqual(document.amount_total, 118.00)
        self.assertEqual(document.invoice_line_ids.quantity, 1.0)

    def test_an_exempt_dealer_issues_a_receipt_without_vat(self):
        self.company.paypal_document_type = "receipt"
        document = self.assert_done(self.take(message()))
        self.assertEqual(document.amount_tax, 0.00)
        self.assertEqual(document._paypal_document_title(), "Receipt")

    def test_a_company_of_another_fiscal_country_is_told_so(self):
        self.company._paypal_setup()
        self.company.account_fiscal_country_id = self.env.ref("base.de")
        stopped = self.take(message())
        self.assert_side(stopped, "attention", "configuration")
        self.company.account_fiscal_country_id = self.env.ref("base.il")
        stopped.action_retry()
        self.work()
        self.assert_done(stopped)

    def test_the_vat_lands_where_that_of_a_hand_made_invoice_does(self):
        document = self.assert_done(self.take(message()))
        by_hand = self.init_invoice(
            "out_invoice",
            partner=document.partner_id,
            amounts=[100.0],
            taxes=self.company.account_sale_tax_id,
            post=True,
        )

        def tax_report(move):
            return sorted(
                (line.account_id.code, line.tax_tag_ids.mapped("name"), line.balance)
                for line in move.line_ids
                if line.tax_tag_ids
            )

        self.assertEqual(
            [row[1:] for row in tax_report(document)],
            [row[1:] for row in tax_report(by_hand)],
        )
