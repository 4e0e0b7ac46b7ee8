# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError


class PaypalIpn(models.Model):
    """What a person did himself: the message is closed, and known from then on.

    Another message of the same transaction is a duplicate of it, a list shows it as
    known, and what comes back of it later finds its document.
    """

    _inherit = "paypal.ipn"

    hand_note = fields.Text("Done by Hand", readonly=True, copy=False)
    hand_move_id = fields.Many2one(
        "account.move",
        "Entry Made by Hand",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    def _close_by_hand(self, note, move):
        """Close a message at attention.

        :param str note: what was done
        :param move: the ``account.move`` that did it, or none
        :raise UserError: the message does not need attention any more
        """
        self._attention_in_hand()
        document = move.filtered(lambda it: it.is_sale_document(include_receipts=True))
        self._move_to(
            "done",
            "by_hand",
            {"user": self.env.user.name, "note": note},
            hand_note=note,
            hand_move_id=move.id,
            document_id=document.id or self.document_id.id,
            partner_id=move.partner_id.id or self.partner_id.id,
        )
        self._resume_followers()

    def _ignore_by_hand(self, note):
        """Put a message aside that nothing is to be booked of; Retry takes it up again.

        :param str note: why
        :raise UserError: the message does not need attention any more
        """
        self._attention_in_hand()
        self._move_to(
            "ignored",
            "ignored_by_hand",
            {"user": self.env.user.name, "note": note},
            hand_note=note,
        )

    def _attention_in_hand(self):
        """Lock a message at attention.

        :raise UserError: another process has it, or it needs no attention any more
        """
        self.ensure_one()
        if not self.try_lock_for_update(allow_referencing=True):
            raise UserError(
                self.env._(
                    "The message is being worked right now. Look again in a minute."
                )
            )
        self.invalidate_recordset()
        if self.state != "attention":
            raise UserError(self.env._("This message needs no attention any more."))
