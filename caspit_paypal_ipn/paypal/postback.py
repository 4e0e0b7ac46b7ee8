# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Asking PayPal whether it sent a message. The only place that calls PayPal."""

import enum
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from functools import partial
from http.cookiejar import DefaultCookiePolicy

import requests
from requests import exceptions
from urllib3.exceptions import HTTPError

from . import const


class Verdict(enum.Enum):
    """What PayPal said. No answer is no verdict: ask again later."""

    VERIFIED = "verified"
    INVALID = "invalid"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True)
class Answer:
    """The outcome of one post-back.

    :ivar detail: why there was no answer, in a short English sentence that holds
        nothing of the message; '' when there was one
    """

    verdict: Verdict
    detail: str = ""


#: Compared as a whole: "UNVERIFIED" and a page that mentions VERIFIED are no answer.
_VERDICTS = {b"VERIFIED": Verdict.VERIFIED, b"INVALID": Verdict.INVALID}

THREAD_NAME = "paypal-postback"

#: The first that fits; the later ones are bases of the earlier ones.
_FAILURES = (
    (exceptions.SSLError, "TLS failure"),
    (exceptions.ProxyError, "proxy failure"),
    (exceptions.ConnectionError, "connection failed"),
    (Exception, "no proper HTTP exchange"),
)


class PayPalSession(requests.Session):
    """How PayPal is called: connections are kept, nothing else is.

    The environment's proxies and certificate bundle are used. Credentials of a .netrc,
    cookies and redirects are not: a redirect would lose the body, and even to look at
    it ``requests`` would read the whole page.
    """

    def __init__(self, connections: int = 1):
        """:param connections: how many threads share the session"""
        super().__init__()
        self.headers.update(const.POSTBACK_HEADERS)
        self.auth = _without_credentials
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        adapter = requests.adapters.HTTPAdapter(pool_maxsize=connections)
        self.mount("https://", adapter)
        self.mount("http://", adapter)

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


def _without_credentials(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def verify(
    body: bytes,
    url: str,
    session: PayPalSession | None = None,
    deadline: float = const.POSTBACK_DEADLINE,
) -> Answer:
    """Ask PayPal whether it sent a message.

    The time-outs of ``requests`` are per read, so a slow drip would never end, and they
    leave out the name look-up. So the exchange runs in a thread of its own, which is
    waited for until the deadline and then left to end by itself.

    :param body: the message as it came; it is sent back untouched
    :param url: one of ``const.POSTBACK_URLS``
    :param session: to share connections
    :param deadline: seconds for everything
    :return: the answer; whatever goes wrong on the way to PayPal is NO_ANSWER
    :raise ValueError: the URL is none
    """
    if session is None:
        with PayPalSession() as session:
            return verify(body, url, session, deadline)
    request = requests.Request("POST", url, data=const.POSTBACK_PREFIX + body)
    prepared = session.prepare_request(request)
    session.get_adapter(prepared.url)  # raises here, not in the thread
    outcome: Future[Answer] = Future()
    exchange = partial(_exchange, prepared, session, deadline)
    threading.Thread(
        target=_run, args=(exchange, outcome), name=THREAD_NAME, daemon=True
    ).start()
    try:
        return outcome.result(timeout=deadline)
    except FutureTimeoutError:
        return _late(deadline)


def verify_many(
    bodies: Sequence[bytes],
    url: str,
    connections: int,
    deadline: float = const.POSTBACK_DEADLINE,
) -> list[Answer]:
    """Ask about several messages at once, over kept connections.

    :param connections: how many at a time
    :param deadline: seconds for each message, from when its turn comes
    :return: the answers, in the order of ``bodies``
    :raise ValueError: the URL is none, or there is no connection
    """
    with (
        PayPalSession(connections) as session,
        ThreadPoolExecutor(max_workers=connections) as pool,
    ):
        ask = partial(verify, url=url, session=session, deadline=deadline)
        return list(pool.map(ask, bodies))


def _run(exchange: partial, outcome: Future) -> None:
    """Run the exchange; whoever waits gets its answer or its exception."""
    try:
        outcome.set_result(exchange())
    except BaseException as error:
        outcome.set_exception(error)


def _exchange(
    request: requests.PreparedRequest, session: PayPalSession, deadline: float
) -> Answer:
    until = time.monotonic() + deadline
    environment = session.merge_environment_settings(request.url, {}, True, None, None)
    try:
        with session.send(
            request, timeout=deadline, allow_redirects=False, **environment
        ) as response:
            if response.status_code != 200:
                return Answer(Verdict.NO_ANSWER, f"HTTP {response.status_code}")
            text = _read_text(response, until)
    except exceptions.Timeout:
        return _late(deadline)
    except (exceptions.RequestException, HTTPError) as error:
        detail = next(text for kind, text in _FAILURES if isinstance(error, kind))
        return Answer(Verdict.NO_ANSWER, detail)
    verdict = _VERDICTS.get(text.strip(b" \t\r\n"))
    if verdict is None:
        return Answer(Verdict.NO_ANSWER, "neither VERIFIED nor INVALID")
    return Answer(verdict)


def _read_text(response: requests.Response, until: float) -> bytes:
    """Read PayPal's one word.

    Byte by byte, or a slow drip would keep the thread long after its deadline.

    :param until: when to give up, on the monotonic clock
    :return: the whole answer; b"" when it is too long to be a word
    :raise requests.exceptions.Timeout: the deadline passed
    """
    text = b""
    for byte in response.iter_content(1):
        text += byte
        if time.monotonic() > until:
            raise exceptions.Timeout
        if len(text) > const.MAX_ANSWER_BYTES:
            return b""
    return text


def _late(deadline: float) -> Answer:
    return Answer(Verdict.NO_ANSWER, f"no answer within {deadline:g} s")
