# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo import Command

from ..common import (
    DETAILS,
    MERCHANT_EMAIL,
    MERCHANT_ID,
    PaypalIpnCase,
    message,
    sample,
)


class TestSale(PaypalIpnCase):
    def lines(self, document):
        return [
            (line.name, line.quantity, line.price_total)
            for line in document.invoice_line_ids
        ]

    # === WHAT A SALE BECOMES === #

    def test_a_hebrew_sale_is_booked_from_end_to_end(self):
        ipn = self.take(sample("13"))
        document = self.assert_done(ipn)
        self.assertRecordValues(
            document,
            [
                {
                    "move_type": "out_invoice",
                    "amount_total": 1000.00,
                    "amount_tax": 152.54,
                    "amount_residual": 0.00,
                    "currency_id": self.env.ref("base.ILS").id,
                    "company_id": self.company.id,
                    "paypal_txn_id": "48X50886Y1043502C",
                    "payment_reference": "48X50886Y1043502C",
                }
            ],
        )
        self.assertRecordValues(
            document.partner_id,
            [
                {
                    "name": "Test Buyer",
                    "email": "buyer@example.com",
                    "street": "הרצל 5 דירה 4",
                    "city": "תל-אביב",
                    "zip": "61014",
                    "country_id": self.env.ref("base.il").id,
                    "paypal_payer_id": "72CM8GPAN5KVN",
                }
            ],
        )
        self.assertEqual(self.lines(document), [("Cloud Platinum", 1.0, 1000.00)])
        self.assertEqual(self.paypal_balance(), 964.80)

    def test_payment_and_document_have_the_day_of_the_payment(self):
        # 23:27 in California is the next day's morning in Israel.
        ipn = self.take(sample("13"))
        self.assertEqual(ipn.payment_ids.date, date(2023, 1, 30))
        self.assertEqual(ipn.payment_ids.amount, 1000.00)
        self.assertEqual(ipn.payment_ids.payment_type, "inbound")
        self.assertEqual(ipn.payment_ids.journal_id, self.company.paypal_journal_id)
        self.assertEqual(ipn.document_id.invoice_date, date(2023, 1, 30))

    def test_the_fee_leaves_the_paypal_account_for_its_expense_account(self):
        ipn = self.take(message())
        [fee] = ipn.move_ids - ipn.document_id
        self.assertEqual((fee.state, fee.date), ("posted", date(2025, 1, 15)))
        expense = self.company.paypal_fee_account_id
        paypal = self.company.paypal_journal_id.default_account_id
        balances = {line.account_id: line.balance for line in fee.line_ids}
        self.assertEqual(balances, {expense: 4.20, paypal: -4.20})

    def test_a_sale_without_a_fee_makes_no_fee_entry(self):
        for number, fee in enumerate((None, "", "0.00")):
            with self.subTest(fee):
                ipn = self.take(message(mc_fee=fee, txn_id=f"1AB23456CD789000{number}"))
                self.assertEqual(ipn.move_ids, self.assert_done(ipn))

    def test_several_sales_are_booked_together(self):
        bodies = [
            message(txn_id=f"1AB23456CD789000{n}", mc_gross=f"{n}00.10")
            for n in range(1, 6)
        ]
        for n, ipn in enumerate(self.take(*bodies), start=1):
            document = self.assert_done(ipn)
            self.assertEqual(document.amount_total, n * 100 + 0.10)
            self.assertEqual(ipn.payment_ids.amount, n * 100 + 0.10)
            self.assertEqual(document._paypal_payments(), ipn.payment_ids)

    def test_one_that_cannot_be_booked_does_not_hold_up_the_others(self):
        good = [message(txn_id=f"1AB23456CD789000{n}") for n in range(3)]
        ipns = self.take(good[0], message(mc_currency="XAU", txn_id="BAD1"), *good[1:])
        bad = ipns.filtered(lambda ipn: ipn.txn_id == "BAD1")
        self.assert_side(bad, "attention", "currency")
        for ipn in ipns - bad:
            self.assert_done(ipn)

    # === LINES === #

    def test_a_cart_is_booked_line_by_line_to_its_total(self):
        ipn = self.take(
            message(
                txn_type="cart",
                mc_gross="82.43",
                discount="7.11",
                item_name=None,
                quantity=None,
                **{"item_name1": "Dress", "quantity1": "2", "mc_gross_1": "40.34"},
                **{"item_name2": "Skirt", "quantity2": "1", "mc_gross_2": "30.69"},
                **{"item_name3": "Courier", "quantity3": "1", "mc_gross_3": "18.51"},
            )
        )
        document = self.assert_done(ipn)
        self.assertEqual(
            self.lines(document),
            [
                ("Dress", 2.0, 40.34),
                ("Skirt", 1.0, 30.69),
                ("Courier", 1.0, 18.51),
                (document.invoice_line_ids[3].name, 1.0, -7.11),
            ],
        )
        self.assertEqual(document.amount_total, 82.43)

    def test_shipping_handling_and_discount_are_lines_of_their_own(self):
        ipn = self.take(
            message(
                txn_type="cart",
                payer_id="BUYER00000002",
                payer_email="john@example.com",
                address_country_code="US",
                mc_gross="118.00",
                mc_shipping="10.00",
                mc_handling="5.00",
                discount="7.00",
                item_name=None,
                quantity=None,
                **{"item_name1": "Dress", "quantity1": "1", "mc_gross_1": "110.00"},
            )
        )
        self.assertEqual(
            self.lines(self.assert_done(ipn)),
            [
                ("Dress", 1.0, 110.00),
                ("Shipping", 1.0, 10.00),
                ("Handling", 1.0, 5.00),
                ("Discount", 1.0, -7.00),
            ],
        )

    def test_an_item_number_finds_the_product_with_its_own_taxes(self):
        half = self.company.account_sale_tax_id.copy({"name": "9%", "amount": 9.0})
        self.product_a.write(
            {"default_code": "SKU-12", "taxes_id": [Command.set(half.ids)]}
        )
        ipn = self.take(message(item_number="SKU-12", mc_gross="109.00"))
        document = self.assert_done(ipn)
        self.assertEqual(document.invoice_line_ids.product_id, self.product_a)
        self.assertEqual(document.invoice_line_ids.name, "Blue shirt")
        self.assertEqual((document.amount_total, document.amount_tax), (109.00, 9.00))

    def test_a_product_of_another_company_is_not_found(self):
        other = self.env["res.company"].sudo().create({"name": "Red Hats Ltd"})
        product = self.env["product.product"].sudo()
        product.create(
            {"name": "Hat", "default_code": "SKU-13", "company_id": other.id}
        )
        ipn = self.take(message(item_number="SKU-13"))
        document = self.assert_done(ipn)
        self.assertEqual(
            document.invoice_line_ids.product_id, self.company.paypal_product_id
        )

    # === TRANSACTIONS ARE BOOKED ONCE === #

    def test_a_transaction_reported_twice_in_other_bytes_is_booked_once(self):
        first, second = self.take(message(), message(custom="resent"))
        self.assert_done(first)
        self.assert_side(second, "ignored", "duplicate")
        third = self.take(message(custom="days later"))
        self.assert_side(third, "ignored", "duplicate")
        self.assertEqual(self.paypal_balance(), 113.80)

    def test_a_payment_that_was_pending_is_booked_when_it_completes(self):
        pending, completed = self.take(
            message(payment_status="Pending", pending_reason="echeck", mc_fee=None),
            message(),
        )
        self.assert_side(pending, "ignored", "pending")
        self.assertIn("echeck", pending.explanation)
        self.assert_done(completed)

    def test_two_companies_may_have_the_same_transaction_number(self):
        other = self.setup_other_company(name="Red Hats Ltd")["company"]
        other.write({"paypal_merchant_id": "ABCDEFGHJKLMN", **DETAILS})
        other.caspit_licence_ids.sudo().licensed = True
        elsewhere = {"receiver_email": None, "business": None}
        ours, theirs = self.take(
            message(), message(receiver_id="ABCDEFGHJKLMN", **elsewhere)
        )
        self.assertEqual(self.assert_done(ours).company_id, self.company)
        self.assertEqual(self.assert_done(theirs).company_id, other)
        self.assertEqual(theirs.payment_ids.company_id, other)

    def test_a_sale_without_a_transaction_number_is_not_booked(self):
        for txn_id in (None, "", "  "):
            with self.subTest(txn_id):
                ipn = self.take(message(txn_id=txn_id))
                self.assertIn(ipn.state, ("attention", "refused"))
                self.assertEqual(ipn.reason, "malformed")
                self.assertFalse(ipn.move_ids)

    def test_messages_that_bring_no_money_book_nothing(self):
        cases = {
            "pending": message(payment_status="Pending"),
            "no_money": message(payment_status="Denied"),
            "not_income": message(txn_type="something_new", payment_status=None),
        }
        for reason, body in cases.items():
            with self.subTest(reason):
                self.assert_side(self.take(body), "ignored", reason)
        subscription = message(txn_type="subscr_signup", payment_status=None)
        self.assert_side(self.take(subscription), "ignored", "no_money")

    # === WHAT IS NO SALE === #

    def test_what_closes_without_money_makes_no_document(self):
        for status in ("Denied", "Failed", "Expired", "Voided"):
            with self.subTest(status=status):
                closed = self.take(message(payment_status=status))
                self.assert_side(closed, "ignored", "no_money")
                self.assertIn(status, closed.explanation)

    def test_what_the_merchant_pays_himself_is_not_his_income(self):
        own = self.take(message(payer_id=MERCHANT_ID, payer_email=MERCHANT_EMAIL))
        self.assert_side(own, "ignored", "not_income")

    def test_a_mass_payment_is_not_income(self):
        self.company.paypal_merchant_id = "LPV4F4HZHCE"
        self.assert_side(self.take(sample("11")), "ignored", "not_income")

    def test_an_archived_product_is_named_and_retry_works(self):
        self.company._paypal_setup()
        product = self.company.paypal_product_id
        product.active = False
        stopped = self.take(message())
        self.assert_side(stopped, "attention", "configuration")
        self.assertIn(product.name, stopped.explanation)
        product.active = True
        stopped.action_retry()
        self.work()
        self.assert_done(stopped)
