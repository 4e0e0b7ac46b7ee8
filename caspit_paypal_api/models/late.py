# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from .source import Ledger


class PaypalIpn(models.Model):
    """PayPal's own message of what was made from the ledger comes after all."""

    _inherit = "paypal.ipn"

    def _without_duplicates(self):
        """Add what a late message says more to the document that is there."""
        fresh = super()._without_duplicates()
        for late in (self - fresh).filtered(lambda ipn: ipn.reason == "duplicate"):
            made = self.search(
                [
                    ("company_id", "=", late.company_id.id),
                    ("txn_id", "=", late.txn_id),
                    ("source", "=", Ledger.code),
                    ("state", "in", ("booked", "done")),
                ],
                limit=1,
            )
            if made and late.source != Ledger.code:
                late._add_details_to(made)
        return fresh

    def _add_details_to(self, made):
        """Note lines and memo of this message on what was made without it.

        :param made: the message of the ledger
        """
        message = self._message()
        said = [
            f"{line.quantity.normalize():f} × {line.name} {line.total}"
            for line in message.lines
            if line.name
        ]
        said += filter(None, [message.memo, message.custom])
        body = self.env._(
            "PayPal's own message of %(txn)s came later. It says: %(said)s",
            txn=self.txn_id,
            said=" · ".join(said) or "–",
        )
        made.message_post(body=body)
        if made.document_id:
            made.document_id.message_post(body=body)
