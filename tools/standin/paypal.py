"""PayPal, as far as a listener for its instant payment notifications can tell.

It delivers messages as PayPal does, resends them when the listener fails, answers the
post-backs, and misbehaves on demand. See :class:`PayPalStandIn`, or
``python -m tools.standin.paypal --help``.
"""

import argparse
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tools.standin.api import PayPalApi
from tools.standin.delivery import Delivery, Sender
from tools.standin.faults import FAULTS
from tools.standin.foreground import run_in_foreground
from tools.standin.http import WEBSCR_PATH, StandInServer

POSTBACK_PREFIX = b"cmd=_notify-validate&"
LOG_LENGTH = 10_000

CONTROL_HELP = """\
control API, on the same port:
  GET  /control/state      JSON: fault, latency, ipn_switched_off, postbacks,
                           followed_redirects, deliveries
  POST /control/state      JSON {"fault": NAME or null, "latency": SECONDS},
                           either or both; answers the new state
  POST /control/postbacks  the bytes of a message; answers {"count": N}, how often
                           they were posted back
"""


class Postback(NamedTuple):
    """One line of :attr:`PayPalStandIn.postback_log`."""

    time: float  #: seconds since the epoch
    body: bytes | None  #: the message asked about, None when it was no post-back
    answer: str  #: VERIFIED, INVALID, 403, or the name of the fault


class PayPalStandIn:
    """A PayPal of one's own on 127.0.0.1; a context manager.

    ::

        with PayPalStandIn("http://127.0.0.1:8069/PayPal/IPN") as paypal:
            delivery = paypal.send(b"txn_id=1&...")
            assert delivery.done and paypal.postbacks(delivery.body) == 1

    The port is taken by the constructor, so that :attr:`url` is known at once; nothing
    is sent or answered before ``start()`` (or ``with``).
    """

    def __init__(
        self,
        listener: str,
        *,
        port: int = 0,
        speed: float = 1.0,
        genuine: Callable[[bytes], bool] = lambda body: True,
    ):
        """
        :param listener: URL that receives the messages
        :param port: port on 127.0.0.1, 0 for a free one
        :param speed: seconds of PayPal's clock in one second of the real clock; it
            moves the resends and the time-outs of deliveries
        :param genuine: whether PayPal admits having sent these bytes
        :raise ValueError: when the listener or the speed cannot be used
        :raise OSError: when the port is taken
        """
        #: the REST API of the same account, at the same address under /v1/
        self.api = PayPalApi()
        self.followed_redirects = 0  #: clients that followed the redirect fault
        self.postback_log: deque[Postback] = deque(maxlen=LOG_LENGTH)
        self._fault: str | None = None
        self._latency = 0.0
        self._genuine = genuine
        self._admitted: set[bytes] = set()
        self._sent: set[bytes] = set()
        self._asked: Counter[bytes] = Counter()
        self._deliveries: list[Delivery] = []
        self._lock = threading.Lock()
        self._sender = Sender(listener, speed)
        self._server = StandInServer(port, self)
        #: where a listener posts back to
        self.api.base_url = f"http://127.0.0.1:{self._server.server_port}"
        self.url = self.api.base_url + WEBSCR_PATH

    def start(self) -> None:
        self._server.start()
        self._sender.start()

    def stop(self) -> None:
        """End the deliveries and all connections, hanging ones too, at once."""
        self._sender.stop()
        self._server.stop()

    def __enter__(self) -> "PayPalStandIn":
        self.start()
        return self

    def __exit__(self, *exc_info) -> None:
        self.stop()

    # === DELIVERIES === #

    def send(self, body: bytes, *, forged: bool = False, wait: bool = True) -> Delivery:
        """Deliver a message; failures go on the resend schedule in the background.

        :param body: the bytes to POST, untouched
        :param forged: deliver it the same way, but deny having sent it
        :param wait: return after the first send instead of at once
        """
        with self._lock:
            self._sent.add(body)
            if not forged and self._genuine(body):
                self._admitted.add(body)
        return self._deliver(body, wait)

    def resend(self, body: bytes, *, wait: bool = True) -> Delivery:
        """Deliver once more what was sent before, as PayPal does now and then.

        :raise ValueError: when these bytes were never sent
        """
        with self._lock:
            if body not in self._sent:
                raise ValueError("this message was never sent")
        return self._deliver(body, wait)

    @property
    def ipn_switched_off(self) -> bool:
        """Whether a delivery was given up: PayPal would have switched IPN off.

        The stand-in itself goes on sending.
        """
        return any(delivery.given_up for delivery in self._deliveries)

    def _deliver(self, body: bytes, wait: bool) -> Delivery:
        delivery = Delivery(body)
        with self._lock:
            self._deliveries.append(delivery)
        self._sender.submit(delivery)
        if wait:
            delivery.wait_for_first_send()
        return delivery

    # === POST-BACKS === #

    def postbacks(self, body: bytes) -> int:
        """How often exactly these bytes were posted back, whatever the answer was."""
        with self._lock:
            return self._asked[body]

    def receive_postback(self, payload: bytes) -> tuple[str | None, str]:
        """Judge a post-back and note it.

        :param payload: the body of the request
        :return: the fault to commit (None: none) and the verdict, VERIFIED only for
            the prefix followed by bytes that PayPal admits having sent
        """
        body = None
        if payload.startswith(POSTBACK_PREFIX):
            body = payload[len(POSTBACK_PREFIX) :]
        with self._lock:
            fault = self._fault
            verdict = "VERIFIED" if body in self._admitted else "INVALID"
            if body is not None:
                self._asked[body] += 1
        self.log_postback(body, fault or verdict)
        return fault, verdict

    def log_postback(self, body: bytes | None, answer: str) -> None:
        self.postback_log.append(Postback(time.time(), body, answer))

    def count_followed_redirect(self) -> None:
        with self._lock:
            self.followed_redirects += 1

    # === SWITCHES === #

    @property
    def fault(self) -> str | None:
        """What PayPal does to post-backs, a key of :data:`FAULTS`; None: its work."""
        return self._fault

    @fault.setter
    def fault(self, name: str | None) -> None:
        self.change(fault=name)

    @property
    def latency(self) -> float:
        """Seconds of the real clock before a post-back is answered.

        With the fault ``drip``: before each byte of the answer.
        """
        return self._latency

    @latency.setter
    def latency(self, seconds: float) -> None:
        self.change(latency=seconds)

    def change(self, **switches) -> None:
        """Set ``fault``, ``latency`` or both; all or nothing.

        :raise ValueError: for another switch or a value that it cannot take
        """
        new = {"fault": self._fault, "latency": self._latency}
        if unknown := switches.keys() - new.keys():
            raise ValueError(f"no such switch: {', '.join(sorted(unknown))}")
        new.update(switches)
        if new["fault"] not in FAULTS:
            raise ValueError(f"no such fault: {new['fault']!r}")
        if not isinstance(new["latency"], int | float) or new["latency"] < 0:
            raise ValueError(f"not a number of seconds: {new['latency']!r}")
        with self._lock:
            self._fault, self._latency = new["fault"], new["latency"]

    def state(self) -> dict:
        """The switches and the counts, ready for JSON."""
        with self._lock:
            return {
                "fault": self._fault,
                "latency": self._latency,
                "ipn_switched_off": self.ipn_switched_off,
                "postbacks": sum(self._asked.values()),
                "followed_redirects": self.followed_redirects,
                "deliveries": {
                    "sent": len(self._deliveries),
                    "done": sum(each.done for each in self._deliveries),
                    "given_up": sum(each.given_up for each in self._deliveries),
                },
            }


