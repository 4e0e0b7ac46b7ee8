"""PayPal's webhooks: subscriptions, events that are signed and sent, what was missed.

What is asked wrongly is refused as PayPal refuses it; what is sent is signed by
:mod:`.api_signer`.
"""

import json
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

import requests

from tools.standin import api_signer
from tools.standin.api_answers import Answer, Refusal, invalid, number
from tools.standin.api_moves import read_moment, written

WEBHOOKS_SCOPE = "https://uri.paypal.com/services/applications/webhooks"
WEBHOOKS = "/v1/notifications/webhooks"
EVENTS = "/v1/notifications/webhooks-events"
VERIFY = "/v1/notifications/verify-webhook-signature"
ORDERS = "/v2/checkout/orders/"
MOST = 10
NOT_THERE = (404, "RESOURCE_NOT_FOUND", "The specified resource does not exist.")


class Sent(NamedTuple):
    """An event as it goes over the wire."""

    body: bytes
    headers: dict[str, str]


class Webhooks:
    """What :class:`.api.PayPalApi` knows of webhooks.

    :ivar base_url: of this stand-in, where its certificates are
    :ivar webhooks: subscriptions by id
    :ivar events: every event, by id
    :ivar orders: orders that the app may read, by id
    :ivar signs: what was signed, so that it can be asked about
    """

    def __init__(self):
        self.base_url = ""
        self.webhooks: dict[str, dict] = {}
        self.events: dict[str, dict] = {}
        self.orders: dict[str, dict] = {}
        self.signs: dict[str, bytes] = {}
        self.resends: list[tuple[dict, list[dict]]] = []

    # === SENDING === #

    def event(self, event_type: str, resource: dict, **more) -> dict:
        """Make an event of the account, without sending it.

        :param more: parts of the envelope that differ
        """
        event = {
            "id": f"WH-{secrets.token_hex(8).upper()}-{secrets.token_hex(8).upper()}",
            "event_version": "1.0",
            "create_time": written(self.now()),
            "resource_type": event_type.split(".")[1].lower(),
            "event_type": event_type,
            "summary": f"{event_type} of the stand-in",
            "resource": resource,
            **more,
        }
        self.events[event["id"]] = event
        return event

    def sign(
        self,
        event: dict,
        webhook_id: str,
        *,
        certificate: str = "good",
        host: str = "",
        age: timedelta = timedelta(0),
        key: str = "signer",
    ) -> Sent:
        """Sign an event for one subscription.

        :param certificate: of :data:`.api_signer.KINDS`
        :param host: where the message says that its certificate is; none: here
        :param age: how long ago it was sent
        :param key: whose key signs
        """
        body = json.dumps(event, separators=(",", ":")).encode()
        transmission = secrets.token_hex(16)
        url = f"{host or self.base_url}{api_signer.PATH}{certificate}"
        sent_at: datetime = self.now() - age
        if key == "signer":
            self.signs[transmission] = body
        headers = api_signer.headers_of(
            body, webhook_id, transmission, sent_at, url, key
        )
        return Sent(body, headers)

    def emit(self, event_type: str, resource: dict, **more) -> list[int]:
        """Make an event and send it to every address that wants it.

        :return: the statuses of the answers
        """
        event = self.event(event_type, resource, **more)
        return [
            self._send(event, webhook)
            for webhook in list(self.webhooks.values())
            if {"*", event_type} & {each["name"] for each in webhook["event_types"]}
        ]

    def _send(self, event: dict, webhook: dict) -> int:
        sent = self.sign(event, webhook["id"])
        with requests.Session() as session:
            session.trust_env = False
            return session.post(
                webhook["url"],
                data=sent.body,
                headers=sent.headers,
                allow_redirects=False,
                timeout=20,
            ).status_code

    # === ANSWERING === #

    def webhook_answer(self, method: str, path: str, params: dict, raw: bytes):
        """Answer a call about webhooks; None where it is about something else."""
        if method == "GET" and path.startswith(ORDERS):
            order = self.orders.get(path.removeprefix(ORDERS))
            if order is None:
                raise Refusal(*NOT_THERE)
            return Answer(200, order)
        if path == VERIFY and method == "POST":
            self._check_scope()
            return self._verify(raw)
        if path.startswith(EVENTS):
            self._check_scope()
            return self._events(method, path.removeprefix(EVENTS), params, raw)
        if path.startswith(WEBHOOKS):
            self._check_scope()
            return self._webhooks(method, path.removeprefix(WEBHOOKS).strip("/"), raw)
        return None

    def certificate(self, path: str):
        """A certificate, for which nobody needs a token; None for other paths."""
        if not path.startswith(api_signer.PATH):
            return None
        try:
            return api_signer.pem_of(path.removeprefix(api_signer.PATH))
        except KeyError:
            return b""

    def _check_scope(self):
        if WEBHOOKS_SCOPE not in self.scopes:
            text = "Authorization failed due to insufficient permissions."
            raise Refusal(403, "NOT_AUTHORIZED", text)

    def _webhooks(self, method, webhook_id, raw):
        if not webhook_id and method == "GET":
            return Answer(200, {"webhooks": list(self.webhooks.values())})
        if not webhook_id:
            return self._subscribe(json.loads(raw))
        if webhook_id not in self.webhooks:
            raise Refusal(*NOT_THERE)
        if method == "DELETE":
            del self.webhooks[webhook_id]
            return Answer(204, {})
        webhook = self.webhooks[webhook_id]
        if method == "PATCH":
            for change in json.loads(raw):
                webhook[change["path"].strip("/")] = change["value"]
        return Answer(200, webhook)

    def _subscribe(self, asked):
        if not asked["url"].startswith(
            ("https://", "http://127.0.0.1", "http://localhost")
        ):
            raise Refusal(400, "VALIDATION_ERROR", "Not a valid webhook URL")
        if any(each["url"] == asked["url"] for each in self.webhooks.values()):
            text = "Webhook URL already exists"
            raise Refusal(400, "WEBHOOK_URL_ALREADY_EXISTS", text)
        if len(self.webhooks) >= MOST:
            text = "Maximum number of webhooks exceeded."
            raise Refusal(400, "WEBHOOK_NUMBER_LIMIT_EXCEEDED", text)
        webhook = {"id": secrets.token_hex(9).upper()[:17], **asked}
        self.webhooks[webhook["id"]] = webhook
        return Answer(201, webhook)

    def _verify(self, raw):
        """Whether this very event was signed, by the bytes that it was sent with."""
        asked = json.loads(raw)
        start = raw.index(b'"webhook_event": ') + len(b'"webhook_event": ')
        known = self.signs.get(asked.get("transmission_id"))
        is_mine = asked.get("webhook_id") in self.webhooks
        good = is_mine and known is not None and known == raw[start:-1]
        return Answer(200, {"verification_status": "SUCCESS" if good else "FAILURE"})

    def _events(self, method, rest, params, raw):
        if method == "GET" and not rest:
            size = number(params, "page_size", 10, 300)
            since = read_moment(params.get("start_time", "2000-01-01T00:00:00Z"))
            until = read_moment(params.get("end_time", "2999-01-01T00:00:00Z"))
            found = [
                event
                for event in self.events.values()
                if since <= read_moment(event["create_time"]) <= until
            ]
            found.sort(key=lambda event: event["create_time"], reverse=True)
            return Answer(200, {"events": found[:size], "count": len(found[:size])})
        event = self.events.get(rest.strip("/").removesuffix("/resend"))
        if event is None or not rest.endswith("/resend"):
            raise Refusal(*NOT_THERE)
        wanted = json.loads(raw or b"{}").get("webhook_ids") or list(self.webhooks)
        if not set(wanted) <= set(self.webhooks):
            raise invalid("Unknown webhook id")
        self.resends.append((event, [self.webhooks[each] for each in wanted]))
        return Answer(202, event)

    def send_resends(self) -> int:
        """Send what was asked for once more; PayPal does so after it has answered.

        :return: how many
        """
        waiting, self.resends = self.resends, []
        for event, webhooks in waiting:
            for webhook in webhooks:
                self._send(event, webhook)
        return len(waiting)
