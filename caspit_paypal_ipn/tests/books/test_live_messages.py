# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Messages as live merchants got them, and the right books, to the cent.

People and ids are invented. Foreign amounts are in dollars at 4.00.
"""

from odoo.exceptions import UserError

from ..common import SAMPLES, PaypalIpnCase

CASES = SAMPLES.parent / "ipn_cases"


def case(name):
    """:return: the body of a message, by its file's name"""
    return (CASES / f"{name}.ipn").read_bytes()


class LiveMessagesCase(PaypalIpnCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "paypal_merchant_id": "MERCHBUGS0001",
                "paypal_email": "shop@bugs.example.com",
                "paypal_rate_days": 0,
            }
        )
        cls.setup_other_currency("USD", rates=[("2020-01-01", 0.25)])

    def go(self, *names):
        """Take the messages one after the other; :return: each"""
        return [self.take(case(name)) for name in names]

    def answer(self, ipn, code):
        ipn.with_context(paypal_answer=code).action_answer()
        self.work()

    def owed(self):
        """What customers owe, in shekels; negative: what they are owed."""
        lines = self.env["account.move.line"].search(
            [
                ("company_id", "=", self.company.id),
                ("account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
            ]
        )
        return round(sum(lines.mapped("amount_residual")), 2)

    def fees(self, ipn):
        account = self.company.paypal_fee_account_id
        lines = ipn.move_ids.line_ids.filtered(lambda li: li.account_id == account)
        return round(sum(lines.mapped("amount_currency")), 2)

    def pulled(self, ipn):
        return [(it.payment_type, it.amount) for it in ipn.payment_ids]


class TestLiveMessages(LiveMessagesCase):
    # === NET HOLDS, AND PAYPAL'S OWN CHARGES === #

    def test_a_hold_that_is_net_of_the_fee_gives_it_back_once(self):
        _sale, hold = self.go("netrev_1_sale", "netrev_2_reversed")
        self.assertEqual(hold.state, "done", hold.explanation)
        self.assertEqual(self.pulled(hold), [("outbound", 10.00)])
        self.assertEqual(self.fees(hold), -0.74)
        self.assertEqual(self.paypal_balance(), 0.00)
        self.assertEqual(self.owed(), 40.00)

    def test_a_hold_over_the_whole_amount_gives_the_same_books(self):
        self.go("netrev_1_sale")
        body = case("netrev_2_reversed").replace(b"gross=-9.26", b"gross=-10.00")
        hold = self.take(body)
        self.assertEqual(self.pulled(hold), [("outbound", 10.00)])
        self.assertEqual(self.fees(hold), -0.74)
        self.assertEqual(self.paypal_balance(), 0.00)

    def test_a_chargebacks_fee_inside_the_amount_is_an_expense(self):
        _sale, lost = self.go("cbfee_1_sale", "cbfee_2_adjustment")
        self.assertEqual(lost.state, "done", lost.explanation)
        self.assertEqual(self.pulled(lost), [("outbound", 74.95)])
        self.assertEqual(self.fees(lost), 20.00)
        self.assertEqual(self.paypal_balance(), (74.95 - 2.47 - 94.95) * 4)
        self.assertEqual(self.owed(), 299.80)

    def test_a_chargebacks_fee_beside_the_amount_is_an_expense(self):
        _sale, lost = self.go("adjneg_sale", "adjneg_adj")
        self.assertEqual(self.pulled(lost), [("outbound", 118.00)])
        self.assertEqual(self.fees(lost), 40.00)
        self.assertEqual(self.paypal_balance(), -45.20)
        self.assertEqual(self.owed(), 118.00)

    def test_what_fits_neither_is_a_persons_to_read(self):
        self.go("adjneg_sale")
        body = case("adjneg_adj").replace(b"gross=-118.00", b"gross=-100.00")
        lost = self.take(body)
        self.assert_side(lost, "attention", "amounts")
        self.assertEqual(lost.open_answers, ",fee_inside,fee_beside,")
        self.answer(lost, "fee_inside")
        self.assertEqual(lost.state, "done", lost.explanation)
        self.assertEqual(self.pulled(lost), [("outbound", 60.00)])
        self.assertEqual(self.fees(lost), 40.00)
        self.assertEqual(self.paypal_balance(), 12.80)

    def test_the_other_reading_books_both(self):
        self.go("adjneg_sale")
        body = case("adjneg_adj").replace(b"gross=-118.00", b"gross=-100.00")
        lost = self.take(body)
        self.answer(lost, "fee_beside")
        self.answer(lost, "fee_beside")  # pressed twice
        self.assertEqual(self.pulled(lost), [("outbound", 100.00)])
        self.assertEqual(self.fees(lost), 40.00)
        self.assertEqual(self.paypal_balance(), -27.20)

    def test_what_exceeds_the_sale_is_never_the_customers(self):
        self.go("cbfee_1_sale")
        body = case("cbfee_2_adjustment").replace(
            b"payment_fee=-20.00", b"payment_fee="
        )
        lost = self.take(body)
        self.assertEqual(self.pulled(lost), [("outbound", 74.95)])
        self.assertEqual(self.fees(lost), 20.00)

    # === MONEY THAT COMES BACK === #

    def test_a_canceled_reversal_with_a_negative_amount_is_a_persons(self):
        canceled = self.go("cneg_1_sale", "cneg_2_reversed", "cneg_3_canceled")[-1]
        self.assert_side(canceled, "attention", "direction")
        self.assertEqual(self.paypal_balance(), 0.00)
        self.answer(canceled, "money_in")
        self.assertEqual(canceled.state, "done", canceled.explanation)
        self.assertEqual(self.pulled(canceled), [("inbound", 50.00)])
        self.assertEqual(self.paypal_balance(), 192.00)
        self.assertEqual(self.owed(), 0.00)

    def test_a_person_may_say_that_it_was_pulled_once_more(self):
        canceled = self.go("cneg_1_sale", "cneg_2_reversed", "cneg_3_canceled")[-1]
        self.answer(canceled, "money_out")
        self.assertEqual((canceled.state, canceled.kind), ("done", "reversal"))
        self.assertEqual(self.pulled(canceled), [("outbound", 50.00)])
        self.assertEqual(self.owed(), 400.00)

    def test_what_comes_back_of_a_net_hold_settles_it(self):
        back = self.go("mixed_1_sale", "mixed_2_reversed", "mixed_3_canceled")[-1]
        self.assertEqual(back.state, "done", back.explanation)
        self.assertEqual(self.paypal_balance(), 37.04)
        self.assertEqual(self.owed(), 0.00)

    def test_less_than_was_pulled_leaves_the_rest_owed(self):
        self.go("mixed_1_sale", "mixed_2_reversed")
        body = case("mixed_3_canceled").replace(b"gross=10.00", b"gross=6.00")
        back = self.take(body)
        self.assertEqual(back.state, "done", back.explanation)
        self.assertEqual(self.owed(), 16.00)

    def test_more_than_was_pulled_is_a_credit_and_told(self):
        sale = self.go("mixed_1_sale", "mixed_2_reversed")[0]
        body = case("mixed_3_canceled").replace(b"gross=10.00", b"gross=12.00")
        back = self.take(body)
        self.assertEqual(back.state, "done", back.explanation)
        self.assertEqual(self.owed(), -8.00)
        summaries = sale.document_id.activity_ids.mapped("summary")
        self.assertTrue(any("more than was owed" in text for text in summaries))

    def test_money_released_after_the_dispute_was_credited_is_booked(self):
        sale, pulled = self.go("late_sale", "late_r")
        pulled.action_credit_note()
        self.work()
        self.assertEqual(self.owed(), 0.00)
        [late] = self.go("late_c")
        self.assertEqual(late.state, "done", late.explanation)
        self.assertEqual(self.paypal_balance(), 112.80)
        self.assertEqual(self.owed(), -118.00)
        summaries = sale.document_id.activity_ids.mapped("summary")
        self.assertTrue(any("the customer has a credit" in text for text in summaries))

    def test_a_refund_that_failed_is_money_in_again(self):
        names = ("refback_1_sale", "refback_2_refund", "refback_3_reversed_refund")
        sale, refund, failed = self.go(*names)
        self.assertEqual((failed.state, failed.original_id), ("done", sale))
        self.assertEqual(self.pulled(failed), [("inbound", 118.00)])
        self.assertEqual(self.paypal_balance(), 112.80)
        self.assertEqual(self.owed(), -118.00)
        self.assertTrue(refund.document_id.activity_ids)

    def test_a_refused_review_never_moved_money(self):
        _pending, refused = self.go("review_1_pending", "review_2_reversed")
        self.assert_side(refused, "ignored", "no_money")

    def test_a_reversal_after_a_refund_has_a_way_out(self):
        self.go("off_sale")
        part = case("off_f").replace(b"-118.00", b"-50.00").replace(b"-3.00", b"")
        self.assert_done(self.take(part))
        body = case("late_r").replace(b"LATES1", b"OFFS1").replace(b"-5.20", b"")
        pulled = self.take(body)
        self.assertEqual(self.owed(), 118.00)
        pulled.action_credit_note()
        self.work()
        self.assertEqual(pulled.document_id.amount_total, 68.00)
        self.assertEqual(self.owed(), 50.00)
        self.assertTrue(pulled.is_to_write_off)
        pulled.action_write_off()
        self.assertEqual(self.owed(), 0.00)
        with self.assertRaises(UserError):
            pulled.action_write_off()
        # 118 - 5.20 in, 50 and 118 out
        self.assertEqual(self.paypal_balance(), -55.20)

    # === OTHER KINDS === #

    def test_the_first_payment_of_a_profile_is_a_persons_each_time(self):
        [first] = self.go("profile_initial_1")
        self.assert_side(first, "attention", "unclear")
        self.assertIn("49.0", first.explanation)
        other = case("profile_initial_1").replace(b"IP1000", b"IP2000")
        self.assert_side(self.take(other), "attention", "unclear")
        self.answer(first, "book_sale")
        document = self.assert_done(first)
        self.assertEqual(document.amount_total, 49.00)
        self.assertEqual(document.invoice_line_ids.name, "Membership")
        self.assertEqual(first.payment_ids.paypal_txn_id, "IP10000000000001")
        self.assertEqual(str(first.payment_ids.date), "2026-11-10")

    def test_completed_of_an_unknown_type_is_a_persons_each_time(self):
        [first] = self.go("completed_no_txn_type")
        self.assert_side(first, "attention", "unclear")
        body = case("completed_no_txn_type")
        second = self.take(body.replace(b"NT1000", b"NT2000"))
        self.assert_side(second, "attention", "unclear")
        self.answer(second, "no_income")
        self.assert_side(second, "ignored", "not_income")
        self.answer(first, "book_sale")
        self.assertEqual(self.assert_done(first).amount_tax, 18.00)

    def test_a_cart_of_a_hundred_lines_is_booked(self):
        [cart] = self.go("cart_100")
        self.assertEqual(len(self.assert_done(cart).invoice_line_ids), 100)

    def test_a_chinese_name_has_no_replacement_character(self):
        [sale] = self.go("cs_gb2312_gbk_name")
        self.assertNotIn("�", self.assert_done(sale).partner_id.name)

    def test_paypals_code_for_china_and_chinas_own_give_the_same_books(self):
        for sale in self.go("c2_sale_ils", "c2_cn_sale_ils"):
            document = self.assert_done(sale)
            self.assertEqual(document.partner_id.country_id.code, "CN")
            self.assertEqual((document.amount_total, document.amount_tax), (118, 0))

    def test_what_the_merchant_bought_is_not_income(self):
        [bought] = self.go("self_1_paid")
        self.assertEqual(bought.company_id, self.company)
        self.assert_side(bought, "ignored", "not_income")

    def test_the_older_fee_counts_where_the_newer_is_missing(self):
        [sale] = self.go("fee_payment_fee_only")
        self.assert_done(sale)
        self.assertEqual(self.fees(sale), 3.20)
        self.assertEqual(self.paypal_balance(), 387.20)

    def test_the_parts_of_an_order_have_no_nonsense_on_them(self):
        self.go("auth_1_order", "auth_2_auth")
        for ipn, total in zip(
            self.go("auth_3_capture1", "auth_4_capture2"), (40.00, 35.00), strict=True
        ):
            line = self.assert_done(ipn).invoice_line_ids
            self.assertEqual((len(line), line.price_total), (1, total))
            self.assertIn("AU10000000000002", line.name)

    def test_a_merged_customer_is_known_by_each_of_his_accounts(self):
        [first] = self.go("late_sale")
        [second] = self.go("off_sale")
        kept, merged = first.partner_id, second.partner_id
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (kept | merged).ids, kept, extra_checks=False
        )
        body = case("off_sale").replace(b"txn_id=OFFS1", b"txn_id=OFFS2")
        again = self.take(body.replace(b"off@", b"new@"))
        self.assertEqual(again.partner_id, kept)

    def test_a_locked_period_names_the_documents_own_day(self):
        today = self.company._paypal_today()
        self.company.sale_lock_date = today
        [sale] = self.go("late_sale")
        self.assert_side(sale, "attention", "locked_period")
        self.assertIn(f"would be dated {today}", sale.explanation)
