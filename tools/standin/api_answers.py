"""Answers of the stand-in's REST API, and refusals in PayPal's words."""

import secrets
from typing import NamedTuple

#: Status → name and message, which PayPal has one of each.
ERRORS = {
    400: (
        "INVALID_REQUEST",
        "Request is not well-formed, syntactically incorrect, or violates schema.",
    ),
    401: (
        "AUTHENTICATION_FAILURE",
        "Authentication failed due to missing authorization header, or invalid"
        " authentication credentials.",
    ),
    403: (
        "NOT_AUTHORIZED",
        "Authorization failed due to insufficient permissions.",
    ),
    500: ("INTERNAL_SERVER_ERROR", "An internal server error occurred."),
    503: ("SERVICE_UNAVAILABLE", "Service Unavailable."),
}


class Answer(NamedTuple):
    """An answer of the API."""

    status: int
    body: dict
    headers: dict[str, str] = {}


class Refusal(Exception):
    """The API does not answer the question."""

    def __init__(self, status: int, issue: str, text: str, **headers: str):
        super().__init__(issue, text)
        name, message = ERRORS.get(status, (issue, text))
        body = {"name": name, "message": message, "debug_id": secrets.token_hex(7)}
        if (issue, text) != (name, message):
            body["details"] = [{"issue": issue, "description": text}]
        self.answer = Answer(status, body, headers)


def number(params: dict, name: str, default: int, most: int) -> int:
    text = str(params.get(name, default))
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise invalid(f"Field {name} is out of range")
    return int(text)


def invalid(message: str) -> Refusal:
    return Refusal(400, "INVALID_REQUEST", message)
