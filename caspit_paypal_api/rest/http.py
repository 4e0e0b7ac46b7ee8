# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The one place that talks to PayPal's API.

A call has an end, follows nobody elsewhere, and fails in one way: :class:`RestError`.
"""

import json
import time
from decimal import Decimal
from functools import partial
from http.cookiejar import DefaultCookiePolicy
from itertools import count

import requests
from requests import exceptions

from . import const

_PIECE = 64 * 1024


class RestError(Exception):
    """PayPal did not do what it was asked, and what is to be told of it.

    Nothing in it is secret or personal: PayPal's own words are kept as far as they are
    names and sentences about the question.

    :ivar code: one of the codes of :mod:`.const`
    :ivar status: of HTTP; 0 without an answer
    :ivar detail: a short English sentence, PayPal's or ours
    :ivar debug_id: PayPal's own number of the exchange, for its support
    :ivar retry_after: seconds that PayPal asks to wait, or None
    """

    def __init__(self, code, detail="", status=0, debug_id="", retry_after=None):
        super().__init__(f"{code} {status} {detail}".strip())
        self.code = code
        self.status = status
        self.detail = detail
        self.debug_id = debug_id
        self.retry_after = retry_after

    @property
    def is_passing(self) -> bool:
        """Whether the same call may succeed later, without anybody doing anything."""
        return self.code in const.PASSING


class Http:
    """Calls to one host, over kept connections.

    The environment's proxies and certificates are used; a .netrc, cookies and redirects
    are not: what PayPal says, its API host says itself.

    :param host: ``https://…``, without a path
    :param sleep: waits for so many seconds
    :param timeout: seconds for each read
    """

    def __init__(self, host: str, sleep=time.sleep, timeout=const.READ_TIMEOUT):
        self._host = host.rstrip("/")
        self._sleep = sleep
        self._timeout = timeout
        self._session = requests.Session()
        self._session.headers["User-Agent"] = const.USER_AGENT
        self._session.headers["Accept"] = "application/json"
        self._session.auth = _without_credentials
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def close(self) -> None:
        """End the connections."""
        self._session.close()

    def call(self, method: str, path: str, **arguments) -> dict:
        """Ask, and again after a short wait where PayPal says so.

        :param arguments: of ``requests``: params, data, headers, auth
        :return: the answer's JSON; its numbers are Decimal
        :raise RestError: there was no good answer
        """
        for tries_left in count(const.TRIES - 1, -1):
            try:
                return self._once(method, path, arguments)
            except RestError as error:
                wait = error.retry_after
                told = error.code == const.BUSY and wait is not None
                if not (told and tries_left and wait <= const.PATIENCE):
                    raise
                self._sleep(wait)

    def fetch(self, path: str, limit: int) -> bytes:
        """Get what is no JSON.

        :param limit: bytes that it may have
        :raise RestError: there is no such thing, or it is too large
        """
        return self._once("GET", path, {}, partial(_fetched, limit=limit))

    def _once(self, method, path, arguments, read=None):
        try:
            with self._session.request(
                method,
                self._host + path,
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
                **arguments,
            ) as response:
                return (read or _read)(response)
        except exceptions.RequestException as error:
            # The name alone: its text may hold the question, with a secret in it.
            detail = type(error).__name__
            raise RestError(const.NO_ANSWER, detail) from None


def _without_credentials(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _read(response: requests.Response) -> dict:
    """:raise RestError: it is no good answer"""
    body = _body(response)
    if response.status_code == 204:
        return {}
    try:
        answer = json.loads(body, parse_float=Decimal)
    except (ValueError, RecursionError):
        answer = None
    if response.status_code in const.GOOD and isinstance(answer, dict):
        return answer
    raise _error(response, answer if isinstance(answer, dict) else {})


def _fetched(response: requests.Response, limit: int) -> bytes:
    """:raise RestError: it is not there"""
    if response.status_code != 200:
        detail = f"HTTP {response.status_code}"
        raise RestError(const.NO_ANSWER, detail, response.status_code)
    return _body(response, limit)


def _body(response: requests.Response, limit: int | None = None) -> bytes:
    """The whole answer, as long as it neither lasts nor grows beyond measure.

    :raise RestError: it does
    """
    end, pieces, size = time.monotonic() + const.DEADLINE, [], 0
    limit = limit or const.MAX_ANSWER_BYTES
    for piece in response.iter_content(_PIECE):
        size += len(piece)
        if size > limit:
            raise RestError(const.NO_ANSWER, "the answer is too large")
        if time.monotonic() > end:
            raise RestError(const.NO_ANSWER, "the answer takes too long")
        pieces.append(piece)
    return b"".join(pieces)


def _error(response: requests.Response, answer: dict) -> RestError:
    """What an answer that is not good says."""
    status = response.status_code
    if 200 <= status < 400:  # a page that is no JSON, or a redirect
        return RestError(const.NO_ANSWER, "not like PayPal's API", status)
    names = [answer.get("name"), answer.get("error")]
    texts = [answer.get("message"), answer.get("error_description")]
    for each in answer.get("details") or ():
        if isinstance(each, dict):
            names.append(each.get("issue"))
            texts.append(each.get("description"))
    said = [text for text in (*names, *texts) if isinstance(text, str) and text]
    return RestError(
        _code(status, said),
        ": ".join(dict.fromkeys(said))[:300],
        status,
        str(answer.get("debug_id") or response.headers.get("PayPal-Debug-Id", ""))[:40],
        _seconds(response.headers.get("Retry-After")),
    )


def _code(status: int, said: list[str]) -> str:
    if status < 500 and status not in (408, 429):
        for word, code in const.ERROR_WORDS:
            if any(word in text for text in said):
                return code
    return const.STATUSES.get(status, const.REFUSED)


def _seconds(text: str | None) -> float | None:
    """What Retry-After says; PayPal writes seconds."""
    if text and text.strip().isdecimal():
        return float(min(int(text), 24 * 3600))
    return None
