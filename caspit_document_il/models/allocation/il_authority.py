# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.caspit_paypal_ipn.models.standins import standin_url
from odoo.exceptions import UserError
from odoo.tools import consteq, hmac
from odoo.tools.misc import format_date

from ...authority import Authority, AuthorityError, NotAllowed, Tokens, urls_of

_logger = logging.getLogger(__name__)

#: An authority on this machine, for tests and demonstrations.
STANDIN_VARIABLE = "CASPIT_AUTHORITY_STANDIN_URL"
#: The refresh token lives about a month: it is renewed each day, and missed by then.
WARN_DAYS = 7
#: The dealer's permission lasts a year at most (the authority's FAQ).
PERMISSION_DAYS = 365
ENVIRONMENTS = {"sandbox": "tsandbox", "production": "production"}


class IlAuthority(models.Model):
    """A company's connection to the Tax Authority's API."""

    _name = "il.authority"
    _description = "Connection to the Tax Authority"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    environment = fields.Selection(
        [("sandbox", "Sandbox"), ("production", "Production")],
        required=True,
        default="production",
        help="The sandbox's numbers are no real ones: it is for documents of PayPal's "
        "sandbox alone.",
    )
    client_id = fields.Char("Software's ID", required=True)
    client_secret = fields.Char("Software's Secret", required=True)
    software_number = fields.Char(
        "Registration",
        help="Eight digits. Empty: software that is not registered (99999999).",
    )
    access_token = fields.Char(readonly=True, copy=False)
    access_until = fields.Datetime(readonly=True, copy=False)
    refresh_token = fields.Char(readonly=True, copy=False)
    refresh_until = fields.Datetime("Connected Until", readonly=True, copy=False)
    permitted_at = fields.Datetime("Permission Given", readonly=True, copy=False)
    trouble = fields.Char(readonly=True, copy=False)

    _company_unique = models.Constraint(
        "unique (company_id)", "The company is connected already."
    )

    # === ACTIONS === #

    def action_connect(self):
        """Send the dealer to the authority, where he gives his permission."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_url",
            "url": self._client().authorise_url(self._redirect(), self._state()),
            "target": "self",
        }

    # === BUSINESS METHODS === #

    def _client(self):
        """:rtype: ..authority.Authority"""
        self.ensure_one()
        standin = standin_url(STANDIN_VARIABLE)
        urls = urls_of(ENVIRONMENTS[self.environment], standin)
        return Authority(urls, self.client_id, self.client_secret)

    def _redirect(self):
        return f"{self.get_base_url()}/caspit/il/authority"

    def _state(self):
        """:return: what the browser brings back, which nobody else could have made"""
        known_by = (self.id, self.env.uid)
        sign = hmac(self.env(su=True), "caspit_document_il authority", known_by)
        return f"{self.id}-{sign}"

    def _is_state(self, state):
        return consteq(self._state(), state or "")

    def _tokens(self):
        """:rtype: ..authority.Tokens
        :raise UserError: the dealer has not given his permission
        """
        self.ensure_one()
        if not self.refresh_token:
            raise UserError(self.env._("The company is not connected yet."))
        return Tokens(
            self.access_token,
            self.access_until,
            self.refresh_token,
            self.refresh_until,
        )

    def _keep(self, tokens):
        """Keep fresh tokens; the old refresh token may be worth nothing any more."""
        if tokens.access != self.access_token:
            self.write(
                {
                    "access_token": tokens.access,
                    "access_until": tokens.access_until,
                    "refresh_token": tokens.refresh,
                    "refresh_until": tokens.refresh_until,
                    "trouble": False,
                }
            )

    @api.model
    def _cron_renew(self):
        """Renew each connection daily, long before its month is over."""
        for authority in self.search([("refresh_token", "!=", False)]):
            client, tokens = authority._client(), authority._tokens()
            # The network is not talked to with a transaction open.
            self.env["ir.cron"]._commit_progress()
            try:
                authority._keep(client.renew(tokens, fields.Datetime.now()))
            except NotAllowed as error:
                authority.trouble = error.text or error.code
            except AuthorityError as error:
                _logger.info("connection not renewed today: %s", error.code)
            self.env["ir.cron"]._commit_progress()

    def _ends(self):
        """:return: when the connection ends unless somebody connects again"""
        self.ensure_one()
        ends = [self.refresh_until]
        if self.permitted_at:
            ends.append(self.permitted_at + timedelta(days=PERMISSION_DAYS))
        return min(filter(None, ends), default=None)


class ResCompany(models.Model):
    _inherit = "res.company"

    il_authority_ids = fields.One2many(
        "il.authority", "company_id", "Tax Authority", groups="base.group_system"
    )

    def _il_authority(self):
        """:return: the connection, or none"""
        self.ensure_one()
        return self.sudo().il_authority_ids[:1]

    def _il_see_authority(self):
        authority = self._il_authority()
        action = "caspit_document_il.il_authority_action"
        if not authority:
            return (
                "warn",
                self.env._(
                    "Not connected to the Tax Authority: documents to dealers above "
                    "the threshold go out without an allocation number."
                ),
                action,
            )
        if authority.trouble or not authority.refresh_token:
            return (
                "error",
                self.env._(
                    "The connection to the Tax Authority does not work (%s). Press "
                    "Connect.",
                    authority.trouble or self.env._("no permission yet"),
                ),
                action,
            )
        ends = authority._ends()
        day = ends and format_date(self.env, ends.date())
        if ends and ends < fields.Datetime.now() + timedelta(days=WARN_DAYS):
            return (
                "warn",
                self.env._(
                    "The connection to the Tax Authority ends on %s. Press Connect.",
                    day,
                ),
                action,
            )
        return (
            "ok",
            self.env._("Connected to the Tax Authority, until %s.", day),
            action,
        )

    def _il_remind_of_authority(self):
        """A word before the connection dies."""
        authority = self._il_authority()
        ends = authority._ends() if authority else None
        if ends:
            company = self.with_context(lang=self.partner_id.lang or self.env.lang)
            level, sentence, _action = company._il_see_authority()
            if level != "ok":
                self._il_remind(sentence, ends.date())
