"""What a whole file of PayPal's says of its rows."""

from decimal import Decimal

import pytest
from activity_csv import file_of, read, row_of
from reader import UnreadableActivity, iter_activity, open_activity, read_activity


def test_a_file_is_described_before_its_rows_come():
    data = file_of({"Balance": "9.00"}, {"Balance": "18.00"})
    activity, rows = open_activity(data)
    assert activity.rows == () and activity.certainty == "balance"
    whole = read_activity(data)
    assert (activity.language, activity.encoding) == ("en", "utf-8")
    assert activity.date_order_is_certain and activity.has_zone
    assert tuple(rows) == whole.rows == tuple(iter_activity(data))
    assert len(whole.rows) == 2
    with pytest.raises(UnreadableActivity):
        open_activity(file_of())


@pytest.mark.parametrize(
    ("rows", "certainty"),
    [
        ([{}, {}], "words"),
        ([{}, {"Balance_Impact": "Debit"}], "impact"),
        ([{}, {"Balance": "5.00"}], "balance"),
        ([{"Balance_Impact": "Debit"}, {"Balance": "5.00"}], "balance"),
        ([{"Balance": "..."}, {"Balance_Impact": "odd"}], "words"),
    ],
)
def test_the_surest_column_that_is_filled_in_says_what_moved(rows, certainty):
    assert read(*rows).certainty == certainty


def test_newest_first_counts_backwards():
    up = read({"Balance": "18.00"}, {"Balance": "9.00"})
    assert [row.sequence for row in up.rows] == [-2, -3]
    down = read({"Balance": "9.00"}, {"Balance": "18.00"})
    assert [row.sequence for row in down.rows] == [2, 3]


def test_where_nothing_says_a_balance_lines_count_as_they_stand():
    found = read({"Date": "03/21/2026"}, {"Date": "03/20/2026"})
    assert [row.sequence for row in found.rows] == [2, 3]


def test_where_balances_do_not_tell_the_moments_do():
    early = {"Time": "10:30:00", "TimeZone": "PDT", "Balance": "70.00"}
    found = read({"TimeZone": "PST", "Balance": "500.00"}, early)
    assert [row.sequence for row in found.rows] == [-2, -3]


def test_a_completion_is_known_by_its_id():
    pending = {"Gross": "-40.00", "Fee": "", "Net": "-40.00", "Status": "Pending"}
    pending |= {"Balance": "60.00", "Transaction_ID": "1AA00000000000000"}
    between = {"Balance": "69.00", "Transaction_ID": "2BB00000000000000"}
    done = pending | {"Status": "Completed", "Balance": "69.00"}
    found = read(pending, between, done)
    assert [row.moves_balance for row in found.rows] == [True, True, False]
    other = read(pending, between, done | {"Transaction_ID": "3CC00000000000000"})
    assert [row.moves_balance for row in other.rows] == [False, True, False]


@pytest.mark.parametrize(
    "amounts", [{"Fee": "-0,30", "Net": ""}, {"Fee": "", "Net": "4,70"}]
)
def test_every_column_of_amounts_shows_the_decimal_mark(amounts):
    row = row_of(Gross="5", **amounts)
    assert row.problem == "" and row.gross == 5
    assert row.net == Decimal("4.70")


@pytest.mark.parametrize(
    ("changed", "moment"),
    [
        ({"Date": "01/02/2026", "TimeZone": "PST"}, "2026-01-02T18:00:00+00:00"),
        ({"Date": "01/02/2026", "TimeZone": "CET"}, "2026-02-01T09:00:00+00:00"),
        ({"TimeZone": "IST", "Currency": "INR"}, "2026-03-20T04:30:00+00:00"),
        ({"TimeZone": "IST", "Currency": "ILS"}, "2026-03-20T08:00:00+00:00"),
    ],
)
def test_language_zone_and_currency_explain_a_moment(changed, moment):
    assert row_of(**changed).moment.isoformat() == moment


@pytest.mark.parametrize(
    ("gross", "type_", "kind"),
    [
        ("0.00", "Payment Refund", "outgoing"),
        ("0.01", "Website Payment", "sale"),
        ("-0.01", "Website Payment", "outgoing"),
    ],
)
def test_nothing_counts_as_money_that_comes_in(gross, type_, kind):
    assert row_of(Gross=gross, Type=type_).kind == kind


def test_breaks_are_to_the_cent_and_by_currency():
    fine = {"Net": "9.01", "Gross": "10.01", "Balance": "18.01"}
    assert read({"Balance": "9.00"}, fine).breaks == ()
    wrong = fine | {"Balance": "18.02"}
    assert read({"Balance": "9.00"}, wrong).breaks == ((3, "USD"),)
    other = wrong | {"Currency": "EUR"}
    assert read({"Balance": "9.00"}, other).breaks == ()
    # What has no currency, or no balance, breaks nothing.
    odd = wrong | {"Currency": "US$"}
    assert read({"Balance": "9.00"}, odd).breaks == ()
    assert read({"Balance": "109.00"}, wrong | {"Balance": ""}).breaks == ()


def test_a_statement_believes_its_balance_less_than_its_list():
    status = {"without": ("Status",)}
    rows = {"Balance": "9.00"}, {"Balance": "18.00"}, {"Balance": "18.00"}
    more = {"Balance": "27.00"}
    found = read(*rows, more, **status)
    assert [row.moves_balance for row in found.rows] == [True] * 4
    assert found.breaks == ((4, "USD"),)
    assert [row.is_completed for row in found.rows] == [True] * 4
    with_status = read(*rows, more)
    assert [row.moves_balance for row in with_status.rows] == [True, True, False, True]


def test_a_file_without_zones_says_so():
    found = read({}, without=("TimeZone",))
    assert found.has_zone is False
    assert found.rows[0].moment.isoformat() == "2026-03-20T10:00:00+00:00"


# === IN A LANGUAGE THAT NOBODY KNOWS === #


def strange(*statuses, header="Ѣa,Ѣb,Ѣc,Ѣd,Ѣe,Ѣf,Ѣg,Ѣh,Ѣi"):
    rows = [
        f"03/20/2026,10:00:00,PDT,Dana,Website Payment,{status},USD,5.00,1AB2345{n:010}"
        for n, status in enumerate(statuses)
    ]
    return read_activity("\n".join([header, *rows]).encode()).rows


def test_the_usual_status_of_an_unknown_language_is_that_of_what_is_done():
    rows = strange("Жж", "Жж", "Ѣѣ")
    assert [row.is_completed for row in rows] == [True, True, False]
    rows = strange("Ѣѣ", "Жж", "Жж")
    assert [row.is_completed for row in rows] == [False, True, True]
    # One word that is known says what is done, however rare.
    rows = strange("Жж", "Жж", "Completed")
    assert [row.is_completed for row in rows] == [False, False, True]


def test_in_a_known_language_the_usual_status_is_what_it_says():
    found = read({"Status": "Pending"}, {"Status": "Pending"})
    assert [row.is_completed for row in found.rows] == [False, False]
