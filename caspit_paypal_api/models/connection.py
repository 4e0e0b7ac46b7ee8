# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.caspit_paypal_ipn.models.inbox.paypal_ipn import MANAGER

from .sentences import say

#: Odoo's mark of a field that no user may read, not even an administrator.
NO_ACCESS = "."


class PaypalApiConnection(models.Model):
    """How a company reads its PayPal account: an app of its own, in one environment.

    The secret is written and never read back: no user may read the field, no copy and
    no export has it, and a neutralized database has none.
    """

    _name = "paypal.api.connection"
    _inherit = ["caspit.facts"]
    _description = "Connection to PayPal's Ledger"
    _order = "company_id, is_sandbox"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    is_sandbox = fields.Boolean("Sandbox", readonly=True)
    client_id = fields.Char(
        "Client ID",
        copy=False,
        groups=MANAGER,
        help="Of your REST app in PayPal's developer dashboard, Apps & Credentials.",
    )
    secret = fields.Char("Kept Secret", copy=False, groups=NO_ACCESS)
    new_secret = fields.Char(
        "Secret",
        compute="_compute_new_secret",
        inverse="_inverse_new_secret",
        groups=MANAGER,
        help="It is kept, and never shown again.",
    )
    has_secret = fields.Boolean(compute="_compute_has_secret")

    # === WHERE IT STANDS === #
    state = fields.Selection(
        [
            ("new", "Not Connected"),
            ("connected", "Connected"),
            ("trouble", "Does Not Work"),
        ],
        required=True,
        readonly=True,
        default="new",
        copy=False,
    )
    trouble = fields.Char(readonly=True, copy=False)
    trouble_values = fields.Json(readonly=True, copy=False)
    explanation = fields.Text(compute="_compute_explanation")
    checked_at = fields.Datetime("Last Asked", readonly=True, copy=False)
    told_trouble = fields.Char(readonly=True, copy=False)

    # === THE WALK === #
    activity_id = fields.Many2one(
        "paypal.activity", "Ledger", readonly=True, copy=False, index=True
    )
    since = fields.Datetime(
        "Live Since",
        readonly=True,
        copy=False,
        help="What PayPal has from before is history: it is compared, and made only "
        "when you say so.",
    )
    watermark = fields.Datetime(
        "Read Up To",
        readonly=True,
        copy=False,
        help="PayPal shows a transaction within three hours.",
    )
    hour_planned_at = fields.Datetime(readonly=True, copy=False)
    night_planned_on = fields.Date(readonly=True, copy=False)
    next_try = fields.Datetime(readonly=True, copy=False)
    window_ids = fields.One2many("paypal.api.window", "connection_id", readonly=True)

    # === WHAT THE MERCHANT WANTS === #
    missing = fields.Selection(
        [("make", "Make it by itself"), ("tell", "Tell me")],
        "What Never Came as a Message",
        required=True,
        default="make",
        help="A payment that PayPal has and never sent a message of.",
    )
    wait_minutes = fields.Integer(
        "Wait for PayPal's Message (Minutes)",
        default=60,
        help="Minutes from when the ledger shows a payment until it is made, or told.",
    )
    history_from = fields.Date(readonly=True, copy=False)

    # === HISTORY === #
    history_total = fields.Integer(compute="_compute_history")
    history_done = fields.Integer(compute="_compute_history")
    progress = fields.Integer("History", compute="_compute_history", help="In percent.")
    is_running = fields.Boolean(compute="_compute_history")

    _company_unique = models.UniqueIndex(
        "(company_id, is_sandbox)", "The company has a connection already."
    )
    _wait_check = models.Constraint(
        "CHECK (wait_minutes >= 0)", "The wait cannot be negative."
    )

    # === COMPUTE METHODS === #

    @api.depends("company_id", "is_sandbox")
    def _compute_display_name(self):
        for connection in self:
            name = connection.company_id.name
            if connection.is_sandbox:
                name = self.env._("%s (sandbox)", name)
            connection.display_name = name

    def _compute_new_secret(self):
        self.new_secret = False

    def _inverse_new_secret(self):
        """Keep a secret that was typed; nothing typed leaves the old one."""
        for connection in self.filtered("new_secret"):
            secret = connection.new_secret.strip()
            connection.sudo().write({"secret": secret, **self._unproven()})
        # What was typed is not given back, not even to who typed it.
        self.invalidate_recordset(["new_secret"])

    def _compute_has_secret(self):
        for connection in self:
            connection.has_secret = all(connection.sudo()._credentials())

    @api.depends("state", "trouble", "trouble_values")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for connection in self:
            connection.explanation = connection.trouble and say(
                self.env, connection.trouble, connection.trouble_values
            )

    @api.depends("window_ids.state", "window_ids.kind")
    def _compute_history(self):
        counts = {}
        for connection, state, count in self.env["paypal.api.window"]._read_group(
            [("connection_id", "in", self.ids), ("kind", "=", "history")],
            ["connection_id", "state"],
            ["__count"],
        ):
            counts[connection.id, state] = count
        for connection in self:
            done = counts.get((connection._origin.id, "done"), 0)
            left = counts.get((connection._origin.id, "waiting"), 0)
            failed = counts.get((connection._origin.id, "failed"), 0)
            connection.history_done = done
            connection.history_total = done + left + failed
            connection.progress = 100 * done // (connection.history_total or 1)
            connection.is_running = bool(left)

    # === CRUD METHODS === #

    def write(self, vals):
        """What was connected is not, with another client id."""
        if "client_id" in vals:
            others = self.filtered(lambda it: it.client_id != vals["client_id"])
            super(PaypalApiConnection, others.sudo()).write(self._unproven())
        return super().write(vals)

    @staticmethod
    def _unproven():
        return {"state": "new", "trouble": False, "trouble_values": False}

    # === BUSINESS METHODS === #

    @api.model
    def _of(self, company):
        """The connection of a company in the environment that it is set to, or none."""
        is_sandbox = company.paypal_environment == "sandbox"
        mine = company.sudo().paypal_api_connection_ids.filtered(
            lambda connection: connection.is_sandbox == is_sandbox
        )
        return mine.with_env(self.sudo().env)

    @api.model
    def _make_of(self, company):
        """The connection of a company, made when there is none."""
        return self._of(company) or self.sudo().create(
            {
                "company_id": company.id,
                "is_sandbox": company.paypal_environment == "sandbox",
            }
        )

    def _ledger(self):
        """The list that all rows of this account go into."""
        self.ensure_one()
        if not self.activity_id:
            self.activity_id = self.env["paypal.activity"].create(
                {
                    "company_id": self.company_id.id,
                    "is_ledger": True,
                    "state": "ready",
                    "bank_journal_id": self._only_bank().id,
                }
            )
        return self.activity_id

    def _only_bank(self):
        """The company's bank journal beside PayPal's, where there is just one."""
        company = self.company_id
        banks = self.env["account.journal"].search(
            [
                ("company_id", "=", company.id),
                ("type", "=", "bank"),
                ("id", "!=", company.paypal_journal_id.id),
            ],
            limit=2,
        )
        return banks if len(banks) == 1 else banks.browse()

    def _stop(self, code, **values):
        """Note that the connection does not work, and tell the merchant once."""
        self.write(
            {
                "state": "trouble",
                "trouble": code,
                "trouble_values": values or False,
                "checked_at": self.env.cr.now(),
            }
        )

    def _works(self):
        """Note that the connection works."""
        self.write(
            {
                "state": "connected",
                "trouble": False,
                "trouble_values": False,
                "told_trouble": False,
                "checked_at": self.env.cr.now(),
            }
        )
