"""What PayPal's API is asked for around webhooks, and what is made of its answers."""

import json
from datetime import datetime, timedelta, timezone

import pytest
from rest import Missed, PayPal, RestError, client, const
from rest_script import Script

UTC = timezone.utc
NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)
URL = "https://shop.example.com/paypal/webhook/1"
TOKEN = {"access_token": "abc", "expires_in": 3600, "scope": "a b"}
WEBHOOK = {
    "id": "8XY12345AB678901C",
    "url": URL,
    "event_types": [{"name": "PAYMENT.SALE.COMPLETED"}, {"name": "A.B"}, "odd"],
}
READ = ("8XY12345AB678901C", URL, {"PAYMENT.SALE.COMPLETED", "A.B"})
JSON = {"Authorization": "Bearer abc", "Content-Type": "application/json"}


@pytest.fixture
def paypal(monkeypatch):
    """``paypal(*answers)``: a client that has a token, and what it asks after that."""

    def make(*answers):
        script = Script(TOKEN, *answers)
        monkeypatch.setattr(client, "Http", lambda host, sleep, timeout: script)
        made = PayPal("https://paypal.example", "id", "secret")
        made.connect()
        script.calls.clear()
        return made, script

    return make


def told(script):
    """The only call: its method, path and JSON."""
    [(method, path, arguments)] = script.calls
    assert arguments.keys() == {"data", "headers"} and arguments["headers"] == JSON
    return method, path, json.loads(arguments["data"] or b"null")


def failing(status):
    return RestError(const.REFUSED, "no", status)


# === SUBSCRIPTIONS === #


def test_every_address_of_the_app_is_read(paypal):
    asking, script = paypal({"webhooks": [WEBHOOK, {"url": URL}, "odd", {"id": "B"}]})
    assert asking.subscriptions() == [READ, ("B", "", set())]
    [call] = script.calls
    bearer = {"Authorization": "Bearer abc"}
    path = "/v1/notifications/webhooks"
    assert call == ("GET", path, {"params": {}, "headers": bearer})
    asking, _script = paypal({})
    assert asking.subscriptions() == []


def test_an_address_is_subscribed_to_events_by_their_names(paypal):
    asking, script = paypal(WEBHOOK)
    assert asking.subscribe(URL, ("A.B", "*")) == READ
    asked = {"url": URL, "event_types": [{"name": "A.B"}, {"name": "*"}]}
    assert told(script) == ("POST", "/v1/notifications/webhooks", asked)


def test_a_subscription_without_an_id_is_none(paypal):
    asking, _script = paypal({**WEBHOOK, "id": ""})
    with pytest.raises(RestError) as caught:
        asking.subscribe(URL, ["*"])
    error = caught.value
    assert (error.code, error.detail) == ("no_answer", "an answer without an id")


def test_the_events_of_an_address_are_replaced(paypal):
    asking, script = paypal({})
    asking.change_types("8XY-1", ["A.B"])
    path = "/v1/notifications/webhooks/8XY-1"
    value = [{"name": "A.B"}]
    change = [{"op": "replace", "path": "/event_types", "value": value}]
    assert told(script) == ("PATCH", path, change)


def test_an_address_that_is_gone_is_given_back(paypal):
    for answer in ({}, failing(404)):
        asking, script = paypal(answer)
        asking.unsubscribe("8XY-1")
        assert told(script) == ("DELETE", "/v1/notifications/webhooks/8XY-1", None)
    asking, _script = paypal(failing(403))
    with pytest.raises(RestError, match="no"):
        asking.unsubscribe("8XY-1")


# === A MESSAGE IS PROVED === #


@pytest.mark.parametrize(("status", "proved"), [("SUCCESS", True), ("FAILURE", False)])
def test_a_message_goes_back_as_it_came(paypal, status, proved):
    asking, script = paypal({"verification_status": status})
    headers = {
        "paypal-auth-algo": "SHA256withRSA",
        "paypal-cert-url": "https://api.paypal.com/x",
        "host": "shop.example.com",
        "x-paypal-y": "z",
    }
    assert asking.proves(b'{"id": 1.10}', headers, "8XY") is proved
    [(method, path, arguments)] = script.calls
    assert (method, path) == ("POST", "/v1/notifications/verify-webhook-signature")
    assert arguments["headers"] == JSON
    assert arguments["data"] == (
        b'{"auth_algo": "SHA256withRSA", "cert_url": "https://api.paypal.com/x",'
        b' "webhook_id": "8XY", "webhook_event": {"id": 1.10}}'
    )


def test_what_is_neither_yes_nor_no_is_no_answer(paypal):
    asking, _script = paypal({"verification_status": "success"})
    with pytest.raises(RestError) as caught:
        asking.proves(b"{}", {}, "8XY")
    error = caught.value
    assert (error.code, error.detail) == ("no_answer", "neither SUCCESS nor FAILURE")


