# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import models


class AccountMove(models.Model):
    """A credit note over a part gives back more than its lines show.

    The cost of storable goods (:mod:`.cost`), and the analytic shares: Odoo rounds
    those of each document for itself, so that parts drift from the whole by a cent.
    """

    _inherit = "account.move"

    def _post(self, soft=True):
        for note in self.filtered(type(self)._paypal_is_part_of_cost):
            self.env["account.move.line"].create(note._paypal_cost_values())
        posted = super()._post(soft)
        for note in self:
            if note.move_type == "out_refund" and note.paypal_ipn_id:
                note._paypal_end_analytic_shares()
        return posted

    def _paypal_end_analytic_shares(self):
        """Let the last part take what is left of every analytic share.

        Only what rounding leaves: who shares a note of his own out otherwise means it.
        """
        invoice = self.reversed_entry_id
        notes = self.paypal_ipn_id._notes_of(invoice)
        credited = sum(notes.mapped("amount_total"))
        if not invoice or self.currency_id.compare_amounts(
            credited, invoice.amount_total
        ):
            return
        rounding = self.company_currency_id.rounding * (len(notes) + 1)
        items = (invoice | notes).line_ids.analytic_line_ids
        columns = ["general_account_id", *items._get_plan_fnames()]
        left = defaultdict(float)
        for item in items:
            left[tuple(item[name] for name in columns)] += item.amount
        own = self.line_ids.analytic_line_ids.grouped(
            lambda item: tuple(item[name] for name in columns)
        )
        for share, amount in left.items():
            rest = self.company_currency_id.round(amount)
            if rest and abs(rest) < rounding and share in own:
                item = own[share][:1].with_context(skip_analytic_sync=True)
                item.amount -= rest
