# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
from contextlib import contextmanager
from datetime import datetime, timezone
from urllib.parse import urlsplit

from odoo import fields, models
from odoo.addons.caspit_paypal_ipn.models.company.receiver import STANDIN_VARIABLE
from odoo.addons.caspit_paypal_ipn.models.inbox.paypal_ipn import MANAGER
from odoo.exceptions import UserError

from ..rest import PayPal, RestError, const

OTHER = {const.LIVE: const.SANDBOX, const.SANDBOX: const.LIVE}
#: Of OCA's server_environment: [paypal_api.live], or [paypal_api.live.MERCHANTID].
SECTION = "paypal_api"


class PaypalApiConnection(models.Model):
    """Who may ask PayPal, and whether PayPal lets him."""

    _inherit = "paypal.api.connection"

    has_provider = fields.Boolean(compute="_compute_has_provider", groups=MANAGER)

    def _compute_has_provider(self):
        for connection in self:
            connection.has_provider = bool(connection._provider())

    # === CREDENTIALS === #

    def _environment(self):
        return const.SANDBOX if self.is_sandbox else const.LIVE

    def _credentials(self):
        """:return: client id and secret, '' for what is missing"""
        self.ensure_one()
        company = self.company_id
        kept = self._server_environment()
        for name in (
            f"{SECTION}.{self._environment()}.{company.paypal_merchant_id or '-'}",
            f"{SECTION}.{self._environment()}",
        ):
            if kept is not None and kept.has_section(name):
                return (
                    kept.get(name, "client_id", fallback=""),
                    kept.get(name, "client_secret", fallback=""),
                )
        return self.client_id or "", self.secret or ""

    def _server_environment(self):
        """The server's own file of secrets, where OCA's add-on for it is installed."""
        modules = self.env["ir.module.module"].sudo()
        if modules._get("server_environment").state != "installed":
            return None
        from odoo.addons.server_environment import serv_config  # noqa: PLC0415

        return serv_config

    def action_take_provider(self):
        """Take the credentials of Odoo's own PayPal provider.

        :raise UserError: it has none for this environment
        """
        self.ensure_one()
        self.check_access("write")
        provider = self.sudo()._provider()
        if not provider:
            raise UserError(
                self.env._("Odoo's PayPal provider has no credentials to take.")
            )
        self.sudo().write(
            {
                "client_id": provider.paypal_client_id,
                "secret": provider.paypal_client_secret,
            }
        )
        return self.action_connect()

    def _provider(self):
        """Odoo's own PayPal provider of this company and environment, or none."""
        providers = self.env.get("payment.provider")
        if providers is None or "paypal_client_secret" not in providers._fields:
            return self.browse()
        return providers.sudo().search(
            [
                ("company_id", "=", self.company_id.id),
                ("code", "=", "paypal"),
                ("state", "=", "test" if self.is_sandbox else "enabled"),
                ("paypal_client_id", "!=", False),
                ("paypal_client_secret", "!=", False),
            ],
            limit=1,
        )

    # === ASKING === #

    def _host(self, environment):
        """Where the API is. A stand-in is taken from the server's environment alone.

        :raise ValueError: the stand-in's address is not of this machine
        """
        if not self._is_standin():
            return const.HOSTS[environment]
        url = urlsplit(self.company_id._paypal_postback_url())
        return f"{url.scheme}://{url.netloc}"

    @staticmethod
    def _is_standin():
        """:return: whether the server's own environment names a stand-in"""
        return bool(os.environ.get(STANDIN_VARIABLE))

    @contextmanager
    def _paypal(self, environment=None):
        """The account, to ask it: in ``with … as paypal``."""
        client_id, secret = self._credentials()
        host = self._host(environment or self._environment())
        with PayPal(host, client_id, secret) as paypal:
            yield paypal

    # === CONNECTING === #

    def action_connect(self):
        """Ask PayPal for a token, and say in words what is missing.

        :return: nothing; the connection's state says how it went
        """
        self.ensure_one()
        self.check_access("write")
        connection = self.sudo()
        if not all(connection._credentials()):
            connection._stop("missing")
            return
        try:
            connection._try_out()
        except RestError as error:
            connection._note_error(error)

    def _try_out(self):
        """:raise RestError: PayPal does not let this app in"""
        with self._paypal() as paypal:
            scopes = paypal.connect()
            if not {const.SCOPE_SEARCH, const.SCOPE_BALANCES} <= scopes:
                self._stop("permission")
                return
            account = paypal.balances(datetime.now(timezone.utc)).account
        merchant = (self.company_id.paypal_merchant_id or "").strip().upper()
        if account and merchant and account.upper() != merchant:
            self._stop("other_account", account=account, merchant=merchant)
            return
        self._works()
        self._begin()

    def _begin(self):
        """Begin the walk with this moment; the past is the merchant's to ask for."""
        self._ledger()
        if not self.since:
            self.since = self.env.cr.now().replace(microsecond=0)
        self.next_try = False
        self._wake()

    def _note_error(self, error):
        """Note why PayPal did not answer well.

        :param RestError error: what it said
        """
        if error.is_passing and self.state == "connected":
            values = {"detail": error.detail}
            self.write({"trouble": error.code, "trouble_values": values})
            return
        if error.code == const.CREDENTIALS and self._is_of_the_other_environment():
            self._stop("wrong_environment", set_to=self._environment())
            return
        self._stop(
            error.code,
            detail=error.detail,
            debug_id=error.debug_id,
            set_to=self._environment(),
        )

    def _is_of_the_other_environment(self):
        other = OTHER[self._environment()]
        if self._host(other) == self._host(self._environment()):
            return False
        try:
            with self._paypal(other) as paypal:
                return bool(paypal.connect())
        except RestError:
            return False

    def _wake(self):
        self.env.ref("caspit_paypal_api.ir_cron_paypal_api_walk").sudo()._trigger()