# === COMMAND LINE === #


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tools.standin.paypal",
        description="Deliver message files as PayPal does, then answer post-backs "
        "until Ctrl-C.",
        epilog=CONTROL_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--listener", required=True, metavar="URL", help="who receives the messages")
    add("--port", type=int, default=0, help="port on 127.0.0.1 (default: a free one)")
    add(
        "--speed",
        type=float,
        default=1.0,
        metavar="X",
        help="PayPal's clock (resends, time-outs) runs X times as fast (default: 1)",
    )
    add("--fault", choices=[name for name in FAULTS if name], help="on post-backs")
    add(
        "--latency",
        type=float,
        default=0.0,
        metavar="SECONDS",
        help="before each answer to a post-back (default: 0)",
    )
    add(
        "--forge",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="deliver this file too, but deny having sent it; may be repeated",
    )
    add("files", nargs="*", type=Path, metavar="FILE", help="bytes of one message")
    return parser.parse_args()


def serve(options: argparse.Namespace) -> None:
    """Deliver the files one after the other, then answer post-backs for ever."""
    messages = [(path.name, path.read_bytes(), False) for path in options.files]
    messages += [(path.name, path.read_bytes(), True) for path in options.forge]
    paypal = PayPalStandIn(options.listener, port=options.port, speed=options.speed)
    paypal.change(fault=options.fault, latency=options.latency)
    with paypal:
        print(f"post-back URL: {paypal.url}", flush=True)
        for name, body, forged in messages:
            delivery = paypal.send(body, forged=forged)
            print(f"{name}: {delivery.statuses[0] or 'silence'}", flush=True)
        threading.Event().wait()


def main() -> None:
    options = parse_arguments()
    run_in_foreground(lambda: serve(options))


if __name__ == "__main__":
    main()
