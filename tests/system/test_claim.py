"""Two workers at the same inbox, as two connections to one PostgreSQL."""

import threading

import pytest
from messages import SHOP, sale

from tools.databases import addon_template, scratch
from tools.environment import Environment
from tools.odoo_session import OdooSession

MESSAGES = 60
BATCH = 4


@pytest.fixture(scope="module")
def session(whole_bench):
    """A session on a database of its own, which no server works on."""
    env, server = Environment(), whole_bench.server
    with scratch(env, server, addon_template(env, server)) as database:
        session = OdooSession(env, server, database)
        with session.environment() as odoo_env:
            SHOP.set_up(odoo_env)
        yield session


@pytest.fixture
def due(session):
    """The ids of messages that wait to be worked."""
    with session.environment() as env:
        inbox = env["paypal.ipn"]
        for _ in range(MESSAGES):
            inbox._receive(sale())
        ids = set(inbox.search([("state", "=", "received")]).ids)
    yield ids
    with session.environment() as env:
        env["paypal.ipn"].browse(ids).state = "refused"


def test_two_workers_claim_different_messages_and_leave_none(session, due):
    start = threading.Barrier(2)
    claims = [[], []]

    def work(claimed):
        with session.environment() as env:
            inbox = env["paypal.ipn"]

            def claim():
                batch = inbox._claim("received", BATCH)
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
