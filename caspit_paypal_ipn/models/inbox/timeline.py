# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

# A sale, a reversal of it and what cancels the reversal are three steps; PayPal has
# no chain that is longer. What is above the limit is no one transaction any more.
TIMELINE_STEPS = 5
TIMELINE_LIMIT = 100


class PaypalIpn(models.Model):
    """Everything that PayPal reported of one transaction, in the order it happened."""

    _inherit = "paypal.ipn"

    timeline_ids = fields.Many2many("paypal.ipn", compute="_compute_timeline_ids")

    @api.depends("company_id", "txn_id", "parent_txn_id")
    def _compute_timeline_ids(self):
        for ipn in self:
            ipn.timeline_ids = ipn._family().sorted(
                lambda it: (it.payment_date or it.received_at, it.received_at, it.id)
            )

    def _family(self):
        """The messages of the same transaction, this one among them.

        A pending sale and its completion share the ``txn_id``; a refund or a reversal
        names its sale in ``parent_txn_id``, a canceled reversal may name the reversal.

        :return: messages that the reader may see, ``TIMELINE_LIMIT`` at most
        """
        self.ensure_one()
        family, known = self, set()
        for _step in range(TIMELINE_STEPS):
            names = set(family.mapped("txn_id") + family.mapped("parent_txn_id"))
            names -= {False}
            if names <= known or len(family) >= TIMELINE_LIMIT:
                break
            known |= names
            family |= self.search(
                [
                    ("company_id", "=", self.company_id.id),
                    "|",
                    ("txn_id", "in", list(known)),
                    ("parent_txn_id", "in", list(known)),
                ],
                limit=TIMELINE_LIMIT,
                order="id",
            )
        return family[:TIMELINE_LIMIT]
