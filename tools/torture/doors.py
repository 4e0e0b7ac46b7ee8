"""Payments told by IPN and by webhook at once, while everything is killed in between.

``python -m tools.torture.doors --messages 1000``: each transaction has to be booked
once, whichever message of it came, in whatever order, however often.
"""

import argparse
import itertools
import os
import random
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from urllib.parse import urlencode

import requests

from tools import ToolError
from tools.trials.shop import Shop
from tools.trials.workbench import STANDIN_VARIABLE, workbench

MERCHANT_ID = "N5NH53T46TSYS"
AMOUNT = Decimal("118.00")
DAY = "2026-01-15T10:00:00Z"
COMPLETED = "PAYMENT.CAPTURE.COMPLETED"
SENDERS = 4
#: Seconds in which something has to move.
STANDSTILL = 120
BOOKED = """
    SELECT payment.paypal_txn_id, payment.payment_type, count(*), sum(payment.amount)
      FROM account_payment payment
     WHERE payment.paypal_txn_id IS NOT NULL AND payment.state IN ('in_process', 'paid')
     GROUP BY 1, 2
"""
DOCUMENTS = """
    SELECT paypal_txn_id, count(*) FROM account_move
     WHERE paypal_txn_id IS NOT NULL AND state = 'posted'
       AND move_type IN ('out_invoice', 'out_receipt', 'out_refund') GROUP BY 1
"""
STATES = """
    SELECT txn_id, string_agg(source || ' ' || state || ' ' || coalesce(reason, '') ||
                              ' ' || coalesce(reason_values::text, ''), '; ')
      FROM paypal_ipn GROUP BY 1
"""
BRING_FORWARD = """
    UPDATE paypal_ipn SET next_try = now() AT TIME ZONE 'UTC'
     WHERE state IN ('received', 'verified', 'booked')
       AND next_try > now() AT TIME ZONE 'UTC'
"""


def main(arguments=None):
    """:return: the exit status: 0 when each transaction is booked once"""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--messages", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    figures, faults = run(options.messages, options.kills, options.seed)
    for name, value in figures.items():
        print(f"{name:<30}{value}")
    for fault in faults[:10]:
        print(fault)
    return 1 if faults else 0


def run(messages, kills, seed):
    """Send, and look what came of it.

    :return: figures by name, and a line for each fault
    """
    shop = Shop(MERCHANT_ID, "seller@example.com", sandbox=False, lang="en_US")
    with workbench(shop, modules=("caspit_paypal_api",)) as bench:
        doors = Doors(bench, messages, random.Random(seed))
        doors.send(kills)
        faults = doors.faults()
    figures = {
        "messages": len(doors.jobs),
        "transactions": len(doors.expected),
        "kills": kills,
        "faults": len(faults),
    }
    return figures, faults


