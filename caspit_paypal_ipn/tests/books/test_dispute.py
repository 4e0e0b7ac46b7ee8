# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError

from ..common import MERCHANT_EMAIL, MERCHANT_ID, PaypalIpnCase, message

SALE_TXN = "1AB23456CD789012E"


def reversal(gross="-118.00", fee="-4.20", **changes):
    values = {
        "txn_type": None,
        "payment_status": "Reversed",
        "reason_code": "chargeback",
        "parent_txn_id": SALE_TXN,
        "txn_id": "3RV00000000000001",
        "mc_gross": gross,
        "mc_fee": fee,
    }
    return message(**{**values, **changes})


def canceled_reversal(**changes):
    values = {"payment_status": "Canceled_Reversal", "txn_id": "4CR00000000000001"}
    return reversal("118.00", "4.20", **{**values, **changes})


def adjustment(gross, txn_id):
    return message(
        txn_type="adjustment",
        reason_code="chargeback_settlement",
        parent_txn_id=SALE_TXN,
        txn_id=txn_id,
        mc_gross=gross,
        mc_fee=None,
        payer_id=MERCHANT_ID,
        payer_email=MERCHANT_EMAIL,
        receiver_id=None,
        receiver_email=None,
        business=None,
    )


class TestDispute(PaypalIpnCase):
    def owed(self):
        lines = self.env["account.move.line"].search(
            [
                ("company_id", "=", self.company.id),
                ("account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
            ]
        )
        return round(sum(lines.mapped("amount_residual")), 2)

    def test_a_reversal_takes_the_money_and_the_customer_owes_again(self):
        sale = self.take(message())
        pulled = self.take(reversal())
        self.assertEqual((pulled.state, pulled.original_id), ("done", sale))
        self.assertFalse(pulled.document_id)
        self.assertEqual(self.paypal_balance(), 0.00)
        self.assertEqual(self.owed(), 118.00)
        self.assertTrue(sale.document_id.activity_ids)
        self.assertFalse(pulled.receipt_mail_id)

    def test_the_positive_amounts_of_a_simulator_give_the_same_books(self):
        self.take(message())
        self.take(reversal("118.00", "4.20"))
        self.assertEqual(self.paypal_balance(), 0.00)
        self.assertEqual(self.owed(), 118.00)

    def test_a_canceled_reversal_brings_the_money_back(self):
        self.take(message())
        self.take(reversal())
        back = self.take(canceled_reversal())
        self.assertEqual(back.state, "done", back.explanation)
        self.assertEqual(self.paypal_balance(), 113.80)
        self.assertEqual(self.owed(), 0.00)

    def test_a_canceled_reversal_waits_for_its_reversal(self):
        self.take(message())
        back = self.take(canceled_reversal())
        self.assert_side(back, "attention", "original_missing")
        self.take(reversal())
        self.work()
        self.assertEqual(back.state, "done", back.explanation)
        self.assertEqual(self.owed(), 0.00)

    def test_a_lost_dispute_is_credited_with_one_button(self):
        sale = self.take(message())
        pulled = self.take(reversal())
        pulled.action_credit_note()
        self.work()
        note = self.assert_done(pulled)
        self.assertEqual(note.reversed_entry_id, sale.document_id)
        self.assertEqual((note.amount_total, note.amount_tax), (118.00, 18.00))
        self.assertEqual(self.owed(), 0.00)
        self.assertIn(note.name, pulled.receipt_mail_id.subject)
        with self.assertRaises(UserError):
            pulled.action_credit_note()

    def test_there_is_nothing_to_credit_when_the_money_came_back(self):
        self.take(message())
        pulled = self.take(reversal())
        self.take(canceled_reversal())
        with self.assertRaises(UserError):
            pulled.action_credit_note()

    def test_an_adjustment_settles_against_the_dispute(self):
        self.take(message())
        self.take(reversal(fee=None))
        won = self.take(adjustment("118.00", "5AD00000000000001"))
        self.assertEqual(won.state, "done", won.explanation)
        self.assertEqual(self.owed(), 0.00)
        lost = self.take(adjustment("-118.00", "5AD00000000000002"))
        self.assertEqual(lost.state, "done", lost.explanation)
        self.assertEqual(self.owed(), 118.00)
        self.assertEqual(self.paypal_balance(), -4.20)

    def test_a_case_is_a_note_on_the_sale_and_never_a_duplicate_of_it(self):
        sale = self.take(message())
        case = self.take(
            message(
                txn_type="new_case",
                case_type="chargeback",
                case_id="PP-D-1",
                payment_status=None,
                mc_gross=None,
                mc_fee=None,
            )
        )
        self.assertEqual((case.state, case.original_id), ("done", sale))
        self.assertFalse(case.payment_ids)
        self.assertIn("new_case", sale.document_id.message_ids[0].body)
        self.assertTrue(sale.document_id.activity_ids)
        self.assertEqual(self.paypal_balance(), 113.80)

    # === SOMETHING TO DO === #

    def case(self, **changes):
        values = {
            "txn_type": "new_case",
            "case_type": "chargeback",
            "case_id": "PP-D-1",
            "payment_status": None,
            "mc_gross": None,
            "mc_fee": None,
        }
        return message(**{**values, **changes})

    def card(self):
        return self.env["caspit.dashboard"].read_dashboard()["cases"]

    def test_pulled_money_is_mailed_at_once_and_stands_on_the_first_screen(self):
        self.company.paypal_notice = "problems"
        sale = self.take(message())
        self.assertFalse(sale.document_id.paypal_case)
        pulled = self.take(reversal())
        mail = pulled.notice_mail_id
        self.assertEqual(mail.email_to, "shop@example.com")
        self.assertIn("118.00", mail.subject)
        self.assertIn(sale.document_id.name, mail.body_html)
        [told] = self.card()
        self.assertEqual(
            (told["id"], told["customer"], told["amount"], told["due"]),
            (pulled.id, "Dana Levi", 118.00, None),
        )
        self.assertEqual(told["document"], sale.document_id.name)
        self.assertEqual(sale.document_id.payment_state, "paid")
        self.assertEqual(sale.document_id.paypal_case, "pulled")

    def test_a_case_is_mailed_at_once_and_stands_on_the_first_screen(self):
        sale = self.take(message())
        case = self.take(self.case())
        self.assertIn("Dana Levi", case.notice_mail_id.subject)
        self.assertIn("Resolution Center", case.notice_mail_id.body_html)
        self.assertEqual([told["id"] for told in self.card()], [case.id])
        self.assertEqual(sale.document_id.paypal_case, "case")

    def test_a_mail_that_cannot_be_made_keeps_nothing_from_the_books(self):
        template = self.env.ref("caspit_paypal_ipn.mail_template_case")
        template.subject = "{{ object.no_such_field }}"
        self.take(message())
        pulled = self.take(reversal())
        self.assertEqual(pulled.state, "done", pulled.explanation)
        self.assertFalse(pulled.notice_mail_id)
        self.assertEqual(self.owed(), 118.00)

    def test_the_mail_can_be_tried_with_any_message(self):
        """Odoo does so when it installs a template beside messages."""
        unread = self.receive(message(txn_id="1AB23456CD7890009"))
        broken = self.receive(message(mc_gross="eleven"))
        for ipn in (unread, broken):
            self.assertEqual(set(ipn.paypal_case()), {"subject", "sentence", "advice"})

    def settled(self, sale):
        """Nothing is left to do about a sale."""
        self.assertEqual(self.card(), [])
        self.assertFalse(sale.document_id.activity_ids)
        self.assertFalse(sale.document_id.paypal_case)

    def test_money_that_comes_back_closes_what_there_was_to_do(self):
        sale = self.take(message())
        self.take(self.case())
        self.take(reversal())
        self.assertEqual(len(sale.document_id.activity_ids), 2)
        self.assertEqual(len(self.card()), 1)
        self.take(canceled_reversal())
        self.settled(sale)

    def test_a_credit_note_closes_what_there_was_to_do(self):
        sale = self.take(message())
        self.take(self.case())
        pulled = self.take(reversal())
        pulled.action_credit_note()
        self.settled(sale)

    def test_a_refund_of_the_whole_sale_closes_its_case(self):
        sale = self.take(message())
        self.take(self.case())
        values = {"payment_status": "Refunded", "reason_code": "refund"}
        self.take(reversal(txn_id="2RF00000000000001", **values))
        self.settled(sale)

    def test_what_is_settled_in_the_books_is_closed_within_the_hour(self):
        sale = self.take(message())
        pulled = self.take(reversal())
        owed = pulled._receivable(pulled.payment_ids.move_id)
        paid = self.env["account.payment"].create(
            {
                "partner_id": sale.partner_id.id,
                "amount": 118.00,
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        )
        paid.action_post()
        (owed | pulled._receivable(paid.move_id)).reconcile()
        self.assertTrue(pulled.is_open_case)
        with self.enter_registry_test_mode():
            self.run_cron("caspit_paypal_ipn.ir_cron_paypal_ipn_watch")
        self.settled(sale)

    def test_who_ticks_the_activity_off_has_seen_to_it(self):
        sale = self.take(message())
        case = self.take(self.case())
        sale.document_id.activity_ids.action_feedback(feedback="Answered")
        self.assertFalse(case.is_open_case)
        self.settled(sale)
