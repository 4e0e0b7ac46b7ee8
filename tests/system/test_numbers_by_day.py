"""Two processes that number documents of one series at the same moment."""

import threading
import time

import pytest
from messages import sale

from odoo.exceptions import ConcurrencyError

from conftest import shop_of_its_own


@pytest.fixture
def session(whole_bench):
    """A database of its own, in which no scheduled action runs."""
    with shop_of_its_own(whole_bench) as session:
        with session.environment() as env:
            env.company._paypal_setup()
        yield session


def verified(env, day):
    """Keep a sale of that day of January, as if PayPal had confirmed it.

    :return: its ``paypal.ipn``
    """
    inbox = env["paypal.ipn"]
    body = sale(
        payment_date=f"02:00:00 Jan {day}, 2025 PST",
        payer_id=f"BUYEROFDAY{day}",
        payer_email=f"day{day}@example.com",
    )
    inbox._receive(body)
    ipn = inbox.search([], order="id desc", limit=1)
    ipn._read()
    ipn.company_id = env.company
    ipn._move_to("verified")
    return ipn.with_company(env.company)


def test_a_later_day_that_is_numbered_in_between_sends_the_earlier_one_back(session):
    with session.environment() as env:
        earlier, later = verified(env, 15).id, verified(env, 20).id

    with pytest.raises(ConcurrencyError), session.environment() as env:
        message = env["paypal.ipn"].browse(earlier).with_company(env.company)
        drafts = message._sale_documents()  # its day is read here
        with session.environment() as other:
            faster = other["paypal.ipn"].browse(later).with_company(other.company)
            faster._book_sale()
        message._settle(drafts)

    with session.environment() as env:
        message = env["paypal.ipn"].browse(earlier).with_company(env.company)
        assert message.state == "verified"
        assert not message.move_ids
        message._book_sale()
        booked = message | message.browse(later)
        numbered = booked.document_id.sorted("sequence_number")
        assert numbered.mapped(lambda move: str(move.date)) == ["2025-01-20"] * 2
        assert numbered[1] == message.document_id
        assert message.payment_ids.date.day == 15


def test_an_earlier_day_that_is_numbered_in_between_disturbs_nobody(session):
    with session.environment() as env:
        earlier, later = verified(env, 15).id, verified(env, 20).id

    with session.environment() as env:
        message = env["paypal.ipn"].browse(later).with_company(env.company)
        drafts = message._sale_documents()
        with session.environment() as other:
            faster = other["paypal.ipn"].browse(earlier).with_company(other.company)
            faster._book_sale()
        message._settle(drafts)

    with session.environment() as env:
        documents = env["paypal.ipn"].browse([earlier, later]).document_id
        documents |= env["account.move"].search([("paypal_ipn_id", "=", later)])
        days = documents.filtered(lambda m: m.move_type == "out_invoice")
        days = days.sorted("sequence_number").mapped(lambda move: move.date.day)
        assert days == [15, 20]


def test_whoever_books_earlier_days_numbers_them_first(session):
    with session.environment() as env:
        earlier, later = verified(env, 15).id, verified(env, 20).id
    is_ahead, is_done = threading.Event(), []

    def book_the_earlier():
        with session.environment() as env:
            message = env["paypal.ipn"].browse(earlier).with_company(env.company)
            message._line_up()
            is_ahead.set()
            wait_until_waited_for(env)
            message._book_with("_book_sale")
            is_done.append(True)

    process = threading.Thread(target=book_the_earlier)
    process.start()
    try:
        assert is_ahead.wait(30)
        with session.environment() as env:
            message = env["paypal.ipn"].browse(later).with_company(env.company)
            message._book_with("_book_sale")
            assert is_done, "it did not wait"
    finally:
        process.join(60)

    with session.environment() as env:
        documents = env["paypal.ipn"].browse([earlier, later]).document_id
        days = documents.sorted("sequence_number").mapped(lambda move: move.date.day)
        assert days == [15, 20]


def wait_until_waited_for(env):
    """Wait until another process waits for an advisory lock of this one's."""
    for _look in range(300):
        env.cr.execute(
            "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            " AND database = (SELECT oid FROM pg_database"
            " WHERE datname = current_database())"
        )
        if env.cr.rowcount:
            return
        time.sleep(0.1)
    raise AssertionError("nobody waited")
