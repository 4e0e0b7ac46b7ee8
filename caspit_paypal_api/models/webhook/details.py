# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.caspit_paypal_ipn.models import kinds
from odoo.tools import LazyTranslate

from ...rest import read_dispute

_lt = LazyTranslate(__name__)

WAITS = "awaits_details"
#: PayPal's ledger has a payment within three hours, and is read each hour.
AT_MOST = timedelta(hours=4)


class PaypalIpn(models.Model):
    """An event says what was paid, and not who bought, nor what.

    The order says so, which only the app that made it may read; else PayPal's ledger
    does, some hours later. Until then the document waits, or is made without, as the
    merchant chooses.
    """

    _inherit = "paypal.ipn"

    reason = fields.Selection(
        selection_add=[("awaits_details", "Waits for buyer and lines")]
    )

    @api.model
    def _reason_sentences(self):
        return super()._reason_sentences() | {
            WAITS: _lt(
                "PayPal's event does not say who bought and what. PayPal's ledger "
                "does, within four hours; the document is made then by itself. You may "
                "also have it made at once without: in PayPal's Ledger, under Webhooks."
            )
        }

    def _await_details(self):
        """Hold back the sales whose buyer and lines are to come.

        :return: those that go on
        """
        waiting = self._still_mine("verified").filtered(
            lambda ipn: ipn._lacks_details() and not ipn._take_details()
        )
        for ipn in waiting:
            ipn.write({"reason": WAITS, "reason_values": False, "attempts": 1})
            ipn.next_try = ipn.received_at + AT_MOST
        return self - waiting

    def _lacks_details(self):
        has_money = self._kind().figure == kinds.MONEY_IN
        return has_money and self._is_event() and not self.sudo().webhook_details

    def _take_details(self):
        """Take what the ledger says of this payment.

        :return: whether the message goes on: nothing more is to be waited for
        """
        rows = self.ledger_line_ids.filtered(lambda row: row.kind == "sale")
        if rows:
            own = set(self._source().fields_of(self)) - {"txn_type"}
            self.webhook_details = {
                name: text
                for name, text in rows[0]._message_fields().items()
                if name not in own and not name.startswith(("caspit_", "parent_"))
            }
            return True
        connection = self.env["paypal.api.connection"]._of(self.company_id)
        waits = connection.webhook_lines == "wait" and connection.state == "connected"
        is_over = self.env.cr.now() >= self.received_at + AT_MOST
        return is_over or not waits

    def _note_disputes(self):
        """Keep the cases that events tell of as PayPal has them now."""
        for ipn in self.filtered(lambda ipn: ipn.state in ("done", "ignored")):
            event = ipn._is_event() and ipn._event()
            if event and event.is_dispute and event.resource.get("dispute_id"):
                connection = self.env["paypal.api.connection"]._of(ipn.company_id)
                self.env["paypal.api.dispute"]._take_dispute(
                    connection, read_dispute(event.resource)
                )


class PaypalActivity(models.Model):
    _inherit = "paypal.activity"

    def _wake_waiting(self):
        """The ledger has something new: what waited for it goes on at once."""
        waiting = self.env["paypal.ipn"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "verified"),
                ("reason", "=", WAITS),
            ]
        )
        known = waiting.filtered("ledger_line_ids").try_lock_for_update()
        if known:
            known.next_try = self.env.cr.now()
            known._wake_worker()
