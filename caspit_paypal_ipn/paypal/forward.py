# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sending a message on, as it came, to an address that is none of this network's.

The address is looked up and looked at when the connection is made: what a name led to
when it was entered says nothing about where it leads now.
"""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

import requests
from requests import exceptions
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from . import const

#: Seconds, for each part of the exchange, and for all of it.
TIMEOUT = 15
DEADLINE = 20
MAX_ADDRESS_LENGTH = 500
_STATUS = "HTTP "
#: NAT64 (RFC 6052): an IPv4 address in the last four bytes.
_NAT64 = ip_network("64:ff9b::/96")


class PrivateAddress(OSError):
    """A name leads into a network that is none of the public internet."""


def check_address(url: str) -> str:
    """Look at an address that messages are to go to.

    :return: what is wrong with it, in a word: ``https``, ``host``; '' for nothing
    """
    try:
        parts = urlsplit(url)
        _port = parts.port  # raises when it is none
    except ValueError:
        return "host"
    if parts.scheme != "https" or len(url) > MAX_ADDRESS_LENGTH:
        return "https"
    plain = url.isascii() and url.isprintable() and not set(url) & set(" \\")
    if not plain or not parts.hostname or "@" in parts.netloc or parts.fragment:
        return "host"
    try:
        return "" if is_public(parts.hostname) else "host"
    except ValueError:
        return "" if "." in parts.hostname else "host"


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, whatever it is wrapped in.

    :raise ValueError: it is no IP address
    """
    found = ip_address(address)
    inner = _inside(found) if isinstance(found, IPv6Address) else None
    if inner is not None:
        return is_public(str(inner))
    return found.is_global and not (found.is_multicast or found.is_reserved)


def _inside(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for, if it stands for one."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return (
        address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
    )


class _Connection(HTTPSConnection):
    """A connection to an address that was looked at after it was looked up."""

    allowed: Callable[[str], bool] = staticmethod(is_public)

    def _new_conn(self) -> socket.socket:
        error = OSError()
        places = socket.getaddrinfo(self._dns_host, self.port, 0, socket.SOCK_STREAM)
        # All of them have to be public, and it is these very ones that are called.
        if not all(self.allowed(place[0]) for *_kind, place in places):
            raise PrivateAddress
        for family, kind, protocol, _name, place in places:
            found = socket.socket(family, kind, protocol)
            try:
                found.settimeout(TIMEOUT)
                found.connect(place)
            except OSError as failed:
                found.close()
                error = failed
            else:
                return found
        raise error


class _Pool(HTTPSConnectionPool):
    ConnectionCls = _Connection


class _Adapter(requests.adapters.HTTPAdapter):
    """Uses such connections, and no proxy, which would look names up by itself."""

    def init_poolmanager(self, *args, **kwargs):
        made = super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"https": _Pool}
        return made


def forward(body: bytes, url: str) -> str:
    """Send a message on.

    Nothing is followed, and of the answer only its status is looked at.

    :param body: the message as it came
    :param url: an address that :func:`check_address` finds nothing wrong with
    :return: '' when it was taken, else why not, in a short English sentence
    """
    if check_address(url):
        return "not an https address of the internet"
    with requests.Session() as session:
        session.trust_env = False
        session.mount("https://", _Adapter(max_retries=0))
        session.mount("http://", _Refusing())
        try:
            with session.post(
                url,
                data=body,
                headers={
                    "Content-Type": const.CONTENT_TYPE,
                    "User-Agent": const.USER_AGENT,
                },
                timeout=TIMEOUT,
                allow_redirects=False,
                stream=True,
            ) as answer:
                if 200 <= answer.status_code < 300:
                    return ""
                return f"{_STATUS}{answer.status_code}"
        except exceptions.Timeout:
            return f"no answer within {TIMEOUT} s"
        except (exceptions.RequestException, HTTPError, OSError) as error:
            return _why(error)


def is_answer(outcome: str) -> bool:
    """Whether an outcome of :func:`forward` is what the other side said."""
    return not outcome or outcome.startswith(_STATUS)


def forward_many(jobs: Sequence[tuple[bytes, str]]) -> list[str]:
    """Send several messages on, at once.

    The time-outs are per read, so a slow drip would never end; so each exchange runs in
    a thread of its own, which is waited for until the deadline and then left alone.

    :param jobs: what to send, and where to
    :return: as :func:`forward`, in the order of the jobs
    """
    outcomes = [_started(body, url) for body, url in jobs]
    until = time.monotonic() + DEADLINE
    return [_outcome(each, until - time.monotonic()) for each in outcomes]


def _started(body: bytes, url: str) -> Future[str]:
    outcome: Future[str] = Future()

    def run():
        try:
            outcome.set_result(forward(body, url))
        except BaseException as error:
            outcome.set_result(f"failed: {type(error).__name__}")

    threading.Thread(target=run, name="paypal-forward", daemon=True).start()
    return outcome


def _outcome(outcome: Future[str], seconds: float) -> str:
    try:
        return outcome.result(timeout=max(seconds, 0))
    except FutureTimeoutError:
        return f"no answer within {DEADLINE} s"


def _why(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, PrivateAddress):
            return "the name leads into a private network"
        cause = cause.__context__
    if isinstance(error, exceptions.SSLError):
        return "TLS failure"
    return "connection failed"


class _Refusing(requests.adapters.BaseAdapter):
    """Nothing goes over a line that anybody can read."""

    def send(self, *args, **kwargs):
        raise exceptions.InvalidSchema

    def close(self):
        pass
