"""Two rows of an activity file that are one event find each other."""

from datetime import datetime, timedelta

from reader.pairs import Side, pair

NOON = datetime(2026, 1, 1, 12)


def side(key, net, currency="USD", reference="", minutes=0, group="conversion"):
    moment = NOON + timedelta(minutes=minutes)
    return Side(key, group, f"T{key}", reference, currency, net, moment)


def test_both_name_a_third_transaction():
    sides = [side(1, -10, reference="SALE"), side(2, 36, "ILS", "SALE", minutes=1)]
    assert pair(sides, across_currencies=True) == {1: 2, 2: 1}


def test_one_names_the_other():
    sides = [side(1, -10), side(2, 36, "ILS", "T1", minutes=1)]
    assert pair(sides, across_currencies=True) == {1: 2, 2: 1}


def test_none_names_any_and_both_are_of_the_same_second():
    assert pair([side(1, -10), side(2, 36, "ILS")], True) == {1: 2, 2: 1}


def test_three_of_the_same_second_are_left_alone():
    sides = [side(1, -10), side(2, 36, "ILS"), side(3, 9, "EUR")]
    assert pair(sides, across_currencies=True) == {}


def test_sides_of_one_currency_are_no_conversion():
    sides = [side(1, -10, reference="SALE"), side(2, 10, reference="SALE")]
    assert pair(sides, across_currencies=True) == {}


def test_of_several_releases_the_one_of_the_same_amount_counts():
    holds = [
        side(key, net, reference="SALE", minutes=key, group="hold")
        for key, net in ((1, -10), (2, -20), (3, 20), (4, 10))
    ]
    assert pair(holds, across_currencies=False) == {1: 4, 4: 1, 2: 3, 3: 2}


def test_each_side_has_one_other_side_at_most():
    holds = [
        side(key, net, reference="SALE", minutes=key, group="hold")
        for key, net in ((1, -10), (2, 10), (3, 10))
    ]
    assert pair(holds, across_currencies=False) == {1: 2, 2: 1}


def test_both_name_each_other():
    sides = [side(1, -10, reference="T2"), side(2, 36, "ILS", "T1", minutes=1)]
    assert pair(sides, across_currencies=True) == {1: 2, 2: 1}


def test_both_carry_one_id_at_different_times():
    out, back = side(1, -10, group="hold"), side(2, 10, group="hold", minutes=90)
    back = back._replace(txn_id=out.txn_id)
    assert pair([out, back], across_currencies=False) == {1: 2, 2: 1}


def test_half_a_dollar_has_another_side_as_well():
    sides = [side(1, -0.5, group="hold"), side(2, 0.5, group="hold")]
    assert pair(sides, across_currencies=False) == {1: 2, 2: 1}
