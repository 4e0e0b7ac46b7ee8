# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from werkzeug.exceptions import RequestEntityTooLarge

from odoo import http
from odoo.http import request

from ..paypal import const

_logger = logging.getLogger(__name__)


class RawBodyDispatcher(http.HttpDispatcher):
    """Runs a route without parsing the form that it was sent.

    Odoo reads a form before the controller runs, and the bytes are gone then; a body
    that is not UTF-8 even ends in an error. The post-back needs the bytes unchanged,
    and only they tell which charset they are in.
    """

    routing_type = "caspit_raw_body"
    mimetypes = ()

    def dispatch(self, endpoint, args):
        self.request.params = dict(args)
        return self.request.registry["ir.http"]._dispatch(endpoint)


class PaypalIpnController(http.Controller):
    """The Instant Payment Notification listener: keep the bytes, answer 200.

    PayPal takes anything but an empty 200 within 20 seconds for a failure, sends
    again, and in the end switches IPN off for the account. So nothing here reads
    the message, talks to the network or touches the books.
    """

    @http.route(
        "/PayPal/IPN",
        type=RawBodyDispatcher.routing_type,
        auth="none",
        csrf=False,
        readonly=False,
        save_session=False,
        max_content_length=const.MAX_BODY_BYTES,
    )
    def paypal_ipn(self):
        http_request = request.httprequest
        if http_request.method != "POST":
            return self._answer(
                405, "PayPal IPN listener: POST only", {"Allow": "POST"}
            )
        try:
            body = http_request.get_data()
        except RequestEntityTooLarge:
            body, refusal = b"", (413, "the body is too long")
        else:
            refusal = self._refusal(http_request, body)
        if refusal:
            status, sentence = refusal
            _logger.warning("PayPal IPN: %s (HTTP %s)", sentence, status)
            if status == 413:
                request.env["paypal.ipn.turned.away"].sudo()._note(body, sentence)
            return self._answer(status, sentence)
        request.env["paypal.ipn"]._receive(
            body, sender=http_request.remote_addr, at_once=True
        )
        return self._answer(200, "")

    @staticmethod
    def _refusal(http_request, body):
        """Say why a body cannot be a message.

        One that comes in chunks names no length, and is cut at the limit in silence.

        :return: an HTTP status and a sentence without any of the body, or None
        """
        if http_request.mimetype != const.CONTENT_TYPE:
            return 415, f"a message is sent as {const.CONTENT_TYPE}"
        if not body:
            return 400, "the body is empty"
        cut = http_request.content_length is None
        if cut and len(body) >= const.MAX_BODY_BYTES:
            return 413, "the body is too long"
        if body.count(b"&") >= const.MAX_FIELDS:
            return 413, f"a message has at most {const.MAX_FIELDS} fields"
        return None

    @staticmethod
    def _answer(status, text, headers=None):
        return request.make_response(
            text,
            headers={"Content-Type": "text/plain; charset=utf-8", **(headers or {})},
            status=status,
        )
