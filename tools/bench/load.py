"""Sends messages from several connections at once and times each answer."""

import http.client
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from tools import ToolError

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TIMEOUT = 60  # seconds


@dataclass(frozen=True)
class Load:
    """What came of it.

    :ivar rate: answers in a second, all connections together
    :ivar p50: seconds that half of the answers were faster than
    :ivar p99: seconds that all but one in a hundred were faster than
    """

    rate: float
    p50: float
    p99: float


def send_all(url, bodies, connections=4, headers=FORM):
    """POST bodies, each connection the next one when it has its answer.

    A connection is made for each request, as Odoo's workers close it after each.

    :param str url: where to
    :param bodies: a sequence of bytes
    :param int connections: how many at once
    :param dict headers: of each request
    :rtype: Load
    :raise ToolError: an answer was not a 200
    """
    address, queue, lock = urlsplit(url), iter(bodies), threading.Lock()
    seconds, failures = [], []

    def next_body():
        with lock:
            return next(queue, None)

    def work():
        mine = []
        while (body := next_body()) is not None:
            started = time.perf_counter()
            status = _post(address, body, headers)
            mine.append(time.perf_counter() - started)
            if status != 200:
                failures.append(status)
        seconds.extend(mine)

    threads = [threading.Thread(target=work) for _ in range(connections)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - started
    if failures or len(seconds) != len(bodies):
        raise ToolError(f"{url} answered {failures[:3]} to some of the messages")
    seconds.sort()
    return Load(
        rate=len(seconds) / elapsed,
        p50=seconds[len(seconds) // 2],
        p99=seconds[int(len(seconds) * 0.99)],
    )


def _post(address, body, headers):
    connection = http.client.HTTPConnection(
        address.hostname, address.port, timeout=TIMEOUT
    )
    try:
        connection.request("POST", address.path, body, headers)
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()
