"""The PayPal stand-in answers post-backs as strictly as PayPal does."""

import http.client
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
import requests

from tools.standin.paypal import PayPalStandIn

PREFIX = b"cmd=_notify-validate&"
# windows-1252, a name that is not UTF-8, a blank value and a %u escape: bytes that a
# client which decodes and encodes them again would change.
BODY = b"first_name=Ren%E9e&memo=&custom=%u010D+x&txn_id=1AB23456CD789012E"


def test_the_exact_bytes_are_verified(paypal, ask):
    paypal.send(BODY)
    answer = ask(paypal, PREFIX + BODY)
    assert (answer.status_code, answer.content) == (200, b"VERIFIED")
    assert paypal.postbacks(BODY) == 1
    assert paypal.resend(BODY).done
    assert ask(paypal, PREFIX + BODY).content == b"VERIFIED"
    assert paypal.postbacks(BODY) == 2


def test_the_listener_can_post_back_before_it_answers(listener, paypal, ask):
    """PayPal knows the message from the moment it is on the wire."""
    listener.plan = ["silence"]
    paypal.send(BODY, wait=False)
    deadline = time.monotonic() + 5
    while not listener.received and time.monotonic() < deadline:
        time.sleep(0.005)
    assert ask(paypal, PREFIX + BODY).content == b"VERIFIED"


@pytest.mark.parametrize(
    "payload",
    [
        PREFIX + BODY.replace(b"%E9", b"%e9"),
        PREFIX + BODY.replace(b"+", b"%20"),
        PREFIX + BODY.replace(b"memo=&", b""),
        PREFIX + BODY + b"\n",
        PREFIX + b"&".join(reversed(BODY.split(b"&"))),
        BODY + b"&cmd=_notify-validate",
        PREFIX + PREFIX + BODY,
        PREFIX,
        BODY,
        b"",
    ],
)
def test_any_other_bytes_are_invalid(paypal, payload, ask):
    paypal.send(BODY)
    answer = ask(paypal, payload)
    assert (answer.status_code, answer.content) == (200, b"INVALID")
    assert paypal.postbacks(BODY) == 0


def test_a_forged_message_is_delivered_and_denied(listener, paypal, ask):
    assert paypal.send(BODY, forged=True).done
    assert paypal.resend(BODY).done
    assert len(listener.received) == 2
    assert ask(paypal, PREFIX + BODY).content == b"INVALID"
    assert paypal.postbacks(BODY) == 1
    paypal.send(BODY)
    assert ask(paypal, PREFIX + BODY).content == b"VERIFIED"


def test_the_owner_of_the_stand_in_decides_what_is_genuine(listener, ask):
    with PayPalStandIn(listener.url, genuine=lambda body: b"fake" not in body) as it:
        it.send(b"txn_id=fake")
        it.send(b"txn_id=real")
        assert ask(it, PREFIX + b"txn_id=fake").content == b"INVALID"
        assert ask(it, PREFIX + b"txn_id=real").content == b"VERIFIED"


def test_without_a_user_agent_it_is_forbidden(paypal):
    paypal.send(BODY)
    connection = http.client.HTTPConnection(urlsplit(paypal.url).netloc)
    for method in ("POST", "GET"):
        connection.request(method, "/cgi-bin/webscr", PREFIX + BODY)
        answer = connection.getresponse()
        assert answer.status == 403
        assert b"VERIFIED" not in answer.read()
    connection.close()
    assert paypal.postbacks(BODY) == 0


def test_another_path_is_not_found(paypal):
    paypal.send(BODY)
    for path in ("/", "/cgi-bin/webscr/", "/cgi-bin/webscr?x=1"):
        url = paypal.url.replace("/cgi-bin/webscr", path)
        assert requests.post(url, data=PREFIX + BODY, timeout=5).status_code == 404
    assert paypal.postbacks(BODY) == 0


def test_a_browser_sees_a_page(paypal):
    answer = requests.get(paypal.url, timeout=5)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "PayPal" in answer.text


def test_a_body_without_a_usable_length_is_refused(paypal, ask):
    chunked = ask(paypal, iter([PREFIX, BODY]))
    assert chunked.status_code == 411
    huge = ask(paypal, b"", **{"Content-Length": str(2**30)})
    assert huge.status_code == 413
    assert chunked.headers["Connection"] == huge.headers["Connection"] == "close"


def test_the_log_tells_what_was_asked_and_answered(paypal, ask):
    started = time.time()
    paypal.send(BODY)
    ask(paypal, PREFIX + BODY)
    ask(paypal, b"hello")
    ask(paypal, PREFIX + BODY, **{"User-Agent": ""})
    paypal.fault = "html"
    ask(paypal, PREFIX + BODY)
    assert [(line.body, line.answer) for line in paypal.postback_log] == [
        (BODY, "VERIFIED"),
        (None, "INVALID"),
        (None, "403"),
        (BODY, "html"),
    ]
    assert paypal.state()["postbacks"] == paypal.postbacks(BODY) == 2
    moments = [line.time for line in paypal.postback_log]
    assert started <= moments[0] and moments == sorted(moments)


def test_sixteen_clients_are_served_two_hundred_times_a_second(paypal):
    paypal.send(BODY)
    address = urlsplit(paypal.url).netloc
    ready = threading.Barrier(16)

    def client(_number):
        connection = http.client.HTTPConnection(address, timeout=10)
        ready.wait()
        answers = []
        for _ in range(50):
            connection.request(
                "POST", "/cgi-bin/webscr", PREFIX + BODY, {"User-Agent": "a listener"}
            )
            answers.append(connection.getresponse().read())
        connection.close()
        return answers

    started = time.monotonic()
    with ThreadPoolExecutor(16) as pool:
        answers = [answer for some in pool.map(client, range(16)) for answer in some]
    elapsed = time.monotonic() - started
    assert answers == [b"VERIFIED"] * 800
    assert paypal.postbacks(BODY) == 800
    assert elapsed < 4


# === CONTROL API === #


def test_another_process_can_switch_and_count(paypal, ask):
    paypal.send(BODY)
    switched = requests.post(
        control(paypal, "state"), json={"fault": "503", "latency": 0.01}, timeout=5
    )
    assert (paypal.fault, paypal.latency) == ("503", 0.01)
    assert ask(paypal, PREFIX + BODY).status_code == 503
    state = requests.get(control(paypal, "state"), timeout=5).json()
    assert state == {
        "fault": "503",
        "latency": 0.01,
        "ipn_switched_off": False,
        "postbacks": 1,
        "followed_redirects": 0,
        "deliveries": {"sent": 1, "done": 1, "given_up": 0},
    }
    assert switched.json() == {**state, "postbacks": 0}
    counted = requests.post(control(paypal, "postbacks"), data=BODY, timeout=5)
    assert counted.json() == {"count": 1}


@pytest.mark.parametrize(
    "wrong",
    ['{"fault": "404"}', '{"fault": "500", "latency": -1}', '{"x": 1}', "[1]", "{"],
)
def test_a_wrong_switch_changes_nothing(paypal, wrong):
    answer = requests.post(control(paypal, "state"), data=wrong, timeout=5)
    assert (answer.status_code, list(answer.json())) == (400, ["error"])
    assert (paypal.fault, paypal.latency) == (None, 0)


def control(paypal, path):
    return paypal.url.replace("/cgi-bin/webscr", f"/control/{path}")
