# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..kinds import IN, OUT
from ..reasons import Aside

#: Documents that stand for money that went out.
OUTBOUND_MOVES = {"out_refund": OUT, "in_invoice": OUT, "in_receipt": OUT}
#: A payment that is in the books; a draft or a cancelled one is not.
LIVE_PAYMENT = ("in_process", "paid")


class PaypalIpn(models.Model):
    """A transaction is booked once, and what was booked is looked at again.

    The unique indexes on documents and payments hold even when two workers race. That
    a transaction was booked does not say that it still is: what the merchant deleted
    or cancelled since is his to decide about.
    """

    _inherit = "paypal.ipn"

    def _without_duplicates(self):
        """Move aside the messages whose transaction is booked, or came twice.

        PayPal may report one payment in two messages that differ in a byte.

        :return: the messages to book
        :raise Aside: a message has no transaction to know it by, or no amount
        """
        if not all(self.mapped("txn_id")):
            raise Aside(
                "attention", "malformed", error=self.env._("it has no transaction id")
            )
        if not all(self.mapped("gross")):
            raise Aside("attention", "malformed", error=self.env._("it has no amount"))
        earlier, seen = self._booked_before(), self._booked_sides()
        fresh, taken = self.browse(), set()
        for ipn in self:
            key = (ipn.txn_id, ipn._txn_side())
            if key in taken:
                ipn._move_to("ignored", "duplicate", {"txn_id": ipn.txn_id})
                continue
            first = earlier.get(key, self.browse())
            booked = first or key in seen
            to_book = ipn._again(first) if booked else ipn
            if to_book:
                taken.add(key)
                fresh |= to_book
        return fresh

    def _booked_sides(self):
        """:return: what is booked of these messages, as (transaction, side)"""
        mine = [
            ("company_id", "in", self.company_id.ids),
            ("paypal_txn_id", "in", self.mapped("txn_id")),
        ]
        payments = self.env["account.payment"]._read_group(
            mine, ["paypal_txn_id", "payment_type"]
        )
        moves = self.env["account.move"]._read_group(
            mine, ["paypal_txn_id", "move_type", "paypal_side"]
        )
        return {
            (txn_id, OUT if type_ == "outbound" else IN) for txn_id, type_ in payments
        } | {
            (txn_id, OUT if OUT in (side, OUTBOUND_MOVES.get(type_)) else IN)
            for txn_id, type_, side in moves
        }

    def _booked_before(self):
        """:return: the latest message that booked each side of each transaction"""
        booked = self.search(
            [
                ("id", "not in", self.ids),
                ("company_id", "in", self.company_id.ids),
                ("txn_id", "in", self.mapped("txn_id")),
                "|",
                ("kind", "in", self._kinds_with_money()),
                ("reason", "=", "by_hand"),
                "|",
                ("state", "in", ("booked", "done")),
                "&",
                ("state", "=", "attention"),
                ("resume_state", "=", "booked"),
            ],
            order="id",
        )
        return {(ipn.txn_id, ipn._txn_side()): ipn for ipn in booked}

    # === WHAT IS GONE === #

    def _again(self, first):
        """Decide about a transaction that was booked before.

        :param first: the message that booked it, or none
        :return: this message when it is to book what is missing, else none
        """
        decided, missing = self._decided("books_gone"), first._missing_books()
        if not missing:
            self._move_to("ignored", "duplicate", {"txn_id": self.txn_id})
        elif decided == "book_again":
            self._release_what_is_gone()
            return self
        elif decided == "leave":
            values = {"txn_id": self.txn_id, "variant": "left"}
            self._move_to("ignored", "duplicate", values)
        else:
            labels = {
                "payment": self.env._("the payment"),
                "document": self.env._("the document"),
            }
            values = {
                "txn_id": self.txn_id,
                "missing": ", ".join(labels[each] for each in missing),
            }
            self._move_to("attention", "books_gone", values)
        return self.browse()

    def _missing_books(self):
        """What this message has booked and is in the books no more.

        :return: of ``payment`` and ``document``, what is missing
        """
        if not self or self.reason:  # none, or booked elsewhere
            return []
        missing = [] if self._live_payment() else ["payment"]
        has_document = self._kind().is_order or self.kind == "refund"
        if has_document and self.document_id.state != "posted":
            missing.append("document")
        return missing

    def _live_payment(self):
        """:return: the payment of this transaction that is in the books, or none"""
        return self.env["account.payment"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("paypal_txn_id", "=", self.txn_id),
                ("payment_type", "=", self._payment_type()),
                ("state", "in", LIVE_PAYMENT),
            ],
            limit=1,
        )

    def _release_what_is_gone(self):
        """Take the transaction off what is cancelled or a draft: others carry it."""
        mine = [
            ("company_id", "=", self.company_id.id),
            ("paypal_txn_id", "=", self.txn_id),
        ]
        payments = self.env["account.payment"].search(
            [
                *mine,
                ("state", "not in", LIVE_PAYMENT),
                ("payment_type", "=", self._payment_type()),
            ]
        )
        moves = self.env["account.move"].search([*mine, ("state", "!=", "posted")])
        payments.paypal_txn_id = moves.paypal_txn_id = False
        # An insert does not wait for what is written: the index would refuse it.
        payments.flush_recordset()
        moves.flush_recordset()

    def _payment_type(self):
        return "outbound" if self._is_outbound() else "inbound"

    # === WHAT IS STILL THERE === #

    def _books_that_stay(self):
        """What there is already of a transaction that is booked once more.

        :return: its live payment, its posted document, and whether PayPal's own
            entries are there; each may be none
        """
        if self._decided("books_gone") != "book_again":
            return None
        key = (self.txn_id, self._txn_side())
        first = self._booked_before().get(key, self.browse())
        document = first.document_id.filtered(lambda move: move.state == "posted")
        entries = first.move_ids.filtered(
            lambda move: move.move_type == "entry" and move.state == "posted"
        )
        return self._live_payment(), document, bool(entries)
