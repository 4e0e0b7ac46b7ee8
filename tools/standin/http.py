"""The HTTP side of the PayPal stand-in: routes, connections and a clean end."""

import contextlib
import json
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tools.standin.api_http import PREFIXES, ApiRoutes
from tools.standin.faults import FAULTS, REDIRECT_PATH

WEBSCR_PATH = "/cgi-bin/webscr"
MAX_BODY = 1024 * 1024


class StandInHandler(ApiRoutes, BaseHTTPRequestHandler):
    """One connection; what is said on it is decided by ``server.paypal``."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # headers and body leave in one packet

    def route(self) -> None:
        """Read the body, so that the connection stays usable, and pick the route."""
        self.body = b""
        if self.command in ("POST", "PATCH") and not self._read_body():
            return
        if self.path.startswith(PREFIXES):
            self.answer_api()
            return
        name = self.ROUTES.get((self.command, self.path))
        if name is None:
            self.reply(404, b"<html><body>Not Found</body></html>")
        else:
            getattr(self, name)()

    do_GET = do_POST = do_PATCH = do_DELETE = route  # noqa: N815 (the library's names)

    # === ROUTES === #

    ROUTES = {
        ("GET", WEBSCR_PATH): "show_page",
        ("POST", WEBSCR_PATH): "take_postback",
        ("GET", REDIRECT_PATH): "take_followed_redirect",
        ("POST", REDIRECT_PATH): "take_followed_redirect",
        ("GET", "/control/state"): "show_state",
        ("POST", "/control/state"): "change_state",
        ("POST", "/control/postbacks"): "count_postbacks",
    }

    def show_page(self) -> None:
        """A person's browser on the post-back address sees PayPal's web site."""
        if self.headers.get("User-Agent"):
            self.reply(200, b"<!DOCTYPE html><html><title>PayPal</title></html>")
        else:
            self.reply(403, b"<html><body>Forbidden</body></html>")

    def take_postback(self) -> None:
        paypal = self.server.paypal
        if not self.headers.get("User-Agent"):
            paypal.log_postback(None, "403")
            self.reply(403, b"<html><body>Forbidden</body></html>")
            return
        fault, verdict = paypal.receive_postback(self.body)
        FAULTS[fault](self, verdict.encode())

    def take_followed_redirect(self) -> None:
        self.server.paypal.count_followed_redirect()
        self.reply(200, b"VERIFIED")

    def show_state(self) -> None:
        self._reply_json(200, self.server.paypal.state())

    def change_state(self) -> None:
        try:
            self.server.paypal.change(**json.loads(self.body))
        except (TypeError, ValueError) as error:
            self._reply_json(400, {"error": str(error)})
        else:
            self.show_state()

    def count_postbacks(self) -> None:
        self._reply_json(200, {"count": self.server.paypal.postbacks(self.body)})

    # === WHAT THE FAULTS ARE MADE OF === #

    @property
    def latency(self) -> float:
        """Seconds before an answer."""
        return self.server.paypal.latency

    def pause(self, seconds: float) -> None:
        """Let time pass.

        :raise ConnectionAbortedError: when the stand-in ends in the meantime
        """
        if self.server.stopping.wait(seconds):
            raise ConnectionAbortedError

    def wait_for_hangup(self) -> None:
        """Return when the client has closed, or the stand-in ends the connection."""
        self.rfile.read(1)
        self.close_connection = True

    def start_reply(
        self,
        status: int,
        length: int,
        content_type: str = "text/html; charset=UTF-8",
        **headers: str,
    ) -> None:
        """Write the status line and the headers of an answer of ``length`` bytes."""
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(length))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def send_bytes(self, payload: bytes) -> None:
        """Write a part of the answer, at once."""
        self.wfile.write(payload)
        self.wfile.flush()

    def reply(self, status: int, payload: bytes, **headers: str) -> None:
        """Write a whole answer."""
        self.start_reply(status, len(payload), **headers)
        self.send_bytes(payload)

    # === HELPERS === #

    def _read_body(self) -> bool:
        """Read the body into ``self.body``; refuse it when its length is unusable."""
        length = self.headers.get("Content-Length", "")
        if length.isdecimal() and int(length) <= MAX_BODY:
            self.body = self.rfile.read(int(length))
            return True
        # Closing, because the unread body would be taken for the next request.
        self.reply(413 if length.isdecimal() else 411, b"", Connection="close")
        return False

    def _reply_json(self, status: int, values: dict) -> None:
        payload = json.dumps(values).encode()
        self.reply(status, payload, content_type="application/json")

    def log_message(self, format: str, *args) -> None:
        """Keep quiet: the counts and the log of post-backs tell more."""


class StandInServer(ThreadingHTTPServer):
    """A thread per connection, all of which end at once when the server does."""

    daemon_threads = True
    request_queue_size = 128  # a burst of clients must not wait for a SYN resend

    def __init__(self, port: int, paypal):
        """
        :param port: port on 127.0.0.1, 0 for a free one
        :param paypal: the :class:`tools.standin.paypal.PayPalStandIn` that decides
        :raise OSError: when the port is taken
        """
        self.paypal = paypal
        self.stopping = threading.Event()
        self._connections: dict[threading.Thread, socket.socket] = {}
        self._thread = threading.Thread(
            target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        super().__init__(("127.0.0.1", port), StandInHandler)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Free the port, end every connection and wait for their threads."""
        self.stopping.set()
        self.shutdown()
        self._thread.join()
        self.server_close()
        for thread, connection in list(self._connections.items()):
            _end_connection(connection)
            thread.join()

    def process_request_thread(self, request, client_address) -> None:
        """Serve one connection, known to :meth:`stop` while it lasts."""
        thread = threading.current_thread()
        self._connections[thread] = request
        try:
            if self.stopping.is_set():
                _end_connection(request)
            super().process_request_thread(request, client_address)
        finally:
            del self._connections[thread]

    def handle_error(self, request, client_address) -> None:
        """Report what went wrong, except a connection that was cut: that is a test."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def _end_connection(connection: socket.socket) -> None:
    """Wake whoever reads from or writes to the connection."""
    with contextlib.suppress(OSError):  # the other side was quicker
        connection.shutdown(socket.SHUT_RDWR)
