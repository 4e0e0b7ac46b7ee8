# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, models
from odoo.tools import SQL

from ..log_line import log_line

_logger = logging.getLogger(__name__)

# Minutes from one try of a step to the next; 4 days from the first to the last, as long
# as PayPal itself goes on. What follows the last one is its claim alone; the first wait
# is longer than a step can take, for the same reason.
RETRY_MINUTES = (2, 2, 4, 8, 16, 32, 64, 128, 256, 416, 512, *(720,) * 6, 720)
#: The order within a lane and a source; an index has it.
FRESH_FIRST = SQL("attempts, id")


class PaypalIpn(models.Model):
    """Which worker works which message, and which is next."""

    _inherit = "paypal.ipn"

    _lane_index = models.Index("(lane, source, attempts, id) WHERE state = 'received'")
    # Few at any time: what is in hand, and what a process died with.
    _suspect_index = models.Index(
        "(state, next_try) WHERE attempts > 0 AND reason IS NULL"
        " AND state IN ('received', 'verified', 'booked')"
    )

    @api.model
    def _claim(self, state, limit, lane=None):
        """Take up to ``limit`` messages that are due, for this process alone.

        The try is counted and the next one dated before the step begins. So a
        process that dies in the middle has claimed nothing for good: its messages
        come up again by themselves, each time later.

        :param str state: the state of the line to take from
        :param int limit: how many messages at most
        :param int lane: take only from this lane, see ``sender.py``
        :return: the messages, claimed durably; fresh ones come first
        """
        told = SQL("(attempts = 0 OR reason IS NOT NULL)")
        if lane is None:
            rows = self._claim_rows(state, limit, told)
            return self._claimed(rows) if rows else self._claim_suspect(state)
        rows = []
        for source in self._sources_by_rank():
            mine = SQL("lane = %s AND source = %s AND %s", lane, source.code, told)
            rows += self._claim_rows(state, limit - len(rows), mine, FRESH_FIRST)
            if len(rows) >= limit:
                break
        return self._claimed(rows) if rows else self.browse()

    @api.model
    def _claim_suspect(self, state):
        """Take one message that was in hand when a process died, and nothing beside it.

        What was claimed and says nothing of it is such a one. Should it be what killed
        the process, it must take no other with it.

        :return: the message, or none
        """
        suspect = SQL("attempts > 0 AND reason IS NULL")
        rows = self._claim_rows(state, 1, suspect)
        return self._claimed(rows) if rows else self.browse()

    @api.model
    def _claimed(self, rows):
        """Make a claim durable, and put aside what was tried too often.

        :param rows: pairs of an id and how often it was claimed
        :return: the messages to work
        """
        claimed = self.browse(sorted(id for id, _attempts in rows))
        claimed.invalidate_recordset()
        exhausted = self.browse(
            id for id, attempts in rows if attempts > len(RETRY_MINUTES)
        )
        exhausted._give_up()
        self.env["ir.cron"]._commit_progress()
        return claimed - exhausted

    @api.model
    def _by_rank_of_source(self):
        """:return: the order of a claim: by the rank of the source, fresh ones first"""
        codes = [source.code for source in self._sources_by_rank()]
        return SQL("array_position(%s, source), attempts, id", codes)

    @api.model
    def _claim_rows(self, state, limit, condition, order=None):
        """Claim in one statement, so that workers who come together share.

        :param SQL condition: which of the messages that are due
        :param SQL order: which of them first; else by their sources, fresh ones first
        :return: pairs of an id and how often it was claimed
        """
        self.env.flush_all()
        now = self.env.cr.now()
        # Another worker may be faster, and Odoo logs a query that fails as an error.
        self.env.cr.execute(
            SQL(
                """WITH due AS (
                       SELECT id FROM paypal_ipn
                        WHERE state = %s AND next_try <= %s AND %s
                        ORDER BY %s
                        LIMIT %s
                          FOR NO KEY UPDATE SKIP LOCKED)
                   UPDATE paypal_ipn ipn
                      SET attempts = attempts + 1, reason = NULL, reason_values = NULL,
                          write_date = %s,
                          next_try = %s + make_interval(
                              mins => (%s::int[])[least(attempts + 1, %s)])
                     FROM due WHERE ipn.id = due.id
                RETURNING ipn.id, ipn.attempts""",
                state,
                now,
                condition,
                order or self._by_rank_of_source(),
                limit,
                now,
                now,
                list(RETRY_MINUTES),
                len(RETRY_MINUTES),
            ),
            log_exceptions=False,
        )
        return self.env.cr.fetchall()

    def _give_up(self):
        """Put aside what came to the end of the schedule without a word.

        Whoever fails says so in :meth:`_wait`: here the process died each time.
        """
        for ipn in self:
            _logger.error("%s", log_line("each try ended its process", ipn))
        error = self.env._("the server process ended each time that it was tried")
        self._move_to("attention", "error", {"error": error})
        self._tell_screens()
