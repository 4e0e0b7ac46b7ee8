"""Garbage over HTTP and into the books, as `make fuzz` does it for longer."""

from messages import SHOP

from tools.fuzz.http import fuzz, fuzz_the_books

SEED = 20261125


def test_the_listener_answers_garbage_soon_without_an_error_and_without_growing(bench):
    statuses, wrong = fuzz(bench, SEED, 250)

    assert wrong == []
    assert statuses[200] > 200
    print(f"{sum(statuses.values())} requests")


def test_garbage_that_paypal_stands_by_ends_in_a_state_with_a_reason(bench):
    fates, wrong = fuzz_the_books(bench, SEED, SHOP, 60)

    assert wrong == []
    assert fates["done"] > 3
    print(f"{sum(fates.values())} messages")
