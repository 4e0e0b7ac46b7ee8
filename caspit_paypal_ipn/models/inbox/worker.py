# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
import math
import time
from functools import partial

from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import RedirectWarning, UserError
from odoo.service.model import retrying

from ..failures import CONFLICTS, details_of, is_beyond_the_message
from ..locking import lock_and_reread
from ..log_line import log_line
from ..reasons import Aside
from .claim import RETRY_MINUTES

_logger = logging.getLogger(__name__)


class PaypalIpn(models.Model):
    _inherit = "paypal.ipn"

    # === THE LOOP === #

    @api.model
    def _cron_work(self):
        """Ask PayPal back and book, until nothing is due or the time is up."""
        steps = (
            self._work_retries,
            *self._steps_of_received(),
            self._bound_unconfirmed_in_passing,
        )
        self._work_due(steps, self._wake_worker, self._last_look)
        self._wake_to_tell()

    @api.model
    def _cron_deliver(self):
        """Make the receipts and the mails of what is booked, and tell of problems."""
        steps = (
            self._work_booked,
            self._work_booked_suspect,
            self._work_problems,
        )
        self._work_due(steps, self._wake_delivery)
        self._requeue_failed_mails()

    @api.model
    def _wake(self, method):
        """Wake the scheduled actions that run this method, the duplicates as well.

        Odoo runs one scheduled action in one process at a time. Who duplicates ours
        has as many processes work side by side: see docs/OTHER_MODULES.md.

        :param str method: ``_cron_work`` or ``_cron_deliver``
        """
        model_id = self.env["ir.model"]._get_id(self._name)
        domain = [("model_id", "=", model_id), ("code", "=", f"model.{method}()")]
        for cron in self.env["ir.cron"].sudo().search(domain):
            cron._trigger()

    @api.model
    def _work_due(self, steps, wake, last_look=None):
        """Run steps in turn until none finds a message that is due.

        :param steps: methods that claim a batch, work it, and return its size
        :param wake: called when the time is up before the work is
        :param last_look: called before the steps are taken for the last time, when they
            have found nothing
        """
        cron = self.env["ir.cron"]
        # Outside a scheduled action Odoo sets no end; the caller may.
        end = time.monotonic() + self.env.context.get("paypal_seconds", math.inf)
        seconds_left, idle, enough = cron._commit_progress(), 0, 2 if last_look else 1
        while idle < enough and seconds_left > 0:
            if idle:
                last_look()
                cron._commit_progress()
            worked = False
            for step in steps:
                count = self._take_step(step)
                worked = worked or count != 0
                seconds_left = min(
                    cron._commit_progress(count or 0), end - time.monotonic()
                )
            idle = 0 if worked else idle + 1
        if not idle:
            # The time is up, not the work. What Odoo reschedules by itself waits for
            # the next poll, up to a minute; a trigger wakes a worker at once.
            wake()
            cron._commit_progress()

    def _take_step(self, step):
        """Run a step; what PostgreSQL refuses ends the step, but not the cron.

        The claim brings its messages back.

        :return: how many messages the step took; None when another worker was faster,
            which does not say that nothing is due
        """
        try:
            return step()
        except Exception as error:
            if not is_beyond_the_message(error):
                raise
            self.env.cr.rollback()
            _logger.info("PayPal IPN: %s; it is tried again", type(error).__name__)
            return None if isinstance(error, CONFLICTS) else 0

    # === A STEP === #

    def _in_one_go(self, state, step):
        """Take claimed messages one step further, commit, and log where they are now.

        When another process changed a row in the same moment, PostgreSQL cancels the
        later of the two; then the step is simply taken again.

        :param str state: the state that they were claimed in
        :param step: a function of a recordset that may be called more than once
        """
        for line in retrying(partial(self._step, state, step), self.env):
            _logger.info("%s", line)

    def _step(self, state, step):
        """Take the step, and let the screens that show these messages know.

        :return: a line for the log about each message that moved, or waits
        """
        step(self)
        self._tell_screens()
        return [
            log_line("moved" if ipn.state != state else "waits", ipn)
            for ipn in self
            if ipn.state != state or ipn.reason
        ]

    def _still_mine(self, state):
        """Lock claimed messages in a new transaction.

        :param str state: the state that they must still be in
        :return: those that nobody else has moved or locked meanwhile
        """
        return lock_and_reread(self).filtered(lambda ipn: ipn.state == state)

    # === FAILURES === #

    def _isolated(self, step):
        """Run a step over messages so that one that fails harms no other.

        First all at once, since a batch is many times faster; when that fails, each
        half by itself, in a savepoint of its own, and so on down to the one that fails.

        :param step: a function of a recordset
        """
        try:
            with self.env.cr.savepoint():
                step(self)
        except Exception as error:
            if is_beyond_the_message(error):
                raise  # the transaction is gone: see _in_one_go
            if len(self) == 1:
                self._fail(error)
                return
            middle = len(self) // 2
            self[:middle]._isolated(step)
            self[middle:]._isolated(step)

    def _fail(self, error):
        """Put a message aside for a reason that its merchant can read."""
        if isinstance(error, Aside):
            self._move_to(error.state, error.reason, error.values)
            return
        if isinstance(error, UniqueViolation):
            # Another process booked the same transaction at the same moment. Its work
            # cannot be seen from this transaction, but at the next try.
            self._wait("error", error.diag.constraint_name, details_of(error))
            return
        refused_by_odoo = isinstance(error, UserError | RedirectWarning)
        reason = "configuration" if refused_by_odoo else "error"
        _logger.warning(
            "%s", log_line("failed", self, failed_with=type(error).__name__)
        )
        self._move_to(
            "attention",
            reason,
            {"error": str(error.args[0]) if error.args else type(error).__name__},
            traceback=details_of(error),
        )

    def _wait(self, reason, error, details=False, **more):
        """A step got no answer: say so, and leave it to the next try.

        :param str reason: ``no_answer`` or ``error``
        :param str error: what happened, for people
        :param str details: the traceback, when there is one
        :param more: what else is kept with the reason
        """
        self.ensure_one()
        values = {"error": error, **more}
        if self.attempts >= len(RETRY_MINUTES):
            self._move_to("attention", reason, values, traceback=details)
        else:
            self.write(
                {"reason": reason, "reason_values": values, "traceback": details}
            )
