# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A payment that names an invoice."""

from ..common import PaypalIpnCase, message


class TestNamedInvoice(PaypalIpnCase):
    def invoices(self):
        return self.env["account.move"].search(
            [("move_type", "=", "out_invoice"), ("company_id", "=", self.company.id)]
        )

    def assert_asked(self, ipn, *words):
        self.assert_side(ipn, "attention", "named_invoice")
        self.assertEqual(ipn.open_answers, ",pay_named,other_sale,")
        for word in words:
            self.assertIn(word, ipn.explanation)

    def answer(self, ipn, code):
        ipn.with_context(paypal_answer=code).action_answer()
        self.work()

    # === BEYOND DOUBT === #

    def test_names_are_compared_without_case_blanks_and_separators(self):
        for number, change in enumerate(
            (str.lower, lambda it: it.replace("/", "-"), lambda it: f" # {it} ")
        ):
            with self.subTest(number):
                invoice = self.open_invoice(email=f"dana{number}@example.com")
                body = message(
                    invoice=change(invoice.name),
                    txn_id=f"NAME{number}",
                    payer_id=None,
                    payer_email=f"dana{number}@example.com",
                )
                paid = self.take(body)
                self.assertEqual(paid.document_id, invoice, paid.explanation)
                self.assertEqual(invoice.payment_state, "paid")

    def test_a_payment_reference_and_the_customers_reference_count(self):
        for number, field in enumerate(("payment_reference", "ref")):
            with self.subTest(field):
                invoice = self.open_invoice(email=f"dana{number}@example.com")
                invoice[field] = f"Order-77{number}"
                body = message(
                    custom=f"order 77{number}",
                    txn_id=f"REF{number}",
                    payer_id=None,
                    payer_email=f"dana{number}@example.com",
                )
                self.assertEqual(self.take(body).document_id, invoice)

    def test_less_than_is_open_is_a_part_with_a_receipt_over_it(self):
        invoice = self.open_invoice()
        first = self.take(message(invoice=invoice.name, mc_gross="50.00"))
        self.assertEqual((first.state, first.document_id), ("done", invoice))
        self.assertEqual(
            (invoice.payment_state, invoice.amount_residual), ("partial", 68)
        )
        mail = first.receipt_mail_id
        number = first.payment_ids.name
        self.assertEqual(
            mail.attachment_ids.name, f"Receipt {number}.pdf".replace("/", "-")
        )
        self.assertIn("50.00", mail.body_html)
        self.assertNotIn("118.00", mail.body_html)
        rest = self.take(message(invoice=invoice.name, mc_gross="68.00", txn_id="R2"))
        self.assertEqual((rest.document_id, invoice.payment_state), (invoice, "paid"))
        self.assertEqual(self.invoices(), invoice)
        self.assertEqual(self.paypal_balance(), 118.00 - 8.40)

    def test_the_discounted_amount_within_its_term_pays_the_whole(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "2 % within 10 days",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 10,
                "early_pay_discount_computation": "included",
                "line_ids": [
                    (0, 0, {"value": "percent", "value_amount": 100, "nb_days": 30})
                ],
            }
        )
        invoice = self.open_invoice()
        invoice.button_draft()
        invoice.invoice_payment_term_id = term
        invoice.action_post()
        day = invoice.invoice_date.strftime("10:00:00 %b %d, %Y PST")
        body = message(invoice=invoice.name, mc_gross="115.64", payment_date=day)
        paid = self.take(body)
        self.assertEqual(paid.document_id, invoice, paid.explanation)
        self.assertEqual((invoice.payment_state, invoice.amount_residual), ("paid", 0))
        self.assertEqual(paid.payment_ids.amount, 115.64)
        self.assertEqual(self.invoices(), invoice)

    # === A PERSON'S === #

    def test_another_payer_is_asked_about_and_pays_it_if_a_person_says_so(self):
        invoice = self.open_invoice("Somebody Else", "else@example.com")
        ipn = self.take(message(invoice=invoice.name))
        self.assert_asked(ipn, invoice.name, "Somebody Else", "Another payer")
        self.answer(ipn, "pay_named")
        self.assertEqual((ipn.state, ipn.document_id), ("done", invoice))
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(self.invoices(), invoice)
        self.assertEqual(self.paypal_balance(), 113.80)

    def test_another_sale_leaves_the_invoice_alone(self):
        invoice = self.open_invoice("Somebody Else", "else@example.com")
        ipn = self.take(message(invoice=invoice.name))
        self.answer(ipn, "other_sale")
        document = self.assert_done(ipn)
        self.assertNotEqual(document, invoice)
        self.assertEqual(invoice.payment_state, "not_paid")

    def test_more_than_is_open_stays_the_customers_credit(self):
        invoice = self.open_invoice()
        ipn = self.take(message(invoice=invoice.name, mc_gross="120.00"))
        self.assert_asked(ipn, "More was paid")
        self.answer(ipn, "pay_named")
        self.assertEqual(invoice.payment_state, "paid")
        credit = ipn._receivable(ipn.payment_ids.move_id)
        self.assertEqual(credit.amount_residual, -2.00)

    def test_another_currency_is_asked_about(self):
        self.setup_other_currency("EUR", rates=[("2020-01-01", 0.25)])
        invoice = self.open_invoice()
        ipn = self.take(
            message(invoice=invoice.name, mc_gross="29.50", mc_currency="EUR")
        )
        self.assert_asked(ipn, "another currency")
        self.answer(ipn, "pay_named")
        self.assertEqual(invoice.payment_state, "paid")

    def test_an_invoice_that_is_paid_is_asked_about(self):
        invoice = self.open_invoice()
        self.take(message(invoice=invoice.name))
        again = self.take(message(invoice=invoice.name, txn_id="8TW2"))
        self.assert_asked(again, "paid already")
        self.answer(again, "other_sale")
        self.assertEqual(self.assert_done(again).amount_total, 118.00)

    def test_two_at_once_pay_it_once(self):
        invoice = self.open_invoice()
        first, second = self.take(
            message(invoice=invoice.name, txn_id="8TW1"),
            message(invoice=invoice.name, txn_id="8TW2"),
        )
        self.assertEqual(first.document_id, invoice)
        self.assert_asked(second, "paid already")

    # === NOT NAMED === #

    def test_a_merchant_may_want_the_second_document_unasked(self):
        self.company.paypal_named_invoice = "second"
        invoice = self.open_invoice("Somebody Else", "else@example.com")
        document = self.assert_done(self.take(message(invoice=invoice.name)))
        self.assertNotEqual(document, invoice)

    def test_the_number_that_a_subscription_repeats_names_nothing(self):
        for number in range(3):
            body = message(invoice="SUB-1001", txn_id=f"SUB{number}")
            self.assertEqual(self.assert_done(self.take(body)).amount_total, 118.00)

    def test_what_another_customer_calls_his_invoice_names_nothing(self):
        invoice = self.open_invoice("Somebody Else", "else@example.com")
        invoice.ref = "Order-779"
        document = self.assert_done(self.take(message(invoice="ORDER779")))
        self.assertNotEqual(document, invoice)
