# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import hashlib
from datetime import timedelta

from psycopg2 import Binary

from odoo import SUPERUSER_ID, api, models
from odoo.tools import SQL

from ..paypal import Message

# How long a trigger may wait until a message that comes wakes the processes anew.
WAITS_FOR_A_WORKER = timedelta(seconds=10)


class PaypalIpn(models.Model):
    """How a message comes in, and how it is read from its bytes again."""

    _inherit = "paypal.ipn"

    @api.model
    def _receive(self, body):
        """Keep a message, or count it when these very bytes came before.

        Plain SQL, because the ORM has no insert that yields to a unique index: two
        processes that receive the same bytes at once must both answer 200.

        :param bytes body: the request's body as it came
        """
        body_hash = hashlib.sha256(body).hexdigest()
        # Odoo logs a query that fails, and in this one are a buyer's name and address.
        self.env.cr.execute(
            SQL(
                """INSERT INTO paypal_ipn (body, body_hash, state, source, attempts,
                                           received_at, next_try,
                                           create_date, write_date)
                   SELECT %s, %s, 'received', 'ipn', 0, now, now, now, now
                     FROM (SELECT now() AT TIME ZONE 'UTC' AS now) AS moment
                   ON CONFLICT (body_hash) DO NOTHING""",
                Binary(base64.b64encode(body)),
                body_hash,
            ),
            log_exceptions=False,
        )
        if self.env.cr.rowcount:
            self._wake_for_arrival()
        else:
            self.env.execute_query(
                SQL(
                    """INSERT INTO paypal_ipn_resend (ipn_id, received_at)
                       SELECT id, now() AT TIME ZONE 'UTC'
                         FROM paypal_ipn WHERE body_hash = %s
                       RETURNING id""",
                    body_hash,
                )
            )

    @api.model
    def _wake_worker(self):
        self._wake("_cron_work")

    @api.model
    def _wake_for_arrival(self):
        """Wake the worker when this transaction is through, should it need waking.

        To wake it costs seven times what it costs to keep a message, and in a rush
        nearly every message finds it about to come anyway. Only after the commit this
        can be told: who starts later than that, sees the message.
        """
        self.env.cr.postcommit.add(self._wake_worker_unless_it_comes)

    @api.model
    def _wake_worker_unless_it_comes(self):
        if not self._worker_comes():
            with self.env.registry.cursor() as cursor:
                root = self.env(cr=cursor, user=SUPERUSER_ID, context={})
                self.with_env(root)._wake_worker()

    @api.model
    def _worker_comes(self):
        """Whether its scheduled action has a trigger that has not been taken yet.

        An action deletes its triggers as the first thing that it does, in a
        transaction that lasts as long as it runs: PostgreSQL shows the deleting
        transaction as the row's ``xmax``. A trigger that nobody takes counts for ten
        seconds; then the processes are notified again.
        """
        cron = "caspit_paypal_ipn.ir_cron_paypal_ipn_work"
        return self.env.execute_query(
            SQL(
                """SELECT 1 FROM ir_cron_trigger
                    WHERE cron_id = %s AND xmax = 0
                      AND now() AT TIME ZONE 'UTC' - call_at BETWEEN interval '0' AND %s
                    LIMIT 1""",
                self.env["ir.model.data"]._xmlid_to_res_id(cron),
                WAITS_FOR_A_WORKER,
            )
        )

    def _body_bytes(self):
        """The message exactly as PayPal sent it."""
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).body or b"")

    def _message(self):
        """Read the message from its bytes.

        :rtype: paypal.message.Message
        :raise paypal.message.MalformedMessage: the bytes are no message
        """
        return Message.parse(self._body_bytes())
