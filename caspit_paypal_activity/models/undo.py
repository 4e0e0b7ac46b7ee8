# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

from .source import ActivityFile

#: What is undone first: what hangs on others goes before them.
ORDER = ("canceled_reversal", "reversal", "refund", "expense", "fee", "conversion")


class PaypalActivity(models.Model):
    """What was made from a file is taken away again, after a look at the list of it."""

    _inherit = "paypal.activity"

    def action_undo(self):
        """Show what undoing would take away.

        :raise UserError: the file is being worked, or nothing was made from it
        """
        self.ensure_one()
        self.check_access("write")
        if self.is_running:
            raise UserError(self.env._("The file is being worked right now."))
        made = self.sudo()._made()
        if not made:
            raise UserError(self.env._("Nothing was made from this file."))
        wizard = self.env["paypal.activity.undo"].create(
            {
                "activity_id": self.id,
                "line_ids": [
                    (0, 0, {"ipn_id": ipn.id, **plan})
                    for ipn, plan in made._undo_plans().items()
                ],
            }
        )
        return {
            **wizard._get_records_action(name=self.env._("Undo What Was Made")),
            "target": "new",
        }

    def _made(self):
        """:return: the messages made from this file, in the order of undoing"""
        ipns = self.env["paypal.ipn"].search(
            [("activity_line_id.activity_id", "=", self.id)], order="id desc"
        )
        rank = {kind: number for number, kind in enumerate(ORDER)}
        return ipns.sorted(lambda ipn: rank.get(ipn.kind, len(ORDER)))


class PaypalActivityLine(models.Model):
    _inherit = "paypal.activity.line"

    undo_count = fields.Integer(
        readonly=True, help="How many messages of it were credited, and are kept."
    )


class PaypalIpn(models.Model):
    """A message that was made from a file can be taken back with what it booked."""

    _inherit = "paypal.ipn"

    is_undone = fields.Boolean(
        readonly=True,
        copy=False,
        help="What it booked was credited: its transaction may be booked again.",
    )

    def _undo_moves(self):
        """:return: every entry that these messages made"""
        return self.move_ids | self.payment_ids.move_id

    def _undo_plans(self):
        """What undoing would do with these messages, all of them.

        Nothing is deleted that would leave a gap in the documents' numbers: what has a
        number below one that stays is credited, too.

        :return: columns of ``paypal.activity.undo.line`` by message
        """
        reasons = {ipn: ipn._keeps_documents() for ipn in self}
        for ipn in self.sorted(lambda ipn: ipn._document_number(), reverse=True):
            going = self.filtered(lambda other: not reasons[other])._undo_moves()
            if not reasons[ipn] and ipn._has_number_above(going):
                reasons[ipn] = "numbered"
        plans = {}
        for ipn, reason in reasons.items():
            moves = ipn._undo_moves()
            plans[ipn] = {
                "action": "credit" if reason and moves else "delete",
                "reason": reason,
                "move_id": (ipn.document_id or moves[:1]).id,
            }
        return plans

    def _own_document(self):
        return self.document_id & self.move_ids

    def _document_number(self):
        return self._own_document().sequence_number or 0

    def _has_number_above(self, going):
        """Whether a posted document that stays has a number above this one's."""
        document = self._own_document()
        return document.state == "posted" and bool(
            document.search_count(
                [
                    ("journal_id", "=", document.journal_id.id),
                    ("sequence_prefix", "=", document.sequence_prefix),
                    ("sequence_number", ">", document.sequence_number),
                    ("posted_before", "=", True),
                    ("id", "not in", going.ids),
                ],
                limit=1,
            )
        )

    def _keeps_documents(self):
        """:return: why what was booked cannot be deleted; False when it can"""
        moves = self._undo_moves()
        if self.receipt_mail_id or self._own_document().is_move_sent:
            return "sent"
        if any(move.inalterable_hash for move in moves):
            return "hashed"
        for move in moves.filtered(lambda move: move.state == "posted"):
            if move.company_id._get_violated_lock_dates(
                move.date, has_tax=bool(move.tax_totals), journal=move.journal_id
            ):
                return "locked"
        return False

    def _undo(self):
        """Take these messages back, each as its plan says."""
        for ipn, plan in self._undo_plans().items():
            if plan["action"] == "credit":
                ipn._undo_by_entries()
            else:
                ipn._undo_by_deletion()

    def _undo_by_deletion(self):
        """Delete what was booked, and the message with it: the row stands as before."""
        (self.receipt_mail_id | self.notice_mail_id).sudo().unlink()
        self._delete_entries(self._undo_moves(), self.payment_ids)
        self.sudo().with_context(caspit_undoes_file=True).unlink()

    def _booked_before(self):
        """What was undone by entries is not booked: it may be made anew."""
        booked = super()._booked_before()
        return {key: ipn for key, ipn in booked.items() if not ipn.is_undone}

    def _is_removable(self):
        """The row of the file still says what the message of it did."""
        undoes = self.env.context.get("caspit_undoes_file")
        return super()._is_removable() or (undoes and self.source == ActivityFile.code)

    def _undo_by_entries(self):
        """Credit the document and reverse the other entries, dated today.

        What was booked stays, and so do the numbers; the message no longer holds the
        transaction, so that the row can be made anew.
        """
        moves = self._undo_moves().filtered(lambda move: move.state == "posted")
        self.payment_ids.paypal_txn_id = False
        moves.paypal_txn_id = False
        self.is_undone = True
        today = self.company_id._paypal_local_date(self.env.cr.now())
        moves.line_ids.remove_move_reconcile()
        reversed_moves = moves._reverse_moves(
            [
                {"date": today, "invoice_date": today, "ref": move.name}
                for move in moves
            ],
            cancel=True,
        )
        reversed_moves.filtered(lambda move: move.state == "draft")._post(soft=False)
        self.activity_line_id.undo_count += 1
        self.activity_line_id = False
