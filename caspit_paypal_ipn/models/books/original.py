# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.fields import Domain

from ..reasons import Aside


class PaypalIpn(models.Model):
    """From a refund, a reversal or a case to the sale that it belongs to, and back."""

    _inherit = "paypal.ipn"

    def _original(self):
        """The booked sale that this message belongs to.

        ``parent_txn_id`` names the sale, or a reversal of it; a case has the sale's own
        ``txn_id``, and so has a reversal without a parent. A sale whose document was
        deleted since is still that sale.

        :return: the sale's message
        :raise Aside: it is not booked here, or not yet: then this message goes on by
            itself once it is
        """
        txn_id = self.parent_txn_id
        if self.kind == "dispute" or (self.kind == "reversal" and not txn_id):
            txn_id = self.txn_id
        parent = self._booked_message(txn_id)
        sale = parent.original_id or parent
        # Booked elsewhere, by Odoo's provider or by hand, and no document known yet.
        elsewhere = sale.reason and not sale.document_id
        if not sale or elsewhere:
            raise Aside(
                "attention", "original_missing", parent=txn_id or "?", kind=self.kind
            )
        return sale

    def _booked_message(self, txn_id):
        """The message that booked a transaction, also one whose payment is gone.

        :param str txn_id: PayPal's id; none finds none
        """
        if not txn_id:
            return self.browse()
        mine = Domain("company_id", "=", self.company_id.id)
        payment = self.env["account.payment"].search(
            mine & Domain("paypal_txn_id", "=", txn_id), limit=1
        )
        return payment.paypal_ipn_id or self.search(
            mine
            & Domain("txn_id", "=", txn_id)
            & Domain("state", "in", ("booked", "done"))
            & (
                Domain("kind", "in", self._kinds_with_money())
                | Domain("reason", "=", "by_hand")
            ),
            order="id desc",
            limit=1,
        )

    def _kinds_with_money(self):
        """:return: the codes of the kinds that move money of the PayPal account"""
        return [
            code for code, kind in self._kinds().items() if kind.direction != "nowhere"
        ]

    def _resume_followers(self):
        """Put back on the line what waited for these messages to be booked."""
        known = (self | self.original_id).mapped("txn_id")
        self.search(
            [
                ("company_id", "in", self.company_id.ids),
                ("state", "=", "attention"),
                ("reason", "=", "original_missing"),
                "|",
                ("parent_txn_id", "in", known),
                "&",
                ("kind", "in", ("dispute", "reversal")),
                ("txn_id", "in", known),
            ]
        )._resume()
