"""A listener, a PayPal that sends to it, and a client that posts back well."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from tools.standin.paypal import PayPalStandIn


class Listener(ThreadingHTTPServer):
    """A listener that answers each request with the next of ``plan``, then 200.

    A plan holds statuses, ``silence`` (no answer while the test lasts) and ``trickle``
    (a 200 that takes 0.4 s, no two bytes of it more than 0.1 s apart).
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self):
        super().__init__(("127.0.0.1", 0), ListenerHandler)
        self.plan = []
        self.received = []
        self.moments = []
        self.released = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}/PayPal/IPN"


class ListenerHandler(BaseHTTPRequestHandler):
    def do_POST(self):  # noqa: N802 (the library's name)
        listener = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        listener.moments.append(time.monotonic())
        listener.received.append((self.path, dict(self.headers), body))
        status = listener.plan.pop(0) if listener.plan else 200
        if status == "silence":
            listener.released.wait(30)
            return
        if status == "trickle":
            for piece in (b"HTTP/1.0 ", b"200 ", b"OK\r\n", b"\r\n"):
                self.wfile.write(piece)
                time.sleep(0.1)
            return
        self.send_response(status)
        if status == 302:
            self.send_header("Location", listener.url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format, *args):
        pass


@pytest.fixture
def listener():
    server = Listener()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.released.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def paypal(listener):
    with PayPalStandIn(listener.url) as standin:
        yield standin


@pytest.fixture
def ask():
    """The post-back of a good client, as a function."""

    def post(paypal, payload, timeout=5.0, **headers):
        return requests.post(
            paypal.url,
            data=payload,
            headers={"User-Agent": "a listener", **headers},
            timeout=timeout,
            allow_redirects=False,
        )

    return post
