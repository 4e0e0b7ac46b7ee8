"""A month of PayPal's ledger of which IPN loses a fifth, with every kind of trouble.

python -m tools.torture --month 500

PayPal's stand-in tells of the movements, of some by a message and of all in its ledger.
Odoo is killed in the midst of each part of the month, and PayPal's API refuses, limits
and forgets. After the last walk every movement has to be in the books once, and each
midnight's balance equal to the cent.
"""

import random
import time
from collections import Counter
from datetime import datetime, timedelta, timezone

from tools import ToolError
from tools.commands import say
from tools.trials.demo import SHOP
from tools.trials.ledger import Ledger
from tools.trials.ledger_messages import message_of
from tools.trials.ledger_moves import moves_of
from tools.trials.workbench import workbench

LOST = 0.2
START = datetime(2026, 10, 1, 6, tzinfo=timezone.utc)
DAYS = 30
OVERLAP = timedelta(hours=6)
CURRENCIES = {"ILS", "USD", "EUR"}
#: What goes wrong in each part of the month, three times, beside the power cut.
FAULTS = ("429", "token_dies", "no_permission", "503", "monday")
UNDER_WAY_LIMIT = 60  # seconds until something of a part is booked
#: What only a person can book: PayPal's corrections.
BY_HAND = ("T1200",)
#: What PayPal sets aside is still the merchant's, and moves nothing in the books.
HOLDS = ("T1110", "T1111", "T2105", "T2106")


def a_month(count, seed=7):
    """Movements in three currencies that can all be booked, of buyers without mail.

    :param int count: how many
    :return: ``transaction_details``, the oldest first
    """
    moves = []
    for move in moves_of(3 * count, seed=seed, start=START):
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
        if len(moves) == count:
            break
    for number, move in enumerate(moves):
        when = _moment(number, count).strftime("%Y-%m-%dT%H:%M:%SZ")
        move["transaction_info"]["transaction_initiation_date"] = when
    return moves


def _moment(number, count):
    return START + timedelta(days=DAYS) * number / count


