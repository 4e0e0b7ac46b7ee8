# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL

A_DAY = timedelta(days=1)
#: In the cursor's cache, while nothing is numbered: what was the last of a series.
LAST_OF_SERIES = "caspit_paypal_ipn.last_of_series"


class PaypalIpn(models.Model):
    """The date of a document: the day of the payment, or the first one that is open."""

    _inherit = "paypal.ipn"

    def _issue_day(self, journal, move_type="out_invoice", earliest=None):
        """The date that this message's document gets.

        The payment's own day, unless its period is locked or a later document stands in
        the series already, whose numbers have to be in the order of their dates: then
        the first day that satisfies both. The message says so.

        :param journal: the ``account.journal`` that numbers it
        :param str move_type: ``out_invoice`` or ``out_refund``
        :param date earliest: it cannot have an earlier date than this
        :raise Aside: no day up to today is open
        """
        today = fields.Date.context_today(self)
        if self._is_dated_by_issue():
            self._check_open_period(today, journal)
            return today
        paid = min(self._payment_date(), today)
        day, moved, obstacles = max(paid, earliest or paid), None, {}
        while day != moved and day <= today:
            moved = day
            day, obstacle = self._next_open_day(journal, move_type, day, today)
            obstacles |= obstacle
        if day > today:
            self._check_open_period(today, journal)
        for code, values in obstacles.items():
            days = {"paid": paid.isoformat(), "day": day.isoformat()}
            self._remark(code, **days, **values)
        return day

    def _is_dated_by_issue(self):
        """:return: whether the document has the day on which it is made

        An extension point, as for history.
        """
        return self.company_id.paypal_document_day == "issue"

    def _next_open_day(self, journal, move_type, day, today):
        """Go on to the first day that one of the two obstacles leaves.

        :return: the day and what moved it, as the values of a remark by its code; the
            very day when nothing is in its way
        """
        company = self.company_id
        locks = company._get_violated_lock_dates(
            day, has_tax=journal.type == "sale", journal=journal
        )
        if locks:
            told = self.env["res.company"]._format_lock_dates(locks)
            open_day = max(lock for lock, _field in locks) + A_DAY
            return open_day, {"day_locked": {"locks": told}}
        asked = (journal, move_type, day, today)
        known = self.env.cr.cache.get(LAST_OF_SERIES, {})
        if asked not in known:
            known[asked] = self._last_of_series(*asked)
        later = known[asked]
        if later.date and later.date > day:
            return later.date, {"day_later": {"later": later.name}}
        return day, {}

    @contextmanager
    def _while_nothing_is_numbered(self):
        """Look up the last of a series once for all messages of a batch."""
        self.env.cr.cache[LAST_OF_SERIES] = {}
        try:
            yield
        finally:
            del self.env.cr.cache[LAST_OF_SERIES]

    def _last_of_series(self, journal, move_type, day, today):
        """The latest document among whose numbers one of that day would stand.

        :return: an ``account.move``, or none
        """
        moves = self.env["account.move"].sudo()
        domain = [
            ("journal_id", "=", journal.id),
            ("state", "!=", "draft"),
            ("name", "not in", (False, "/", "")),
            ("date", "<=", today),
        ]
        if journal.refund_sequence:
            is_refund = move_type == "out_refund"
            domain.append(("move_type", "=" if is_refund else "!=", "out_refund"))
        latest = moves.search(domain, order="date desc, id desc", limit=1)
        if not latest or latest.date <= day:
            return latest
        reset = latest._deduce_sequence_number_reset(latest.name)
        sample = moves.new({"company_id": self.company_id.id, "date": day})
        first, last, *_forced = sample._get_sequence_date_range(reset)
        series = [("date", ">=", first), ("date", "<=", last)]
        return moves.search(domain + series, order="date desc, id desc", limit=1)

    def _check_series(self, documents):
        """Look whether another transaction has numbered a later day before these.

        The day of a document is read before its number is locked. What was committed
        in between is not seen from here, and its number is lower; so it is looked for
        from outside. The next try sees it.

        :param documents: ``account.move`` records that were just posted
        :raise ConcurrencyError: the numbers are not in the order of the days
        """
        own = documents.filtered(
            lambda move: move.journal_id.type == "sale" and move.paypal_ipn_id
        )
        series = own.grouped(lambda move: (move.journal_id, move.sequence_prefix))
        for (journal, prefix), moves in series.items():
            query = SQL(
                """SELECT id FROM account_move
                    WHERE journal_id = %s AND sequence_prefix = %s
                      AND sequence_number < %s AND date > %s AND state = 'posted'""",
                journal.id,
                prefix,
                min(moves.mapped("sequence_number")),
                min(moves.mapped("date")),
            )
            with self.env.registry.cursor() as outside:
                outside.execute(query)
                later = {found for [found] in outside.fetchall()}
            seen = moves.search([("id", "in", list(later)), ("state", "=", "posted")])
            if later - set(seen.ids):
                raise ConcurrencyError("another document of a later day came first")

    def _rate_values(self, day):
        """The rate of exchange of a document that has not the payment's day.

        :return: values for the document: none where its own day has the right rate
        """
        company = self.company_id
        paid = self._payment_date()
        if (
            day == paid
            or self.currency_id == company.currency_id
            or self._is_dated_by_issue()
        ):
            return {}
        return {
            "invoice_currency_rate": self.env["res.currency"]._get_conversion_rate(
                company.currency_id, self.currency_id, company, paid
            )
        }