# === WHAT WAS MISSED === #


def sent(number, minutes=None):
    """An event, that many minutes before noon."""
    moment = (
        f"{NOON - timedelta(minutes=minutes):%Y-%m-%dT%H:%M:%SZ}" if minutes else ""
    )
    return {
        "id": f"WH-{number}",
        "event_type": "PAYMENT.SALE.COMPLETED",
        "summary": "Paid",
        "create_time": moment,
    }


def test_the_events_of_a_time_are_read(paypal):
    asking, script = paypal({"events": [sent(1, 5), {"summary": "no id"}, sent(2)]})
    kind = "PAYMENT.SALE.COMPLETED"
    assert asking.events(NOON - timedelta(days=1), NOON) == [
        Missed("WH-1", kind, "Paid", NOON - timedelta(minutes=5)),
        Missed("WH-2", kind, "Paid", None),
    ]
    [(method, path, arguments)] = script.calls
    assert (method, path) == ("GET", "/v1/notifications/webhooks-events")
    assert arguments["params"] == {
        "page_size": 100,
        "start_time": "2026-09-30T12:00:00Z",
        "end_time": "2026-10-01T12:00:00Z",
    }


def asked_until(script):
    return [arguments["params"]["end_time"][11:] for _m, _p, arguments in script.calls]


def test_older_events_are_asked_for_from_where_a_page_ended(paypal, monkeypatch):
    monkeypatch.setattr(const, "EVENTS_PAGE_SIZE", 2)
    asking, script = paypal(
        {"events": [sent(1, 5), sent(2, 10)]},
        {"events": [sent(2, 10), sent(3, 15)]},
        {"events": [sent(4, 20)]},
    )
    found = asking.events(NOON - timedelta(days=1), NOON)
    assert [each.event_id for each in found] == ["WH-1", "WH-2", "WH-3", "WH-4"]
    assert asked_until(script) == ["12:00:00Z", "11:50:01Z", "11:45:01Z"]


@pytest.mark.parametrize(
    "last", [[sent(1, 5), sent(2, 5)], [sent(3), sent(4)], [sent(3, 5)], []]
)
def test_a_page_that_leads_no_further_is_the_last(paypal, monkeypatch, last):
    monkeypatch.setattr(const, "EVENTS_PAGE_SIZE", 2)
    asking, script = paypal({"events": [sent(1, 5), sent(2, 5)]}, {"events": last})
    found = asking.events(NOON - timedelta(days=1), NOON)
    assert {each.event_id for each in found} == {"WH-1", "WH-2"} | {
        each["id"] for each in last
    }
    assert asked_until(script) == ["12:00:00Z", "11:55:01Z"]


def test_pages_of_events_come_to_an_end(paypal, monkeypatch):
    monkeypatch.setattr(const, "EVENTS_PAGE_SIZE", 1)
    pages = [{"events": [sent(number, number)]} for number in range(1, 25)]
    asking, script = paypal(*pages)
    assert len(asking.events(NOON - timedelta(days=1), NOON)) == 20
    assert len(script.calls) == 20


def test_an_event_is_asked_for_again(paypal):
    asking, script = paypal({})
    asking.resend("WH-1", "8XY")
    path = "/v1/notifications/webhooks-events/WH-1/resend"
    assert told(script) == ("POST", path, {"webhook_ids": ["8XY"]})


def test_what_is_said_is_said_again_with_another_token(paypal):
    asking, script = paypal(failing(401), TOKEN, {})
    asking.resend("WH-1", "8XY")
    first, _token, again = script.calls
    assert first == again and first[2]["headers"] == JSON


def test_an_order_is_read(paypal):
    asking, script = paypal({"id": "5O1"})
    assert asking.order("5O1") == {"id": "5O1"}
    [(method, path, arguments)] = script.calls
    assert (method, path, arguments["params"]) == ("GET", "/v2/checkout/orders/5O1", {})


@pytest.mark.parametrize("name", ["", "a/b", "..", "a b", "a?b", "\u05d0"])
def test_what_is_no_id_of_paypals_is_not_asked_for(paypal, name):
    asking, script = paypal()
    calls = (
        lambda: asking.order(name),
        lambda: asking.resend(name, "8XY"),
        lambda: asking.unsubscribe(name),
        lambda: asking.change_types(name, ["*"]),
    )
    for call in calls:
        with pytest.raises(RestError) as caught:
            call()
        error = caught.value
        assert (error.code, error.detail) == ("refused", "no id of PayPal's")
    assert script.calls == []


def test_every_letter_and_digit_may_be_of_an_id(paypal):
    asking, script = paypal({})
    name = "ABCDEFGHIJKLMNOPQRSTUVWXYZ-abcdefghijklmnopqrstuvwxyz0123456789"
    asking.order(name)
    assert script.calls[0][1].endswith(f"/{name}")
