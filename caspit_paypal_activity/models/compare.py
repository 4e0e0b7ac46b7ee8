# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from odoo import models

from .known import Books
from .read import BATCH

#: How a row of each kind is judged; a kind that is not here moves no money of its own.
JUDGES = {
    "sale": "_judge_payment",
    "refund": "_judge_payment",
    "reversal": "_judge_payment",
    "canceled_reversal": "_judge_payment",
    "withdrawal": "_judge_transfer",
    "deposit": "_judge_transfer",
    "fee": "_judge_entry",
    "conversion": "_judge_conversion",
    "hold": "_judge_hold",
    "release": "_judge_hold",
    "adjustment": "_judge_by_hand",
    "outgoing": "_judge_by_hand",
    "unknown": "_judge_by_hand",
}
CLEAN = {
    "told": False,
    "ipn_id": False,
    "payment_id": False,
    "move_id": False,
    "booked_currency_id": False,
    "booked_gross": 0.0,
    "booked_fee": 0.0,
    "is_makeable": False,
    "is_doubtful": False,
}


class PaypalActivity(models.Model):
    """The comparison of a whole file, batch by batch."""

    _inherit = "paypal.activity"

    def _compare(self, commit):
        """Compare the rows that have no result yet, then look the other way round."""
        lines = self.env["paypal.activity.line"]
        mine = [("activity_id", "=", self.id)]
        while batch := lines.search(
            [*mine, ("result", "=", False)], order="id", limit=BATCH
        ):
            batch._compare()
            self.compared_count += len(batch)
            self.env.flush_all()
            self.env.invalidate_all()
            if len(batch) == BATCH and not commit(len(batch)):
                return
        self._add_not_in_file()
        self.state = "ready"

    def _add_not_in_file(self):
        """Add a row for each payment of the file's period that the file lacks."""
        rows = self.env["paypal.activity.line"]
        rows.create(
            [
                {
                    "activity_id": self.id,
                    "line": 0,
                    "moment": moment,
                    "currency_id": currency_id,
                    "gross": gross,
                    "net": gross,
                    "txn_id": txn_id,
                    "result": "not_in_file",
                    "told": [["not_in_file", {}]],
                    "payment_id": payment_id,
                    "ipn_id": ipn_id,
                    "booked_currency_id": currency_id,
                    "booked_gross": gross,
                    "booked_fee": -fee,
                    "kind": kind if kind in ("sale", "refund", "reversal") else False,
                }
                for (
                    payment_id,
                    ipn_id,
                    txn_id,
                    kind,
                    moment,
                    currency_id,
                    gross,
                    fee,
                ) in Books(self).not_in_file()
            ]
        )


