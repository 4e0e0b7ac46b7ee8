"""What the amounts of a dispute mean, told by the figures of its sale."""

from decimal import Decimal

import pytest
from paypal.readings import (
    BACK,
    BESIDE,
    INSIDE,
    NET,
    Figures,
    Reading,
    read_pull,
    read_return,
)


def figures(gross, fee, left=None, fee_left=None):
    gross, fee = Decimal(gross), None if fee is None else Decimal(fee)
    return Figures(
        gross,
        fee,
        gross if left is None else Decimal(left),
        fee if fee_left is None else Decimal(fee_left),
    )


def pull(gross, fee, sale, may_give_back=True):
    readings = read_pull(Decimal(gross), Decimal(fee), sale, may_give_back)
    return [(code, str(amount), str(charged)) for code, amount, charged in readings]


@pytest.mark.parametrize(
    ("gross", "fee", "expected"),
    [
        ("10.00", "-0.74", (BACK, "10.00", "-0.74")),
        ("9.26", "-0.74", (NET, "10.00", "-0.74")),
        ("5.00", "-0.37", (BACK, "5.00", "-0.37")),
        ("30.00", "-20.00", (INSIDE, "10.00", "20.00")),
        ("10.00", "-20.00", (BESIDE, "10.00", "20.00")),
        ("10.00", "20.00", (BESIDE, "10.00", "20.00")),
        ("10.00", "0.74", (BESIDE, "10.00", "0.74")),
        ("0.50", "0", (BACK, "0.50", "0")),
        ("12.50", "0", (BACK, "10.00", "2.50")),
    ],
)
def test_the_sales_figures_tell_what_a_hold_means(gross, fee, expected):
    assert pull(gross, fee, figures("10.00", "0.74")) == [expected]


def test_a_hold_of_what_a_refund_left_may_be_net_as_well():
    sale = figures("100.00", "4.00", left="60.00", fee_left="2.40")
    assert pull("57.60", "-2.40", sale) == [(NET, "60.00", "-2.40")]


def test_a_settlement_never_gives_a_fee_back():
    sale = figures("74.95", "2.47")
    assert pull("94.95", "-20.00", sale, False) == [(INSIDE, "74.95", "20.00")]
    assert pull("74.95", "-2.47", sale, False) == [(BESIDE, "74.95", "2.47")]


def test_what_fits_neither_is_left_to_a_person():
    sale = figures("118.00", "5.20")
    assert pull("100.00", "-40.00", sale, False) == [
        (INSIDE, "60.00", "40.00"),
        (BESIDE, "100.00", "40.00"),
    ]


def test_a_reading_that_leaves_the_customer_nothing_is_none():
    sale = figures("118.00", "5.20")
    assert pull("20.00", "-20.00", sale, False) == [(BESIDE, "20.00", "20.00")]


def test_a_persons_answer_is_kept_by_these_names():
    named = (BACK, NET, INSIDE, BESIDE)
    assert named == ("fee_back", "net", "fee_inside", "fee_beside")


def test_a_fee_that_the_sale_does_not_name_is_given_back_as_the_manual_says():
    assert pull("10.00", "-0.74", figures("10.00", None)) == [(BACK, "10.00", "-0.74")]


def test_what_comes_back_is_read_like_what_was_pulled():
    net = figures("10.00", "-0.74")
    told = (Decimal("10.00"), Decimal("0.74"))
    assert read_return(*told, net) == Reading(BACK, *told)
    assert read_return(Decimal("9.26"), Decimal("0.74"), net) == Reading(NET, *told)


def test_a_charge_that_comes_back_with_the_money_is_given_back():
    lost = figures("74.95", "20.00")
    assert read_return(Decimal("94.95"), Decimal(0), lost) == Reading(
        INSIDE, Decimal("74.95"), Decimal("-20.00")
    )


def test_a_charge_of_less_than_one_comes_back_as_well():
    back = read_return(Decimal("10.50"), Decimal(0), figures("10.00", "0.50"))
    assert back == Reading(INSIDE, Decimal("10.00"), Decimal("-0.50"))


@pytest.mark.parametrize(
    ("gross", "fee", "pulled"),
    [
        ("6.00", "0.30", ("10.00", "-0.74")),
        # Not net, though the fee is the one that was given back.
        ("6.00", "0.74", ("10.00", "-0.74")),
        # Nothing was charged on top that could come back.
        ("9.26", "0", ("10.00", "-0.74")),
        ("11.00", "0", ("10.00", "0")),
        # A part, and no charge with it.
        ("60.00", "0", ("74.95", "20.00")),
        # It could be net, but nobody knows the fee.
        ("9.26", "0.74", ("10.00", None)),
        ("6.00", "0.30", None),
    ],
)
def test_another_amount_comes_back_as_it_is_told(gross, fee, pulled):
    told = (Decimal(gross), Decimal(fee))
    pulled = pulled and figures(*pulled)
    assert read_return(*told, pulled) == Reading(BACK, *told)
