# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parts of a refund add up to the document: cash rounding, analytics, taxes."""

from collections import defaultdict

from ..common import PaypalIpnCase, message
from .test_refund import refund

THIRDS = ("-39.33", "-39.33", "-39.34")


class TestParts(PaypalIpnCase):
    def refunded(self, invoice, parts=THIRDS):
        """Pay an invoice, and refund it in parts.

        :return: the invoice and its credit notes
        """
        total = f"{invoice.amount_total:.2f}"
        sale = self.take(message(invoice=invoice.name, mc_gross=total, mc_fee=None))
        self.assertEqual(sale.document_id, invoice, sale.explanation)
        backs = [
            self.take(refund(f"2PART{number}", part, None))
            for number, part in enumerate(parts)
        ]
        notes = self.env["account.move"].concat(*map(self.assert_done, backs))
        self.assertEqual(notes.mapped("amount_total"), [-float(part) for part in parts])
        self.assertEqual(self.paypal_balance(), 0.00)
        return invoice | notes

    def left(self, moves):
        """What the documents leave on each account, and of each tax's base and tax."""
        left = defaultdict(float)
        for line in moves.line_ids:
            left[line.account_id.code] += line.balance
            left["tax", line.tax_line_id.amount] += line.balance * bool(
                line.tax_line_id
            )
            for tax in line.tax_ids:
                left["base", tax.amount] += line.balance
        return {key: round(amount, 2) for key, amount in left.items()}

    # === CASH ROUNDING === #

    def rounded_invoice(self, strategy):
        """An invoice of 117.98 that is rounded to 118.00."""
        rounding = self.env["account.cash.rounding"].create(
            {
                "name": "To five agorot",
                "rounding": 0.05,
                "strategy": strategy,
                "profit_account_id": self.company_data["default_account_revenue"].id,
                "loss_account_id": self.company_data["default_account_expense"].id,
            }
        )
        invoice = self.open_invoice(net=99.98)
        invoice.button_draft()
        invoice.invoice_cash_rounding_id = rounding
        invoice.action_post()
        self.assertEqual(invoice.amount_total, 118.00)
        return invoice

    def test_a_line_of_cash_rounding_goes_back_in_parts(self):
        invoice = self.rounded_invoice("add_invoice_line")
        moves = self.refunded(invoice)
        self.assertEqual(set(self.left(moves).values()), {0.00})
        tax = sum((moves - invoice).mapped("amount_tax"))
        self.assertEqual(round(tax, 2), 18.00)

    def test_cash_rounding_inside_the_tax_goes_back_in_parts(self):
        invoice = self.rounded_invoice("biggest_tax")
        self.assertEqual(invoice.amount_tax, 18.02)
        moves = self.refunded(invoice)
        self.assertEqual(set(self.left(moves).values()), {0.00})
        tax = sum((moves - invoice).mapped("amount_tax"))
        self.assertEqual(round(tax, 2), 18.02)

    def test_all_of_a_rounded_invoice_goes_back_at_once(self):
        moves = self.refunded(self.rounded_invoice("add_invoice_line"), ("-118.00",))
        self.assertEqual(set(self.left(moves).values()), {0.00})

    # === ANALYTICS === #

    def test_analytic_shares_go_back_in_parts(self):
        plan = self.env["account.analytic.plan"].sudo().create({"name": "Shops"})
        north, south = (
            self.env["account.analytic.account"]
            .sudo()
            .create([{"name": name, "plan_id": plan.id} for name in ("North", "South")])
        )
        invoice = self.open_invoice()
        invoice.button_draft()
        line = invoice.invoice_line_ids
        line.write(
            {
                "price_unit": 33.33,
                "analytic_distribution": {str(north.id): 70, str(south.id): 30},
            }
        )
        line.copy({"price_unit": 66.67, "analytic_distribution": {str(south.id): 100}})
        invoice.action_post()
        moves = self.refunded(invoice)
        self.assertEqual(set(self.left(moves).values()), {0.00})
        shares = defaultdict(float)
        for item in self.env["account.analytic.line"].search(
            [("move_line_id", "in", moves.line_ids.ids)]
        ):
            account = item[plan._column_name()]
            shares[account, item.move_line_id.move_id == invoice] += item.amount
        self.assertEqual(round(shares[north, True], 2), 23.33)
        self.assertEqual(round(shares[south, True], 2), 76.67)
        for account in (north, south):
            left = shares[account, True] + shares[account, False]
            self.assertEqual(round(left, 2), 0.00, account.name)

    def test_parts_in_a_foreign_currency_leave_nothing_of_the_companys(self):
        self.setup_other_currency("USD", rates=[("2020-01-01", 0.27)])
        usd = {"mc_currency": "USD", "mc_fee": None}
        sale = self.take(message(**usd))
        backs = [
            self.take(refund(f"2USD{number}", part, None, mc_currency="USD"))
            for number, part in enumerate(THIRDS)
        ]
        moves = sale.document_id | sale.union(*backs).document_id
        self.assertEqual(len(moves), 4)
        self.assertEqual(set(self.left(moves).values()), {0.00})
