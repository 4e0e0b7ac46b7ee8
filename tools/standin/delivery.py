"""How PayPal delivers a message: one POST, and the schedule of resends after it.

Source of the rules: PayPal's "IPN Integration Guide" (the delivery and the resends
of a message), and the times observed by merchants: silence counts as a failure after
20 s, after 30 s on resends.
"""

import heapq
import itertools
import threading
import time

import requests

FIRST_TIMEOUT = 20.0
RESEND_TIMEOUT = 30.0
FIRST_GAP = 10.0
LONGEST_GAP = 24 * 3600.0
MAX_SENDS = 16
HEADERS = {
    "Content-Type": "application/x-www-form-urlencoded",
    "User-Agent": "PayPal IPN ( https://www.paypal.com/ipn )",
}


def timeout_of_send(number: int) -> float:
    """How long PayPal waits for the answer.

    :param number: which send of the message it is, from 1
    :return: seconds of PayPal's clock
    """
    return FIRST_TIMEOUT if number == 1 else RESEND_TIMEOUT


def gap_after_send(number: int) -> float:
    """How long PayPal waits after a failed send before the next one.

    :param number: which send of the message failed, from 1
    :return: seconds of PayPal's clock: 10, 20, 40 … doubling up to a day
    """
    return min(FIRST_GAP * 2 ** (number - 1), LONGEST_GAP)


class Delivery:
    """One message on its way to the listener, with the fate of every send."""

    def __init__(self, body: bytes):
        self.body = body
        #: HTTP status of each send so far; None stands for silence, a late answer or
        #: a connection that failed
        self.statuses: list[int | None] = []
        #: the listener has answered 200
        self.done = False
        #: every send failed
        self.given_up = False
        self._tried = threading.Event()
        self._ended = threading.Event()

    @property
    def ended(self) -> bool:
        """No further send will follow."""
        return self._ended.is_set()

    def record(self, status: int | None) -> None:
        """Note how a send went; ends the delivery when it succeeded or was the last."""
        self.statuses.append(status)
        self.done = status == 200
        self.given_up = not self.done and len(self.statuses) == MAX_SENDS
        if self.done or self.given_up:
            self._ended.set()
        self._tried.set()

    def abandon(self) -> None:
        """End the delivery without a result, because PayPal itself is shut down."""
        self._ended.set()
        self._tried.set()

    def wait_for_first_send(self) -> None:
        """Block until the first send was answered or ran out of time."""
        self._tried.wait()

    def wait(self, timeout: float | None = None) -> bool:
        """Block until the delivery has ended.

        :param timeout: seconds of the real clock; None waits as long as it takes
        :return: whether the listener has taken the message
        """
        self._ended.wait(timeout)
        return self.done


class Sender:
    """Sends deliveries and resends the failed ones, on a clock that can be sped up."""

    #: how many messages are on the wire at the same time
    CONNECTIONS = 16

    def __init__(self, listener: str, speed: float):
        """
        :param listener: URL that receives the messages
        :param speed: seconds of PayPal's clock in one second of the real clock
        :raise ValueError: when the URL or the speed cannot be used
        """
        if not listener.startswith(("http://", "https://")):
            raise ValueError(f"not an http(s) URL: {listener!r}")
        if speed <= 0:
            raise ValueError(f"the speed must be above zero: {speed}")
        self._listener = listener
        self._speed = speed
        self._due: list[tuple[float, int, Delivery]] = []
        self._order = itertools.count()
        self._changed = threading.Condition()
        self._stopped = False

    def start(self) -> None:
        for _ in range(self.CONNECTIONS):
            threading.Thread(target=self._work, daemon=True).start()

    def stop(self) -> None:
        """Send nothing any more.

        A POST that is on the wire is not waited for: its thread ends with it.
        """
        with self._changed:
            self._stopped = True
            for _moment, _order, delivery in self._due:
                delivery.abandon()
            self._due.clear()
            self._changed.notify_all()

    def submit(self, delivery: Delivery, gap: float = 0.0) -> None:
        """Send the delivery once ``gap`` seconds of PayPal's clock have passed."""
        with self._changed:
            if self._stopped:
                delivery.abandon()
                return
            moment = time.monotonic() + gap / self._speed
            heapq.heappush(self._due, (moment, next(self._order), delivery))
            self._changed.notify()

    def _work(self) -> None:
        while (delivery := self._next_due()) is not None:
            delivery.record(self._post(delivery))
            if not delivery.ended:
                self.submit(delivery, gap_after_send(len(delivery.statuses)))

    def _next_due(self) -> Delivery | None:
        """Wait for the next delivery whose time has come; None once stopped."""
        with self._changed:
            while not self._stopped:
                pause = None
                if self._due:
                    pause = self._due[0][0] - time.monotonic()
                    if pause <= 0:
                        return heapq.heappop(self._due)[2]
                self._changed.wait(pause)
            return None

    def _post(self, delivery: Delivery) -> int | None:
        """POST the bytes as they are.

        :return: the HTTP status, None when the answer did not come in time
        """
        limit = timeout_of_send(len(delivery.statuses) + 1) / self._speed
        started = time.monotonic()
        try:
            with requests.Session() as session:
                # Neither a proxy of the environment nor headers of the library:
                # the listener must see PayPal's request.
                session.trust_env = False
                session.headers.clear()
                session.headers.update(HEADERS)
                answer = session.post(
                    self._listener,
                    data=delivery.body,
                    timeout=limit,
                    allow_redirects=False,
                )
        except requests.RequestException:
            return None
        # The library limits each wait on the socket, PayPal the whole answer.
        late = time.monotonic() - started > limit
        return None if late else answer.status_code
