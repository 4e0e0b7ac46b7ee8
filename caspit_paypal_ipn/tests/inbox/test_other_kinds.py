# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ..common import MERCHANT_EMAIL, MERCHANT_ID, PaypalIpnCase, message, sample


class TestOtherKinds(PaypalIpnCase):
    def test_pending_then_completed_makes_one_document(self):
        pending = self.take(
            message(payment_status="Pending", pending_reason="echeck", mc_fee=None)
        )
        self.assert_side(pending, "ignored", "pending")
        self.assertIn("echeck", pending.explanation)
        completed = self.take(message())
        self.assertEqual(self.assert_done(completed).amount_total, 118.00)

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

    def test_a_type_nobody_has_seen_is_kept_and_told_once(self):
        no_money = {"payment_status": None, "mc_gross": None}
        first = self.take(message(txn_type="brand_new", txn_id="9NW1", **no_money))
        self.assert_side(first, "ignored", "not_income")
        self.assertIn("brand_new", first.notice_mail_id.subject)
        second = self.take(message(txn_type="brand_new", txn_id="9NW2", **no_money))
        self.assertFalse(second.notice_mail_id)
        other = self.take(message(txn_type="newer_still", txn_id="9NW3", **no_money))
        self.assertIn("newer_still", other.notice_mail_id.subject)

    def test_a_subscription_is_logged_on_the_customers_record(self):
        life = {"subscr_id": "S-1", "payer_id": "SUBSCRIBER001"}
        no_money = {"payment_status": None, "mc_gross": None, "txn_id": None}
        sign_up = self.take(message(txn_type="subscr_signup", **life, **no_money))
        self.assert_side(sign_up, "ignored", "no_money")
        paid = self.take(message(txn_type="subscr_payment", **life))
        self.assertEqual(self.assert_done(paid).invoice_origin, "S-1")
        ended = self.take(message(txn_type="subscr_eot", **life, **no_money))
        log = paid.partner_id.paypal_ipn_ids
        self.assertEqual(log, sign_up | paid | ended)

    def test_an_exempt_dealer_issues_a_receipt_without_vat(self):
        self.company.paypal_document_type = "receipt"
        document = self.assert_done(self.take(message()))
        self.assertEqual(document.amount_tax, 0.00)
        self.assertEqual(document._paypal_document_title(), "Receipt")

    def test_a_conversion_changes_the_account_into_what_arrived(self):
        self.setup_other_currency("EUR", rates=[("2020-01-01", 0.25)])
        self.setup_other_currency("USD", rates=[("2020-01-01", 0.3125)])
        converted = self.take(
            message(
                mc_currency="EUR",
                mc_gross="100.00",
                mc_fee="4.00",
                settle_amount="115.20",
                settle_currency="USD",
                exchange_rate="1.2",
            )
        )
        self.assert_done(converted)
        # 96 EUR are 384 ILS; 115.20 USD, which the account holds now, are 368.64
        self.assertEqual(self.paypal_balance(), 368.64)
        loss = self.company.expense_currency_exchange_account_id
        lines = converted.move_ids.line_ids.filtered(lambda li: li.account_id == loss)
        self.assertEqual(lines.balance, 15.36)

    def test_a_missing_account_for_exchange_differences_is_named(self):
        self.setup_other_currency("EUR", rates=[("2020-01-01", 0.25)])
        account = self.company.expense_currency_exchange_account_id
        self.company.expense_currency_exchange_account_id = False
        converted = message(
            mc_currency="EUR",
            mc_gross="100.00",
            mc_fee="4.00",
            settle_amount="300.00",
            settle_currency="ILS",
        )
        stopped = self.take(converted)
        self.assert_side(stopped, "attention", "configuration")
        self.company.expense_currency_exchange_account_id = account
        stopped.action_retry()
        self.work()
        self.assert_done(stopped)
        self.assertEqual(self.paypal_balance(), 300.00)

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

    def test_a_journal_kept_in_another_currency_is_named_and_retry_works(self):
        self.company._paypal_setup()
        journal = self.company.paypal_journal_id
        journal.currency_id = self.setup_other_currency("EUR")
        stopped = self.take(message())
        self.assert_side(stopped, "attention", "configuration")
        self.assertIn("EUR", stopped.explanation)
        journal.currency_id = False
        stopped.action_retry()
        self.work()
        self.assert_done(stopped)

    def test_a_company_of_another_fiscal_country_is_told_so(self):
        self.company._paypal_setup()
        self.company.account_fiscal_country_id = self.env.ref("base.us")
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
