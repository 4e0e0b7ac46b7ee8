# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PayPal's calls around webhooks: subscribe, prove, what was missed, an order."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from . import const, values
from .http import RestError

_ID = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-")


class Subscription(NamedTuple):
    """An address that an app's events go to.

    :ivar types: names of the events; ``*`` is all of them
    """

    webhook_id: str
    url: str
    types: frozenset[str]


class Missed(NamedTuple):
    """An event that PayPal has sent, or tried to.

    :ivar created_at: in UTC, or None
    """

    event_id: str
    event_type: str
    summary: str
    created_at: datetime | None


class WebhookCalls:
    """What :class:`.client.PayPal` knows of webhooks."""

    def subscriptions(self) -> list[Subscription]:
        """Every address that this app's events go to, ten at most.

        :raise RestError: PayPal gave none
        """
        answer = self._ask(const.WEBHOOKS_PATH)
        return [
            _subscription(one)
            for one in values.items(values.part(answer, "webhooks"))
            if values.text(one, "id")
        ]

    def subscribe(self, url: str, types: Iterable[str]) -> Subscription:
        """Have this app's events sent to an address.

        :raise RestError: PayPal does not take it
        """
        events = [{"name": name} for name in types]
        asked = {"url": url, "event_types": events}
        found = _subscription(self._tell("POST", const.WEBHOOKS_PATH, asked))
        if not found.webhook_id:
            raise RestError(const.NO_ANSWER, "an answer without an id")
        return found

    def change_types(self, webhook_id: str, types: Iterable[str]) -> None:
        """Have other events sent to an address.

        :raise RestError: PayPal does not take it
        """
        events = [{"name": name} for name in types]
        change = [{"op": "replace", "path": "/event_types", "value": events}]
        self._tell("PATCH", f"{const.WEBHOOKS_PATH}/{_plain(webhook_id)}", change)

    def unsubscribe(self, webhook_id: str) -> None:
        """Have no more events sent to an address; one that is gone is gone.

        :raise RestError: PayPal does not take it
        """
        try:
            self._tell("DELETE", f"{const.WEBHOOKS_PATH}/{_plain(webhook_id)}")
        except RestError as error:
            if error.status != 404:
                raise

    def proves(self, body: bytes, headers: Mapping[str, str], webhook_id: str) -> bool:
        """Ask PayPal whether it signed a message.

        The event goes back as it came: written anew, a number or a letter may differ.

        :param headers: as :func:`.signature.check_signature` takes them
        :raise RestError: PayPal does not say
        """
        told = {
            name.removeprefix("paypal-").replace("-", "_"): str(text)
            for name, text in headers.items()
            if name.startswith("paypal-")
        }
        told["webhook_id"] = webhook_id
        start = json.dumps(told).encode().removesuffix(b"}")
        question = start + b', "webhook_event": ' + body + b"}"
        answer = self._tell("POST", const.VERIFY_PATH, question)
        status = values.text(answer, "verification_status")
        if status not in ("SUCCESS", "FAILURE"):
            raise RestError(const.NO_ANSWER, "neither SUCCESS nor FAILURE")
        return status == "SUCCESS"

    def events(self, start: datetime, end: datetime) -> list[Missed]:
        """The events of a time, the latest first; the oldest of very many are left out.

        :param start: with a time zone, as is ``end``
        :raise RestError: PayPal gave none
        """
        found: dict[str, Missed] = {}
        for _page in range(const.EVENTS_PAGES):
            page = self._events_page(start, end)
            fresh = {one.event_id: one for one in page if one.event_id not in found}
            found |= fresh
            moments = [one.created_at for one in page if one.created_at]
            if len(page) < const.EVENTS_PAGE_SIZE or not fresh or not moments:
                break
            end = min(moments) + timedelta(seconds=1)
        return list(found.values())

    def _events_page(self, start: datetime, end: datetime) -> list[Missed]:
        """:raise RestError: PayPal gave none"""
        answer = self._ask(
            const.EVENTS_PATH,
            page_size=const.EVENTS_PAGE_SIZE,
            start_time=values.written(start),
            end_time=values.written(end),
        )
        return [
            Missed(
                values.text(one, "id"),
                values.text(one, "event_type"),
                values.text(one, "summary"),
                values.moment(one.get("create_time")),
            )
            for one in values.items(values.part(answer, "events"))
            if values.text(one, "id")
        ]

    def resend(self, event_id: str, webhook_id: str) -> None:
        """Have an event sent once more.

        :raise RestError: PayPal does not take it
        """
        path = f"{const.EVENTS_PATH}/{_plain(event_id)}/resend"
        self._tell("POST", path, {"webhook_ids": [webhook_id]})

    def order(self, order_id: str) -> dict:
        """An order that this very app made.

        :raise RestError: PayPal does not show it
        """
        return self._ask(f"{const.ORDERS_PATH}/{_plain(order_id)}")


def _plain(name: str) -> str:
    """:raise RestError: it is no id that may stand in a path"""
    if not name or not set(name) <= _ID:
        raise RestError(const.REFUSED, "no id of PayPal's")
    return name


def _subscription(answer: dict) -> Subscription:
    types = values.items(values.part(answer, "event_types"))
    return Subscription(
        values.text(answer, "id"),
        values.text(answer, "url"),
        frozenset(values.text(one, "name") for one in types),
    )
