# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import hashlib
import time
from datetime import timedelta

from psycopg2 import Binary
from psycopg2.extras import Json

from odoo import SUPERUSER_ID, api, models
from odoo.tools import SQL

from ...paypal.senders import sender_of
from ..sources import DEFAULT

# How long a trigger may wait until a message that comes wakes the processes anew.
WAITS_FOR_A_WORKER = timedelta(seconds=10)
# PostgreSQL's advisory lock that a message holds, shared, while it is being kept.
ARRIVAL_LOCK = 0x50_50_49_50_4E  # any number that nobody else takes
#: PayPal resends a message some fifteen times; more rows say nothing more.
MOST_RESENDS = 20
ARRIVAL_LOOKS, ARRIVAL_LOOKS_EVERY = 20, 0.01  # seconds


class PaypalIpn(models.Model):
    """How a message comes in, and how it is read from its bytes again."""

    _inherit = "paypal.ipn"

    @api.model
    def _receive(self, body, source=DEFAULT, headers=None, sender=None):
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
        """
        sender = sender_of(sender)
        body_hash = self._hash_of(body, headers)
        # Odoo logs a query that fails, and in this one are a buyer's name and address.
        self.env.cr.execute(
            SQL(
                """INSERT INTO paypal_ipn (body, body_hash, state, source, headers,
                                           sender, lane, attempts, received_at,
                                           next_try, create_date, write_date)
                   SELECT %s, %s, 'received', %s, %s, %s,
                          coalesce((SELECT lane FROM paypal_ipn_sender
                                     WHERE address = %s), %s),
                          0, now, now, now, now
                     FROM pg_advisory_xact_lock_shared(%s),
                          (SELECT now() AT TIME ZONE 'UTC' AS now) AS moment
                   ON CONFLICT (body_hash) DO NOTHING
                   RETURNING EXISTS (%s)""",
                Binary(base64.b64encode(body)),
                body_hash,
                source,
                Json(headers) if headers else None,
                sender or None,
                sender,
                self.env["paypal.ipn.sender"]._lane_of_new(sender),
                ARRIVAL_LOCK,
                self._trigger_not_taken(),
            ),
            log_exceptions=False,
        )
        if kept := self.env.cr.fetchone():
            [worker_comes] = kept
            self._wake_for_arrival(worker_comes)
        else:
            self.env.execute_query(
                SQL(
                    """INSERT INTO paypal_ipn_resend (ipn_id, received_at)
                       SELECT id, now() AT TIME ZONE 'UTC'
                         FROM paypal_ipn ipn WHERE body_hash = %s
                          AND (SELECT count(*) FROM paypal_ipn_resend
                                WHERE ipn_id = ipn.id) < %s
                       RETURNING id""",
                    body_hash,
                    MOST_RESENDS,
                )
            )

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
    def _wake_for_arrival(self, worker_comes):
        """Wake the worker when this transaction is through, should it need waking.

        To wake it costs seven times what it costs to keep a message, and in a rush
        nearly every message finds it about to come anyway.

        :param bool worker_comes: its scheduled action has a trigger to take yet
        """
        if not worker_comes:
            self.env.cr.postcommit.add(self._wake_worker_in_its_own_transaction)

    @api.model
    def _wake_worker_in_its_own_transaction(self):
        with self.env.registry.cursor() as cursor:
            root = self.env(cr=cursor, user=SUPERUSER_ID, context={})
            self.with_env(root)._wake_worker()

    @api.model
    def _trigger_not_taken(self):
        """Triggers of the worker's scheduled action that it has yet to take.

        An action deletes its triggers as the first thing that it does, in a
        transaction that lasts as long as it runs: PostgreSQL shows the deleting
        transaction as the row's ``xmax``. A trigger that nobody takes counts for ten
        seconds; then the processes are notified again.

        :rtype: SQL
        """
        cron = "caspit_paypal_ipn.ir_cron_paypal_ipn_work"
        return SQL(
            """SELECT FROM ir_cron_trigger
                WHERE cron_id = %s AND xmax = 0
                  AND now() AT TIME ZONE 'UTC' - call_at BETWEEN interval '0' AND %s""",
            self.env["ir.model.data"]._xmlid_to_res_id(cron),
            WAITS_FOR_A_WORKER,
        )

    @api.model
    def _await_arrivals(self):
        """Wait for messages that are being kept at this moment, before a last look.

        One that found the worker's trigger not taken yet counts on this run, and its
        transaction may end after the run began: until then it holds the lock. What
        begins to be kept later finds the trigger taken. A process that is stopped in
        the middle is not waited for; its message is found a minute later.

        :return: 0, as no message was worked
        """
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
