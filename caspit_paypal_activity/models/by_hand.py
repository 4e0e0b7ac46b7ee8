# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class PaypalActivityLine(models.Model):
    """Rows that PayPal alone does not explain: a person does, or has yet to."""

    _inherit = "paypal.activity.line"

    def _judge_by_hand(self, books):
        """What a person enters: found, made on the account that he chose, or open."""
        payment = books.payments.get((self.txn_id, self._txn_side()))
        if payment:
            return self._judge_booked(payment)
        entry = self._judge_move(books) or self._judge_answer(books)
        if entry:
            return entry
        if self.gross > 0 and self._becomes_sale(books):
            return self._judge_missing(books)
        if self._has_account(books):
            found = self._judge_missing(books)
            if found["result"] == "missing":
                account = self.account_id.display_name
                found["told"].append(["on_account", {"account": account}])
            return found
        code = "may_be_private" if self.kind == "sale" else self.kind
        return self._found("by_hand", code, type=self.type)

    def _has_account(self, books):
        """Whether an account is chosen for the row, now or earlier for its like."""
        if not self.account_id and self.result != "equal":
            known = books.account_for(self)
            if known:
                self.write(
                    {"account_id": known.account_id.id, "as_bill": known.as_bill}
                )
        return bool(self.account_id)

    def _judge_answer(self, books):
        """Compare the row with the entry that a person says stands for it."""
        move = self.answer_id
        if not move:
            return None
        lines = move.line_ids.filtered(
            lambda line: (
                line.account_id == books.account
                and line.currency_id == self.currency_id
            )
        )
        amount = sum(lines.mapped("amount_currency"))
        booked = {
            "move_id": move.id,
            "booked_currency_id": self.currency_id.id,
            "booked_gross": amount,
        }
        if move.state != "posted" or self.currency_id.compare_amounts(amount, self.net):
            here = self._money(amount, self.currency_id)
            return booked | self._found(
                "by_hand",
                "answered_otherwise",
                name=move.name or "/",
                here=here,
                paypal=self._money(self.net, self.currency_id),
            )
        return booked | self._found("equal", "by_reference", name=move.name)
