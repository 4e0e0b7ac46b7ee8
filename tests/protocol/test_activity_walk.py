"""The walk along a currency's balances: what moved, which way, and where it breaks.

A row is written as its net, its balance and its flags: c claims to move, s is sure of
it, b has no balance, n has no net, t is of a statement; and the moment, which is its
place unless given.
"""

import pytest
from reader.oracle import (
    CLAIMS,
    HAS_BALANCE,
    HAS_NET,
    IS_SURE,
    STATEMENT,
    Rows,
    judge,
)


def verdict(*rows, currencies=None, ids=None):
    noted = Rows()
    for place, (net, balance, *more) in enumerate(rows):
        flags = more[0] if more else "c"
        moment = more[1] if len(more) > 1 else place
        noted.add(
            10 + place,
            currencies[place] if currencies else "EUR",
            net,
            balance,
            CLAIMS * ("c" in flags)
            | IS_SURE * ("s" in flags)
            | HAS_BALANCE * ("b" not in flags)
            | HAS_NET * ("n" not in flags)
            | STATEMENT * ("t" in flags),
            moment,
            ids[place] if ids else f"T{place}",
        )
    assert len(noted) == len(rows)
    return judge(noted)


def moves(*rows, **more):
    return [*verdict(*rows, **more).moves]


def breaks(*rows, **more):
    return [(each.line, each.currency) for each in verdict(*rows, **more).breaks]


# === ONE AFTER THE OTHER === #


@pytest.mark.parametrize(
    ("rows", "moved"),
    [
        # The balance follows: it moved, whatever it claims.
        ([(100, 100), (5, 105, ""), (-40, 65, "")], [1, 1, 1]),
        # It stands still: it did not.
        ([(100, 100), (5, 100), (7, 107)], [1, 0, 1]),
        ([(100, 100), (5, 100, ""), (7, 107)], [1, 0, 1]),
        # Neither: what it claims.
        ([(100, 100), (5, 300), (7, 307)], [1, 1, 1]),
        ([(100, 100), (5, 300, ""), (7, 107)], [1, 0, 1]),
        # The first row has nothing before it.
        ([(5, 100, ""), (5, 105)], [0, 1]),
        ([(5, 0, ""), (7, 7), (1, 8)], [0, 1, 1]),
    ],
)
def test_a_row_moved_if_the_balance_did(rows, moved):
    assert moves(*rows) == moved


@pytest.mark.parametrize(
    ("rows", "broken"),
    [
        ([(100, 100), (5, 105), (1, 106)], []),
        ([(100, 100), (5, 300), (7, 307)], [(11, "EUR")]),
        ([(100, 100), (5, 300), (7, 400)], [(11, "EUR")]),
        ([(100, 100), (5, 300, ""), (7, 107)], []),
        # After a break the new balance is the one to follow.
        ([(100, 100), (5, 300), (7, 307), (1, 308)], [(11, "EUR")]),
    ],
)
def test_a_balance_that_does_not_follow_is_told_once(rows, broken):
    assert breaks(*rows) == broken


def test_what_cannot_be_read_counts_as_far_as_it_says():
    # A claim without a balance carries its net on.
    assert breaks((100, 100), (5, 0, "cb"), (7, 112)) == []
    assert moves((100, 100), (5, 0, "cb"), (7, 112)) == [1, 1, 1]
    # One that does not claim, or has no net, carries nothing.
    assert breaks((100, 100), (5, 0, "b"), (7, 107)) == []
    assert breaks((100, 100), (0, 0, "cbn"), (7, 107)) == []
    # A net of nothing tells nothing, nor does one that cannot be read.
    assert breaks((100, 100), (0, 500), (7, 107)) == []
    assert breaks((100, 100), (5, 500, "cn"), (7, 107)) == []
    assert moves((100, 100), (0, 500, ""), (7, 107)) == [1, 0, 1]
    # Before the first balance there is nothing to carry it to.
    assert breaks((5, 0, "cb"), (100, 100), (7, 107)) == []


# === SURE CLAIMS === #


