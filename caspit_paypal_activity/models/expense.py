# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.addons.caspit_paypal_ipn.models.reasons import Aside
from odoo.tools import email_normalize


class PaypalActivityAccount(models.Model):
    """The account that money out of PayPal, or into it, goes to: chosen once.

    Remembered for a counterparty and a type, or for a type alone.
    """

    _name = "paypal.activity.account"
    _description = "Account for Rows of PayPal Activity Files"
    _order = "company_id, type, counterparty"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    type = fields.Char("PayPal's Type", required=True)
    counterparty = fields.Char(help="E-mail address or name; blank for everybody.")
    account_id = fields.Many2one(
        "account.account",
        required=True,
        ondelete="cascade",
        check_company=True,
        domain="[('account_type', 'not in', ('asset_cash', 'liability_credit_card'))]",
    )
    as_bill = fields.Boolean("As a Vendor Bill")

    _key_unique = models.UniqueIndex(
        "(company_id, type, (coalesce(counterparty, '')))",
        "An account is remembered for this already.",
    )


class PaypalActivityLine(models.Model):
    _inherit = "paypal.activity.line"

    account_id = fields.Many2one(
        "account.account",
        "Booked On",
        readonly=True,
        index="btree_not_null",
        help="The account that this row is entered on.",
    )
    as_bill = fields.Boolean("As a Vendor Bill", readonly=True)
    answer_id = fields.Many2one(
        "account.move",
        "Answered By",
        readonly=True,
        index="btree_not_null",
        help="The entry that a person says stands for this row.",
    )

    def _counterparty(self):
        """Whom the row is from or to, as it is remembered."""
        return email_normalize(self.email or "") or (self.name or "").strip() or False

    def action_enter(self):
        """Choose the account, or the entry that answers the row."""
        self.activity_id.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "res_model": "paypal.activity.enter",
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Enter in the Books"),
            "context": {"default_line_ids": [fields.Command.set(self.ids)]},
        }


class PaypalIpn(models.Model):
    """Money that went elsewhere than to customers and the bank, on a chosen account."""

    _inherit = "paypal.ipn"

    def _book_expense(self):
        """Book what the merchant paid, or got otherwise, on the account that he chose.

        :raise Aside: the row names no account any more
        """
        expenses = self._without_duplicates()
        if not all(expense.activity_line_id.account_id for expense in expenses):
            raise Aside(
                "attention",
                "configuration",
                error=self.env._("The row of the file names no account."),
            )
        bills = expenses.filtered(
            lambda ipn: ipn.activity_line_id.as_bill and ipn._is_outbound()
        )
        for bill in bills:
            bill._prepare_books()
            bill._check_books()
            bill._book_bill(bill.activity_line_id)
        entries = expenses - bills
        entries._book_entries(lambda ipn: ipn._expense_values(ipn.activity_line_id))

    def _expense_values(self, row):
        """The entry: PayPal's account against the chosen one, its fee apart."""
        name = row.item or row.name or self.txn_id
        account, currency = self._paypal_account(), self.currency_id
        fee = self._charged_fee()
        lines = [
            self._entry_line(name, account, currency, self.gross - fee),
            self._entry_line(name, row.account_id, currency, -self.gross),
        ]
        if fee:
            charged = self.company_id.paypal_fee_account_id
            lines.append(self._entry_line(name, charged, currency, fee))
        return self._entry_values(self.env._("PayPal %s", self.txn_id), lines)

    def _book_bill(self, row):
        """A vendor's bill without tax, paid from the PayPal account."""
        partner = self._vendor(row)
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": partner.id,
                "currency_id": self.currency_id.id,
                "invoice_date": self._payment_date(),
                "date": self._payment_date(),
                "ref": self.txn_id,
                "paypal_ipn_id": self.id,
                "invoice_line_ids": [
                    fields.Command.create(
                        {
                            "name": row.item or row.type,
                            "account_id": row.account_id.id,
                            "price_unit": self._amount(),
                            "tax_ids": [fields.Command.clear()],
                        }
                    )
                ],
            }
        )
        journal = self._journal()
        payment = self.env["account.payment"].create(
            {
                **self._side(journal, True),
                "partner_type": "supplier",
                "partner_id": partner.id,
                "amount": self._amount(),
                "currency_id": self.currency_id.id,
                "date": self._payment_date(),
                "memo": f"PayPal {self.txn_id}",
                "paypal_ipn_id": self.id,
                "paypal_txn_id": self.txn_id,
            }
        )
        payment.action_post()
        self._check_entries(payment)
        if self.fee:
            self._book_own_entries()
        bill._post(soft=False)
        lines = (bill | payment.move_id).line_ids
        lines.filtered(
            lambda line: line.account_type == "liability_payable"
        ).reconcile()
        self._move_to("done")

    def _vendor(self, row):
        """The vendor of a bill: who has the address or, without one, the name."""
        partners, email = self.env["res.partner"], email_normalize(row.email or "")
        mine = [("company_id", "in", (False, self.company_id.id))]
        field, value = ("email", email) if email else ("name", row.name or row.type)
        operator = "=ilike" if email else "="
        partner = partners.search([*mine, (field, operator, value)], limit=1)
        return partner or partners.create(
            {
                "name": row.name or email or row.type,
                "email": email,
                "company_id": self.company_id.id,
                "supplier_rank": 1,
            }
        )
