"""An amount shared out to the cent."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from paypal import share

CENT = Decimal("0.01")
amounts = st.integers(-100_000, 100_000).map(lambda n: n * CENT)
weights = st.lists(st.integers(0, 100_000).map(Decimal), min_size=1, max_size=8)


@given(amounts, weights)
def test_the_shares_sum_up_and_none_is_off_by_more_than_a_cent(amount, weights):
    shares = share(amount, weights, CENT)
    assert sum(shares) == amount
    total = sum(weights) or Decimal(len(weights))
    for part, weight in zip(shares, weights, strict=True):
        exact = amount * (weight if sum(weights) else 1) / total
        assert abs(part - exact) <= CENT
        assert part == part.quantize(CENT)


def test_a_third_of_a_cent_is_nobodys():
    assert share(Decimal("0.10"), [Decimal(1)] * 3, CENT) == [
        Decimal("0.03"),
        Decimal("0.04"),
        Decimal("0.03"),
    ]


def test_a_currency_without_decimals_is_shared_in_whole_units():
    assert share(Decimal(100), [Decimal(2), Decimal(1)], Decimal(1)) == [67, 33]


def test_weights_that_are_all_zero_count_as_equal():
    zero = Decimal(0)
    half = Decimal("5.00")
    assert share(Decimal("10.00"), [zero, zero], CENT) == [half, half]


def test_half_a_cent_is_rounded_up():
    parts = share(Decimal("0.05"), [Decimal(1)] * 2, CENT)
    assert parts == [Decimal("0.03"), Decimal("0.02")]
