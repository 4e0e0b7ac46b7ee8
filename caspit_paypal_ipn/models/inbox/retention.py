# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, models

# Anybody can post a message that is refused for one of these: they are deleted after a
# while. What PayPal stands by, or was never asked about, is kept.
REFUSED_FOR = ("unknown_receiver", "malformed", "invalid")
DAYS_PARAMETER = "caspit_paypal_ipn.refused_retention_days"
DAYS = 30
ROWS_PARAMETER = "caspit_paypal_ipn.refused_rows_kept"
ROWS = 100_000
BATCH = 5_000


class PaypalIpn(models.Model):
    """How long refused messages are kept.

    Two system parameters tell: ``caspit_paypal_ipn.refused_retention_days`` (30) and
    ``caspit_paypal_ipn.refused_rows_kept`` (100,000), which bounds what a flood can
    take up. 0 sets no limit.
    """

    _inherit = "paypal.ipn"

    @api.autovacuum
    def _gc_refused(self):
        """Delete refused messages that are too old or too many, the oldest first.

        :return: how many are gone, and whether more are to go
        """
        domain = [("state", "=", "refused"), ("reason", "in", REFUSED_FOR)]
        inbox = self.sudo()
        doomed = inbox.browse()
        if days := self._int_parameter(DAYS_PARAMETER, DAYS):
            oldest = self.env.cr.now() - timedelta(days=days)
            old = [*domain, ("received_at", "<", oldest)]
            doomed = inbox.search(old, limit=BATCH, order="id")
        rows = self._int_parameter(ROWS_PARAMETER, ROWS)
        surplus = rows and inbox.search_count(domain) - rows
        if surplus > len(doomed):
            doomed = inbox.search(domain, limit=min(surplus, BATCH), order="id")
        doomed = doomed.try_lock_for_update()
        count = len(doomed)
        doomed.unlink()
        return count, count == BATCH

    @api.model
    def _int_parameter(self, parameter, default):
        """:return: a limit from the system parameters; the default for what is none"""
        value = self.env["ir.config_parameter"].sudo().get_param(parameter, default)
        return int(value) if str(value).isdecimal() else default
