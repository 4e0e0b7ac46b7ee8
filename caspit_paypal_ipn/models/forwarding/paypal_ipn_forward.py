# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...paypal import forward
from ..locking import lock_and_reread
from ..network import trouble

#: Minutes from one try to the next: about a day in all.
RETRY_MINUTES = (1, 5, 15, 30, 60, 120, 240, 480, 480)
BATCH = 20
#: An address that gave no answer is left alone for so long, with all that is for it: so
#: who hangs takes a scheduled action's time now and then, and not all of it.
REST = timedelta(minutes=3)
KEPT_FOR = timedelta(days=30)
GONE_AT_ONCE = 5_000


class PaypalIpnForward(models.Model):
    """One message on its way to one address.

    It is sent at least once: who is killed after he has sent it sends it again, as
    PayPal itself does.
    """

    _name = "paypal.ipn.forward"
    _inherit = ["caspit.facts"]
    _description = "PayPal Message Sent On"
    _order = "id desc"
    _rec_name = "url"

    ipn_id = fields.Many2one(
        "paypal.ipn",
        "Message",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    url = fields.Char("Address", required=True, readonly=True)
    state = fields.Selection(
        [("waiting", "Waits"), ("sent", "Sent"), ("failed", "Given Up")],
        required=True,
        readonly=True,
        default="waiting",
    )
    attempts = fields.Integer(required=True, readonly=True, default=0)
    silent_at = fields.Datetime("No Answer", readonly=True)
    next_try = fields.Datetime(readonly=True)
    sent_at = fields.Datetime("Sent", readonly=True)
    error = fields.Char(readonly=True)
    said = fields.Char("What Came Back", compute="_compute_said")

    _once = models.UniqueIndex("(ipn_id, url)")
    _due_index = models.Index("(next_try) WHERE state = 'waiting'")
    _silent_index = models.Index("(url, silent_at) WHERE silent_at IS NOT NULL")

    @api.depends("error")
    @api.depends_context("lang")
    def _compute_said(self):
        for each in self:
            each.said = trouble(self.env, each.error)

    @api.model
    def _claim(self):
        """Take what is due, for this process alone, and date the next try.

        :return: what to send now
        """
        self.env.flush_all()
        now = self.env.cr.now()
        rows = self.env.execute_query(
            SQL(
                """WITH due AS (
                       SELECT id FROM paypal_ipn_forward due
                        WHERE state = 'waiting' AND next_try <= %(now)s
                          AND NOT EXISTS (
                              SELECT FROM paypal_ipn_forward other
                               WHERE other.url = due.url
                                 AND other.silent_at > %(rest)s)
                        ORDER BY attempts, id LIMIT %(batch)s
                          FOR NO KEY UPDATE OF due SKIP LOCKED)
                   UPDATE paypal_ipn_forward sent
                      SET attempts = attempts + 1,
                          next_try = %(now)s + make_interval(
                              mins => (%(minutes)s::int[])[
                                  least(attempts + 1, %(most)s)])
                     FROM due WHERE sent.id = due.id
                RETURNING sent.id""",
                now=now,
                rest=now - REST,
                batch=BATCH,
                minutes=list(RETRY_MINUTES),
                most=len(RETRY_MINUTES),
            )
        )
        self.invalidate_model()
        return self.browse(sorted(id for [id] in rows))

    def _drop_what_stays_here(self):
        """Give up what was erased, and what is for an address that is named no more.

        :return: what can still be sent
        """
        erased = self.filtered("ipn_id.erased_at")
        unnamed = (self - erased).filtered(
            lambda it: it.url not in it.company_id._paypal_forward_urls()
        )
        error = self.env._("The personal data was erased.")
        erased.write({"state": "failed", "error": error})
        error = self.env._("The company does not name this address any more.")
        unnamed.write({"state": "failed", "error": error})
        return self - erased - unnamed

    def _send(self):
        """Send these on; no lock is held and no transaction is open meanwhile."""
        jobs = [(each.ipn_id._body_bytes(), each.url) for each in self]
        self.env["ir.cron"]._commit_progress()
        outcomes = forward.forward_many(jobs)
        mine = lock_and_reread(self)
        for each, error in zip(self, outcomes, strict=True):
            if each in mine:
                each._note(error)
        self.env["ir.cron"]._commit_progress()

    def _note(self, error):
        """:param str error: why it was not taken; '' when it was"""
        now = self.env.cr.now()
        answered = forward.is_answer(error)
        values = {"error": error or False, "silent_at": not answered and now}
        if not error:
            values |= {"state": "sent", "sent_at": now}
        elif self.attempts > len(RETRY_MINUTES):
            values["state"] = "failed"
        self.write(values)

    @api.autovacuum
    def _gc_forwards(self):
        """Forget what was sent, or given up, a month ago."""
        old = fields.Datetime.now() - KEPT_FOR
        done = [("state", "!=", "waiting"), ("create_date", "<", old)]
        gone = self.search(done, limit=GONE_AT_ONCE)
        count = len(gone)
        gone.unlink()
        return count, count == GONE_AT_ONCE


class PaypalIpn(models.Model):
    """What PayPal stands by goes on to whom the company names, in the background."""

    _inherit = "paypal.ipn"

    forward_ids = fields.One2many(
        "paypal.ipn.forward",
        "ipn_id",
        "Sent On",
        readonly=True,
        groups="caspit_paypal_ipn.group_paypal_ipn_manager",
    )

    def _have_forwarded(self):
        """Note where this message is to go on to; nothing is sent here."""
        urls = self.company_id._paypal_forward_urls()
        if not (urls and self._source().is_forwarded):
            return
        forwards = self.env["paypal.ipn.forward"].sudo()
        known = forwards.search([("ipn_id", "=", self.id)]).mapped("url")
        fresh = [url for url in urls if url not in known]
        forwards.create(
            [
                {
                    "ipn_id": self.id,
                    "company_id": self.company_id.id,
                    "url": url,
                    "next_try": self.env.cr.now(),
                }
                for url in fresh
            ]
        )
        if fresh:
            self._wake("_cron_forward")

    @api.model
    def _cron_forward(self):
        """Send on what is due, until nothing is."""
        self._work_due((self._work_forwards,), self._wake_forwarding)

    @api.model
    def _wake_forwarding(self):
        self._wake("_cron_forward")

    @api.model
    def _work_forwards(self):
        """:return: how many messages were sent on, or tried to be"""
        claimed = self.env["paypal.ipn.forward"].sudo()._claim()
        claimed._drop_what_stays_here()._send()
        return len(claimed)
