# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import contextlib
from dataclasses import replace
from urllib.parse import urlencode

from odoo import fields, models
from odoo.addons.caspit_paypal_ipn.models.sources import Source
from odoo.addons.caspit_paypal_ipn.paypal import MalformedMessage, Message

from ...rest import NotAnEvent, const, read_event, words_of

#: Beside PayPal's headers: which connection the address was subscribed for.
ACCOUNT = "account"


class Webhook(Source):
    """PayPal's webhook: an event of the merchant's own app, with a signature."""

    code = "webhook"
    label = "PayPal's webhook"
    needs_proof = True
    headers = const.WEBHOOK_HEADERS

    def message_of(self, ipn):
        """Read an event as the IPN that says the same.

        Whom it is for it may not say: then it is for whom the address was subscribed.
        """
        try:
            words = self.fields_of(ipn) if ipn.erased_at else self._words(ipn)
        except NotAnEvent as error:
            raise MalformedMessage(str(error)) from None
        text = urlencode(words, encoding="utf-8", errors="replace")
        message = Message.parse(text.encode("ascii"))
        kind = ipn.kind if ipn.erased_at else words.get(const.EVENT_KIND_FIELD)
        return replace(message, kind=kind) if kind else message

    def fields_of(self, ipn):
        if not ipn.erased_at:
            with contextlib.suppress(NotAnEvent):
                return self._words(ipn)
        return super().fields_of(ipn)

    def _words(self, ipn):
        """:raise NotAnEvent: it cannot be read"""
        connection = ipn._webhook_connection()
        words = words_of(read_event(ipn._body_bytes()))
        if not (words.get("receiver_id") or words.get("receiver_email")):
            words |= self._receiver(connection.company_id)
        if connection.is_sandbox:
            words["test_ipn"] = "1"
        return {**words, **(ipn.webhook_details or {})}

    @staticmethod
    def _receiver(company):
        found = {
            "receiver_id": company.paypal_merchant_id or "",
            "receiver_email": (company._paypal_emails() if company else [""])[0],
        }
        return {name: text for name, text in found.items() if text}

    def proof(self, ipns):
        return ipns._webhook_proof()


class PaypalIpn(models.Model):
    """A message that came as an event."""

    _inherit = "paypal.ipn"

    webhook_event_id = fields.Char(
        "Event", readonly=True, index="btree_not_null", copy=False
    )
    webhook_details = fields.Json(
        readonly=True,
        copy=False,
        groups="caspit_paypal_ipn.group_paypal_ipn_manager",
        help="Who bought and what, which an event does not say.",
    )

    def _is_event(self):
        """:return: whether this message came as an event, and is still one"""
        return isinstance(self._source(), Webhook) and not self.erased_at

    def _event(self):
        """:return: the event that this message came as"""
        return read_event(self._body_bytes())

    def _webhook_connection(self):
        """The connection that the address of an event was subscribed for, or none.

        Where the address names none there may be just one that it can be.
        """
        connections = self.env["paypal.api.connection"].sudo()
        named = str((self.sudo().headers or {}).get(ACCOUNT, ""))
        if named.isdecimal() and len(named) < 10:
            return connections.browse(int(named)).exists()
        found = connections.search([("webhook_id", "!=", False)], limit=2)
        return found if len(found) == 1 else connections.browse()

    def _read(self):
        """Note which event it was: what PayPal lists as sent is looked for by that."""
        result = super()._read()
        if self.state == "received" and self._is_event():
            self.webhook_event_id = self._event().event_id[:60] or False
        return result

    def _erase_personal_data(self):
        result = super()._erase_personal_data()
        self.filtered("webhook_details").webhook_details = False
        return result
