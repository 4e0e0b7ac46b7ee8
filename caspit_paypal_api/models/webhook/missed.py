# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models

from ...rest import const
from ..walk import aware, naive

#: From one look to the next, and how far back each goes: PayPal tries for three days.
EVERY = timedelta(minutes=55)
BACK = timedelta(days=3)
#: An event that is younger may be on its way.
ON_ITS_WAY = timedelta(minutes=10)
#: How often one event is asked for, and how many at a time.
MOST_ASKED = 3
ASKED_AT_ONCE = 50
KEPT_FOR = timedelta(days=30)


class PaypalApiEvent(models.Model):
    """An event that PayPal has sent, and that did not come."""

    _name = "paypal.api.event"
    _inherit = ["caspit.facts"]
    _description = "Missed PayPal Event"
    _order = "created_at desc, id desc"
    _rec_name = "event_id"

    connection_id = fields.Many2one(
        "paypal.api.connection",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="connection_id.company_id", store=True)
    event_id = fields.Char(required=True, readonly=True)
    event_type = fields.Char(readonly=True)
    summary = fields.Char(readonly=True)
    created_at = fields.Datetime("Happened", readonly=True)
    asked = fields.Integer("Asked For Again", readonly=True, default=0)
    asked_at = fields.Datetime("Last Asked For", readonly=True)
    ipn_id = fields.Many2one(
        "paypal.ipn", "Came As", readonly=True, index=True, ondelete="set null"
    )

    _event_unique = models.UniqueIndex("(connection_id, event_id)")

    @api.autovacuum
    def _gc_events(self):
        """Forget what is a month old."""
        old = fields.Datetime.now() - KEPT_FOR
        self.search([("create_date", "<", old)]).unlink()


class PaypalApiConnection(models.Model):
    """What PayPal says it has sent is held against what came, and asked for again."""

    _inherit = "paypal.api.connection"

    event_ids = fields.One2many("paypal.api.event", "connection_id", readonly=True)
    missed_count = fields.Integer("Missed Events", compute="_compute_missed_count")
    events_at = fields.Datetime("Events Looked Over", readonly=True, copy=False)

    @api.depends("event_ids.ipn_id")
    def _compute_missed_count(self):
        for connection in self:
            missed = connection.event_ids.filtered(lambda it: not it.ipn_id)
            connection.missed_count = len(missed)

    def action_webhooks_missed(self):
        """Look what was missed, have it sent again, and show it."""
        self.ensure_one()
        self.check_access("write")
        self.sudo()._switch_webhooks(self.sudo()._look_for_missed)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "caspit_paypal_api.paypal_api_event_action"
        )
        return {**action, "domain": [("connection_id", "=", self.id)]}

    def _step_missed(self, _deadline):
        """Look each hour.

        :raise RestError: PayPal does not answer well
        """
        now = self.env.cr.now()
        due = not self.events_at or now - self.events_at >= EVERY
        if self.state == "connected" and self.webhook_state == "on" and due:
            self._commit()
            with self._paypal() as paypal:
                if const.SCOPE_WEBHOOKS in paypal.connect():
                    self._look_for_missed(paypal)

    def _look_for_missed(self, paypal):
        """Ask for what PayPal has sent and what is not here.

        :raise RestError: PayPal does not answer well
        """
        if not self._is_still_subscribed(paypal):
            return
        now = self.env.cr.now()
        end = now - ON_ITS_WAY
        self._note_events(paypal.events(aware(now - BACK), aware(end)))
        self._find_events()
        missing = self.event_ids.filtered(
            lambda it: not it.ipn_id and it.asked < MOST_ASKED
        )
        for event in missing[:ASKED_AT_ONCE]:
            paypal.resend(event.event_id, self.webhook_id)
            event.write({"asked": event.asked + 1, "asked_at": now})
        self.events_at = now

    def _is_still_subscribed(self, paypal):
        """Whether PayPal still sends here: anybody may delete it in the dashboard."""
        known = {one.webhook_id for one in paypal.subscriptions()}
        if self.webhook_id in known:
            return True
        if self.webhook_id:
            self._webhook_trouble("gone")
        return False

    def _note_events(self, sent):
        """Note events that are not here, once.

        :param sent: what PayPal says it has sent, :class:`...rest.Missed`
        """
        known = set(self.event_ids.mapped("event_id"))
        fresh = [
            event
            for event in sent
            if event.event_type in const.EVENT_TYPES
            and event.event_id not in known
            and self._is_since(event.created_at)
        ]
        came = self._came_as([event.event_id for event in fresh])
        self.env["paypal.api.event"].create(
            [
                {
                    "connection_id": self.id,
                    "event_id": event.event_id,
                    "event_type": event.event_type,
                    "summary": event.summary[:200],
                    "created_at": naive(event.created_at),
                }
                for event in fresh
                if event.event_id not in came
            ]
        )

    def _is_since(self, moment):
        """:return: whether webhooks were on already at an aware moment, or none"""
        since = self.webhook_since
        return bool(since and moment and naive(moment) >= since)

    def _find_events(self):
        """Note what came after all."""
        missing = self.event_ids.filtered(lambda it: not it.ipn_id)
        came = self._came_as(missing.mapped("event_id"))
        for event in missing.filtered(lambda it: it.event_id in came):
            event.ipn_id = came[event.event_id]

    def _came_as(self, event_ids):
        """:return: what events came as, unless refused, by the event's id"""
        ipns = self.env["paypal.ipn"].search(
            [
                ("webhook_event_id", "in", event_ids),
                ("company_id", "=", self.company_id.id),
                ("state", "!=", "refused"),
            ]
        )
        return {ipn.webhook_event_id: ipn for ipn in ipns}
