# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from werkzeug.exceptions import RequestEntityTooLarge

from odoo import http
from odoo.addons.caspit_paypal_ipn.controllers.ipn import RawBodyDispatcher
from odoo.http import request

from ..models.webhook.source import ACCOUNT, Webhook
from ..rest import const

_logger = logging.getLogger(__name__)


class PaypalWebhookController(http.Controller):
    """PayPal's webhooks: keep the bytes and what signs them, answer 200.

    Whether it is PayPal's is found out in the line. Nothing here reads the event, talks
    to the network or touches the books.
    """

    @http.route(
        ["/PayPal/Webhook", "/PayPal/Webhook/<int:account>"],
        type=RawBodyDispatcher.routing_type,
        auth="none",
        csrf=False,
        readonly=False,
        save_session=False,
        max_content_length=const.MAX_EVENT_BYTES,
    )
    def paypal_webhook(self, account=0):
        """
        :param account: the connection that the address was subscribed for; it helps to
            find whom an event is for, and proves nothing
        """
        asked = request.httprequest
        if asked.method != "POST":
            return self._answer(405, "PayPal webhook: POST only", {"Allow": "POST"})
        try:
            body = asked.get_data()
        except RequestEntityTooLarge:
            return self._refuse(413, "the body is too long")
        headers = {
            name: asked.headers.get(name, "")[: 2 * most]
            for name, most in Webhook.headers.items()
        }
        if not body or asked.mimetype != "application/json":
            return self._refuse(415, "an event is sent as application/json")
        if asked.content_length is None and len(body) >= const.MAX_EVENT_BYTES:
            return self._refuse(413, "the body is too long")
        if not all(headers.values()):
            return self._refuse(400, "an event is sent with a signature")
        if account:
            headers[ACCOUNT] = str(account)
        request.env["paypal.ipn"]._receive(
            body,
            source=Webhook.code,
            headers=headers,
            sender=asked.remote_addr,
            at_once=True,
        )
        return self._answer(200, "")

    def _refuse(self, status, sentence):
        """Answer what cannot be an event; nothing of it is kept."""
        _logger.warning("PayPal webhook: %s (HTTP %s)", sentence, status)
        return self._answer(status, sentence)

    @staticmethod
    def _answer(status, text, headers=None):
        return request.make_response(
            text,
            headers={"Content-Type": "text/plain; charset=utf-8", **(headers or {})},
            status=status,
        )
