# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.addons.caspit_paypal_ipn.tests.common import message

from .common import SALE_ID, PaypalApiCase, money, move


class TestMissing(PaypalApiCase):
    """What never came as a message is made like one, or told."""

    def setUp(self):
        super().setUp()
        self.connect()

    def test_a_sale_is_made_with_its_buyer_and_its_lines(self):
        self.paypal.moves = [move()]
        self.walk()
        self.walk()
        document = self.assert_done(self.made())
        self.assertEqual(document.amount_total, 118.0)
        line = document.invoice_line_ids
        self.assertEqual((line.name, line.quantity), ("Blue shirt", 2.0))
        partner = document.partner_id
        self.assertEqual(
            (partner.name, partner.email), ("Dana Levi", "dana@example.com")
        )
        self.assertEqual(partner.city, "Haifa")
        self.assertEqual(self.made().payer_id, "BUYER00000001")
        self.assertTrue(self.made().receipt_mail_id)
        self.assertEqual(self.line().result, "equal")
        self.assertEqual(self.paypal_balance(), 113.8)

    def test_it_waits_for_its_message_first(self):
        self.connection.wait_minutes = 60
        self.paypal.moves = [move()]
        self.walk()
        self.walk()
        self.assertFalse(self.made())
        self.assertTrue(self.line().due_at)
        ipn = self.take(message())
        self.assert_done(ipn)
        self.line().invalidate_recordset()
        self.assertEqual(self.line().result, "equal")
        self.assertFalse(self.line().due_at)

    def test_what_was_in_hand_when_its_row_came_in_is_compared_anew(self):
        ipn = self.take(message())
        self.paypal.moves = [move()]
        self.walk()
        # As the row stands that came in while another process booked its message.
        self.line().sudo().write({"result": "waiting", "ipn_id": ipn.id})
        self.walk()
        self.assertEqual(self.line().result, "equal")

    def test_a_message_says_when_it_was_seen_in_the_ledger(self):
        ipn = self.take(message())
        self.assertFalse(ipn.ledger_seen_at)
        self.paypal.moves = [move()]
        self.walk()
        ipn.invalidate_recordset()
        self.assertEqual(ipn.ledger_seen_at, self.line().seen_at)
        shown = ipn.get_view(self.env.ref("caspit_paypal_ipn.paypal_ipn_view_form").id)
        self.assertIn("ledger_seen_at", shown["arch"])

    def test_after_the_wait_it_is_made(self):
        self.connection.wait_minutes = 60
        self.paypal.moves = [move()]
        self.walk()
        self.line().sudo().due_at = fields.Datetime.now() - timedelta(seconds=1)
        self.walk()
        self.assert_done(self.made())

    def test_who_wants_to_be_told_is_told_once_and_nothing_is_made(self):
        self.connection.missing = "tell"
        self.paypal.moves = [move()]
        self.walk()
        self.walk()
        self.walk()
        self.assertFalse(self.made())
        self.assertTrue(self.line().is_told)
        mails = self.env["mail.mail"].search([("subject", "ilike", "never sent")])
        self.assertEqual(len(mails), 1)

    def test_a_late_message_is_a_duplicate_and_says_more(self):
        self.paypal.moves = [move()]
        self.walk()
        self.walk()
        document = self.assert_done(self.made())
        late = self.take(message(memo="Ring twice"))
        self.assertEqual((late.state, late.reason), ("ignored", "duplicate"))
        self.assertIn("Ring twice", "".join(document.message_ids.mapped("body")))
        self.assertEqual(self.paypal_balance(), 113.8)

    def test_a_refund_credits_the_sale(self):
        self.take(message())
        self.paypal.moves = [
            move(),
            move(
                "2RF23456CD789012E",
                "-118.00",
                "4.20",
                "T1107",
                paypal_reference_id=SALE_ID,
                paypal_reference_id_type="TXN",
            ),
        ]
        self.walk()
        self.walk()
        refund = self.made("2RF23456CD789012E")
        self.assertEqual(refund.document_id.move_type, "out_refund")
        self.assertEqual(refund.document_id.amount_total, 118.0)
        self.assertEqual(self.paypal_balance(), 0.0)

    # === FEES === #

    def test_another_fee_is_corrected_by_paypals_own(self):
        ipn = self.take(message(mc_fee="4.00"))
        self.paypal.moves = [move()]
        self.walk()
        self.walk()
        self.assertEqual(self.line().result, "equal")
        self.assertAlmostEqual(ipn.fee_correction, 0.2)
        self.assertEqual(self.paypal_balance(), 113.8)
        self.walk()
        self.assertEqual(self.paypal_balance(), 113.8)

    def test_another_amount_is_told_and_left_alone(self):
        self.take(message())
        self.paypal.moves = [move(value="120.00")]
        self.walk()
        self.walk()
        self.assertEqual(self.line().result, "different")
        self.assertEqual(self.paypal_balance(), 113.8)

    # === DISPUTES === #

    def test_a_dispute_dates_the_sales_activity_and_its_outcome_closes_it(self):
        document = self.assert_done(self.take(message()))
        due = fields.Datetime.now() + timedelta(days=9)
        case = {
            "dispute_id": "PP-D-1001",
            "disputed_transactions": [{"seller_transaction_id": SALE_ID}],
            "reason": "UNAUTHORISED",
            "status": "WAITING_FOR_SELLER_RESPONSE",
            "dispute_life_cycle_stage": "INQUIRY",
            "dispute_amount": money("ILS", "118.00"),
            "seller_response_due_date": due.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        self.paypal.disputes = [case]
        self.walk()
        [activity] = document.activity_ids
        self.assertIn("PP-D-1001", activity.summary)
        self.assertEqual(activity.date_deadline, self.company._paypal_local_date(due))
        shown = self.env["caspit.dashboard"].with_company(self.company)
        [told] = shown._cases()
        self.assertEqual(told["document"], document.name)
        self.assertIn(str(self.company._paypal_local_date(due).year), told["due"])
        self.walk()
        self.assertEqual(len(document.activity_ids), 1)
        case |= {
            "status": "RESOLVED",
            "dispute_outcome": {"outcome_code": "RESOLVED_SELLER_FAVOUR"},
        }
        self.walk()
        document.invalidate_recordset()
        self.assertFalse(document.activity_ids)
        self.assertFalse(shown._cases())

    def test_a_case_that_came_as_a_message_is_dated_and_closed_by_paypals_api(self):
        document = self.assert_done(self.take(message()))
        case = self.take(
            message(
                txn_type="new_case",
                case_type="chargeback",
                case_id="PP-D-1001",
                payment_status=None,
                mc_gross=None,
                mc_fee=None,
            )
        )
        due = fields.Datetime.now() + timedelta(days=9)
        dispute = {
            "dispute_id": "PP-D-1001",
            "disputed_transactions": [{"seller_transaction_id": SALE_ID}],
            "status": "WAITING_FOR_SELLER_RESPONSE",
            "dispute_amount": money("ILS", "118.00"),
            "seller_response_due_date": due.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        self.paypal.disputes = [dispute]
        self.walk()
        shown = self.env["caspit.dashboard"].with_company(self.company)
        [told] = shown._cases()
        day = self.company._paypal_local_date(due)
        self.assertEqual((told["id"], case._case_due()), (case.id, day))
        self.assertIn(str(day.year), told["due"])
        self.assertEqual(document.activity_ids, case.todo_id)
        dispute["status"] = "RESOLVED"
        self.walk()
        document.invalidate_recordset()
        self.assertFalse(case.is_open_case)
        self.assertFalse(document.activity_ids)
        self.assertFalse(shown._cases())
