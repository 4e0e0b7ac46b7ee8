# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.caspit_paypal_ipn.models.inbox.paypal_ipn import MANAGER


class ResCompany(models.Model):
    """The Modules tab: the switch of the webhooks, and how they stand."""

    _inherit = "res.company"

    paypal_webhook_state = fields.Selection(
        lambda self: self._paypal_choices("webhook_state"),
        "Webhooks",
        compute="_compute_paypal_webhook",
        groups=MANAGER,
    )
    paypal_webhook_explanation = fields.Text(
        compute="_compute_paypal_webhook", groups=MANAGER
    )
    paypal_webhook_url = fields.Char(
        "Webhook URL", compute="_compute_paypal_webhook", groups=MANAGER
    )
    paypal_webhook_missed = fields.Integer(
        "Missed Events", compute="_compute_paypal_webhook", groups=MANAGER
    )
    paypal_webhook_lines = fields.Selection(
        lambda self: self._paypal_choices("webhook_lines"),
        "Buyer and Lines Not in the Event",
        compute="_compute_paypal_webhook",
        inverse="_inverse_paypal_webhook_lines",
        groups=MANAGER,
        help="An event does not say who bought and what, and the order may be another "
        "app's. PayPal's ledger says so within four hours.",
    )

    @api.depends("paypal_environment")
    @api.depends_context("lang")
    def _compute_paypal_webhook(self):
        for company in self:
            connection = self.env["paypal.api.connection"]._of(company._origin)
            company.paypal_webhook_state = connection.webhook_state or "off"
            company.paypal_webhook_explanation = connection.webhook_explanation
            company.paypal_webhook_url = connection.webhook_url
            company.paypal_webhook_missed = connection.missed_count
            company.paypal_webhook_lines = connection.webhook_lines or "wait"

    def _inverse_paypal_webhook_lines(self):
        for company in self:
            connections = self.env["paypal.api.connection"]
            if company.paypal_webhook_lines != "wait" or connections._of(company):
                connection = connections._make_of(company)
                connection.webhook_lines = company.paypal_webhook_lines

    # === ACTIONS === #

    def action_paypal_webhooks_on(self):
        """Subscribe this Odoo's address; the tab says then how it went."""
        self.ensure_one()
        return self._paypal_api_connection().action_webhooks_on()

    def action_paypal_webhooks_off(self):
        """Have no more events sent here."""
        self.ensure_one()
        return self._paypal_api_connection().action_webhooks_off()

    def action_paypal_webhooks_missed(self):
        """Ask for what did not come, and list it."""
        self.ensure_one()
        return self._paypal_api_connection().action_webhooks_missed()