def test_against_a_sure_claim_the_balance_has_to_be_proven_on_both_sides():
    proven = [(100, 100), (10, 110), (5, 110, "cs"), (1, 111)]
    assert moves(*proven) == [1, 1, 0, 1] and breaks(*proven) == []
    unproven = [(100, 100), (5, 100, "cs"), (1, 101)]
    assert moves(*unproven) == [1, 1, 1] and breaks(*unproven) == [(11, "EUR")]
    ends = [(100, 100), (10, 110), (5, 110, "cs")]
    assert moves(*ends) == [1, 1, 1] and breaks(*ends) == [(12, "EUR")]
    leads_astray = [(100, 100), (10, 110), (5, 110, "cs"), (1, 116)]
    assert moves(*leads_astray) == [1, 1, 1, 1]
    assert breaks(*leads_astray) == [(12, "EUR")]
    # What claims nothing, or cannot be read, is looked past.
    past = [(100, 100), (10, 110), (5, 110, "cs"), (3, 9, ""), (3, 9, "cb"), (1, 111)]
    assert moves(*past)[2] == 0
    after_a_break = [(100, 100), (10, 500), (5, 500, "cs"), (1, 501)]
    assert moves(*after_a_break) == [1, 1, 1, 1]
    assert breaks(*after_a_break) == [(11, "EUR")]


def test_a_statement_lists_only_what_moves():
    rows = [(100, 100), (10, 110), (5, 110, "cst"), (1, 111)]
    assert moves(*rows) == [1, 1, 1, 1] and breaks(*rows) == [(12, "EUR")]


# === DIRECTIONS === #


def test_the_newest_may_stand_first():
    rows = [(-40, 65), (5, 105), (100, 100)]
    found = verdict(*rows)
    assert [*found.moves] == [1, 1, 1]
    assert found.backwards == {"EUR"} and found.breaks == ()
    assert verdict(*rows[::-1]).backwards == frozenset()


def test_each_currency_has_a_direction_of_its_own():
    rows = [(-40, 60), (100, 100), (5, 5), (-4, 1)]
    codes = ["EUR", "EUR", "USD", "USD"]
    found = verdict(*((*row, "c", 0) for row in rows), currencies=codes)
    assert found.backwards == {"EUR"} and [*found.moves] == [1] * 4


@pytest.mark.parametrize(
    ("first", "last", "backwards"), [(1, 2, ()), (2, 1, ("USD",)), (1, 1, ("USD",))]
)
def test_where_balances_do_not_tell_time_does_and_then_the_others(
    first, last, backwards
):
    rows = [(-40, 60), (100, 100), (5, 50, "c", first), (7, 90, "c", last)]
    codes = ["EUR", "EUR", "USD", "USD"]
    found = verdict(*rows, currencies=codes)
    assert found.backwards == {"EUR", *backwards}


def test_breaks_are_told_in_the_order_of_the_file_once_for_each_currency():
    rows = [(1, 1), (1, 1), (5, 90), (5, 95), (5, 80), (5, 85), (1, 50), (1, 60)]
    codes = ["USD", "EUR", "EUR", "EUR", "USD", "USD", "EUR", "USD"]
    found = verdict(*rows, currencies=codes)
    assert [(each.line, each.currency) for each in found.breaks] == [
        (12, "EUR"),
        (14, "USD"),
    ]
    backwards = [(7, 500), (5, 105), (3, 90), (2, 87), (1, 85)]
    assert breaks(*backwards) == [(10, "EUR")]


def test_a_column_of_nothing_says_nothing():
    rows = [(100, 0), (5, 0), (7, 0, "")]
    assert moves(*rows) == [1, 1, 0] and breaks(*rows) == []
    assert moves((100, 0), (5, 0), (7, 7, "")) == [1, 0, 1]
    assert moves((100, 0, "")) == [0]

    codes = ["EUR", "EUR", "USD", "USD", "USD"]
    rows = [(100, 0), (5, 0), (9, 9), (7, 9), (1, 10)]
    assert moves(*rows, currencies=codes) == [1, 1, 1, 0, 1]


def test_most_pairs_decide_the_direction_and_not_the_last():
    rows = [(100, 100, "", 0), (5, 105, "", 0), (7, 112, "c", 0), (3, 105, "c", 0)]
    assert verdict(*rows).backwards == frozenset()


