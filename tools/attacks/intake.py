"""What anybody posts to the listener, to stop it or to get round its limits."""

import itertools
import secrets
import threading
import time

from tools.attacks.table import Tried
from tools.attacks.target import hash_of

RATE = 33  # messages in a second
SECONDS = 60
GENUINE = 10
#: Longer than a row of an index of PostgreSQL may be, when it does not compress.
LONG = 3_000
LIMIT = 64 * 1024
FIELDS = ("txn_id", "parent_txn_id", "payer_id")
#: Seconds after which what a stranger posted has to be done with.
END = 20
CHUNKED = 3
EVENT = (
    '{"id": "WH-1", "event_type": "PAYMENT.CAPTURE.COMPLETED", "resource": '
    '{"id": "%s", "payee": {"merchant_id": "%s"}}}'
)
SIGNATURE = {
    f"PayPal-{name}": "x"
    for name in ("Transmission-Id", "Transmission-Time", "Transmission-Sig")
} | {"PayPal-Cert-Url": "https://x.example.com", "PayPal-Auth-Algo": "x"}


def attacks(target):
    yield from long_ids(target)
    yield long_ids_of_events(target)
    yield chunks(target)


class Trickle:
    """Posts messages whose ids no index takes; a context manager.

    :param Target target: where
    :ivar int sent: how many so far
    """

    def __init__(self, target):
        self.target = target
        self.sent = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._send, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_error):
        self._over.set()
        self._thread.join()

    def _send(self):
        started = time.monotonic()
        for field in itertools.cycle(FIELDS):
            long = secrets.token_hex(LONG // 2)
            self.target.post(self.target.body(**{field: long}))
            self.sent += 1
            self._over.wait(max(0, started + self.sent / RATE - time.monotonic()))
            if self._over.is_set():
                return


def long_ids(target):
    """Genuine messages come in while a stranger's do that cannot be stored."""
    booked = "SELECT count(*) FROM paypal_ipn WHERE body_hash IN %s AND state IN %s"
    sent = [target.body() for _ in range(GENUINE)]
    hashes = tuple(map(hash_of, sent))
    with Trickle(target) as trickle:
        end, done = time.monotonic() + SECONDS, 0
        for body in sent:
            target.paypal.send(body, wait=False)
            time.sleep(1)
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 0.5))
            done = target.one(booked, hashes, ("booked", "done"))
    what = f"ids of 3 KB at {RATE}/s: genuine messages not booked in {SECONDS} s"
    yield Tried("1", what, GENUINE - done, GENUINE)
    mine = "FROM paypal_ipn WHERE length(body) > %s"
    waiting = f"SELECT count(*) {mine} AND state = 'received'"
    target.wait(lambda: not target.one(waiting, LONG), END)
    what = f"… of that stranger's, those that nothing ends within {END} s"
    yield Tried("1", what, target.one(waiting, LONG), trickle.sent)
    target.sql(f"DELETE {mine}", LONG)


def long_ids_of_events(target):
    """The same through the door of the webhooks, where there is one."""
    waiting = "SELECT count(*) FROM paypal_ipn WHERE id > %s AND state = 'received'"
    last = target.one("SELECT coalesce(max(id), 0) FROM paypal_ipn")
    for _ in range(GENUINE):
        event = EVENT % (secrets.token_hex(LONG), target.shop)
        target.http.post(
            f"{target.url}/PayPal/Webhook",
            data=event,
            headers={**SIGNATURE, "Content-Type": "application/json"},
            timeout=20,
        )
    target.wait(lambda: not target.one(waiting, last), END)
    what = "ids of 6 KB in events of webhooks: those that nothing ends"
    return Tried("1", what, target.one(waiting, last), GENUINE)


def chunks(target):
    """A body over the limit, in pieces that name no length."""
    kept = "SELECT count(*) FROM paypal_ipn WHERE id > %s"
    through = 0
    for _ in range(CHUNKED):
        last = target.one("SELECT coalesce(max(id), 0) FROM paypal_ipn")
        body = (target.body() + b"&custom=").ljust(LIMIT + 1_000, b"x")
        status = target.chunked(body)
        through += bool(status == 200 or target.one(kept, last))
    what = "a body over the limit in chunks: answered 200, or kept"
    return Tried("9", what, through, CHUNKED)
