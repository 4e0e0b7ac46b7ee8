# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.fields import Domain
from odoo.tools.misc import format_date


class CaspitDashboard(models.AbstractModel):
    """The line of My Caspit that says whether PayPal and the books agree."""

    _inherit = "caspit.dashboard"

    @api.model
    def read_dashboard(self, period="month"):
        return super().read_dashboard(period) | {"ledger": self._ledger()}

    @api.model
    def open_ledger(self):
        """Open PayPal's ledger of the company.

        :raise AccessError: the user may not see messages
        """
        self.env["paypal.ipn"].check_access("read")
        connection = self.env["paypal.api.connection"]._of(self.env.company)
        return connection.sudo(False)._get_records_action(
            name=self.env._("PayPal's Ledger")
        )

    def _ledger(self):
        """:return: None for who has not connected PayPal's ledger"""
        connection = self.env["paypal.api.connection"]._of(self.env.company)
        if not connection or (connection.state == "new" and not connection.since):
            return None
        lines = self.env["paypal.activity.line"].sudo()
        mine = Domain("activity_id", "=", connection.activity_id.id)
        told = mine & Domain("result", "=", "missing") & Domain("is_told", "=", True)
        return {
            "is_proved": connection.is_proved,
            "proof": connection.proof_text or "",
            "details": connection._last_proofs()
            .filtered(lambda it: not it.is_equal)
            .mapped("explanation"),
            "trouble": connection.explanation or "",
            "missing": lines.search_count(told),
        }

    def _cases(self):
        """Add the cases that PayPal's API alone tells of."""
        told = super()._cases()
        known = {case["sale_id"] for case in told}
        connection = self.env["paypal.api.connection"]._of(self.env.company)
        return told + [
            self._dispute(dispute)
            for dispute in connection.sudo()._open_disputes()
            if dispute.ipn_id.id not in known
        ]

    def _dispute(self, dispute):
        company, sale = dispute.company_id, dispute.ipn_id
        return {
            "id": sale.id,
            "sale_id": sale.id,
            "customer": self._customer(sale) if sale else "",
            "document": sale.document_id.name or dispute.dispute_id,
            "kind": dispute._words(dispute.stage),
            "what": dispute._words(dispute.reason),
            "amount": dispute.amount,
            "currency_id": dispute.currency_id.id,
            "due": dispute.due_at
            and format_date(self.env, company._paypal_local_date(dispute.due_at)),
        }


class PaypalApiConnection(models.Model):
    _inherit = "paypal.api.connection"

    def _open_disputes(self):
        return self.dispute_ids.filtered("is_open").sorted(
            lambda it: (not it.due_at, it.due_at or it.create_date)
        )
