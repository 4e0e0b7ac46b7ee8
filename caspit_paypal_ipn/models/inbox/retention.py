# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import time

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .sender import TRUSTED

MEGABYTES_PARAMETER = "caspit_paypal_ipn.unconfirmed_megabytes"
MEGABYTES = 256
DAYS_PARAMETER = "caspit_paypal_ipn.unconfirmed_days"
DAYS = 90
BATCH = 5_000
#: What a row takes up beside its body: its other columns, its place in the indexes, and
#: the resends that are noted of it.
ROW_BYTES = 3_000
#: Seconds from one look at the bounds to the next, while messages are worked.
LOOK_EVERY = 60

#: PayPal stood by it, or its source is the proof.
CONFIRMED = Domain("state", "in", ("verified", "booked", "done")) | Domain(
    "resume_state", "in", ("verified", "booked")
)


class LastLook:
    """When this process last looked at the bounds."""

    at = -LOOK_EVERY


class PaypalIpn(models.Model):
    """How much is kept of what PayPal has not confirmed, and for how long.

    Anybody can post a message, so all of it together is bounded, in bytes and in age:
    what is for nobody, for the other environment, denied, unreadable, not answered.
    Two system parameters tell: ``caspit_paypal_ipn.unconfirmed_megabytes`` (256) and
    ``caspit_paypal_ipn.unconfirmed_days`` (90). 0 sets no limit.

    The oldest go first, and what left the line before what is still to be asked about.
    What waits and came from where PayPal's messages come from is never deleted.
    """

    _inherit = "paypal.ipn"

    @api.autovacuum
    def _gc_unconfirmed(self):
        """Delete what is too old, or too much.

        :return: how many are gone, and whether more are to go
        """
        doomed = self.sudo().browse(self._beyond_bounds())
        doomed = doomed.try_lock_for_update()
        count = len(doomed)
        # What is on the line is not deleted: it leaves the line first.
        waiting = doomed.filtered(lambda ipn: ipn.state == "received")
        waiting._move_to("refused", "no_answer")
        doomed.unlink()
        return count, count == BATCH

    @api.model
    def _bound_unconfirmed_in_passing(self):
        """Look at the bounds once a minute: a flood does not wait for the night.

        :return: 0, as no message was worked
        """
        if time.monotonic() - LastLook.at >= LOOK_EVERY:
            count, more = self._gc_unconfirmed()
            if not more:
                LastLook.at = time.monotonic()
        return 0

    @api.model
    def _beyond_bounds(self):
        """:return: the ids of at most ``BATCH`` messages to delete"""
        self.env.flush_all()
        days = self._int_parameter(DAYS_PARAMETER, DAYS)
        megabytes = self._int_parameter(MEGABYTES_PARAMETER, MEGABYTES)
        rows = self.env.execute_query(
            SQL(
                """WITH unconfirmed AS (
                       SELECT id, received_at,
                              sum(pg_column_size(body) + %(row_bytes)s) OVER (
                                  ORDER BY state = 'received' DESC, id DESC) AS size
                         FROM paypal_ipn
                        WHERE state = 'refused'
                           OR (state = 'attention' AND resume_state = 'received')
                           OR (state = 'received' AND lane > %(trusted)s))
                   SELECT id FROM unconfirmed
                    WHERE (%(megabytes)s > 0 AND size > %(megabytes)s * 1048576.0)
                       OR (%(days)s > 0 AND received_at
                                            < %(now)s - make_interval(days => %(days)s))
                    ORDER BY id LIMIT %(batch)s""",
                row_bytes=ROW_BYTES,
                trusted=TRUSTED,
                megabytes=megabytes,
                days=days,
                now=self.env.cr.now(),
                batch=BATCH,
            )
        )
        return [id for [id] in rows]

    @api.model
    def _int_parameter(self, parameter, default):
        """:return: a limit from the system parameters; the default for what is none"""
        value = self.env["ir.config_parameter"].sudo().get_param(parameter, default)
        return int(value) if str(value).isdecimal() else default
