# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.caspit_paypal_ipn.models.inbox.paypal_ipn import MANAGER

from .connection import NO_ACCESS

SETTINGS = {
    "paypal_api_client_id": "client_id",
    "paypal_api_missing": "missing",
    "paypal_api_wait": "wait_minutes",
}


class ResCompany(models.Model):
    """The Modules tab: the connection of the environment that the company is set to."""

    _inherit = "res.company"

    paypal_api_connection_ids = fields.One2many(
        "paypal.api.connection",
        "company_id",
        "Connections of Each Environment",
        groups=NO_ACCESS,
    )
    paypal_api_connection_id = fields.Many2one(
        "paypal.api.connection", compute="_compute_paypal_api", groups=MANAGER
    )
    paypal_api_client_id = fields.Char(
        "Client ID",
        compute="_compute_paypal_api",
        inverse="_inverse_paypal_api",
        groups=MANAGER,
        help="Of your REST app in PayPal's developer dashboard, Apps & Credentials.",
    )
    paypal_api_secret = fields.Char(
        "Secret",
        compute="_compute_paypal_api",
        inverse="_inverse_paypal_api_secret",
        groups=MANAGER,
        help="It is kept, and never shown again.",
    )
    paypal_api_has_secret = fields.Boolean(
        compute="_compute_paypal_api", groups=MANAGER
    )
    paypal_api_missing = fields.Selection(
        lambda self: self._paypal_choices("missing"),
        "What Never Came as a Message",
        compute="_compute_paypal_api",
        inverse="_inverse_paypal_api",
        groups=MANAGER,
        help="A payment that PayPal has and never sent a message of.",
    )
    paypal_api_wait = fields.Integer(
        "Wait for PayPal's Message (Minutes)",
        compute="_compute_paypal_api",
        inverse="_inverse_paypal_api",
        groups=MANAGER,
    )
    paypal_api_state = fields.Selection(
        lambda self: self._paypal_choices("state"),
        "PayPal's Ledger",
        compute="_compute_paypal_api",
        groups=MANAGER,
    )
    paypal_api_explanation = fields.Text(compute="_compute_paypal_api", groups=MANAGER)
    paypal_api_proof_text = fields.Char(compute="_compute_paypal_api", groups=MANAGER)
    paypal_api_has_provider = fields.Boolean(
        compute="_compute_paypal_api", groups=MANAGER
    )

    @api.model
    def _paypal_choices(self, name):
        """:return: what the connection's field offers, in the user's language"""
        field = self.env["paypal.api.connection"]._fields[name]
        return field._description_selection(self.env)

    @api.depends("paypal_environment")
    @api.depends_context("lang")
    def _compute_paypal_api(self):
        connections = self.env["paypal.api.connection"]
        for company in self:
            connection = connections._of(company._origin)
            shown = connection or connections.sudo().new(
                {
                    "company_id": company._origin.id,
                    "is_sandbox": company.paypal_environment == "sandbox",
                }
            )
            company.paypal_api_connection_id = connection
            company.paypal_api_secret = False
            company.paypal_api_has_secret = bool(connection.has_secret)
            company.paypal_api_state = shown.state
            company.paypal_api_explanation = shown.explanation
            company.paypal_api_proof_text = connection.proof_text
            company.paypal_api_has_provider = bool(shown._provider())
            for name, field in SETTINGS.items():
                company[name] = shown[field]

    def _inverse_paypal_api(self):
        for company in self:
            connections = self.env["paypal.api.connection"]
            values = {field: company[name] for name, field in SETTINGS.items()}
            if values["client_id"] or connections._of(company):
                connections._make_of(company).write(values)

    def _inverse_paypal_api_secret(self):
        for company in self.filtered("paypal_api_secret"):
            connection = self.env["paypal.api.connection"]._make_of(company)
            connection.new_secret = company.paypal_api_secret
        self.invalidate_recordset(["paypal_api_secret"])

    # === ACTIONS === #

    def action_paypal_api_connect(self):
        """Ask PayPal for a token; the tab says then how it went."""
        self.ensure_one()
        return self._paypal_api_connection().action_connect()

    def action_paypal_api_provider(self):
        """Take the credentials of Odoo's own PayPal provider, and connect."""
        self.ensure_one()
        return self._paypal_api_connection().action_take_provider()

    def action_paypal_api_open(self):
        """Open the ledger: what was read, the history, the proofs."""
        self.ensure_one()
        return self._paypal_api_connection()._get_records_action(
            name=self.env._("PayPal's Ledger")
        )

    def _paypal_api_connection(self):
        """:raise AccessError: the user may not set PayPal up"""
        connections = self.env["paypal.api.connection"]
        connections.check_access("write")
        return connections._make_of(self).sudo(False)
