# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import hashlib
import math
import time
from contextlib import contextmanager, nullcontext
from functools import partial

from psycopg2.extensions import STATUS_READY
from psycopg2.extras import Json

from odoo import SUPERUSER_ID, api, models
from odoo.tools import SQL

from ...paypal.senders import sender_of
from ..sources import DEFAULT

NOW = "now() AT TIME ZONE 'UTC'"
# PostgreSQL's advisory lock that a message holds, shared, while it is being kept.
ARRIVAL_LOCK = 0x50_50_49_50_4E  # any number that nobody else takes
ARRIVAL_LOOKS, ARRIVAL_LOOKS_EVERY = 20, 0.01  # seconds
#: PayPal resends a message some fifteen times; more rows say nothing more.
MOST_RESENDS = 20
#: The sequence that goes on when a worker is about to look for the last time.
LAST_LOOK = "paypal_ipn_last_look_seq"
#: Seconds from waking the worker until a message wakes it once more, though it has not
#: come to its last look: perhaps its process died.
WAITS_FOR_A_WORKER = 10
#: By database, what this process knows of the worker: the last look before it was woken
#: from here, and when that was.
woken = {}
# Keeps a message, and says which last look was the latest. The lock comes before.
#
# PostgreSQL plans a statement anew for each request, since Odoo discards what a
# connection knows: each part of it is paid for in every message.
KEEP = f"""
INSERT INTO paypal_ipn (body, body_hash, state, source, headers, sender, lane, attempts,
                        received_at, next_try, create_date, write_date)
VALUES (%s, %s, 'received', %s, %s, %s, %s, 0, {NOW}, {NOW}, {NOW}, {NOW})
    ON CONFLICT (body_hash) DO NOTHING
RETURNING pg_advisory_xact_lock_shared({ARRIVAL_LOCK}),
          pg_sequence_last_value('{LAST_LOOK}')
"""
NOTE_RESEND = f"""
INSERT INTO paypal_ipn_resend (ipn_id, received_at)
SELECT id, {NOW}
  FROM paypal_ipn ipn
 WHERE body_hash = %s
   AND (SELECT count(*) FROM paypal_ipn_resend WHERE ipn_id = ipn.id) < {MOST_RESENDS}
"""


class PaypalIpn(models.Model):
    """How a message comes in, and how it is read from its bytes again."""

    _inherit = "paypal.ipn"

    def init(self):
        sequence = SQL.identifier(LAST_LOOK)
        self.env.cr.execute(
            SQL("CREATE SEQUENCE IF NOT EXISTS %s OWNED BY paypal_ipn.id", sequence)
        )
        return super().init()

    @api.model
    def _receive(self, body, source=DEFAULT, headers=None, sender=None, at_once=False):
        """Keep a message, or count it when these very bytes came before.

        What is proved by its headers is known by them, too: who sends somebody's bytes
        first with other headers does not keep the real ones away.

        Plain SQL, because the ORM has no insert that yields to a unique index: two
        processes that receive the same bytes at once must both answer 200. And one
        statement: what it costs is what an operator's machine can take in.

        :param bytes body: the request's body as it came
        :param str source: the code of the source that it came through
        :param dict headers: the HTTP headers that the source needs, or none
        :param str sender: the address that it was sent from, or none
        :param bool at_once: commit it, where no transaction has begun
        """
        sender = sender_of(sender)
        body_hash = self._hash_of(body, headers)
        with self._by_itself() if at_once else nullcontext():
            values = (
                base64.b64encode(body).decode(),
                body_hash,
                source,
                Json(headers) if headers else None,
                sender or None,
                self.env["paypal.ipn.sender"]._lane_of(sender, lately=at_once),
            )
            # Odoo logs a query that fails, and in this one are a buyer's name and
            # address.
            self.env.cr.execute(KEEP, values, log_exceptions=False)
            kept = self.env.cr.fetchone()
            if not kept:
                self.env.cr.execute(NOTE_RESEND, [body_hash])
        if kept:
            _lock, last_look = kept
            self._wake_for_arrival(last_look)

    @contextmanager
    def _by_itself(self):
        """Have statements be transactions of their own, where none has begun.

        To begin one and to commit it are two more calls of PostgreSQL, which cost as
        much as it costs to keep a message.
        """
        connection = self.env.cr.connection
        if connection.status != STATUS_READY:
            yield
            return
        level, readonly = connection.isolation_level, connection.readonly
        # The server's own defaults: else psycopg2 asks PostgreSQL for them afterwards.
        connection.set_session("DEFAULT", "DEFAULT")
        connection.autocommit = True
        try:
            yield
        finally:
            connection.autocommit = False
            connection.set_session(level, readonly)

    @api.model
    def _hash_of(self, body, headers=None):
        """:return: what a message is known by, in hexadecimal digits"""
        known = hashlib.sha256(body)
        for name, text in sorted((headers or {}).items()):
            known.update(f"\0{name}\0{text}".encode("utf-8", "surrogateescape"))
        return known.hexdigest()

    @api.model
    def _wake_worker(self):
        self._wake("_cron_work")

    @api.model
    def _wake_for_arrival(self, last_look):
        """Wake the worker when this transaction is through, should it need waking.

        To wake it costs seven times what it costs to keep a message, and in a rush
        nearly every message finds it about to look anyway.

        :param last_look: the number of the latest last look of a worker, or None
        """
        if not self._is_woken(last_look):
            wake = partial(self._wake_worker_in_its_own_transaction, last_look)
            self.env.cr.postcommit.add(wake)

    @api.model
    def _is_woken(self, last_look):
        """:return: whether this process woke the worker for that last look of late"""
        known, at = woken.get(self.env.cr.dbname, (None, -math.inf))
        return known == last_look and time.monotonic() - at <= WAITS_FOR_A_WORKER

    @api.model
    def _wake_worker_in_its_own_transaction(self, last_look):
        if self._is_woken(last_look):
            return  # for another message of the same transaction
        with self.env.registry.cursor() as cursor:
            root = self.env(cr=cursor, user=SUPERUSER_ID, context={})
            self.with_env(root)._wake_worker()
        woken[self.env.cr.dbname] = last_look, time.monotonic()

    @api.model
    def _await_arrivals(self):
        """Wait for messages that are being kept at this moment, before a last look.

        One that found no last look since the worker was woken counts on this one, and
        its transaction may end after: until then it holds the lock. What begins to be
        kept later finds that the sequence went on. A process that is stopped in the
        middle is not waited for; its message is found a minute later.

        :return: 0, as no message was worked
        """
        self.env.cr.execute(SQL("SELECT nextval(%s)", LAST_LOOK))
        # Given back in the same statement: no message is ever held up by this lock.
        nothing_arrives = SQL(
            """SELECT CASE WHEN pg_try_advisory_lock(%(lock)s)
                           THEN pg_advisory_unlock(%(lock)s) ELSE FALSE END""",
            lock=ARRIVAL_LOCK,
        )
        for _ in range(ARRIVAL_LOOKS):
            if self.env.execute_query(nothing_arrives) == [(True,)]:
                break
            time.sleep(ARRIVAL_LOOKS_EVERY)
        return 0

    def _body_bytes(self):
        """The message exactly as PayPal sent it."""
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).body or b"")

    def _message(self):
        """Read the message from its bytes.

        :rtype: paypal.message.Message
        :raise paypal.MalformedMessage: the bytes are no message
        """
        return self._source().message_of(self)
