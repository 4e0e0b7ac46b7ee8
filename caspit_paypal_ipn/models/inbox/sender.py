# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import math
import time
from collections import Counter

from odoo import api, fields, models
from odoo.tools import SQL

from ...paypal.senders import is_published, tells_something
from ..failures import CONFLICTS

#: Messages of senders that PayPal has confirmed go first.
TRUSTED = 0
#: Where the address says nothing: behind a proxy that Odoo is not told of, on one
#: machine, or of a sender whose messages PayPal confirmed and denied.
UNKNOWN = 1
#: Senders that PayPal never stood by: they are read, and refused unless for us…
DOUBTFUL = 2
#: … and then asked about, some in a second.
SLOW = 3

#: For so many seconds a process goes by what it knows of the senders.
LATELY = 1.0
#: By database: the lanes of known senders, and until when they will do.
known_lanes = {}


class PaypalIpnSender(models.Model):
    """An address whose messages PayPal confirmed, and how often it did not.

    Those that it never confirmed are not kept: whoever floods the listener from a
    million addresses leaves nothing here.
    """

    _name = "paypal.ipn.sender"
    _description = "Sender of PayPal Messages"
    _order = "last_at desc"
    _rec_name = "address"
    _log_access = False

    address = fields.Char(required=True, readonly=True)
    confirmed = fields.Integer(
        readonly=True, help="Messages from here that PayPal stood by."
    )
    denied = fields.Integer(
        readonly=True, help="Messages from here that PayPal did not send."
    )
    lane = fields.Integer(readonly=True, help="0 goes first.")
    last_at = fields.Datetime("Last Answer", readonly=True)

    _address_unique = models.UniqueIndex("(address)")

    @api.model
    def _lane_of(self, sender, lately=False):
        """The lane of a message that comes in.

        :param str sender: its address, or ``""``
        :param bool lately: what was known a second ago will do, since to look costs as
            much as a tenth of keeping a message
        """
        lanes = self._lanes_lately() if lately else self._lanes(sender)
        if sender in lanes:
            return lanes[sender]
        if is_published(sender):
            return TRUSTED
        return DOUBTFUL if tells_something(sender) else UNKNOWN

    @api.model
    def _lanes_lately(self):
        """:return: the lanes of all whom PayPal confirmed until a second ago"""
        database, now = self.env.cr.dbname, time.monotonic()
        lanes, until = known_lanes.get(database, ({}, -math.inf))
        if until < now:
            lanes = self._lanes()
            known_lanes[database] = lanes, now + LATELY
        return lanes

    @api.model
    def _lanes(self, address=None):
        """:return: the lanes of senders by address: of all, or of one"""
        query = SQL("SELECT address, lane FROM paypal_ipn_sender")
        if address is not None:
            query = SQL("%s WHERE address = %s", query, address)
        return dict(self.env.execute_query(query))

    @api.model
    def _learn(self, ipns):
        """Note what PayPal said of messages, by their senders.

        Each in a transaction of its own, which may fail: another worker was faster, and
        the next message tells the same.

        :param ipns: ``paypal.ipn`` records that PayPal was asked about just now
        """
        confirmed, denied = Counter(), Counter()
        for ipn in ipns.filtered("sender"):
            if ipn.state == "verified":
                confirmed[ipn.sender] += 1
            elif (ipn.state, ipn.reason) == ("refused", "invalid"):
                denied[ipn.sender] += 1
        known = set(confirmed) | set(filter(is_published, denied))
        try:
            for sender in sorted(known):
                self._note(sender, confirmed[sender], denied[sender])
            for sender in sorted(set(denied) - known):
                self._note(sender, 0, denied[sender], only_known=True)
            self.env["ir.cron"]._commit_progress()
        except CONFLICTS:
            self.env.cr.rollback()

    @api.model
    def _note(self, sender, confirmed, denied, only_known=False):
        """Count answers, and find the sender's place anew.

        :param bool only_known: nothing is kept of who is not known already
        """
        now = self.env.cr.now()
        update = SQL(
            """UPDATE SET confirmed = s.confirmed + %(confirmed)s,
                          denied = s.denied + %(denied)s, last_at = %(now)s,
                          lane = CASE WHEN s.confirmed + %(confirmed)s
                                        >= s.denied + %(denied)s
                                      THEN %(trusted)s ELSE %(unknown)s END""",
            confirmed=confirmed,
            denied=denied,
            now=now,
            trusted=TRUSTED,
            unknown=UNKNOWN,
        )
        row = SQL(
            """SELECT %s AS address, %s AS confirmed, %s AS denied, %s AS lane,
                      %s::timestamp AS last_at""",
            sender,
            confirmed,
            denied,
            TRUSTED if confirmed >= denied else UNKNOWN,
            now,
        )
        self.env.cr.execute(
            SQL(
                """INSERT INTO paypal_ipn_sender AS s
                          (address, confirmed, denied, lane, last_at)
                   SELECT address, confirmed, denied, lane, last_at FROM (%s) told
                    WHERE NOT %s OR EXISTS (SELECT FROM paypal_ipn_sender known
                                             WHERE known.address = told.address)
                       ON CONFLICT (address) DO %s""",
                row,
                only_known,
                update,
            ),
            log_exceptions=False,
        )
