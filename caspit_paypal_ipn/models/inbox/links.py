# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from urllib.parse import quote

from odoo import api, fields, models

from ...paypal import const


class PaypalIpn(models.Model):
    """From a message to everything around it: documents, payments, people, PayPal."""

    _inherit = "paypal.ipn"

    # Counted for everyone who sees the message, whether or not he may open them.
    document_count = fields.Integer(compute="_compute_link_counts", compute_sudo=True)
    payment_count = fields.Integer(compute="_compute_link_counts", compute_sudo=True)
    follower_count = fields.Integer(compute="_compute_link_counts", compute_sudo=True)

    # === COMPUTE METHODS === #

    @api.depends("move_ids", "document_id", "payment_ids", "follower_ids")
    def _compute_link_counts(self):
        for ipn in self:
            ipn.document_count = len(ipn._documents())
            ipn.payment_count = len(ipn.payment_ids)
            ipn.follower_count = len(ipn.follower_ids)

    def _documents(self):
        """The tax document, also one that was there before, and the entries."""
        return self.document_id | self.move_ids

    # === ADDRESSES === #

    def paypal_document_url(self):
        """:return: the address of the tax document's form in Odoo"""
        return f"{self.get_base_url()}/odoo/account.move/{self.document_id.id}"

    def paypal_what(self):
        """:return: what was bought, in a few words"""
        lines = self.document_id.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        return ", ".join(line.name or "" for line in lines[:3])[:120]

    def _page_at_paypal(self):
        """:return: the address of the transaction in the merchant's PayPal account"""
        environment = "sandbox" if self.is_sandbox else "live"
        return const.ACTIVITY_URLS[environment] + quote(self.txn_id, safe="")

    # === ACTIONS === #

    def action_open_moves(self):
        """Open the documents and entries of the message."""
        self.ensure_one()
        return self._documents()._get_records_action(name=self.env._("Documents"))

    def action_open_payments(self):
        """Open the payments that the message made."""
        self.ensure_one()
        return self.payment_ids._get_records_action(name=self.env._("Payments"))

    def action_open_partner(self):
        """Open the customer."""
        self.ensure_one()
        return self.partner_id._get_records_action(name=self.env._("Customer"))

    def action_open_original(self):
        """Open the message of the sale that this one belongs to."""
        self.ensure_one()
        return self.original_id._get_records_action(name=self.env._("Original Sale"))

    def action_open_followers(self):
        """Open the refunds, reversals and cases of this sale."""
        self.ensure_one()
        return self.follower_ids._get_records_action(
            name=self.env._("Refunds and Disputes")
        )

    def action_open_at_paypal(self):
        """Open the transaction in the merchant's PayPal account, in a new tab."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": self._page_at_paypal(),
            "target": "new",
        }
