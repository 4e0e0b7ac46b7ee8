# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import time
from functools import partial

from odoo import api, fields, models

from .paypal_ipn import MANAGER
from .sender import DOUBTFUL, SLOW, TRUSTED, UNKNOWN

#: Messages of doubtful senders that are read at a time: few, as trusted ones wait for
#: the batch to end.
DOUBTFUL_BATCH = 50
#: Messages of doubtful senders that one process asks PayPal about in a second.
DOUBTFUL_ASKED = 10
PACE = 1.0  # seconds


class Pace:
    """When this process last asked PayPal about doubtful messages."""

    asked_at = -PACE

    @classmethod
    def wait_left(cls):
        """:return: seconds until it may ask again, 0 or less for now"""
        return cls.asked_at + PACE - time.monotonic()


class PaypalIpn(models.Model):
    """Who is served first when more comes than can be worked.

    The sender's address decides (:mod:`.sender`), and nothing is refused for it. Each
    lane has its turn in every round, so that none waits for ever; the rounds are short,
    and begin with those whom PayPal has confirmed.
    """

    _inherit = "paypal.ipn"

    sender = fields.Char(
        "Sent From",
        readonly=True,
        groups=MANAGER,
        help="The address that it came from, as the server or its proxy tells. "
        "It proves nothing; messages from addresses that PayPal confirmed go first.",
    )
    lane = fields.Integer(readonly=True, default=UNKNOWN)

    @api.model
    def _steps_of_received(self):
        """:return: the steps of one round, from received to booked"""
        return (
            partial(self._work_received, TRUSTED),
            self._work_verified,
            self._work_suspects,
            partial(self._work_received, UNKNOWN),
            self._work_doubtful,
            self._work_slow,
        )

    @api.model
    def _work_received(self, lane=UNKNOWN):
        """Read, address and ask back one batch.

        :return: how many messages were taken
        """
        claimed = self._claim("received", self._connections(), lane)
        claimed._verify()
        return len(claimed)

    @api.model
    def _work_suspects(self):
        """Try what a process died with, alone, also while fresh messages come.

        :return: how many messages were taken
        """
        received = self._claim_suspect("received")
        received._verify()
        verified = self._claim_suspect("verified")
        verified._in_one_go("verified", type(self)._book)
        return len(received) + len(verified)

    @api.model
    def _work_doubtful(self):
        """Read what senders sent whom PayPal never confirmed; most is for nobody here.

        What is for a company waits to be asked about, in a lane of its own.

        :return: how many messages were taken
        """
        claimed = self._claim("received", DOUBTFUL_BATCH, DOUBTFUL)
        claimed._in_one_go("received", type(self)._address_doubtful)
        return len(claimed)

    def _address_doubtful(self):
        self._address()
        waiting = self.filtered(lambda ipn: ipn.state == "received")
        waiting.write({"lane": SLOW, "attempts": 0, "next_try": self.env.cr.now()})

    @api.model
    def _work_slow(self):
        """Ask PayPal about some of the doubtful messages, not more in each second.

        :return: how many messages were taken
        """
        if Pace.wait_left() > 0:
            return 0
        claimed = self._claim("received", DOUBTFUL_ASKED, SLOW)
        if claimed:
            Pace.asked_at = time.monotonic()
            claimed._verify()
        return len(claimed)

    @api.model
    def _last_look(self):
        """Wait for what arrives, and for the turn of what is asked about slowly."""
        self._await_arrivals()
        wait = Pace.wait_left()
        if wait > 0 and self.search_count(
            [
                ("state", "=", "received"),
                ("lane", "=", SLOW),
                ("next_try", "<=", self.env.cr.now()),
            ],
            limit=1,
        ):
            self.env["ir.cron"]._commit_progress()
            time.sleep(wait)
