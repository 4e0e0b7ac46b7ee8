# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.caspit_paypal_ipn.tests.common import message
from odoo.exceptions import UserError

from .common import SALE_ID, PaypalActivityCase, conversion, row, sale

WITHDRAWAL = {"type": "General Withdrawal", "name": "", "email": "", "item": ""}


class TestActivityTransfers(PaypalActivityCase):
    """Money to and from the bank, conversions, and fees in rows of their own."""

    def made(self, txn_id=SALE_ID):
        """:return: the messages of a transaction"""
        return self.inbox.search([("txn_id", "=", txn_id)], order="id")

    def test_a_withdrawal_becomes_an_internal_transfer_to_the_bank(self):
        activity = self.compared(row("6WD", "-20.00", **WITHDRAWAL))
        self.make_all(activity)
        here = self.made("6WD").payment_ids.sorted("id")
        self.assertEqual(here.journal_id, self.company.paypal_journal_id | self.bank)
        self.assertEqual(here.mapped("payment_type"), ["outbound", "inbound"])
        self.assertEqual(here[0].paired_internal_transfer_payment_id, here[1])
        transfers = here.move_id.line_ids.filtered(
            lambda line: line.account_id == self.company.transfer_account_id
        )
        self.assertEqual(transfers.mapped("reconciled"), [True, True])
        self.assertEqual(self.paypal_balance(), -20.0)
        self.assertEqual(self.results(activity), {"6WD": "equal"})

    def test_a_deposit_comes_from_the_bank(self):
        deposit = {"type": "Bank Deposit to PP Account", "name": "", "email": ""}
        activity = self.compared(row("7DP", "50.00", **deposit))
        self.make_all(activity)
        here = self.made("7DP").payment_ids.sorted("id")
        self.assertEqual(here.mapped("payment_type"), ["inbound", "outbound"])
        self.assertEqual(here[0].journal_id, self.company.paypal_journal_id)
        self.assertEqual(self.paypal_balance(), 50.0)
        self.assertEqual(self.results(activity), {"7DP": "equal"})

    def test_transfers_are_not_made_without_a_bank(self):
        activity = self.compared(
            row("6WD", "-20.00", **WITHDRAWAL), bank_journal_id=False
        )
        self.assertIn("Choose the bank journal", activity.line_ids.explanation)
        with self.assertRaises(UserError):
            activity.action_make_all()

    def test_a_transfer_that_a_person_entered_is_not_made_unasked(self):
        account = self.company.paypal_journal_id.default_account_id
        entry = self.env["account.move"].create(
            {
                "journal_id": self.company.paypal_journal_id.id,
                "date": "2025-01-16",
                "line_ids": [
                    (0, 0, {"account_id": each.id, "balance": balance})
                    for each, balance in (
                        (account, -20.0),
                        (self.company.transfer_account_id, 20.0),
                    )
                ],
            }
        )
        entry.action_post()
        activity = self.compared(row("6WD", "-20.00", **WITHDRAWAL))
        line = self.line(activity, "6WD")
        self.assertEqual((line.result, line.is_makeable), ("by_hand", False))
        self.assertIn(entry.name, line.explanation)
        line.action_make_anyway()
        self.work()
        self.assertEqual(self.results(activity), {"6WD": "equal"})
        self.assertEqual(self.paypal_balance(), -40.0)

    def test_a_conversion_is_booked_as_its_two_sides(self):
        dollars = sale(gross="104.00", fee="-4.00", currency="USD")
        activity = self.compared(dollars, *conversion())
        self.make_all(activity)
        self.assertEqual(set(self.results(activity).values()), {"equal"})
        [entry] = self.made("3CN00000000000001").move_ids
        account = self.company.paypal_journal_id.default_account_id
        sides = entry.line_ids.filtered(lambda line: line.account_id == account)
        self.assertEqual(
            {line.currency_id.name: line.amount_currency for line in sides},
            {"USD": -100.0, "ILS": 361.0},
        )

    def test_a_conversion_waits_for_its_sale(self):
        activity = self.compared(*conversion())
        self.make_all(activity)
        ipn = self.made("3CN00000000000001")
        self.assert_side(ipn, "attention", "original_missing")
        dollars = {"mc_currency": "USD", "mc_gross": "104.00", "mc_fee": "4.00"}
        settled = {"settle_amount": "361.00", "settle_currency": "ILS"}
        self.take(message(**dollars, **settled, exchange_rate="3.61"))
        self.assertEqual((ipn.state, ipn.reason), ("ignored", "duplicate"))
        activity.action_compare()
        results = self.results(activity)
        self.assertEqual(results.pop(SALE_ID), "not_in_file")
        self.assertEqual(set(results.values()), {"equal"})

    def test_a_fee_of_its_own_goes_to_the_fee_account(self):
        fees = self.company.paypal_fee_account_id
        activity = self.compared(row("5FE", "-65.00", "Chargeback Fee", name=""))
        self.make_all(activity)
        [entry] = self.made("5FE").move_ids
        [line] = entry.line_ids.filtered(lambda line: line.account_id == fees)
        self.assertEqual(line.balance, 65.0)
        self.assertEqual(self.paypal_balance(), -65.0)
