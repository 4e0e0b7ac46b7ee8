"""PayPal delivers a message, and resends it until the listener answers 200."""

import time
from urllib.parse import urlsplit

import pytest

from tools.standin.delivery import MAX_SENDS, gap_after_send
from tools.standin.paypal import PayPalStandIn

BODY = b"txn_id=1AB23456CD789012E&first_name=Ren%E9e&memo="
NOWHERE = "http://127.0.0.1:9/"  # the discard port: nobody answers


def test_a_message_arrives_as_paypal_sends_it(listener, paypal):
    delivery = paypal.send(BODY)
    ((path, headers, body),) = listener.received
    assert (path, body) == ("/PayPal/IPN", BODY)
    assert headers == {
        "Host": urlsplit(listener.url).netloc,
        "Accept-Encoding": "identity",
        "Content-Length": str(len(BODY)),
        "Content-Type": "application/x-www-form-urlencoded",
        "User-Agent": "PayPal IPN ( https://www.paypal.com/ipn )",
    }
    assert (delivery.statuses, delivery.done, delivery.given_up) == ([200], True, False)


def test_the_proxy_of_the_environment_is_not_used(listener, paypal, monkeypatch):
    monkeypatch.setenv("http_proxy", NOWHERE)
    assert paypal.send(BODY).done


@pytest.mark.parametrize("status", [204, 302, 404, 422, 500])
def test_anything_but_200_is_resent(listener, status):
    listener.plan = [status]
    with PayPalStandIn(listener.url, speed=100) as paypal:
        delivery = paypal.send(BODY)
        assert delivery.wait(5)
    assert delivery.statuses == [status, 200]
    assert [body for _path, _headers, body in listener.received] == [BODY, BODY]


def test_silence_is_a_failure_and_is_resent(listener):
    listener.plan = ["silence"]
    with PayPalStandIn(listener.url, speed=100) as paypal:
        started = time.monotonic()
        delivery = paypal.send(BODY)
        assert delivery.statuses == [None]
        assert 0.2 <= time.monotonic() - started < 1
        assert delivery.wait(5)
    assert delivery.statuses == [None, 200]


def test_an_answer_that_trickles_in_too_late_is_a_failure(listener):
    listener.plan = ["trickle"]
    with PayPalStandIn(listener.url, speed=100) as paypal:
        delivery = paypal.send(BODY)
        assert delivery.wait(5)
    assert delivery.statuses == [None, 200]


def test_paypal_is_more_patient_on_resends(listener):
    listener.plan = ["silence", "silence"]
    with PayPalStandIn(listener.url, speed=100) as paypal:
        started = time.monotonic()
        delivery = paypal.send(BODY)
        assert delivery.wait(5)
    assert delivery.statuses == [None, None, 200]
    _first, second, third = (moment - started for moment in listener.moments)
    assert second >= 0.2 + 0.1  # the time-out and the gap after it
    assert third >= 0.2 + 0.1 + 0.3 + 0.2


def test_the_gaps_double_from_ten_seconds_to_a_day():
    gaps = [gap_after_send(number) for number in range(1, MAX_SENDS)]
    assert gaps[:4] == [10, 20, 40, 80]
    assert gaps[13:] == [81920, 86400]


def test_resends_keep_to_the_schedule(listener):
    listener.plan = [500, 500, 500]
    with PayPalStandIn(listener.url, speed=100) as paypal:
        started = time.monotonic()
        assert paypal.send(BODY).wait(5)
    moments = [moment - started for moment in listener.moments]
    assert len(moments) == 4
    assert moments[1] >= 0.1
    assert moments[2] >= 0.1 + 0.2
    assert 0.1 + 0.2 + 0.4 <= moments[3] < 2


def test_after_the_sixteenth_failure_ipn_is_switched_off():
    with PayPalStandIn(NOWHERE, speed=500_000) as paypal:
        delivery = paypal.send(BODY)
        assert not paypal.ipn_switched_off
        assert not delivery.wait(10)
        assert (delivery.statuses, delivery.given_up) == ([None] * 16, True)
        assert paypal.ipn_switched_off
        assert paypal.state()["deliveries"] == {"sent": 1, "done": 0, "given_up": 1}


def test_sending_without_waiting_returns_before_the_answer(listener, paypal):
    listener.plan = ["silence"]
    delivery = paypal.send(BODY, wait=False)
    assert (delivery.statuses, delivery.ended) == ([], False)
    assert not delivery.wait(0.05)


def test_a_resend_posts_the_same_bytes_once_more(listener, paypal):
    paypal.send(BODY)
    assert paypal.resend(BODY).done
    assert [body for _path, _headers, body in listener.received] == [BODY, BODY]
    with pytest.raises(ValueError, match="never sent"):
        paypal.resend(b"txn_id=2")


def test_a_burst_is_delivered_in_full(listener, paypal):
    bodies = [b"txn_id=%d" % number for number in range(100)]
    deliveries = [paypal.send(body, wait=False) for body in bodies]
    assert all(delivery.wait(10) for delivery in deliveries)
    assert sorted(body for *_, body in listener.received) == sorted(bodies)


def test_stopping_ends_what_waits_for_a_resend(listener):
    listener.plan = [500]
    with PayPalStandIn(listener.url) as paypal:
        delivery = paypal.send(BODY)
    assert not delivery.wait(1)
    assert (delivery.ended, delivery.given_up) == (True, False)


@pytest.mark.parametrize("listener_url, speed", [("localhost:80", 1), (NOWHERE, 0)])
def test_an_unusable_listener_or_speed_is_refused(listener_url, speed):
    with pytest.raises(ValueError):
        PayPalStandIn(listener_url, speed=speed)
