"""PayPal's Balance column says what moved, whatever the words are."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st
from reader.activity import read_activity

HEADER = ["Date", "Time", "TimeZone", "Name", "Type", "Status", "Currency"]
HEADER += ["Gross", "Fee", "Net", "Transaction ID", "Balance"]


def file_of(*rows, impact=False, status=True):
    """A file of (type, status, currency, net, balance[, impact[, time]]) tuples."""
    text = io.StringIO()
    writer = csv.writer(text)
    header = [*HEADER, *(["Balance Impact"] if impact else [])]
    skip = () if status else (HEADER.index("Status"),)
    writer.writerow([name for n, name in enumerate(header) if n not in skip])
    for number, (type_, state, currency, net, balance, *more) in enumerate(rows):
        time = more[1] if len(more) > 1 else f"10:00:{number:02}"
        cells = ["03/20/2026", time, "PDT", "Dana", type_, state, currency, net]
        cells += ["0.00", net, f"1AB2345{number:010}", balance]
        cells += more[:1] if impact else []
        writer.writerow([cell for n, cell in enumerate(cells) if n not in skip])
    return text.getvalue().encode()


def moved(*rows, **options):
    return [row.moves_balance for row in read_activity(file_of(*rows, **options)).rows]


SALE = ("Website Payment", "Completed", "EUR", "100.00", "100.00")


def test_what_is_pending_and_moves_is_booked():
    rows = SALE, ("General Withdrawal", "Pending", "EUR", "-40.00", "60.00")
    assert moved(*rows) == [True, True]


def test_what_is_completed_and_does_not_move_is_a_memo():
    rows = SALE, ("Moon Dust", "Completed", "EUR", "7.00", "100.00")
    activity = read_activity(file_of(*rows))
    assert [row.moves_balance for row in activity.rows] == [True, False]
    assert activity.rows[1].kind == "memo"


def test_what_is_called_a_memo_and_moves_is_unknown_and_not_passed_over():
    rows = SALE, ("General Authorization", "Completed", "EUR", "-7.00", "93.00")
    activity = read_activity(file_of(*rows))
    assert (activity.rows[1].moves_balance, activity.rows[1].kind) == (True, "unknown")


def test_the_newest_row_may_stand_first_in_one_currency_and_last_in_another():
    rows = (
        ("General Withdrawal", "Pending", "EUR", "-40.00", "60.00"),
        SALE,
        ("Website Payment", "Completed", "USD", "5.00", "5.00"),
        ("General Withdrawal", "Pending", "USD", "-4.00", "1.00"),
    )
    same_time = [(*row, "", "10:00:00") for row in rows]
    assert moved(*same_time) == [True] * 4


def test_what_stood_as_pending_first_moved_if_its_completion_did_not():
    data = file_of(
        ("General Withdrawal", "Pending", "EUR", "-40.00", "60.00"),
        ("Website Payment", "Completed", "EUR", "5.00", "65.00"),
        ("General Withdrawal", "Completed", "EUR", "-40.00", "65.00"),
    ).replace(b"1AB23450000000002", b"1AB23450000000000")
    assert [row.moves_balance for row in read_activity(data).rows] == [
        True,
        True,
        False,
    ]


def test_an_authorization_of_the_same_second_is_not_taken_for_its_payment():
    rows = (
        SALE,
        ("General Authorization", "Pending", "EUR", "-10.00", "90.00", "", "11:00:00"),
        ("Website Payment", "Completed", "EUR", "-10.00", "90.00", "", "11:00:00"),
    )
    assert moved(*rows) == [True, False, True]


def test_all_rows_of_one_second_may_have_the_balance_after_the_last():
    rows = (
        ("Website Payment", "", "EUR", "-28.00", "0.00", "", "11:00:00"),
        ("Bank Deposit to PP Account", "", "EUR", "28.00", "0.00", "", "11:00:00"),
        ("Mobile Payment", "", "EUR", "3.00", "3.00"),
    )
    activity = read_activity(file_of(*rows, status=False))
    assert [row.moves_balance for row in activity.rows] == [True] * 3
    assert activity.breaks == ()


def test_the_impact_column_decides_where_there_is_no_balance():
    rows = (
        ("Website Payment", "Completed", "EUR", "10.00", "", "Memo"),
        ("General Withdrawal", "Pending", "EUR", "-4.00", "", "Debit"),
    )
    activity = read_activity(file_of(*rows, impact=True))
    assert activity.certainty == "impact"
    assert [row.moves_balance for row in activity.rows] == [False, True]


def test_the_balance_is_believed_more_than_the_impact_where_it_is_proven():
    still = ("General Withdrawal", "Pending", "EUR", "-4.00", "110.00", "Debit")
    more = ("Website Payment", "Completed", "EUR", "10.00", "110.00", "Credit")
    end = ("Website Payment", "Completed", "EUR", "1.00", "111.00", "Credit")
    rows = (*SALE, "Credit"), more, still, end
    assert moved(*rows, impact=True) == [True, True, False, True]


def test_status_and_type_decide_where_there_is_neither():
    rows = (
        ("Website Payment", "Completed", "EUR", "10.00", ""),
        ("Website Payment", "Pending", "EUR", "10.00", ""),
        ("General Authorization", "Completed", "EUR", "10.00", ""),
    )
    activity = read_activity(file_of(*rows))
    assert activity.certainty == "words"
    assert [row.moves_balance for row in activity.rows] == [True, False, False]


def test_balances_that_do_not_add_up_say_at_which_row():
    rows = SALE, (*SALE[:3], "10.00", "150.00"), (*SALE[:3], "10.00", "160.00")
    activity = read_activity(file_of(*rows))
    assert activity.breaks == ((3, "EUR"),)
    assert all(row.moves_balance for row in activity.rows)


def test_a_balance_of_zeros_throughout_says_nothing():
    rows = (*SALE[:4], "0.00"), (*SALE[:3], "10.00", "0.00")
    assert moved(*rows) == [True, True]


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(("EUR", "USD", "ILS")),
        st.sampled_from((1, -1)),
        st.booleans(),
        st.sampled_from(("Completed", "Pending", "Denied")),
        st.sampled_from(("Website Payment", "General Withdrawal", "Moon Dust")),
    ),
    min_size=2,
    max_size=20,
)


@settings(max_examples=60)
@given(events=EVENTS, upwards=st.booleans(), begins=st.integers(1, 9_999))
def test_words_that_lie_do_not_matter_once_the_balance_is_known(
    events, upwards, begins
):
    """The first row of a currency moves, so that its balance is known.

    No sum of amounts is another sum: else a file can be read in two ways that both add
    up, and 1, -1, 1 is one that can.
    """
    rows, moves, balances = [], [], {}
    for number, (currency, sign, moving, status, type_) in enumerate(events):
        cents = sign * 3**number
        if currency not in balances:
            balances[currency], moving, status = begins * 100 + 1, True, "Completed"
            type_, cents = "Website Payment", abs(cents)
        if moving:
            balances[currency] += cents
        moves.append(moving)
        rows.append(
            (type_, status, currency, f"{cents / 100:.2f}", balances[currency] / 100)
        )
    data = file_of(*rows)
    if upwards:
        head, *lines = data.splitlines(keepends=True)
        data, moves = head + b"".join(reversed(lines)), moves[::-1]
    assert [row.moves_balance for row in read_activity(data).rows] == moves
