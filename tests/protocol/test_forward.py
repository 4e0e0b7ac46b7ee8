"""A message is sent on to who may get it, and never into a network that is private."""

import socket
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from paypal import forward
from requests import exceptions

from tools.standin import api_signer

BODY = b"first_name=Ren%E9e&txn_id=1AB23456CD789012E&custom=%u010D"
NAME = "shop.example.com"
#: What the addresses of a connection have to be, before a test has it be otherwise.
PUBLIC = vars(forward._Connection)["allowed"]
OURS = staticmethod(lambda address: address == "127.0.0.1")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::808:808", True),
        ("::ffff:8.8.8.8", True),
        ("2002:808:808::", True),
        ("2001:0:4136:e378:8000:63bf:f7f7:f7f7", True),  # Teredo: client inverted
        ("2001:0:4136:e378:8000:63bf:f5ff:fffe", False),
        ("2001:4860:4860::8888%eth0", True),
        ("4000::1", False),
        ("240.0.0.1", False),
    ],
)
def test_what_is_public(address, public):
    assert forward.is_public(address) is public


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("https://shop.example.com/ipn", ""),
        ("https://shop.example.com:8443/ipn?key=1", ""),
        ("http://shop.example.com/ipn", "https"),
        ("https://shop", "host"),
        ("https:///ipn", "host"),
        ("https://10.0.0.1/", "host"),
        ("https://[::1]/", "host"),
        ("https://[::1", "host"),
        ("https://shop.example.com:port/", "host"),
        ("https://a:b@shop.example.com/", "host"),
        ("https://:b@shop.example.com/", "host"),
        ("https://@shop.example.com/", "host"),
        ("https://shop.example.com/#x", "host"),
        ("https://shop.example.com/a b", "host"),
        ("https://shop.example.com/\x7f", "host"),
        ("https://[2001:4860:4860::8888]/ipn", ""),
        ("https://8.8.8.8/X", ""),
        ("https://shop.example.com/" + "x" * 475, ""),
        ("https://shop.example.com/" + "x" * 476, "https"),
        ("https://shop.example.com\\@10.0.0.1/", "host"),
        ("https://\u05e9\u05d5\u05e7.example.com/", "host"),
        ("", "https"),
    ],
)
def test_which_addresses_can_be_named(url, wrong):
    assert forward.check_address(url) == wrong