class Month:
    """The month goes by in parts, each with a trouble and a power cut of its own.

    :param tools.trials.workbench.Workbench bench: what runs
    :param moves: of :func:`a_month`
    :param faults: what goes wrong, part by part
    """

    def __init__(self, bench, moves, faults=FAULTS, seed=20):
        self.bench, self.moves, self.faults = bench, moves, faults
        self.chance = random.Random(seed)
        self.trial = Ledger(bench, moves)
        self.sent, self.made = set(), set()
        self.unfinished, self.proofs = 0, 0
        bench.paypal.api.moves = []
        self.trial.connect()
        self.trial.walk()

    def pass_by(self):
        """Live through the month, and look at all of it once more in the last night."""
        bounds = [len(self.moves) * n // len(self.faults) for n in range(99)]
        for fault, first, last in zip(self.faults, bounds, bounds[1:], strict=False):
            say(f"movements {first} to {last}: {fault}, and a power cut")
            self._pass_part(fault, first, last)
        self._look(0, len(self.moves), "night")
        self.trial.walk()

    def _pass_part(self, fault, first, last):
        """Let PayPal tell of some movements, in the midst of trouble."""
        before = self._payments()
        self._tell(self.moves[first:last])
        self.bench.paypal.api.moves = self.moves[:last]
        self.bench.paypal.api.change(fault, times=3)
        self._look(first, last)
        self._wait_until_more_than(before)
        self.bench.odoo.kill()
        self.unfinished += self._unfinished()
        self.bench.odoo.start()
        self._let_time_pass()
        self.trial.walk()

    def _tell(self, moves):
        """Have PayPal send the messages of movements, those that are not lost."""
        account = SHOP.merchant_id, SHOP.merchant_email
        deliveries = []
        for move in moves:
            body = message_of(move, *account)
            if body and self.chance.random() > LOST:
                self.sent.add(_txn_id(move))
                body += b"&test_ipn=1"
                deliveries.append(self.bench.paypal.send(body, wait=False))
        for delivery in deliveries:
            delivery.wait_for_first_send()

    def _look(self, first, last, kind="hour"):
        """The hour's look at a part of the month."""
        count = len(self.moves)
        with self.bench.session.environment() as env:
            connection = env["paypal.api.connection"]._of(env.company)
            start = (_moment(first, count) - OVERLAP).replace(tzinfo=None)
            end = _moment(last, count).replace(tzinfo=None)
            connection._plan(
                kind, start.replace(microsecond=0), end.replace(microsecond=0)
            )
            connection._wake()

    def _sql(self, statement):
        return self.bench.server.execute(statement, database=self.bench.odoo.database)

    def _payments(self):
        return self._sql("SELECT count(*) FROM account_payment")

    def _wait_until_more_than(self, before):
        """Wait until some of the messages are booked, and not all.

        :raise ToolError: nothing is
        """
        deadline = time.monotonic() + UNDER_WAY_LIMIT
        while self._payments() == before:
            if time.monotonic() > deadline:
                raise ToolError("nothing is booked")
            time.sleep(0.05)
        time.sleep(self.chance.random())

    def _unfinished(self):
        """:return: how much was in hand, or waited, when the power was cut"""
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

    # === WHAT BECAME OF IT === #

    def differences(self):
        """:return: what is not as it has to be, in words; nothing when all is well"""
        with self.bench.session.environment() as env:
            return [
                *self._wrongly_booked(env),
                *self._wrongly_made(env),
                *self._unproved(env),
            ]

    def _wrongly_booked(self, env):
        """Tell of movements that are not in the books exactly once."""
        lines = env["paypal.activity.line"].search([("ledger_key", "!=", False)])
        found = {line.txn_id: line for line in lines}
        if not len(lines) == len(found) == len(self.moves):
            yield f"{len(self.moves)} movements became {len(lines)} rows"
        payments = env["account.payment"].search([("paypal_txn_id", "!=", False)])
        for txn_id, count in Counter(payments.mapped("paypal_txn_id")).items():
            if count > 1:
                yield f"{txn_id} has {count} payments"
        idle = self._pending()
        for move in self.moves:
            txn_id = _txn_id(move)
            line = found.get(txn_id, lines.browse())
            is_idle = (
                txn_id in idle
                or move["transaction_info"]["transaction_event_code"] in HOLDS
            )
            if line.result != ("no_books" if is_idle else "equal"):
                yield f"{txn_id} {line.event_code}: {line.result}, {line.explanation}"

    def _wrongly_made(self, env):
        """What was lost was made from the ledger."""
        ipns = env["paypal.ipn"].search([("source", "=", "ledger")])
        self.made = set(ipns.mapped("txn_id"))
        if wrong := self.lost() - self._pending() - self.made:
            yield f"lost, and not made: {sorted(wrong)}"

    def _unproved(self, env):
        """Tell of midnights whose balance is not equal to the cent."""
        connection = env["paypal.api.connection"]._of(env.company)
        proved = Counter()
        for night in range(1, DAYS + 1):
            midnight = connection._midnight(START.date() + timedelta(days=night))
            connection._prove(midnight)
            for proof in connection._last_proofs():
                proved[proof.currency_id.name] += 1
                if not proof.is_equal or proof.difference:
                    code, amount = proof.currency_id.name, proof.difference
                    yield f"{midnight:%d.%m.}: {code} differs by {amount}"
        self.proofs = sum(proved.values())
        if set(proved) != CURRENCIES or max(proved.values()) < DAYS:
            yield f"proved: {dict(proved)}"

    def lost(self):
        """:return: the transactions whose messages never came"""
        told = {_txn_id(move) for move in self.moves if message_of(move, "", "")}
        return told - self.sent

    def _pending(self):
        return {
            _txn_id(move)
            for move in self.moves
            if move["transaction_info"]["transaction_status"] == "P"
        }


def _txn_id(move):
    return move["transaction_info"]["transaction_id"]


def run(count):
    """Live through a month of so many movements.

    :return: figures, and differences in words
    """
    with workbench(SHOP) as bench:
        month = Month(bench, a_month(count))
        month.pass_by()
        differences = month.differences()
        if differences:
            log = bench.odoo.log_path
            kept = log.rename(log.parent.parent / "torture-month.log")
            say(f"Odoo's log is {kept}")
        figures = {
            "movements": count,
            "told_by_messages": len(month.sent),
            "lost_messages": len(month.lost()),
            "made_from_the_ledger": len(month.made),
            "unfinished_at_power_cuts": month.unfinished,
            "balances_proved": month.proofs,
            "differences": len(differences),
        }
        return figures, differences
