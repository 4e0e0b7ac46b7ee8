"""A month of movements of which IPN loses a fifth, with every kind of trouble."""

import random
import time
from collections import Counter
from datetime import datetime, timedelta, timezone

import pytest

from tools.trials.demo import SHOP
from tools.trials.ledger import Ledger
from tools.trials.ledger_messages import message_of
from tools.trials.ledger_moves import moves_of
from tools.trials.workbench import workbench

MOVEMENTS = 500
LOST = 0.2
START = datetime(2026, 10, 1, 6, tzinfo=timezone.utc)
DAYS = 30
OVERLAP = timedelta(hours=6)
#: What goes wrong in each part of the month, three times, beside the power cut.
FAULTS = ("429", "token_dies", "no_permission", "503", "monday")
#: What only a person can book: PayPal's corrections.
BY_HAND = ("T1200",)
#: What PayPal sets aside is still the merchant's, and moves nothing in the books.
HOLDS = ("T1110", "T1111", "T2105", "T2106")


@pytest.fixture
def shop():
    with workbench(SHOP) as bench:
        yield bench


def a_month():
    """Movements in three currencies that can all be booked, of buyers without mail."""
    moves = []
    for move in moves_of(3 * MOVEMENTS, seed=7, start=START):
        info = move["transaction_info"]
        code, amount = info["transaction_event_code"], info["transaction_amount"]
        is_own = code.startswith("T00") and amount["value"].startswith("-")
        if is_own or code in BY_HAND:
            continue
        # The rows left out were part of the balances that the others tell.
        info.pop("ending_balance"), info.pop("available_balance")
        # A receipt is a second of computing, and not what is tried here.
        move.get("payer_info", {}).pop("email_address", None)
        moves.append(move)
        if len(moves) == MOVEMENTS:
            break
    for number, move in enumerate(moves):
        move["transaction_info"]["transaction_initiation_date"] = written(number)
    return moves


def written(number):
    return moment(number).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(number):
    return START + timedelta(days=DAYS) * number / MOVEMENTS


class Month:
    """The month goes by in parts, each with a trouble and a power cut of its own."""

    def __init__(self, bench, moves):
        self.bench, self.moves = bench, moves
        self.chance = random.Random(20)
        self.trial = Ledger(bench, moves)
        self.sent = set()
        bench.paypal.api.moves = []
        self.trial.connect()
        self.trial.walk()

    def pass_part(self, fault, first, last):
        """Let PayPal tell of some movements, in the midst of trouble."""
        self._tell(self.moves[first:last])
        self.bench.paypal.api.moves = self.moves[:last]
        self.bench.paypal.api.change(fault, times=3)
        self._look(first, last)
        self._wait_until_under_way()
        self.bench.odoo.kill()
        unfinished = self._unfinished()
        self.bench.odoo.start()
        self._let_time_pass()
        self.trial.walk()
        return unfinished

    def _tell(self, moves):
        """Have PayPal send the messages of movements, those that are not lost."""
        account = SHOP.merchant_id, SHOP.merchant_email
        deliveries = []
        for move in moves:
            body = message_of(move, *account)
            if body and self.chance.random() > LOST:
                self.sent.add(move["transaction_info"]["transaction_id"])
                body += b"&test_ipn=1"
                deliveries.append(self.bench.paypal.send(body, wait=False))
        for delivery in deliveries:
            delivery.wait_for_first_send()

    def _look(self, first, last, kind="hour"):
        """The hour's look at a part of the month."""
        with self.bench.session.environment() as env:
            connection = env["paypal.api.connection"]._of(env.company)
            start = (moment(first) - OVERLAP).replace(tzinfo=None, microsecond=0)
            end = moment(last).replace(tzinfo=None, microsecond=0)
            connection._plan(kind, start, end)
            connection._wake()

    def look_once_more(self):
        """The night's look at all of it."""
        self._look(0, MOVEMENTS, "night")
        self.trial.walk()

    def _sql(self, statement):
        return self.bench.server.execute(statement, database=self.bench.odoo.database)

    def _wait_until_under_way(self):
        """Wait until some of the messages are booked, and not all."""
        deadline = time.monotonic() + 60
        before = self._sql("SELECT count(*) FROM account_payment")
        while self._sql("SELECT count(*) FROM account_payment") == before:
            assert time.monotonic() < deadline, "nothing is booked"
            time.sleep(0.05)
        time.sleep(self.chance.random())

    def _unfinished(self):
        [[count]] = self._sql(
            """SELECT (SELECT count(*) FROM paypal_ipn
                        WHERE state IN ('received', 'verified', 'booked'))
                    + (SELECT count(*) FROM paypal_api_window WHERE state = 'waiting')
                    + (SELECT count(*) FROM paypal_activity_line WHERE is_to_make)"""
        )
        return count

    def _let_time_pass(self):
        """What the dead had claimed is due again, as after some minutes."""
        self._sql("UPDATE paypal_ipn SET next_try = now() at time zone 'utc'")
        self._sql("UPDATE paypal_api_window SET next_try = NULL")
        self.bench.server.execute(
            "SELECT pg_notify('cron_trigger', %s)", [self.bench.odoo.database]
        )


def test_after_the_last_walk_every_movement_is_in_the_books_once(shop):
    moves = a_month()
    month = Month(shop, moves)
    part = MOVEMENTS // len(FAULTS)
    for number, fault in enumerate(FAULTS):
        assert month.pass_part(fault, number * part, (number + 1) * part)
    month.look_once_more()

    with shop.session.environment() as env:
        assert wrongly_booked(env, moves) == {}
        made = env["paypal.ipn"].search([("source", "=", "ledger")]).mapped("txn_id")
        lost = {
            move["transaction_info"]["transaction_id"]
            for move in moves
            if message_of(move, "", "")
        } - month.sent
        assert len(lost) > MOVEMENTS * LOST / 2
        assert lost - set(made) == pending(moves) & lost
        assert unproved(env) == []


def pending(moves):
    infos = [move["transaction_info"] for move in moves]
    return {
        info["transaction_id"] for info in infos if info["transaction_status"] == "P"
    }


def wrongly_booked(env, moves):
    """:return: what is said of movements that are not in the books exactly once"""
    lines = env["paypal.activity.line"].search([("ledger_key", "!=", False)])
    found = {line.txn_id: line for line in lines}
    assert len(lines) == len(found) == len(moves)
    payments = env["account.payment"].search([("paypal_txn_id", "!=", False)])
    wrong = {
        txn_id: f"{count} payments"
        for txn_id, count in Counter(payments.mapped("paypal_txn_id")).items()
        if count > 1
    }
    idle = pending(moves)
    for move in moves:
        info = move["transaction_info"]
        line = found[info["transaction_id"]]
        is_idle = line.txn_id in idle or info["transaction_event_code"] in HOLDS
        if line.result != ("no_books" if is_idle else "equal"):
            wrong[line.txn_id] = (line.event_code, line.result, line.explanation)
    return wrong


def unproved(env):
    """:return: the balances of the month's midnights that are not equal to the cent"""
    connection = env["paypal.api.connection"]._of(env.company)
    wrong, proved = [], Counter()
    for night in range(1, DAYS + 1):
        midnight = connection._midnight(START.date() + timedelta(days=night))
        connection._prove(midnight)
        for proof in connection._last_proofs():
            proved[proof.currency_id.name] += 1
            if not proof.is_equal or proof.difference:
                wrong.append((midnight, proof.currency_id.name, proof.difference))
    assert set(proved) == {"ILS", "USD", "EUR"}
    assert min(proved.values()) >= DAYS - 2
    return wrong