class Shop(ThreadingHTTPServer):
    """The other side, behind TLS; it answers as ``status`` says."""

    daemon_threads = True

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status, self.taken, self.drips = 200, [], False
        self.callers, self.silent, self.promises = [], threading.Event(), "0"
        self.silent.set()
        pem = folder / "shop.pem"
        pem.write_bytes(api_signer.tls_pem(NAME))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def handle_error(self, *_arguments):
        """Who hangs up is part of the test."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):  # noqa: N802 (the library's name)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((body, self.headers["Content-Type"], self.path))
        self.server.callers.append(self.headers["User-Agent"])
        self.server.silent.wait(5)
        while self.server.drips:
            self.wfile.write(b"H")
            time.sleep(0.2)
        self.send_response(self.server.status)
        self.send_header("Location", f"https://{NAME}/elsewhere")
        self.send_header("Content-Length", self.server.promises)
        self.end_headers()

    do_GET = do_POST  # noqa: N815 (the library's name)

    def log_message(self, *_arguments):
        """Tests tell what they saw themselves."""


@pytest.fixture
def shop(tmp_path, monkeypatch):
    server = Shop(tmp_path)
    roots = tmp_path / "roots.pem"
    roots.write_bytes(api_signer.pem_of("root"))
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(roots))
    place = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", server.server_address)]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_args: place)
    monkeypatch.setattr(forward._Connection, "allowed", OURS)
    yield server
    server.drips = False
    server.silent.set()
    server.shutdown()
    server.server_close()


URL = f"https://{NAME}/ipn?shop=1"


def test_the_bytes_arrive_as_they_came(shop):
    assert forward.forward(BODY, URL) == ""
    assert shop.taken == [(BODY, "application/x-www-form-urlencoded", "/ipn?shop=1")]
    assert shop.callers == ["Caspit-PayPal-IPN/1.0 (Odoo)"]
    shop.status = 299
    assert forward.forward(BODY, URL) == "" and forward.is_answer("")


@pytest.mark.parametrize("status", [300, 302, 307, 400, 503])
def test_what_is_not_taken_is_said_and_nothing_is_followed(shop, status):
    shop.status = status
    outcome = forward.forward(BODY, URL)
    assert outcome == f"HTTP {status}" and forward.is_answer(outcome)
    assert len(shop.taken) == 1


def test_a_certificate_of_nobody_gets_nothing(shop, monkeypatch, tmp_path):
    other = tmp_path / "other.pem"
    other.write_bytes(api_signer.pem_of("untrusted"))
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(other))
    assert forward.forward(BODY, URL) == "TLS failure"
    assert not shop.taken


def test_a_certificate_of_another_name_gets_nothing(shop):
    assert forward.forward(BODY, "https://other.example.com/ipn") == "TLS failure"
    assert not shop.taken


def test_a_name_that_leads_into_a_private_network_is_not_called(shop, monkeypatch):
    monkeypatch.setattr(forward._Connection, "allowed", PUBLIC)
    assert forward.forward(BODY, URL) == "the name leads into a private network"
    assert not shop.taken


def test_one_private_address_among_public_ones_is_enough(shop, monkeypatch):
    monkeypatch.setattr(forward._Connection, "allowed", PUBLIC)
    places = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 443)),
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 443)),
    ]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_args: places)
    assert "private network" in forward.forward(BODY, URL)


def test_a_proxy_of_the_environment_does_not_look_the_name_up(shop, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert forward.forward(BODY, URL) == ""


def test_nothing_goes_over_a_line_that_anybody_can_read(shop):
    plain = "http://shop.example.com/ipn"
    assert forward.forward(BODY, plain) == "not an https address of the internet"
    assert not shop.taken
    line = forward._Refusing()
    with pytest.raises(exceptions.InvalidSchema):
        line.send(None)
    line.close()


def places(monkeypatch, *addresses):
    """Have every name lead to these addresses; what is looked up is noted."""
    asked = []
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", each) for each in addresses]
    look = lambda *args: asked.append(args) or found  # noqa: E731
    monkeypatch.setattr("socket.getaddrinfo", look)
    return asked


def test_where_a_name_has_several_addresses_each_is_tried(shop, monkeypatch):
    asked = places(monkeypatch, ("127.0.0.1", 9), shop.server_address)
    assert forward.forward(BODY, URL) == ""
    assert asked == [(NAME, 443, 0, socket.SOCK_STREAM)]
    asked = places(monkeypatch, ("127.0.0.1", 9), ("127.0.0.1", 10))
    assert forward.forward(BODY, "https://[2001:4860::8]:8443/") == "connection failed"
    assert asked == [("2001:4860::8", 8443, 0, socket.SOCK_STREAM)]
    places(monkeypatch)
    assert forward.forward(BODY, URL) == "connection failed"
    assert not forward.is_answer("connection failed")


def test_nothing_is_tried_a_second_time(shop, monkeypatch):
    asked = places(monkeypatch, shop.server_address)
    assert forward.forward(BODY, "https://other.example.com/ipn") == "TLS failure"
    assert asked == [("other.example.com", 443, 0, socket.SOCK_STREAM)]


# === TIME === #


def test_silence_ends(shop, monkeypatch):
    assert (forward.TIMEOUT, forward.DEADLINE) == (15, 20)
    monkeypatch.setattr(forward, "TIMEOUT", 0.3)
    shop.silent.clear()
    assert forward.forward(BODY, URL) == "no answer within 0.3 s"


def test_a_connection_that_is_not_made_ends(monkeypatch):
    monkeypatch.setattr(forward, "TIMEOUT", 0.2)
    monkeypatch.setattr(forward._Connection, "allowed", OURS)
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        with socket.create_connection(full.getsockname()):
            places(monkeypatch, full.getsockname())
            began = time.monotonic()
            assert forward.forward(BODY, URL) == "no answer within 0.2 s"
            assert time.monotonic() - began < 2


def test_of_the_answer_only_the_status_is_waited_for(shop):
    shop.promises = "1000"  # and none of them comes
    began = time.monotonic()
    assert forward.forward_many([(BODY, URL), (BODY, URL)]) == ["", ""]
    assert time.monotonic() - began < 5


def test_who_drips_for_ever_holds_nobody_up(shop, monkeypatch):
    monkeypatch.setattr(forward, "DEADLINE", 0.5)
    shop.drips = True
    began = time.monotonic()
    outcomes = forward.forward_many([(BODY, URL), (BODY, "http://x"), (BODY, URL)])
    late = "no answer within 0.5 s"
    assert outcomes == [late, "not an https address of the internet", late]
    assert not forward.is_answer(late)
    assert time.monotonic() - began < 2


def test_each_is_sent_in_a_thread_that_keeps_no_process_from_ending(monkeypatch):
    seen = []

    def look(body, url):
        me = threading.current_thread()
        seen.append((body, url, me.name, me.daemon))
        raise SystemExit

    monkeypatch.setattr(forward, "forward", look)
    assert forward.forward_many([(b"a", "b")]) == ["failed: SystemExit"]
    assert seen == [(b"a", "b", "paypal-forward", True)]
