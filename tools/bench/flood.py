"""How soon a genuine message is booked while a flood of junk comes in.

Two sorts of junk: for a receiver that nobody here is, and for the shop itself, whose
merchant id is no secret. Every message of the flood has an address of its own, which is
the worst that can be: nothing that was learnt of one says anything of the next.
"""

import http.client
import itertools
import statistics
import threading
import time
from collections import Counter
from urllib.parse import urlsplit

from tools.bench.sales import MERCHANT_ID, sale
from tools.bench.table import faster, under
from tools.bench.world import TrustingPayPal
from tools.torture.messages import FORM

RATE = 300  # messages in a second
SECONDS = 600
CONNECTIONS = 8
#: Seconds from one genuine message to the next.
GENUINE_EVERY = 10.0
#: Where genuine messages come from: an address that PayPal does not publish, and that
#: is known from the first message on.
GENUINE_FROM = "20.200.0.1"
#: How often PayPal may be asked about junk in a second; see ``inbox/lanes.py``.
ASKED = 10
LATENCY = 0.3  # seconds, of PayPal
PATIENCE = 60  # seconds
JUNK = b"FLOODJUNK"
BOOKED = "SELECT count(*) FROM paypal_ipn WHERE txn_id = %s AND document_id IS NOT NULL"


class DoubtingPayPal(TrustingPayPal):
    """A PayPal that did not send the flood, and counts how often it is asked of it."""

    def __init__(self, listener):
        super().__init__(listener)
        self.asked_in_second = Counter()

    def receive_postback(self, payload):
        fault, verdict = super().receive_postback(payload)
        if JUNK not in payload:
            return fault, verdict
        self.asked_in_second[int(time.monotonic())] += 1
        return fault, "INVALID"


class Junk:
    """Sends junk as fast as the rate wants; a context manager.

    :param str url: of the listener
    :param str receiver: whom the junk is for
    :ivar Counter statuses: what the listener answered
    """

    def __init__(self, url, receiver):
        self.address = urlsplit(url)
        self.body = sale("x").replace(MERCHANT_ID.encode(), receiver.encode())
        self.body = self.body.replace(b"shop%40example.com", b"shop%40example.org")
        self.statuses = Counter()
        self._numbers = itertools.count()
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._send, daemon=True) for _ in range(CONNECTIONS)
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
        self.seconds = time.monotonic() - self.started

    def _send(self):
        while not self._over.is_set():
            number = next(self._numbers)
            due = self.started + number / RATE - time.monotonic()
            if due > 0 and self._over.wait(due):
                return
            body = self.body + b"&custom=%s%d" % (JUNK, number)
            status = post(self.address, body, address_of(number))
            self.statuses[status] += 1


def address_of(number):
    """:return: an address that no other message of the flood has"""
    return f"20.{number >> 16 & 127}.{number >> 8 & 255}.{number & 255}"


def post(address, body, sender):
    """Post as a proxy in front of Odoo passes it on.

    :param str sender: the address that it came from
    :return: the HTTP status; None for no answer
    """
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=20)
    headers = {
        "Content-Type": FORM,
        "X-Forwarded-For": sender,
        "X-Forwarded-Host": "shop.example.com",
    }
    try:
        connection.request("POST", address.path, body, headers)
        response = connection.getresponse()
        response.read()
        return response.status
    except OSError:
        return None
    finally:
        connection.close()


def booked_after(world, address, run):
    """Send a genuine message, and wait for its document.

    :return: seconds; :data:`PATIENCE` when it takes longer
    """
    body, started = sale(run), time.perf_counter()
    post(address, body, GENUINE_FROM)
    txn_id = body.partition(b"txn_id=")[2].partition(b"&")[0].decode()
    while time.perf_counter() - started < PATIENCE:
        if world.sql(BOOKED, txn_id) != [(0,)]:
            break
        time.sleep(0.05)
    return time.perf_counter() - started


def flood(world, seconds=SECONDS):
    """Measure under a flood of either sort.

    :param float seconds: how long each flood is
    :return: rows, and the figures by name
    """
    rows = []
    for receiver, sort in (
        ("SOMEBODYELSE1", "for nobody here"),
        (MERCHANT_ID, "for the shop"),
    ):
        rows += _one_sort(world, receiver, f"a flood of {RATE}/s {sort}", seconds)
        world.clear_line()
        world.sql("DELETE FROM paypal_ipn WHERE state = 'refused'")
    return rows, {}


def _one_sort(world, receiver, what, seconds):
    waits = []
    with (
        DoubtingPayPal("http://127.0.0.1:9/") as paypal,
        world.serving(paypal, proxy_mode=True) as odoo,
    ):
        paypal.latency = LATENCY
        url = f"{odoo.url}/PayPal/IPN"
        for number in range(3):
            booked_after(world, urlsplit(url), f"CALM{number}")
        with Junk(url, receiver) as junk:
            while (left := junk.started + seconds - time.monotonic()) > 0:
                waits.append(booked_after(world, junk.address, "WET"))
                time.sleep(max(0.0, min(left, GENUINE_EVERY - waits[-1])))
    taken = junk.statuses[200] / junk.seconds
    # Two clocks: what is asked within a second may fall into two of ours.
    asked = max(paypal.asked_in_second.values(), default=0)
    return [
        faster(f"{what}, {seconds:.0f} s: taken in a second", taken, RATE, "/s", 0.95),
        under("… a genuine message is booked within (median)", _median(waits), "s", 5),
        under("… within (worst)", max(waits), "s", 10),
        under("… PayPal is asked about junk in a second", asked, "/s", 2 * ASKED),
    ]


def _median(waits):
    return statistics.median(waits)