class PaypalActivityLine(models.Model):
    """What each row is found to be: a result, and the codes of its explanation."""

    _inherit = "paypal.activity.line"

    def _compare(self):
        """Judge these rows by what is in the books now."""
        for activity, rows in self.grouped("activity_id").items():
            rows = rows.with_company(activity.company_id).sudo()
            books = Books(activity)
            books.gather(rows)
            rows.filtered("line")._note(
                lambda row, books=books: CLEAN | row._judge(books)
            )

    def _note(self, judge):
        """Write what was found; most rows are found to be the same, and go together.

        :param judge: a function of a row, which gives its columns
        """
        alike = {}
        for row in self:
            found = judge(row)
            key = json.dumps(found, sort_keys=True)
            alike.setdefault(key, (found, []))[1].append(row.id)
        for found, ids in alike.values():
            self.browse(ids).write(found)

    # === JUDGES === #

    def _judge(self, books):
        """:return: the columns that say what the row is found to be"""
        if self.problem:
            return self._found("problem", f"problem_{self.problem}")
        if self.kind == "memo":
            return self._found("no_books", "memo")
        if not self.moves_balance:
            return self._found("no_books", "not_completed", status=self.status)
        if not self.txn_id:
            return self._found("by_hand", "no_txn")
        if not self.currency_id:
            return self._found("by_hand", "no_currency", currency=self.currency_code)
        return getattr(self, JUDGES[self.kind])(books)

    @staticmethod
    def _found(result, *codes, **values):
        """:return: the columns of a result, explained by the codes"""
        return {"result": result, "told": [[code, values] for code in codes]}

    def _judge_payment(self, books):
        payment = books.payments.get((self.txn_id, self._txn_side()))
        if payment:
            return self._judge_booked(payment)
        if self.kind == "sale" and not self._becomes_sale(books):
            return self._judge_by_hand(books)
        return self._judge_missing(books)

    def _txn_side(self):
        """Which side of its transaction this is: two rows may share one id."""
        return "out" if (self.gross or self.net) < 0 else "in"

    def _judge_booked(self, payment):
        """Compare the row with its payment: amount, fee and currency."""
        ipn = payment.paypal_ipn_id
        sign = -1 if payment.payment_type == "outbound" else 1
        booked = {
            "payment_id": payment.id,
            "ipn_id": ipn.id,
            "move_id": (ipn.document_id or payment.move_id).id,
            "booked_currency_id": payment.currency_id.id,
            "booked_gross": sign * payment.amount,
            "booked_fee": -ipn._booked_fee() if ipn else 0.0,
        }
        return booked | self._differences(booked, payment)

    def _differences(self, booked, payment):
        currency = payment.currency_id
        if payment.state in ("canceled", "rejected"):
            return self._found("different", "different_state")
        if currency != self.currency_id:
            values = {"here": currency.name, "paypal": self.currency_code}
            return self._found("different", "different_currency", **values)
        told = [
            [
                f"different_{what}",
                {
                    "here": self._money(here, currency),
                    "paypal": self._money(self[field], currency),
                },
            ]
            for what, field, here in (
                ("amount", "gross", booked["booked_gross"]),
                ("fee", "fee", booked["booked_fee"]),
            )
            if currency.compare_amounts(here, self[field])
        ]
        return {"result": "different" if told else "equal", "told": told}

    @staticmethod
    def _money(amount, currency):
        return f"{amount:.{currency.decimal_places}f} {currency.name}"

    def _judge_missing(self, books):
        """It is not in the books: a person did it, it waits, or it can be made."""
        if closed := books.by_hand.get((self.txn_id, self._txn_side())):
            found = self._found("equal", "closed_by_hand", note=closed.hand_note or "–")
            return {**found, "ipn_id": closed.id, "move_id": closed.hand_move_id.id}
        ipn = books.waiting.get((self.txn_id, self._txn_side()))
        if ipn:
            found = self._found("waiting", "waiting", state=ipn.state)
            return {**found, "ipn_id": ipn.id}
        return {**self._found("missing", "missing"), "is_makeable": True}

    def _judge_entry(self, books):
        """A fee: an entry under its transaction, or one that a person made."""
        return self._judge_move(books) or self._judge_missing(books)

    def _judge_move(self, books, txn_id=None):
        """Compare the row with the entry of its transaction, or of its other side's.

        :return: the columns that say what was found; None when there is no entry
        """
        key = (txn_id or self.txn_id, self.currency_id.id, self._txn_side())
        move, amount = books.entries.get(key, (0, 0.0))
        if not move:
            return None
        move = self.env["account.move"].browse(move)
        booked = {
            "move_id": move.id,
            "ipn_id": move.paypal_ipn_id.id,
            "booked_currency_id": self.currency_id.id,
            "booked_gross": amount,
        }
        if self.currency_id.compare_amounts(amount, self.net):
            return booked | self._found(
                "different",
                "different_amount",
                here=self._money(amount, self.currency_id),
                paypal=self._money(self.net, self.currency_id),
            )
        if move.paypal_ipn_id:
            return booked | {"result": "equal"}
        return booked | self._found("equal", "by_reference", name=move.name)

    def _judge_transfer(self, books):
        payment = books.payments.get((self.txn_id, self._txn_side()))
        if payment:
            return self._judge_booked(payment)
        entry = self._judge_move(books)
        if entry:
            return entry
        found = self._judge_missing(books)
        if found["result"] != "missing":
            return found
        if self._has_account(books):
            return found
        if alike := books.look_alikes(self):
            name, date = alike
            doubt = self._found("by_hand", "look_alike", name=name, date=str(date))
            return {**doubt, "is_doubtful": True}
        if not self.activity_id.bank_journal_id:
            found["told"].append(["no_bank", {}])
        return found

    def _judge_conversion(self, books):
        """Both sides are one entry, under the transaction of the side that goes out."""
        other = self.pair_id
        if not other:
            return self._judge_move(books) or self._found("by_hand", "conversion_alone")
        out = self if self.net < 0 else other
        values = {"line": other.line}
        found = self._judge_move(books, out.txn_id) or books.converted(self, out)
        if found:
            found["told"] = [*(found.get("told") or []), ["conversion_of", values]]
            return found
        found = out._judge_missing(books)
        if found["result"] == "missing" and self != out:
            found = {**self._found("missing", "made_with", **values)}
        return found

    def _judge_hold(self, _books):
        other = self.pair_id
        if self.kind == "hold":
            code = "hold_released" if other else "hold_open"
        else:
            code = "release" if other else "release_alone"
        return self._found("no_books", code, line=other.line)