def test_one_pair_of_a_currency_weighs_as_much_as_many():
    rows = [(100, 100, "", 0), (5, 105, "", 0)]  # forwards, once
    rows += [(-40, 60, "c", 0), (100, 100, "c", 0)]  # backwards, and claimed
    rows += [(5, 50, "c", 0), (7, 90, "c", 0)]  # neither
    codes = ["EUR", "EUR", "USD", "USD", "ILS", "ILS"]
    assert verdict(*rows, currencies=codes).backwards == {"USD"}


def test_there_is_room_for_many_currencies_and_for_all_moments():
    codes = [f"{chr(65 + n // 26)}{chr(65 + n % 26)}A" for n in range(300)]
    rows = [(n + 1, n + 1, "cst", -n) for n in range(300)]
    assert moves(*rows, currencies=codes) == [1] * 300


# === OF ONE SECOND === #


def test_rows_of_one_second_may_all_have_the_balance_after_the_last():
    rows = [(100, 100), (-28, 103, "c", 5), (31, 103, "c", 5), (7, 110, "c", 6)]
    assert moves(*rows) == [1, 1, 1, 1] and breaks(*rows) == []


def test_rows_of_one_second_may_stand_in_any_order():
    last = [(100, 100), (31, 72, "c", 5), (-28, 103, "c", 5), (5, 108, "c", 6)]
    assert moves(*last) == [1, 1, 1, 1] and breaks(*last) == []


def test_of_one_second_only_what_claims_is_counted():
    rows = [(100, 100), (9, 103, "", 5), (3, 103, "c", 5), (7, 110, "c", 6)]
    assert moves(*rows) == [1, 0, 1, 1] and breaks(*rows) == []
    first = [(9, 103, "c", 5), (3, 103, "c", 5), (7, 110, "c", 6)]
    assert moves(*first) == [1, 1, 1] and breaks(*first) == []

    third = [(9, 103, "c", 5), (3, 103, "c", 5), (7, 103, "c", 6), (1, 104, "c", 7)]
    assert moves(*third) == [1, 1, 0, 1]


def test_of_three_of_one_second_the_last_has_the_balance_after_them():
    rows = [(100, 100), (10, 130, "c", 5), (20, 115, "c", 5), (5, 135, "c", 5)]
    assert moves(*rows) == [1, 1, 1, 1] and breaks(*rows) == []


def test_what_does_not_add_up_in_one_second_is_looked_at_row_by_row():
    rows = [(100, 100), (5, 300, "c", 5), (7, 307, "c", 5)]
    assert breaks(*rows) == [(11, "EUR")]
    first = [(5, 105, "c", 1), (7, 112, "c", 1), (7, 112, "c", 2), (1, 113, "c", 3)]
    assert moves(*first) == [1, 1, 0, 1]
    # Two that claim nothing moved there and back again.
    back = [(100, 100), (5, 105, "", 5), (-5, 100, "", 5), (1, 101, "c", 6)]
    assert moves(*back) == [1, 1, 1, 1]


def test_rows_of_one_second_without_balances_carry_on():
    rows = [(100, 100), (5, 0, "cb", 5), (7, 0, "cb", 5), (1, 113, "c", 6)]
    assert moves(*rows) == [1, 1, 1, 1] and breaks(*rows) == []


def test_what_adds_up_in_one_second_is_proven():
    rows = [(100, 100), (-28, 103, "c", 5), (31, 103, "c", 5)]
    rows += [(5, 103, "cs", 6), (1, 104, "c", 7)]
    assert moves(*rows) == [1, 1, 1, 0, 1] and breaks(*rows) == []


# === TWINS === #


def test_what_stood_first_as_pending_moved_if_its_completion_did_not():
    rows = [(-40, 60, ""), (5, 65), (-40, 65)]
    assert moves(*rows, ids=["A", "B", "A"]) == [1, 1, 0]
    assert moves(*rows, ids=["A", "B", "C"]) == [0, 1, 0]
    other = [(-41, 60, ""), (5, 65), (-40, 65)]
    assert moves(*other, ids=["A", "B", "A"]) == [0, 1, 0]
    moved = [(-40, 60, ""), (5, 65), (-40, 25)]
    assert moves(*moved, ids=["A", "B", "A"]) == [0, 1, 1]
