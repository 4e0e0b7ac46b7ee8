# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

#: Kinds of rows that a person enters, on an account of his choice.
KINDS = ("outgoing", "adjustment", "unknown", "deposit", "withdrawal")


class PaypalActivityEnter(models.TransientModel):
    """Rows that PayPal alone cannot explain: an account, or the entry that answers."""

    _name = "paypal.activity.enter"
    _description = "Enter Rows of a PayPal Activity File"

    line_ids = fields.Many2many("paypal.activity.line", required=True)
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    how = fields.Selection(
        [
            ("entry", "Make an entry on an account"),
            ("bill", "Make a vendor bill, paid from PayPal"),
            ("answer", "It is answered by an entry that is there"),
        ],
        "What to Do",
        required=True,
        default="entry",
    )
    account_id = fields.Many2one(
        "account.account",
        check_company=True,
        domain="[('account_type', 'not in', ('asset_cash', 'asset_receivable',"
        " 'liability_payable', 'off_balance'))]",
    )
    remember = fields.Selection(
        [
            ("counterparty", "For this counterparty and type"),
            ("type", "For this type, whoever it is"),
            ("no", "Only now"),
        ],
        required=True,
        default="counterparty",
    )
    move_id = fields.Many2one(
        "account.move",
        "Entry",
        check_company=True,
        domain="[('state', '=', 'posted'), ('company_id', '=', company_id)]",
    )

    @api.depends("line_ids")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.line_ids.activity_id.company_id[:1]

    def action_enter(self):
        """Do what was chosen.

        :raise UserError: the choice lacks its account or entry
        """
        self.ensure_one()
        rows = self.line_ids.filtered(
            lambda row: row.kind in KINDS and row.moves_balance
        )
        rows.activity_id.check_access("write")
        rows = rows.sudo()
        if not rows:
            raise UserError(self.env._("None of these rows is entered by hand."))
        if self.how == "answer":
            return self._answer(rows)
        if not self.account_id:
            raise UserError(self.env._("Choose the account first."))
        rows.write({"account_id": self.account_id.id, "as_bill": self.how == "bill"})
        if self.remember != "no":
            self._remember(rows)
        rows._compare()
        return rows.filtered("is_makeable").action_make()

    def _answer(self, rows):
        if not self.move_id:
            raise UserError(self.env._("Choose the entry first."))
        rows.answer_id = self.move_id
        rows._compare()

    def _remember(self, rows):
        accounts = self.env["paypal.activity.account"].sudo()
        for row in rows:
            who = row._counterparty() if self.remember == "counterparty" else False
            key = {
                "company_id": row.activity_id.company_id.id,
                "type": row.type or "",
                "counterparty": who,
            }
            chosen = {
                "account_id": self.account_id.id,
                "as_bill": self.how == "bill",
            }
            known = accounts.search([(name, "=", value) for name, value in key.items()])
            if known:
                known.write(chosen)
            else:
                accounts.create({**key, **chosen})
