"""Each fault of the PayPal stand-in fails a post-back in its own way, none hangs on."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tools.standin.faults import FAULTS
from tools.standin.paypal import PayPalStandIn

PREFIX = b"cmd=_notify-validate&"
BODY = b"txn_id=1AB23456CD789012E&first_name=Ren%E9e&memo="


@pytest.mark.parametrize("fault", ["500", "503"])
def test_fault_server_error(paypal, fault, ask):
    paypal.send(BODY)
    paypal.fault = fault
    assert ask(paypal, PREFIX + BODY).status_code == int(fault)


@pytest.mark.parametrize("fault", ["html", "wrong_text", "empty"])
def test_fault_that_is_neither_word(paypal, fault, ask):
    paypal.send(BODY)
    paypal.fault = fault
    answer = ask(paypal, PREFIX + BODY)
    assert answer.status_code == 200
    assert answer.content not in (b"VERIFIED", b"INVALID")
    # What makes a search for the word in the answer wrong.
    assert (b"VERIFIED" in answer.content) is (fault != "empty")
    assert (answer.content == b"") is (fault == "empty")


def test_fault_redirect_counts_those_who_follow(paypal, ask):
    paypal.send(BODY)
    paypal.fault = "redirect"
    answer = ask(paypal, PREFIX + BODY)
    assert (answer.status_code, paypal.followed_redirects) == (302, 0)
    followed = requests.post(paypal.url, data=PREFIX + BODY, timeout=5)
    assert followed.content == b"VERIFIED"
    assert paypal.followed_redirects == 1
    assert paypal.postbacks(BODY) == 2


def test_fault_reset_closes_the_connection(paypal, ask):
    paypal.send(BODY)
    paypal.fault = "reset"
    with pytest.raises(requests.ConnectionError):
        ask(paypal, PREFIX + BODY)
    assert paypal.postbacks(BODY) == 1


def test_fault_hang_outlasts_the_client(paypal, ask):
    paypal.send(BODY)
    paypal.fault = "hang"
    with pytest.raises(requests.ReadTimeout):
        ask(paypal, PREFIX + BODY, timeout=0.2)
    paypal.fault = None
    assert ask(paypal, PREFIX + BODY).content == b"VERIFIED"


def test_fault_drip_defeats_a_time_out_per_read(paypal, ask):
    paypal.send(BODY)
    paypal.fault, paypal.latency = "drip", 0.05
    started = time.monotonic()
    assert ask(paypal, PREFIX + BODY, timeout=0.3).content == b"VERIFIED"
    assert time.monotonic() - started >= 8 * 0.05


def test_fault_drip_takes_its_time_without_a_latency(paypal):
    paypal.send(BODY)
    paypal.fault = "drip"
    started = time.monotonic()
    with requests.post(
        paypal.url, data=PREFIX + BODY, timeout=5, stream=True
    ) as answer:
        assert next(answer.iter_content(1)) == b"V"
    assert time.monotonic() - started >= 0.2


@pytest.mark.parametrize("fault", [None, "500", "html"])
def test_latency_delays_the_answer(paypal, fault, ask):
    paypal.send(BODY)
    paypal.fault, paypal.latency = fault, 0.2
    started = time.monotonic()
    ask(paypal, PREFIX + BODY)
    assert time.monotonic() - started >= 0.2
    with pytest.raises(requests.ReadTimeout):
        ask(paypal, PREFIX + BODY, timeout=0.05)


def test_no_fault_touches_the_deliveries(listener, paypal):
    for fault in FAULTS:
        paypal.fault = fault
        assert paypal.send(BODY).done


def test_an_unknown_fault_and_a_wrong_latency_are_refused(paypal):
    with pytest.raises(ValueError, match="no such fault"):
        paypal.fault = "404"
    for seconds in (-1, "1", None):
        with pytest.raises(ValueError, match="not a number of seconds"):
            paypal.latency = seconds
    assert (paypal.fault, paypal.latency) == (None, 0)


@pytest.mark.parametrize(
    "fault, latency", [("hang", 0), ("drip", 60), (None, 60), ("500", 60)]
)
def test_stopping_ends_open_connections_at_once(listener, fault, latency, ask, capsys):
    threads = set(threading.enumerate())
    paypal = PayPalStandIn(listener.url)
    paypal.start()
    paypal.change(fault=fault, latency=latency)
    idle = requests.Session()
    idle.get(paypal.url, timeout=5)
    with ThreadPoolExecutor(4) as pool:
        clients = [
            pool.submit(ask, paypal, PREFIX + BODY, timeout=30) for _ in range(4)
        ]
        deadline = time.monotonic() + 5
        while paypal.postbacks(BODY) < 4 and time.monotonic() < deadline:
            time.sleep(0.01)
        started = time.monotonic()
        paypal.stop()
        assert time.monotonic() - started < 1
        assert all(isinstance(each.exception(5), OSError) for each in clients)
    idle.close()
    for thread in set(threading.enumerate()) - threads:
        thread.join(5)
    assert set(threading.enumerate()) <= threads
    assert capsys.readouterr().err == ""
    with pytest.raises(requests.ConnectionError):
        ask(paypal, PREFIX + BODY)
