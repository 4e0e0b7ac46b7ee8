# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError

from .common import SALE_ID, PaypalActivityCase, row, sale

WITHDRAWAL = {"type": "General Withdrawal", "name": "", "email": "", "item": ""}


class TestActivityEnter(PaypalActivityCase):
    """Nothing is by hand that need not be, and what was made can be undone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.costs = cls.env["account.account"].create(
            {"name": "Hosting", "code": "611111", "account_type": "expense"}
        )

    def enter(self, rows, **values):
        wizard = self.env["paypal.activity.enter"].create(
            {"line_ids": rows.ids, "account_id": self.costs.id, **values}
        )
        wizard.action_enter()
        self.work()
        rows.invalidate_recordset()

    def test_a_purchase_goes_on_an_account_that_is_remembered(self):
        purchase = {"name": "Hosting Ltd", "to_email": "bill@example.com"}
        activity = self.compared(row("4PP", "-50.00", fee="-1.00", **purchase))
        line = self.line(activity, "4PP")
        self.assertEqual(line.result, "by_hand")
        self.assertEqual(line.action_enter()["res_model"], "paypal.activity.enter")
        self.enter(line)
        self.assertEqual(line.result, "equal")
        self.assertEqual(self.paypal_balance(), -51.0)
        entry = line.move_id.line_ids
        on_costs = entry.filtered(lambda item: item.account_id == self.costs)
        self.assertEqual(on_costs.balance, 50.0)
        again = self.compared(row("5PP", "-7.00", **purchase))
        self.assertEqual(self.results(again), {"5PP": "missing"})
        self.assertIn("Hosting", self.line(again, "5PP").explanation)
        self.make_all(again)
        self.assertEqual(self.results(again), {"5PP": "equal"})
        stranger = self.compared(row("6PP", "-7.00", to_email="else@example.com"))
        self.assertEqual(self.results(stranger), {"6PP": "by_hand"})

    def test_what_is_remembered_is_in_the_menu_and_can_be_changed(self):
        menu = self.env.ref("caspit_paypal_activity.menu_paypal_activity_account")
        remembered = self.env[menu.action.res_model]
        self.enter(self.line(self.compared(row("4PP", "-50.00")), "4PP"))
        self.assertEqual(remembered.search([]).account_id, self.costs)
        other = self.costs.copy({"code": "611112"})
        remembered.search([]).account_id = other
        again = self.compared(row("5PP", "-7.00"))
        self.make_all(again)
        entry = self.line(again, "5PP").move_id.line_ids
        self.assertIn(other, entry.account_id)
        remembered.search([]).unlink()
        self.assertEqual(
            self.results(self.compared(row("6PP", "-7.00"))), {"6PP": "by_hand"}
        )

    def test_a_purchase_becomes_a_paid_vendor_bill(self):
        activity = self.compared(row("4PP", "-50.00", to_email="bill@example.com"))
        line = self.line(activity, "4PP")
        self.enter(line, how="bill", remember="type")
        self.assertEqual(line.result, "equal")
        bill = self.env["account.move"].search([("move_type", "=", "in_invoice")])
        self.assertEqual((bill.amount_total, bill.payment_state), (50.0, "paid"))
        self.assertEqual(bill.partner_id.email, "bill@example.com")
        self.assertEqual(self.paypal_balance(), -50.0)

    def test_money_that_came_from_a_card_goes_on_an_account(self):
        charge = row("7CC", "30.00", "Charge From Credit Card", name="")
        activity = self.compared(charge, bank_journal_id=False)
        line = self.line(activity, "7CC")
        self.enter(line, remember="type")
        self.assertEqual(line.result, "equal")
        self.assertEqual(self.paypal_balance(), 30.0)

    def test_by_hand_keeps_a_link_to_the_entry_that_answers_it(self):
        activity = self.compared(row("4PP", "-50.00"))
        journal = self.company.paypal_journal_id
        entry = self.env["account.move"].create(
            {
                "journal_id": journal.id,
                "date": "2025-01-20",
                "line_ids": [
                    (0, 0, {"account_id": account.id, "balance": balance})
                    for account, balance in (
                        (journal.default_account_id, -50.0),
                        (self.costs, 50.0),
                    )
                ],
            }
        )
        entry.action_post()
        line = self.line(activity, "4PP")
        self.enter(line, how="answer", move_id=entry.id)
        self.assertEqual((line.result, line.answer_id), ("equal", entry))
        activity.action_compare()
        self.assertEqual(line.result, "equal")
        entry.button_draft()
        activity.action_compare()
        self.assertEqual(line.result, "by_hand")
        self.assertIn("answers this", line.explanation)

    # === WHAT BECOMES SALES === #

    def test_a_general_payment_without_a_fee_is_no_sale_unless_ticked(self):
        activity = self.compared(
            row("8GP", "20.00", "General Payment"),
            row("9GP", "30.00", "General Payment", fee="-1.00"),
            sale(),
        )
        self.assertEqual(
            [
                (each.name, each.may_be_private, each.is_sale, each.sums)
                for each in activity.type_ids.sorted("id")
            ],
            [
                ("General Payment", False, True, [[self.ils(), 30.0]]),
                ("General Payment", True, False, [[self.ils(), 20.0]]),
                ("Website Payment", False, True, [[self.ils(), 118.0]]),
            ],
        )
        self.make_all(activity)
        results = self.results(activity)
        self.assertEqual(results, {"8GP": "by_hand", "9GP": "equal", SALE_ID: "equal"})
        self.assertIn("friends", self.line(activity, "8GP").explanation)
        private = activity.type_ids.filtered("may_be_private")
        activity.write({"type_ids": [(1, private.id, {"is_sale": True})]})
        self.assertEqual(self.results(activity)["8GP"], "missing")
        self.make_all(activity)
        self.assertEqual(self.results(activity)["8GP"], "equal")
        again = self.compared(row("7GP", "5.00", "General Payment"))
        self.assertTrue(again.type_ids.is_sale)

    def ils(self):
        return self.company.currency_id.id

    def test_an_unknown_type_of_income_can_be_made_into_sales(self):
        activity = self.compared(row("8UU", "20.00", "Moon Dust"))
        self.assertFalse(activity.type_ids.is_sale)
        activity.write({"type_ids": [(1, activity.type_ids.id, {"is_sale": True})]})
        self.make_all(activity)
        self.assertEqual(self.results(activity), {"8UU": "equal"})
        self.assertEqual(self.line(activity, "8UU").move_id.move_type, "out_invoice")

    # === UNDO === #

    def undo(self, activity):
        action = activity.action_undo()
        wizard = self.env["paypal.activity.undo"].browse(action["res_id"])
        plans = {line.txn_id: (line.action, line.reason) for line in wizard.line_ids}
        wizard.action_undo()
        activity.invalidate_recordset()
        return plans

    def test_what_was_made_is_deleted_and_the_rows_stand_as_before(self):
        refund = row("2RF", "-118.00", "Payment Refund", fee="4.20", reference=SALE_ID)
        activity = self.compared(sale(), refund, row("6WD", "-50.00", **WITHDRAWAL))
        before = self.results(activity)
        self.make_all(activity)
        self.assertEqual(set(self.results(activity).values()), {"equal"})
        plans = self.undo(activity)
        self.assertEqual(set(plans.values()), {("delete", False)})
        self.assertEqual(self.results(activity), before)
        self.assertEqual(self.paypal_balance(), 0.0)
        self.assertFalse(
            self.env["account.move"].search([("paypal_txn_id", "!=", False)])
        )
        self.make_all(activity)
        self.assertEqual(set(self.results(activity).values()), {"equal"})
        with self.assertRaises(UserError):
            self.compared(sale()).action_undo()

    def test_what_the_customer_has_is_credited(self):
        activity = self.compared(sale())
        self.make_all(activity)
        document = self.line(activity).move_id
        document.is_move_sent = True
        self.assertEqual(self.undo(activity), {SALE_ID: ("credit", "sent")})
        self.assertEqual(document.state, "posted")
        self.assertEqual(document.reversal_move_ids.move_type, "out_refund")
        self.assertEqual(document.payment_state, "reversed")
        self.assertEqual(self.paypal_balance(), 0.0)
        self.assertEqual(self.results(activity), {SALE_ID: "missing"})
        self.make_all(activity)
        self.assertEqual(self.results(activity), {SALE_ID: "equal"})
        self.assertEqual(self.paypal_balance(), 113.8)

    def test_what_has_a_number_below_one_that_stays_is_credited(self):
        activity = self.compared(sale())
        self.make_all(activity)
        later = self.compared(row("9AA", "10.00", date="01/16/2025"))
        self.make_all(later)
        self.assertEqual(self.undo(activity), {SALE_ID: ("credit", "numbered")})
