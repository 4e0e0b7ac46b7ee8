"""What the tests of the protocol library share: no Odoo, no database."""

import sys
import threading
from collections.abc import Callable
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from hypothesis import settings

CHECKOUT = Path(__file__).resolve().parents[2]
ADDON = CHECKOUT / "caspit_paypal_ipn"
# The add-ons' own __init__ import Odoo; their pure libraries must do without.
LIBRARIES = ("caspit_paypal_activity", "caspit_paypal_api", "caspit_document_il")
sys.path[:0] = [str(ADDON), *(str(CHECKOUT / name) for name in LIBRARIES)]

from paypal import Message  # noqa: E402

# A machine that is busy is no failure; and nothing is written into the checkout.
settings.register_profile("protocol", deadline=None, database=None)
settings.load_profile("protocol")


@pytest.fixture(scope="session")
def samples() -> dict[str, Path]:
    """The examples' files by name."""
    return {path.stem: path for path in sorted(ADDON.glob("tests/ipn_samples/*.ipn"))}


@pytest.fixture(scope="session")
def sample_bytes(samples) -> Callable[[str], bytes]:
    """The bytes of the example whose name starts like this."""

    def read(prefix: str) -> bytes:
        (path,) = (path for stem, path in samples.items() if stem.startswith(prefix))
        return path.read_bytes()

    return read


@pytest.fixture(scope="session")
def sample(sample_bytes) -> Callable[[str], Message]:
    return lambda prefix: Message.parse(sample_bytes(prefix))


def encode(fields: dict[str, str], charset: str = "utf-8") -> bytes:
    pairs = {"charset": charset, **fields}.items()
    return "&".join(
        f"{quote_plus(name)}={quote_plus(value, encoding=charset)}"
        for name, value in pairs
    ).encode("ascii")


@pytest.fixture(scope="session")
def body_of() -> Callable[..., bytes]:
    """Encode fields as PayPal does."""
    return encode


@pytest.fixture(scope="session")
def message() -> Callable[..., Message]:
    """Parse a message of these fields; ``message(txn_type="cart", tax="1.00")``."""
    return lambda **fields: Message.parse(encode(fields))


@pytest.fixture(scope="session")
def sale() -> Callable[..., Message]:
    """Like ``message``, of a completed sale over 10.00 ILS unless told otherwise."""
    usual = {
        "txn_type": "web_accept",
        "payment_status": "Completed",
        "txn_id": "1AB23456CD789012E",
        "mc_gross": "10.00",
        "mc_currency": "ILS",
        "item_name": "Book",
    }
    return lambda **fields: Message.parse(encode(usual | fields))


@pytest.fixture(scope="session")
def cart(sale):
    """A cart's sale of one item, over 10.00 unless told otherwise."""
    usual = {"txn_type": "cart", "item_name": "", "item_name1": "Book"}
    return lambda **fields: sale(**usual | {"mc_gross_1": "10.00"} | fields)


# === SOMEBODY TO POST BACK TO === #


class Server(ThreadingHTTPServer):
    """Answers every POST with ``reply(handler)`` and keeps what it was asked."""

    daemon_threads = True

    def __init__(self, reply):
        super().__init__(("127.0.0.1", 0), Handler)
        self.reply, self.requests, self.peers = reply, [], set()
        self.released = threading.Event()
        self.scheme = "http"

    @property
    def url(self):
        return f"{self.scheme}://127.0.0.1:{self.server_port}/cgi-bin/webscr"

    def handle_error(self, request, client_address):
        """The caller hung up, as it should."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self):
        self.body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((self.path, self.headers, self.body))
        self.server.peers.add(self.client_address)
        self.server.reply(self)

    def log_message(self, format, *args):
        pass

    def answer(self, text, status=200, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


@contextmanager
def listen(reply, tls=None):
    server = Server(reply)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        server.scheme = "https"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def serving(monkeypatch) -> Callable[..., contextmanager]:
    """``serving(reply, tls=None)``: a server on this machine, as a context."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return listen


@pytest.fixture
def saying(serving) -> Callable[..., contextmanager]:
    """``saying(text, status=200, **headers)``: a server that always says the same."""

    def say(text: bytes, status: int = 200, **headers: str):
        return serving(lambda handler: handler.answer(text, status, **headers))

    return say
