"""A flood of messages for nobody, from many connections at once."""

import itertools
import random
import threading
import time
from collections import Counter
from urllib.parse import urlencode

import requests

from tools.torture.messages import FORM

CONNECTIONS = 8


class Flood:
    """Sends junk and messages for strangers, so many in a second; a context manager.

    :param str url: of the listener
    :param float rate: messages in a second, all connections together
    :ivar Counter statuses: what the listener answered; None for nothing
    :ivar list bodies: what was sent
    """

    def __init__(self, url, rate):
        self.url = url
        self.rate = rate
        self.statuses = Counter()
        self.bodies = []
        self._number = itertools.count()
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._send, args=(n,), daemon=True)
            for n in range(CONNECTIONS)
        ]

    def __enter__(self):
        self.started = time.monotonic()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error):
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _send(self, seed):
        pick = random.Random(seed)
        with requests.Session() as session:
            session.trust_env = False
            session.headers["Content-Type"] = FORM
            while not self._over.is_set():
                number = next(self._number)
                due = self.started + number / self.rate - time.monotonic()
                if due > 0 and self._over.wait(due):
                    return
                body = _junk(number, pick)
                try:
                    status = session.post(self.url, data=body, timeout=20).status_code
                except requests.RequestException:
                    status = None
                with self._lock:
                    self.statuses[status] += 1
                    self.bodies.append(body)


def _junk(number, pick):
    """Every other one is a message, as far as its form goes."""
    if number % 2:
        return pick.randbytes(400).replace(b"=", b"-").replace(b"&", b"-")
    fields = {
        "txn_id": f"FLOOD{number}{pick.getrandbits(40)}",
        "receiver_id": "SOMEBODYELSE1",
        "receiver_email": "somebody@example.org",
        "txn_type": "web_accept",
        "payment_status": "Completed",
        "mc_gross": "10.00",
        "mc_currency": "USD",
        "payer_email": "buyer@example.org",
    }
    return urlencode(fields).encode()
