# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..by_code import FACTS, refuse_by_hand


class AccountPayment(models.Model):
    _inherit = "account.payment"

    paypal_ipn_id = fields.Many2one(
        "paypal.ipn",
        "PayPal Message",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    paypal_is_sandbox = fields.Boolean(
        "PayPal Sandbox", compute="_compute_paypal_is_sandbox", compute_sudo=True
    )
    paypal_txn_id = fields.Char("PayPal Transaction ID", readonly=True, copy=False)

    _paypal_txn_unique = models.UniqueIndex(
        "(company_id, paypal_txn_id, payment_type) WHERE paypal_txn_id IS NOT NULL",
        "This PayPal transaction has a payment already.",
    )

    @api.depends("company_id.paypal_environment", "paypal_ipn_id.is_sandbox")
    def _compute_paypal_is_sandbox(self):
        for payment in self:
            payment.paypal_is_sandbox = (
                payment.company_id._paypal_is_test() or payment.paypal_ipn_id.is_sandbox
            )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        refuse_by_hand(self, vals_list, FACTS)
        return super().create(vals_list)

    def write(self, vals):
        refuse_by_hand(self, [vals], FACTS)
        return super().write(vals)

    # === ACTIONS === #

    def action_open_paypal_ipn(self):
        """Open the PayPal message that made this payment."""
        self.ensure_one()
        return self.paypal_ipn_id._get_records_action(name=self.env._("PayPal Message"))
