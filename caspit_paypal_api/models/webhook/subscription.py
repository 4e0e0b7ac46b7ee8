# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ...rest import RestError, const
from ..sentences import say

_lt = LazyTranslate(__name__)

PATH = "/PayPal/Webhook"
#: Why webhooks are not on, beside what :data:`..sentences.TROUBLES` says.
TROUBLES = {
    "full": _lt(
        "Ten addresses are subscribed for this app already, which is as many as PayPal "
        "takes. Delete one in PayPal's developer dashboard, under the app's webhooks."
    ),
    "no_webhooks": _lt(
        "PayPal does not let this app subscribe to webhooks. Open the app in the "
        "developer dashboard and look at its features; a new one has it."
    ),
    "address": _lt(
        "PayPal sends events to https:// addresses alone, and Odoo's is %(url)s. Give "
        "Odoo a public https:// address (system parameter web.base.url)."
    ),
    "gone": _lt(
        "PayPal has no subscription of this address any more: somebody deleted it in "
        "PayPal's developer dashboard. Switch webhooks on once more."
    ),
}


class PaypalApiConnection(models.Model):
    """Webhooks are switched on: PayPal sends the events of this app here, signed."""

    _inherit = "paypal.api.connection"

    webhook_id = fields.Char(
        "Webhook ID",
        readonly=True,
        copy=False,
        help="PayPal's name for the subscription. Signatures are checked with it.",
    )
    webhook_url = fields.Char("Webhook URL", compute="_compute_webhook_url")
    webhook_state = fields.Selection(
        [("off", "Off"), ("on", "On"), ("trouble", "Do Not Work")],
        "Webhooks",
        required=True,
        readonly=True,
        default="off",
        copy=False,
    )
    webhook_trouble = fields.Char(readonly=True, copy=False)
    webhook_trouble_values = fields.Json(readonly=True, copy=False)
    webhook_explanation = fields.Text(compute="_compute_webhook_explanation")
    webhook_since = fields.Datetime("Webhooks Since", readonly=True, copy=False)
    webhook_checked_at = fields.Datetime("Webhooks Looked At", readonly=True)
    webhook_lines = fields.Selection(
        [
            ("wait", "Wait for PayPal's ledger"),
            ("without", "Make the document without them"),
        ],
        "Buyer and Lines Not in the Event",
        required=True,
        default="wait",
        help="An event does not say who bought and what, and the order may be another "
        "app's. PayPal's ledger says so within four hours.",
    )

    # === COMPUTE METHODS === #

    def _compute_webhook_url(self):
        for connection in self:
            base = connection.company_id.get_base_url()
            connection.webhook_url = f"{base}{PATH}/{connection.id}"

    @api.depends("webhook_trouble", "webhook_trouble_values")
    @api.depends_context("lang")
    def _compute_webhook_explanation(self):
        for connection in self:
            connection.webhook_explanation = connection.webhook_trouble and say(
                self.env,
                connection.webhook_trouble,
                connection.webhook_trouble_values,
                TROUBLES,
            )

    # === ACTIONS === #

    def action_webhooks_on(self):
        """Have the events of this app sent here; the state says how it went."""
        self.ensure_one()
        self.check_access("write")
        me = self.sudo()
        me._switch_webhooks(me._subscribe_webhooks)

    def action_webhooks_off(self):
        """Have no more events sent here."""
        self.ensure_one()
        self.check_access("write")
        me = self.sudo()
        me._switch_webhooks(me._unsubscribe_webhooks)

    # === BUSINESS METHODS === #

    def _switch_webhooks(self, switch):
        """:param switch: a method that asks PayPal, given the open account"""
        if not all(self._credentials()):
            self._webhook_trouble("missing")
            return
        try:
            with self._paypal() as paypal:
                if const.SCOPE_WEBHOOKS not in paypal.connect():
                    self._webhook_trouble("no_webhooks")
                    return
                switch(paypal)
        except RestError as error:
            self._note_webhook_error(error)

    def _subscribe_webhooks(self, paypal):
        """Find our address among those that are subscribed, or subscribe it.

        :raise RestError: PayPal does not take it
        """
        url = self.webhook_url
        if not url.startswith("https://") and not self._is_standin():
            self._webhook_trouble("address", url=url)
            return
        known = paypal.subscriptions()
        ours = [one for one in known if one.url == url]
        if ours:
            found = ours[0]
            if not found.types >= set(const.EVENT_TYPES) and "*" not in found.types:
                paypal.change_types(found.webhook_id, const.EVENT_TYPES)
        elif len(known) >= const.MOST_WEBHOOKS:
            self._webhook_trouble("full")
            return
        else:
            found = paypal.subscribe(url, const.EVENT_TYPES)
        self._webhooks_work("on", found.webhook_id)

    def _unsubscribe_webhooks(self, paypal):
        """:raise RestError: PayPal does not take it"""
        if self.webhook_id:
            paypal.unsubscribe(self.webhook_id)
        self._webhooks_work("off", False)

    def _webhooks_work(self, state, webhook_id):
        """:param webhook_id: PayPal's name for the subscription; another is new"""
        if webhook_id != self.webhook_id:
            self.webhook_since = webhook_id and self.env.cr.now()
        self.write(
            {
                "webhook_state": state,
                "webhook_id": webhook_id,
                "webhook_trouble": False,
                "webhook_trouble_values": False,
                "webhook_checked_at": self.env.cr.now(),
            }
        )

    def _webhook_trouble(self, code, **values):
        self.write(
            {
                "webhook_state": "trouble",
                "webhook_trouble": code,
                "webhook_trouble_values": values or False,
                "webhook_checked_at": self.env.cr.now(),
            }
        )

    def _note_webhook_error(self, error):
        """:param RestError error: what PayPal said"""
        self._webhook_trouble(
            error.code,
            detail=error.detail,
            debug_id=error.debug_id,
            set_to=self._environment(),
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_what_is_off(self):
        """:raise UserError: PayPal would go on sending"""
        if self.sudo().filtered("webhook_id"):
            raise UserError(self.env._("Switch the webhooks off first."))
