# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import hashlib

from psycopg2 import Binary

from odoo import api, models
from odoo.tools import SQL

from ..paypal import Message


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
        now = self.env.cr.now()
        body_hash = hashlib.sha256(body).hexdigest()
        inserted = self.env.execute_query(
            SQL(
                """INSERT INTO paypal_ipn (body, body_hash, state, source,
                                           received_at, next_try, attempts,
                                           create_date, write_date)
                   VALUES (%s, %s, 'received', 'ipn', %s, %s, 0, %s, %s)
                   ON CONFLICT (body_hash) DO NOTHING RETURNING id""",
                Binary(base64.b64encode(body)),
                body_hash,
                *(now,) * 4,
            )
        )
        if inserted:
            self._wake_worker()
        else:
            self.env.execute_query(
                SQL(
                    """INSERT INTO paypal_ipn_resend (ipn_id, received_at)
                       SELECT id, %s FROM paypal_ipn WHERE body_hash = %s
                       RETURNING id""",
                    now,
                    body_hash,
                )
            )

    @api.model
    def _wake_worker(self):
        self._wake("_cron_work")

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
