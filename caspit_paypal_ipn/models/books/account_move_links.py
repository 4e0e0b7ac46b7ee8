# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class AccountMove(models.Model):
    """From a document or an entry to the PayPal messages that concern it."""

    _inherit = "account.move"

    paypal_ipn_ids = fields.Many2many(
        "paypal.ipn",
        string="PayPal Messages",
        compute="_compute_paypal_ipn_ids",
        groups="caspit_paypal_ipn.group_paypal_ipn_user",
    )
    paypal_ipn_count = fields.Integer(
        "PayPal Messages Count",
        compute="_compute_paypal_ipn_ids",
        groups="caspit_paypal_ipn.group_paypal_ipn_user",
    )

    paypal_case = fields.Selection(
        [("case", "Case at PayPal"), ("pulled", "Pulled back by PayPal")],
        "PayPal Dispute",
        compute="_compute_paypal_case",
        compute_sudo=True,
        help="Case at PayPal: the customer disputes it, and no money has moved. Pulled "
        "back by PayPal: it was paid, and the customer owes it again.",
    )

    @api.depends("payment_state")
    def _compute_paypal_case(self):
        cases = self.env["paypal.ipn"].search(
            [
                ("original_id.document_id", "in", self.ids),
                "|",
                ("is_open_case", "=", True),
                ("payment_ids", "!=", False),
            ]
        )
        by_document = cases.grouped(lambda case: case.original_id.document_id)
        for move in self:
            mine = by_document.get(move._origin, cases.browse())
            owed = any(case._is_owed_again() for case in mine)
            is_open = any(mine.mapped("is_open_case"))
            move.paypal_case = "pulled" if owed else is_open and "case"

    @api.depends("paypal_ipn_id", "origin_payment_id.paypal_ipn_id")
    def _compute_paypal_ipn_ids(self):
        """The message that made or paid it, and the refunds and cases of that sale."""
        inbox = self.env["paypal.ipn"]
        paid = inbox.search([("document_id", "in", self.ids)]).grouped("document_id")
        for move in self:
            own = move.paypal_ipn_id | move.origin_payment_id.paypal_ipn_id
            own |= paid.get(move._origin, inbox)
            move.paypal_ipn_ids = own | own.follower_ids
            move.paypal_ipn_count = len(move.paypal_ipn_ids)

    def action_open_paypal_messages(self):
        """Open the PayPal messages that concern this document."""
        self.ensure_one()
        return self.paypal_ipn_ids._get_records_action(
            name=self.env._("PayPal Messages")
        )
