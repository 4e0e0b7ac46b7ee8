"""What PayPal can do to a post-back instead of answering it well.

Each fault is one function over the exchange (the HTTP handler) and the verdict that
PayPal would have given. :data:`FAULTS` names them; a new fault is a row there.
"""

from collections.abc import Callable

#: seconds before each byte of a dripping answer while no latency is set
DRIP_PAUSE = 0.25
#: where the redirect fault points to
REDIRECT_PATH = "/cgi-bin/webscr-moved"


def answer(exchange, verdict: bytes) -> None:
    """No fault: the verdict, after the latency."""
    exchange.pause(exchange.latency)
    exchange.reply(200, verdict)


def server_error(status: int) -> Callable:
    """Build the fault that answers ``status`` with an error page."""

    def fault(exchange, verdict: bytes) -> None:
        exchange.pause(exchange.latency)
        exchange.reply(status, b"<html><body><h1>Error</h1></body></html>")

    return fault


def hang(exchange, verdict: bytes) -> None:
    """Say nothing until the client gives up."""
    exchange.wait_for_hangup()


def html(exchange, verdict: bytes) -> None:
    """A page with status 200; it contains the word a careless client looks for."""
    exchange.pause(exchange.latency)
    exchange.reply(
        200,
        b"<!DOCTYPE html><html><body>Back soon. Messages will be VERIFIED later."
        b"</body></html>",
    )


def redirect(exchange, verdict: bytes) -> None:
    """A redirect to a place that would say VERIFIED to anybody who follows."""
    exchange.pause(exchange.latency)
    exchange.reply(302, b"", Location=REDIRECT_PATH)


def drip(exchange, verdict: bytes) -> None:
    """The verdict byte by byte: no single wait is long, the whole answer is."""
    exchange.start_reply(200, len(verdict))
    for byte in verdict:
        exchange.pause(exchange.latency or DRIP_PAUSE)
        exchange.send_bytes(bytes([byte]))


def wrong_text(exchange, verdict: bytes) -> None:
    """A text that is neither word, though it contains one of them."""
    exchange.pause(exchange.latency)
    exchange.reply(200, b"NOT VERIFIED")


def empty(exchange, verdict: bytes) -> None:
    """Status 200 and nothing else."""
    exchange.pause(exchange.latency)
    exchange.reply(200, b"")


def reset(exchange, verdict: bytes) -> None:
    """The connection ends before the answer."""
    exchange.pause(exchange.latency)
    exchange.close_connection = True


#: the value of the switch → what happens to a post-back
FAULTS: dict[str | None, Callable] = {
    None: answer,
    "500": server_error(500),
    "503": server_error(503),
    "hang": hang,
    "html": html,
    "redirect": redirect,
    "drip": drip,
    "wrong_text": wrong_text,
    "empty": empty,
    "reset": reset,
}
