"""``make torture``: try to make the add-on lose a message, or book one twice.

A real Odoo with several processes gets messages of all kinds while its processes are
killed, its database crashes, PayPal and the mail server fail, messages come again, and
somebody presses Retry. When everything has come to rest, what was sent is held against
what was booked. The exit status is 1 when anything was lost, doubled or different.
"""

import argparse
import hashlib
import random
import sys
import time
from collections import Counter

from tools import ToolError
from tools.commands import say
from tools.environment.web_client import WebClient
from tools.torture import doors, month
from tools.torture.bench import torture_bench
from tools.torture.check import Books, compare
from tools.torture.flood import Flood
from tools.torture.messages import SHOP
from tools.torture.plan import Planner
from tools.torture.troubles import Troubles, knock, schedule

#: Seconds in which something has to move, once all was sent.
STANDSTILL = 120
#: While payments come by IPN and by webhook.
DOORS_KILLS = 10
FLOOD_RATE = 50  # messages in a second
#: Seconds in which a genuine message is booked in a flood.
FLOOD_PATIENCE = 30
MOVING = """
    SELECT ipn.id, ipn.state, ipn.reason, ipn.attempts FROM paypal_ipn ipn
     WHERE ipn.state IN ('received', 'verified', 'booked', 'blocked')
"""
UNSENT = """
    SELECT ipn.id, mail.state, mail.id FROM paypal_ipn ipn JOIN mail_mail mail
        ON mail.id IN (ipn.receipt_mail_id, ipn.notice_mail_id)
     WHERE mail.state NOT IN ('sent', 'received')
"""


class Run:
    """Sends a plan and makes trouble meanwhile.

    :param bench: a :class:`tools.torture.bench.TortureBench`
    :param options: of the command line
    """

    def __init__(self, bench, options):
        self.bench = bench
        self.plan = Planner(options.seed).plan(options.messages)
        self.pick = random.Random(f"troubles {options.seed}")
        self.person = WebClient(bench.odoo.url)
        self.troubles = Troubles(bench, self.pick, self.person)
        self.happens = schedule(self.pick, options.messages, options.every)
        self.pace = options.minutes * 60 / options.messages
        self.deliveries = []
        self.count = Counter()

    def send_everything(self):
        """Send each message, in bursts, with resends of earlier ones in between."""
        self.person.log_in(self.bench.odoo.database)
        started = time.monotonic()
        burst = 0
        for number, planned in enumerate(self.plan):
            if trouble := self.happens.get(number):
                say(f"{number} messages: {trouble.replace('_', ' ')}")
                getattr(self.troubles, trouble)()
            self._send(planned)
            if burst == 0:
                burst = self.pick.randint(1, 12)
                time.sleep(self.pick.uniform(0, 0.5))
                self._send_one_again()
            burst -= 1
            self.troubles.pass_time()
            time.sleep(max(0.0, started + number * self.pace - time.monotonic()))

    def _send(self, planned):
        """Send the message, in its own way when it is none."""
        for body in planned.bodies:
            if planned.states:
                self.deliveries.append(
                    self.bench.paypal.send(body, forged=planned.forged, wait=False)
                )
            else:
                url = f"{self.bench.odoo.url}/PayPal/IPN"
                knock(url, body, planned.content_type)

    def _send_one_again(self):
        """PayPal sends a message again now and then, also one that was taken."""
        earlier = self.pick.choice(self.deliveries) if self.deliveries else None
        if earlier and earlier.body:
            self.count["resent_on_purpose"] += 1
            self.deliveries.append(self.bench.paypal.resend(earlier.body, wait=False))

    def come_to_rest(self):
        """Wait until nothing is on its way any more.

        :raise ToolError: something stands still
        """
        self.troubles.pass_time(all_at_once=True)
        seen, deadline = None, 0.0
        while moving := self._moving():
            if moving != seen:
                seen, deadline = moving, time.monotonic() + STANDSTILL
            if time.monotonic() > deadline:
                log = self.bench.odoo.log_path
                raise ToolError(f"{moving[:5]} … stand still; Odoo's log is {log}")
            self._resend_failed_mails()
            self.troubles.pass_time()
            time.sleep(0.5)

    def _moving(self):
        on_the_wire = [each for each in self.deliveries if not each.ended]
        return (
            [("on the wire", len(each.statuses)) for each in on_the_wire]
            + self.bench.sql(MOVING)
            + self.bench.sql(UNSENT)
        )

    def _resend_failed_mails(self):
        """Press Retry where the mail server refused a mail."""
        rows = self.bench.sql(UNSENT)
        ids = sorted({row[0] for row in rows if row[1] in ("exception", "cancel")})
        if ids:
            self.count["mails_retried"] += len(ids)
            self.person.call("paypal.ipn", "action_retry", ids)

    def flood(self, seconds):
        """Fifty messages a second for nobody, and a sale among them.

        :return: figures, and what went wrong in words
        """
        sale = next(planned for planned in Planner(-1).plan(1))
        [body], started = sale.bodies, time.monotonic()
        with Flood(f"{self.bench.odoo.url}/PayPal/IPN", FLOOD_RATE) as flood:
            time.sleep(seconds / 2)
            sent = time.monotonic()
            self.bench.paypal.send(body, wait=False)
            while not self._is_booked(body) and time.monotonic() - sent < STANDSTILL:
                time.sleep(0.2)
            booked = time.monotonic() - sent
            time.sleep(max(0, started + seconds - time.monotonic()))
        wrong = [f"flood: HTTP {x}" for x in flood.statuses if x != 200]
        if any(map(self.bench.paypal.postbacks, flood.bodies)):
            wrong.append("flood: PayPal was asked about junk")
        if booked > FLOOD_PATIENCE:
            wrong.append(f"flood: a sale was booked after {booked:.0f} seconds")
        self.come_to_rest()
        sizes = {"flood": len(flood.bodies), "flood_booked_after": round(booked, 1)}
        return sizes, wrong

    def _is_booked(self, body):
        digest = hashlib.sha256(body).hexdigest()
        asked = "SELECT state FROM paypal_ipn WHERE body_hash = %s"
        return self.bench.sql(asked, digest) in ([("booked",)], [("done",)])

    def figures(self):
        """Compare, and tell.

        :return: figures, and differences in words
        """
        figures, differences = compare(self.plan, Books(self.bench))
        sends = sum(len(each.statuses) for each in self.deliveries)
        bodies = sum(len(planned.bodies) for planned in self.plan)
        resends = sends - len({each.body for each in self.deliveries})
        head = {"messages": bodies, "sends": sends, "resends": resends}
        return head | dict(self.troubles.count) | self.count | figures, differences


