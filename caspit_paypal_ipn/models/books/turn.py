# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from zlib import crc32

from odoo import models
from odoo.tools import SQL


class PaypalIpn(models.Model):
    """Whose turn it is to number documents, where several processes book one company.

    Numbers go in the order of the days. Were the process with the later days first,
    then the other's documents would be made once more, and get a later day than that
    of their payment. PostgreSQL's advisory locks say who books from which message on;
    they end with the transaction, and with a process that dies.
    """

    _inherit = "paypal.ipn"

    def _line_up(self):
        """Say that these messages are being booked, before their day is decided."""
        if not self._is_dated_by_issue():
            first = self[0]
            self.env.cr.execute(
                SQL("SELECT pg_advisory_xact_lock(%s, %s)", first._series(), first.id)
            )

    def _await_turn(self):
        """Wait for the processes that number earlier messages, of earlier days.

        Should one of them wait for what was made here, as for the same new customer,
        then PostgreSQL ends one of the two, and that is tried again.
        """
        if self._is_dated_by_issue():
            return
        last_day = max(ipn._payment_date() for ipn in self)
        ahead = self._ahead().filtered(lambda ipn: ipn._payment_date() < last_day)
        for first in ahead:
            self.env.cr.execute(
                SQL(
                    "SELECT pg_advisory_xact_lock_shared(%s, %s)",
                    first._series(),
                    first.id,
                ),
                log_exceptions=False,
            )

    def _ahead(self):
        """:return: the first message of each process that books earlier ones"""
        return self.browse(
            id
            for [id] in self.env.execute_query(
                SQL(
                    """SELECT objid::bigint FROM pg_locks
                        WHERE locktype = 'advisory' AND mode = 'ExclusiveLock'
                          AND granted AND pid != pg_backend_pid()
                          AND database = (SELECT oid FROM pg_database
                                           WHERE datname = current_database())
                          AND classid = %s::int::oid AND objid::bigint < %s
                        ORDER BY objid""",
                    self[0]._series(),
                    self[0].id,
                )
            )
        ).exists()

    def _series(self):
        """:return: the lock's first number, one for each series of documents"""
        name = f"{self._name}:{self._sale_journal().id}:{self._kind().method}"
        return crc32(name.encode()) >> 1  # PostgreSQL's has a sign
