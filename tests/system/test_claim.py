"""Workers at the same inbox, as connections to one PostgreSQL, and what wakes them."""

import threading
import time

import pytest
from messages import sale

from conftest import shop_of_its_own

MESSAGES = 60
BATCH = 4
INTAKE = "odoo.addons.caspit_paypal_ipn.models.inbox.intake"


@pytest.fixture(scope="module")
def session(whole_bench):
    """A session on a database of its own, which no server works on."""
    with shop_of_its_own(whole_bench) as session:
        yield session


@pytest.fixture(autouse=True)
def nothing_is_left_on_the_line(session):
    """No test leaves a message on the line."""
    yield
    with session.environment() as env:
        env["paypal.ipn"].search([("state", "=", "received")]).state = "refused"


@pytest.fixture
def due(session):
    """The ids of messages that wait to be worked."""
    with session.environment() as env:
        inbox = env["paypal.ipn"]
        for _ in range(MESSAGES):
            inbox._receive(sale())
        return set(inbox.search([("state", "=", "received")]).ids)


def test_two_workers_claim_different_messages_and_leave_none(session, due):
    start, both_have_some = threading.Barrier(2), threading.Barrier(2)
    claims = [[], []]

    def work(claimed):
        with session.environment() as env:
            inbox = env["paypal.ipn"]

            def claim():
                batch = inbox._claim("received", BATCH)
                if not claimed:  # each holds its first batch while the other takes one
                    both_have_some.wait(60)
                claimed.extend(batch.ids)
                return len(batch)

            start.wait()
            # A conflict with the other worker ends a step without a claim.
            while len(claims[0]) + len(claims[1]) < len(due):
                inbox._take_step(claim)
                env.cr.commit()

    workers = [threading.Thread(target=work, args=(each,)) for each in claims]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    assert not any(worker.is_alive() for worker in workers)
    assert sorted(claims[0] + claims[1]) == sorted(due)
    assert all(claims), "one worker had it all: nothing was tried"


def test_a_claim_passes_over_what_another_has_locked(session, due):
    locked = set(sorted(due)[:BATCH])
    with session.environment() as mine, session.environment() as other:
        other["paypal.ipn"].browse(locked).lock_for_update()

        claimed = mine["paypal.ipn"]._claim("received", MESSAGES)

        assert set(claimed.ids) == due - locked


def test_who_loses_a_conflict_goes_on_with_what_is_left(session, due):
    mine, faster = [], []
    with session.environment() as env:

        def claim():
            env.cr.execute("SELECT 1")  # from here on this transaction sees no change
            if not faster:
                with session.environment() as other:
                    faster.extend(other["paypal.ipn"]._claim("received", BATCH).ids)
            batch = env["paypal.ipn"]._claim("received", BATCH)
            mine.extend(batch.ids)
            return len(batch)

        env["paypal.ipn"]._work_due([claim], lambda: None)

    assert len(faster) == BATCH
    assert sorted(mine + faster) == sorted(due)


@pytest.fixture
def triggers(session, monkeypatch):
    """How many triggers the worker's scheduled action has; none at first."""
    monkeypatch.setattr(f"{INTAKE}.woken", {})
    ours = (
        " FROM ir_cron_trigger WHERE cron_id IN (SELECT res_id FROM ir_model_data"
        " WHERE module = 'caspit_paypal_ipn' AND name = 'ir_cron_paypal_ipn_work')"
    )

    def execute(what):
        with session.environment() as env:
            env.cr.execute(what + ours)
            return env.cr.rowcount

    execute("DELETE")
    return lambda: execute("SELECT")


def receive(session):
    with session.environment() as env:
        env["paypal.ipn"]._receive(sale())


def test_a_rush_wakes_the_worker_once(session, triggers):
    for _ in range(3):
        receive(session)

    assert triggers() == 1


def test_what_is_kept_in_one_transaction_wakes_the_worker_once(session, triggers):
    with session.environment() as env:
        for _ in range(3):
            env["paypal.ipn"]._receive(sale())

    assert triggers() == 1


def test_what_comes_after_the_last_look_wakes_the_worker_again(session, triggers):
    receive(session)
    with session.environment() as worker:
        # As Odoo begins a scheduled action; it commits when the action is through.
        worker.cr.execute("DELETE FROM ir_cron_trigger")
        receive(session)
        assert triggers() == 1, "the worker has yet to look"
        worker["paypal.ipn"]._await_arrivals()
        receive(session)
        receive(session)

    assert triggers() == 1


def test_a_worker_that_never_comes_is_woken_again(session, triggers, monkeypatch):
    receive(session)
    monkeypatch.setattr(f"{INTAKE}.WAITS_FOR_A_WORKER", 0)
    receive(session)

    assert triggers() == 2


def is_kept(env, body):
    return env["paypal.ipn"].search_count(
        [("body_hash", "=", env["paypal.ipn"]._hash_of(body))]
    )


def test_a_message_that_is_taken_back_leaves_nothing_and_wakes_nobody(
    session, triggers
):
    body = sale()
    with session.environment() as env:
        env["paypal.ipn"]._receive(body)
        env.cr.rollback()
        assert not is_kept(env, body)

    assert triggers() == 0


def test_a_request_keeps_its_message_at_once(session):
    body = sale()
    with session.environment() as env:
        connection = env.cr.connection
        level = connection.isolation_level
        env["paypal.ipn"]._receive(body, at_once=True)
        env.cr.rollback()
        assert is_kept(env, body)
        assert (connection.autocommit, connection.isolation_level) == (False, level)


def test_the_last_look_waits_for_a_message_that_counts_on_this_run(
    session, triggers, monkeypatch
):
    # As long as it takes, on whatever machine.
    monkeypatch.setattr(f"{INTAKE}.ARRIVAL_LOOKS", 6000)
    receive(session)
    with session.environment() as arriving, session.environment() as worker:
        arriving["paypal.ipn"]._receive(sale())
        worker.cr.execute("DELETE FROM ir_cron_trigger")
        worker.cr.commit()
        through = threading.Timer(0.1, arriving.cr.commit)
        started = time.monotonic()
        through.start()
        worker["paypal.ipn"]._await_arrivals()
        waited = time.monotonic() - started
        worker.cr.commit()  # as the worker does after every step
        seen = worker["paypal.ipn"].search_count([("state", "=", "received")])
        through.join()

    assert triggers() == 0, "it woke the worker: nothing had to wait for it"
    assert waited >= 0.1
    assert seen == 2


def test_a_message_that_is_stuck_half_kept_stops_nobody(session, triggers):
    with session.environment() as arriving, session.environment() as worker:
        arriving["paypal.ipn"]._receive(sale())
        worker["paypal.ipn"]._await_arrivals()
        worker.cr.commit()
        receive(session)
        worker.cr.commit()

        assert worker["paypal.ipn"].search_count([("state", "=", "received")]) == 1
        arriving.cr.rollback()