class Doors:
    """What is sent, and what became of it.

    :ivar expected: what is to be booked, by transaction and side of the payment
    :ivar jobs: functions that send a message and return the status of the answer
    """

    def __init__(self, bench, messages, pick):
        self.bench, self.api = bench, bench.paypal.api
        os.environ[STANDIN_VARIABLE] = bench.paypal.url
        self.webhook_url, self.webhook_id = self._switch_on()
        self.expected, self.jobs = {}, []
        for number in itertools.count():
            if len(self.jobs) >= messages:
                break
            self._plan(number)
        pick.shuffle(self.jobs)

    def _switch_on(self):
        """Have PayPal send events; a payment is made without its lines."""
        with self.bench.session.environment() as env:
            connection = env["paypal.api.connection"]._make_of(env.company)
            connection.write(
                {
                    "client_id": self.api.client_id,
                    "secret": self.api.secret,
                    "webhook_lines": "without",
                }
            )
            connection.action_webhooks_on()
            if connection.webhook_state != "on":
                raise ToolError(connection.webhook_explanation)
            url = f"{self.bench.odoo.url}/PayPal/Webhook/{connection.id}"
            return url, connection.webhook_id

    def _plan(self, number):
        """One payment: told by both doors, by one, by one twice; pending before it.

        Every fourth goes back, told alike; and now and then somebody forges one.
        """
        txn_id, back = f"{number:04}AB23456CD7890", f"{number:04}RF23456CD7890"
        self.expected[txn_id, "inbound"] = (1, AMOUNT)
        pair = [self._ipn(txn_id), self._event(txn_id, COMPLETED)]
        waits = self._event(txn_id, "PAYMENT.CAPTURE.PENDING", status="PENDING")
        self.jobs += [pair, pair[:1], [pair[1]] * 2, [waits, pair[1]]][number % 4]
        if number % 4 == 0:
            self.expected[back, "outbound"] = (1, AMOUNT)
            refunds = [self._ipn_back(back, txn_id), self._event_back(back, txn_id)]
            self.jobs += [refunds, refunds[:1], refunds[1:]][number // 4 % 3]
        if number % 10 == 0:
            forged = f"{number:04}FG23456CD7890"
            self.jobs.append(self._event(forged, COMPLETED, key="somebody"))

    # === MESSAGES === #

    def _ipn(self, txn_id, **changes):
        words = {
            "charset": "UTF-8",
            "txn_type": "express_checkout",
            "payment_status": "Completed",
            "payment_date": DAY,
            "txn_id": txn_id,
            "mc_gross": f"{AMOUNT}",
            "mc_fee": "4.20",
            "mc_currency": "ILS",
            "payer_email": "dana@example.com",
            "receiver_id": MERCHANT_ID,
            **changes,
        }
        body = urlencode(words).encode()
        return lambda: self.bench.paypal.send(body).statuses[0]

    def _ipn_back(self, txn_id, parent):
        return self._ipn(
            txn_id,
            payment_status="Refunded",
            reason_code="refund",
            parent_txn_id=parent,
            mc_gross=f"-{AMOUNT}",
            mc_fee="0.00",
        )

    def _event(self, txn_id, event_type, status="COMPLETED", **how):
        capture = {
            "id": txn_id,
            "status": status,
            "amount": {"currency_code": "ILS", "value": f"{AMOUNT}"},
            "seller_receivable_breakdown": {
                "paypal_fee": {"currency_code": "ILS", "value": "4.20"}
            },
            "create_time": DAY,
        }
        return self._sending(self.api.event(event_type, capture), **how)

    def _event_back(self, txn_id, parent):
        up = f"https://api.paypal.com/v2/payments/captures/{parent}"
        refund = {
            "id": txn_id,
            "status": "COMPLETED",
            "amount": {"currency_code": "ILS", "value": f"{AMOUNT}"},
            "links": [{"rel": "up", "href": up}],
            "create_time": DAY,
        }
        return self._sending(self.api.event("PAYMENT.CAPTURE.REFUNDED", refund))

    def _sending(self, event, **how):
        """:return: a function that signs the event of that moment, and sends it"""

        def send():
            sent = self.api.sign(event, self.webhook_id, **how)
            with requests.Session() as session:
                session.trust_env = False
                return session.post(
                    self.webhook_url, data=sent.body, headers=sent.headers, timeout=20
                ).status_code

        return send

    # === SENDING === #

    def send(self, kills):
        """Send everything from several sides, and kill Odoo meanwhile."""
        done, every = threading.Semaphore(0), max(1, len(self.jobs) // (kills + 1))

        def deliver(job):
            while True:
                try:
                    if job() == 200:
                        break
                except requests.RequestException:
                    pass  # Odoo is being killed: PayPal sends again, too
                time.sleep(0.2)
            done.release()

        with ThreadPoolExecutor(SENDERS) as pool:
            waiting = [pool.submit(deliver, job) for job in self.jobs]
            for _kill in range(kills):
                for _message in range(every):
                    done.acquire()
                self.bench.odoo.kill()
                self.bench.odoo.start()
            for each in waiting:
                each.result()
        self._settle()

    def _settle(self):
        """Wait until nothing is on the line; what a kill held is not waited for.

        :raise ToolError: nothing moves any more
        """
        database, server = self.bench.odoo.database, self.bench.server
        left = (
            "SELECT state, count(*) FROM paypal_ipn"
            " WHERE state IN ('received', 'verified', 'booked') GROUP BY state"
        )
        seen, until = None, 0.0
        while moving := sorted(server.execute(left, database=database)):
            if moving != seen:
                seen, until = moving, time.monotonic() + STANDSTILL
            if time.monotonic() > until:
                log = self.bench.odoo.log_path
                raise ToolError(f"{moving} stand still; Odoo's log is {log}")
            server.execute(BRING_FORWARD, database=database)
            server.execute("SELECT pg_notify('cron_trigger', %s)", [database])
            with self.bench.session.environment() as env:
                env["paypal.ipn"]._wake_worker()
                env["paypal.ipn"]._wake_delivery()
            time.sleep(3)

    # === LOOKING === #

    def faults(self):
        """:return: a line for each transaction that is not booked just once"""
        database, server = self.bench.odoo.database, self.bench.server
        payments = {
            (txn_id, kind): (count, amount)
            for txn_id, kind, count, amount in server.execute(BOOKED, database=database)
        }
        documents = dict(server.execute(DOCUMENTS, database=database))
        states = dict(server.execute(STATES, database=database))
        wrong = [
            f"{txn_id} {side}: {payments.get((txn_id, side))}, documents "
            f"{documents.get(txn_id)}, messages {states.get(txn_id)}"
            for (txn_id, side), due in self.expected.items()
            if payments.get((txn_id, side)) != due or documents.get(txn_id) != 1
        ]
        strangers = payments.keys() - self.expected.keys()
        return wrong + [f"nobody paid {stranger}" for stranger in sorted(strangers)]


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ToolError as error:
        sys.exit(f"tools.torture.doors: {error}")
