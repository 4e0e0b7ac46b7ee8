# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import Counter, defaultdict

from odoo import api, fields, models

from ..locking import lock_and_reread
from ..words import READ_AGAIN, notification
from .paypal_ipn import LINE_STATES, SIDE_STATES

RETRY_BATCH = 50


class PaypalIpnRetry(models.Model):
    """One press on Retry for many messages, and how far it has come."""

    _name = "paypal.ipn.retry"
    _description = "PayPal Retry"
    _order = "id desc"

    create_uid = fields.Many2one("res.users", "Started By", readonly=True)
    create_date = fields.Datetime("Started", readonly=True)
    company_id = fields.Many2one(
        "res.company",
        readonly=True,
        index="btree_not_null",
        help="Empty when the messages are of several companies.",
    )
    ipn_ids = fields.One2many("paypal.ipn", "retry_id", "Messages", readonly=True)
    total = fields.Integer("Selected", readonly=True)
    skipped = fields.Integer(
        readonly=True, help="They were done already, or being worked just then."
    )

    # === HOW FAR IT IS === #
    retried = fields.Integer("Put Back on the Line", compute="_compute_figures")
    under_way = fields.Integer("Still Under Way", compute="_compute_figures")
    done = fields.Integer(compute="_compute_figures")
    attention = fields.Integer("Need Attention Again", compute="_compute_figures")
    aside = fields.Integer("Ignored, Refused or Blocked", compute="_compute_figures")
    waiting = fields.Integer(
        "Tried Again Later",
        compute="_compute_figures",
        help="PayPal did not answer, or a mail could not be made. They are tried again "
        "by themselves.",
    )
    progress = fields.Integer(compute="_compute_figures", help="In percent.")
    is_running = fields.Boolean(compute="_compute_figures")

    # === COMPUTE METHODS === #

    @api.depends("total")
    def _compute_display_name(self):
        for retry in self:
            retry.display_name = self.env._("Retry of %s messages", retry.total)

    @api.depends("total", "skipped", "ipn_ids.state", "ipn_ids.is_to_retry")
    def _compute_figures(self):
        """Count on the index of ``retry_id``, without reading a message.

        A message that a later retry has taken over counts as finished here.
        """
        figures = defaultdict(Counter)
        groups = (
            self.env["paypal.ipn"]
            .sudo()
            ._read_group(
                [("retry_id", "in", self.ids)],
                ["retry_id", "state", "reason", "is_to_retry"],
                ["__count"],
            )
        )
        for retry, state, reason, is_to_retry, count in groups:
            figures[retry.id][self._figure_of(state, reason, is_to_retry)] += count
        for retry in self:
            counts = figures[retry.id]
            retry.retried = retry.total - retry.skipped - counts["queued"]
            retry.under_way = counts["under_way"] + counts["queued"]
            for figure in ("done", "attention", "aside", "waiting"):
                retry[figure] = counts[figure]
            retry.is_running = bool(retry.under_way)
            left = retry.under_way / retry.total if retry.total else 0
            # Rounded down, so that 100 % is the end and nothing before it.
            retry.progress = int(100 * (1 - left) + 1e-9)

    @staticmethod
    def _figure_of(state, reason, is_to_retry):
        """:return: the figure that a message in this state belongs to"""
        if is_to_retry:
            return "queued"
        if state in LINE_STATES:
            return "waiting" if reason else "under_way"
        return state if state in ("done", "attention") else "aside"

    # === ACTIONS === #

    def action_open_messages(self):
        """Open the messages that were retried."""
        return self._open_messages([])

    def action_open_attention(self):
        """Open those that need attention again."""
        return self._open_messages([("state", "=", "attention")])

    def _open_messages(self, domain):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "paypal.ipn",
            "view_mode": "list,form",
            "domain": [("retry_id", "=", self.id), *domain],
        }


class PaypalIpn(models.Model):
    """Retry, of one message or of hundreds."""

    _inherit = "paypal.ipn"

    retry_id = fields.Many2one(
        "paypal.ipn.retry", readonly=True, index="btree_not_null"
    )
    is_to_retry = fields.Boolean(
        readonly=True, help="A worker is about to put it back on the line."
    )

    _to_retry_index = models.Index("(id) WHERE is_to_retry IS TRUE")

    # === BUSINESS METHODS === #

    def _retry_many(self):
        """Note which messages are to be retried; the worker does the rest.

        What is done, on its way, or in a worker's hand is left alone and counted as
        skipped. So two people who select the same messages do no harm.

        :return: the action that opens the ``paypal.ipn.retry``
        """
        free = lock_and_reread(self.sudo())
        chosen = free.filtered(lambda ipn: ipn._can_retry() and not ipn.is_to_retry)
        companies = set(self.sudo().mapped(lambda ipn: ipn.company_id.id))
        retry = (
            self.env["paypal.ipn.retry"]
            .sudo()
            .create(
                {
                    "company_id": companies.pop() if len(companies) == 1 else False,
                    "total": len(self),
                    "skipped": len(self) - len(chosen),
                }
            )
        )
        chosen.write({"retry_id": retry.id, "is_to_retry": True})
        self._wake_worker()
        return retry.sudo(False)._get_records_action(name=retry.display_name)

    def _can_retry(self):
        """Whether the message stands aside, waits, or has a mail that did not go."""
        self.ensure_one()
        return bool(
            self.state in SIDE_STATES
            or (self.state in LINE_STATES and self.reason)
            or self._failed_mails()
        )

    @api.model
    def _work_retries(self):
        """Put a batch of what is to be retried back on the line.

        :return: how many messages were taken
        """
        asked_for = [("is_to_retry", "=", True)]
        chosen = self.search(asked_for, limit=RETRY_BATCH, order="id")
        chosen = lock_and_reread(chosen).filtered("is_to_retry")
        chosen.is_to_retry = False
        chosen._retry_now()
        return len(chosen)

    def _retry_now(self):
        """Put messages back on the line, bring their next try forward, mail again.

        :return: the messages that go on, and the ``mail.mail`` that go out again
        """
        going_on = self.filtered(lambda ipn: ipn.state in (*SIDE_STATES, *LINE_STATES))
        self.filtered(lambda ipn: ipn.state in SIDE_STATES)._resume()
        waiting = self.filtered(lambda ipn: ipn.state in LINE_STATES)
        if waiting:
            waiting.next_try = self.env.cr.now()
            self._wake_worker()
        if waiting.filtered(lambda ipn: ipn.state == "booked"):
            self._wake_delivery()
        return going_on, self._retry_mails()

    @api.model
    def _retry_told(self, going_on, mails):
        """Say what Retry did.

        :param going_on: messages that are tried again
        :param mails: that are sent again
        :return: the action that shows it, and reads the screen again
        """
        said = []
        if going_on:
            said.append(self.env._("Messages that are tried again: %s.", len(going_on)))
        if mails:
            said.append(self.env._("Mails that are sent again: %s.", len(mails)))
        nothing = self.env._("There was nothing to try again.")
        kind = "success" if said else "info"
        return notification(" ".join(said) or nothing, kind, next=READ_AGAIN)