def parse(arguments):
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="make torture", description=__doc__)
    add = parser.add_argument
    add("--seed", type=int, default=1, help="the same seed makes the same plan")
    add("--messages", type=int, default=1000, metavar="N")
    add("--minutes", type=float, help="of sending; default: one for 100 messages")
    add("--every", type=int, default=12, metavar="N", help="messages between troubles")
    add("--flood", type=float, default=60, metavar="SECONDS", help="0: none")
    add("--doors", type=int, default=1000, metavar="N", help="by IPN and webhook")
    add("--month", type=int, metavar="N", help="N movements of PayPal's ledger instead")
    options = parser.parse_args(arguments)
    if options.minutes is None:
        options.minutes = options.messages / 100
    return options


def torture(options):
    """Send a plan of messages in the midst of trouble.

    :return: figures, and differences in words
    """
    with torture_bench(SHOP) as bench:
        run = Run(bench, options)
        run.send_everything()
        say("all sent; waiting until everything has come to rest")
        run.come_to_rest()
        figures, differences = run.figures()
        if options.flood:
            sizes, wrong = run.flood(options.flood)
            figures |= sizes
            differences += wrong
        if differences:
            log = bench.odoo.log_path
            kept = log.rename(log.parent.parent / f"torture-{options.seed}.log")
            # What comes after this may fail, and these be lost.
            for line in [*differences, f"Odoo's log is {kept}"]:
                say(line)
    if options.doors:
        say("payments by IPN and webhook at once")
        told, wrong = doors.run(options.doors, DOORS_KILLS, options.seed)
        figures |= {f"doors_{name}": value for name, value in told.items()}
        differences += wrong
    return figures, differences


def main(arguments=None):
    """:return: the exit status: 0 if nothing was lost, doubled or different"""
    options = parse(arguments)
    started = time.monotonic()
    try:
        figures, differences = (
            month.run(options.month) if options.month else torture(options)
        )
    except ToolError as error:
        say(error)
        return 1
    for line in differences:
        say(line)
    figures = {"seed": options.seed, **figures}
    figures["seconds"] = round(time.monotonic() - started)
    for name, value in figures.items():
        print(f"{name.replace('_', ' '):28} {value}", flush=True)
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
