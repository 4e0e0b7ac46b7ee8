# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import timedelta, timezone
from time import monotonic

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError

from ..rest import RestError, const, split

_logger = logging.getLogger(__name__)

#: How long one run works: Odoo ends a worker after a minute of computing.
SECONDS = 40
#: From one look to the next, a little less than the hour, so that none is left out.
HOUR = timedelta(minutes=55)
#: Looked at again each hour, each night, and in the night to Sunday.
HOUR_BACK = timedelta(hours=6)
NIGHT_BACK = timedelta(days=7)
WEEK_BACK = timedelta(days=31)
#: Days of the past that are read in one go.
HISTORY_SPAN = timedelta(days=7)
#: The company's hour after which the night's look is taken.
NIGHT_HOUR = 2


def aware(moment):
    """Odoo's moments have no zone, and are in UTC."""
    return moment.replace(tzinfo=timezone.utc)


def naive(moment):
    """:return: the moment as Odoo keeps it"""
    return moment.astimezone(timezone.utc).replace(tzinfo=None)


class PaypalApiConnection(models.Model):
    """The walk: which windows are due, and one after the other read whole."""

    _inherit = "paypal.api.connection"

    # === THE SCHEDULED ACTION === #

    @api.model
    def _cron_walk(self):
        """Walk every account that is connected, until nothing is due."""
        deadline = monotonic() + SECONDS
        for connection in self.search([("state", "!=", "new")]):
            if connection.company_id.paypal_licence_status != "active":
                continue
            for step in connection._steps():
                if monotonic() > deadline:
                    self._wake()
                    return
                connection._take(step, deadline)
        self.env["ir.cron"]._commit_progress()

    def _steps(self):
        """:return: what is done for an account, in this order"""
        return (
            self._step_connect,
            self._step_plan,
            self._step_read,
            self._step_missing,
            self._step_fees,
            self._step_disputes,
            self._step_missed,
            self._step_prove,
            self._step_tell,
        )

    def _take(self, step, deadline):
        """Take a step; whatever happens in it harms no other account."""
        try:
            step(deadline)
        except RestError as error:
            self.env.cr.rollback()
            _logger.info("PayPal ledger %s: %s", self.id, error.code)
            self._note_error(error)
        except (OperationalError, ConcurrencyError) as error:
            self.env.cr.rollback()
            _logger.info("PayPal ledger %s: %s", self.id, type(error).__name__)
        except Exception as error:
            self.env.cr.rollback()
            _logger.exception("PayPal ledger %s failed", self.id)
            values = {"error": type(error).__name__}
            self.write({"trouble": "error", "trouble_values": values})
        self._commit()

    def _commit(self, count=0):
        self.env["ir.cron"]._commit_progress(count)

    def _step_connect(self, _deadline):
        """Try once more, each hour, what did not work."""
        now = self.env.cr.now()
        if self.state == "trouble" and not (self.next_try and self.next_try > now):
            self.next_try = now + timedelta(hours=1)
            self._commit()
            self._try_out()

    # === PLANNING === #

    def _step_plan(self, _deadline):
        """Plan the hour's look, and the night's."""
        if self.state != "connected":
            return
        now = self.env.cr.now().replace(microsecond=0)
        if not self.hour_planned_at or now - self.hour_planned_at >= HOUR:
            self.hour_planned_at = now
            self._plan_hour(now)
        local = fields.Datetime.context_timestamp(
            self.with_context(tz=str(self.company_id._paypal_tz())), now
        )
        if self.night_planned_on != local.date() and local.hour >= NIGHT_HOUR:
            self.night_planned_on = local.date()
            back = WEEK_BACK if local.weekday() == 6 else NIGHT_BACK
            self._plan("night", now - back, now)

    def _plan_hour(self, now):
        """Ask on from where the last look ended, and some hours before that.

        An hour's window that could not be read yet goes on until now: so PayPal's
        absence of a week is one window, and not a hundred and seventy.
        """
        start = min(self.watermark or self.since, now) - HOUR_BACK
        waiting = self.window_ids.filtered(
            lambda window: window.kind == "hour" and window.state == "waiting"
        )
        if waiting:
            start = min(start, *waiting.mapped("start"))
            waiting.unlink()
        self._plan("hour", start, now)

    def _plan(self, kind, start, end):
        """Make the windows of a time; those of the past are short.

        So a run ends within the time that Odoo gives it, and progress can be seen.

        :param datetime start: without zone, UTC, as is ``end``
        """
        span = HISTORY_SPAN if kind == "history" else const.MAX_SPAN
        self.env["paypal.api.window"].create(
            [
                {
                    "connection_id": self.id,
                    "kind": kind,
                    "start": naive(first),
                    "end": naive(last),
                }
                for first, last in split(aware(start), aware(end), span)
            ]
        )

    def action_history(self):
        """Ask from which day on PayPal's past is wanted."""
        self.ensure_one()
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "caspit_paypal_api.paypal_api_history_action"
        )
        return {**action, "context": {"default_connection_id": self.id}}

    def _read_history(self, day):
        """Read the past in the background.

        :param date day: from this day of the company's on, at most three years back
        :raise UserError: it is read right now, or PayPal is not connected
        """
        self.ensure_one()
        if self.state == "new":
            raise UserError(self.env._("Connect PayPal first."))
        if self.is_running:
            raise UserError(self.env._("The history is being read right now."))
        oldest = fields.Datetime.now() - const.MAX_AGE
        start = max(self._midnight(day), oldest)
        self.window_ids.filtered(lambda window: window.kind == "history").unlink()
        self.history_from = day
        self._plan("history", start, fields.Datetime.now().replace(microsecond=0))
        self._wake()

    def _midnight(self, day):
        """:return: when a day begins at the company, without zone, UTC"""
        zone = self.company_id._paypal_tz()
        midnight = fields.Datetime.to_datetime(day)
        return naive(zone.localize(midnight))

    # === READING === #

    def _step_read(self, deadline):
        """Read the windows that are due; those of the hour come first."""
        if self.state != "connected":
            return
        rank = {"hour": 0, "night": 1, "history": 2}
        due = self.window_ids.filtered(lambda window: window._is_due()).sorted(
            lambda window: (rank[window.kind], -window.end.timestamp())
        )
        if not due:
            return
        with self._paypal() as paypal:
            for window in due:
                if monotonic() > deadline:
                    self._wake()
                    return
                if not window._read(paypal):
                    return
