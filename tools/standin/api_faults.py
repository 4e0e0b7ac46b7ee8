"""What PayPal's API can do instead of answering well. A new fault is a row here."""

from collections.abc import Callable
from typing import NamedTuple


class Fault(NamedTuple):
    """One way to misbehave.

    :ivar before: called with the API and its ``Refusal``, before the call is looked at
    :ivar exchange: called with the HTTP handler in place of any answer
    :ivar shifts: a row that was not there on the first page is there on the second
    :ivar paths: calls that it happens to; none: to all
    """

    before: Callable | None = None
    exchange: Callable | None = None
    shifts: bool = False
    paths: tuple[str, ...] = ()


_REPORTS = ("/v1/reporting",)


def refusing(status: int, name: str, message: str, **headers: str) -> Callable:
    """Build the fault that refuses."""

    def before(_api, refusal):
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        raise refusal(status, name, message, **named)

    return before


def hang(exchange) -> None:
    """Say nothing until the client gives up."""
    exchange.wait_for_hangup()


def html(exchange) -> None:
    """A page with status 200."""
    exchange.reply(200, b"<!DOCTYPE html><html><body>Back soon.</body></html>")


def redirect(exchange) -> None:
    """A redirect to a place that nobody should follow to."""
    exchange.reply(302, b"", Location="/cgi-bin/webscr-moved")


def reset(exchange) -> None:
    """The connection ends before the answer."""
    exchange.close_connection = True


_SORRY = "Authorization failed due to insufficient permissions."
FAULTS: dict[str, Fault] = {
    "429": Fault(
        refusing(
            429, "RATE_LIMIT_REACHED", "Too many requests. Blocked.", Retry_After="1"
        )
    ),
    "429_long": Fault(
        refusing(
            429, "RATE_LIMIT_REACHED", "Too many requests. Blocked.", Retry_After="600"
        )
    ),
    "500": Fault(refusing(500, "INTERNAL_SERVER_ERROR", "An internal error.")),
    "503": Fault(
        refusing(503, "SERVICE_UNAVAILABLE", "Service Unavailable.", Retry_After="1")
    ),
    # OCA/bank-statement-import: on Mondays good questions get this, for some hours.
    "monday": Fault(
        refusing(400, "INVALID_REQUEST", "Request is not well-formed."), paths=_REPORTS
    ),
    "no_permission": Fault(refusing(403, "NOT_AUTHORIZED", _SORRY), paths=_REPORTS),
    "token_dies": Fault(lambda api, _refusal: api.forget_tokens(), paths=_REPORTS),
    "shift": Fault(shifts=True, paths=("/v1/reporting/transactions",)),
    "hang": Fault(exchange=hang),
    "html": Fault(exchange=html),
    "redirect": Fault(exchange=redirect),
    "reset": Fault(exchange=reset),
}
