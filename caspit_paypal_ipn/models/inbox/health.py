# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL

from .paypal_ipn import LINE_STATES
from .sender import DOUBTFUL

#: Without a value there is no health page.
KEY_PARAMETER = "caspit_paypal_ipn.health_key"
AGE_PARAMETER = "caspit_paypal_ipn.health_max_age_seconds"
#: Seconds that a message may be due before somebody has to look. A worker takes it
#: within a second, and after a restart within a minute.
MAX_AGE = 900


class PaypalIpn(models.Model):
    """How the line is, for the operator's monitor: figures, and nothing of a message.

    Every figure comes out of an index, also with a million messages.
    """

    _inherit = "paypal.ipn"

    _state_index = models.Index("(state)")

    @api.model
    def _health(self):
        """Look whether messages are worked.

        ``age_seconds`` is for how long the oldest message that is due has waited: it
        grows when no worker runs. What waits for its next try is not due, so PayPal or
        a mail server that is away makes ``waiting`` grow, and not the age. Nor does a
        flood: what came from where PayPal never sent from has its turn last.

        :return: what the health page says; ``status`` is ``ok`` or ``late``
        :rtype: dict
        """
        oldest, waiting = self._health_of_the_line()
        now = self.env.cr.now()
        age = max(0, int((now - oldest).total_seconds())) if oldest else 0
        limit = self._int_parameter(AGE_PARAMETER, MAX_AGE)
        return {
            "status": "late" if age > limit else "ok",
            "version": self._health_version(),
            "queue": {"age_seconds": age, "waiting": waiting},
            "last_received": self._health_newest("received_at", SQL("TRUE")),
            "last_success": self._health_newest("write_date", SQL("state = 'done'")),
            "states": self._health_counts(),
        }

    @api.model
    def _health_of_the_line(self):
        """:return: since when the oldest message is due, and how many wait for a try"""
        [row] = self.env.execute_query(
            SQL(
                """SELECT min(next_try) FILTER (
                              WHERE next_try <= %(now)s AND lane < %(doubtful)s),
                          count(*) FILTER (WHERE reason IS NOT NULL)
                     FROM paypal_ipn
                    WHERE state IN ('received', 'verified', 'booked')""",
                now=self.env.cr.now(),
                doubtful=DOUBTFUL,
            )
        )
        return row

    @api.model
    def _health_newest(self, column, condition):
        """:return: a moment of the newest message that fits, UTC, ISO 8601; or None"""
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM paypal_ipn WHERE %s ORDER BY id DESC LIMIT 1",
                SQL.identifier(column),
                condition,
            )
        )
        return f"{rows[0][0].isoformat(timespec='seconds')}Z" if rows else None

    @api.model
    def _health_counts(self):
        """:return: how many messages are in each state, those without any too"""
        counts = dict.fromkeys((*LINE_STATES, "done"), 0)
        counts |= dict.fromkeys(("ignored", "refused", "blocked", "attention"), 0)
        return counts | dict(
            self.env.execute_query(
                SQL("SELECT state, count(*) FROM paypal_ipn GROUP BY state")
            )
        )

    @api.model
    def _health_version(self):
        """:return: the version of this module that is installed"""
        modules = self.env["ir.module.module"].sudo()
        return modules.search([("name", "=", "caspit_paypal_ipn")]).latest_version
