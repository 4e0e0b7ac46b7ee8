"""Files that people have put in public: what is right for each, number by number.

Headers, words, amounts, dates, quoting and encodings are as they were found; people
and ids are invented. A row is written down as (line, kind, moves the balance, net).
"""

from decimal import Decimal
from pathlib import Path

import pytest
from reader.activity import Answers, UnreadableActivity, read_activity

CHECKOUT = Path(__file__).resolve().parents[2]
FOLDER = CHECKOUT / "caspit_paypal_activity/tests/samples/public"

#: File → language, date order is certain, what says what moved, rows.
RIGHT = {
    "de_2019_41col_homebank": (
        ("de", True, "balance"),
        (2, "outgoing", True, "-41.00"),
        (3, "sale", True, "61.95"),
        (4, "outgoing", True, "-55.40"),
        (5, "deposit", True, "44.12"),
        (6, "outgoing", True, "-36.00"),
        (7, "sale", True, "17.00"),
        (8, "memo", False, "16.67"),
    ),
    "en_2015_ofx_gerasiov_ymd": (
        ("en", True, "balance"),
        (2, "outgoing", True, "-9.99"),
    ),
    "en_2020_beangulp_one_row": (
        ("en", False, "balance"),
        (2, "outgoing", True, "-30.00"),
    ),
    "en_de_2026_statement_same_id": (
        ("en", True, "balance"),
        (2, "sale", True, "10.69"),
        (3, "withdrawal", True, "-10.69"),
        (4, "deposit", True, "10.69"),
    ),
    "en_gb_2026_new_amount_fees_total": (
        ("en", False, "balance"),
        (2, "outgoing", True, "-12.99"),
        (3, "deposit", True, "45.00"),
        (4, "outgoing", True, "-45.00"),
    ),
    "en_of_nl_2017_withdrawal_pending_then_memo": (
        ("en", True, "balance"),
        (2, "sale", True, "1942.34"),
        (3, "withdrawal", True, "-1940.00"),
        (4, "memo", False, "-1940.00"),
    ),
    "en_us_2016_ledger_autosync": (
        ("en", False, "balance"),
        (2, "outgoing", True, "-20.00"),
        (3, "deposit", True, "1120.00"),
    ),
    "es_2015_vencimiento_trytond": (
        ("es", True, "words"),
        (2, "sale", True, "10.00"),
        (3, "sale", True, "19.99"),
        (4, "sale", True, "19.99"),
        (5, "sale", False, "40.00"),
        (6, "sale", True, "40.00"),
    ),
    "es_2023_statement_tab": (
        ("es", True, "balance"),
        (2, "outgoing", True, "-28.00"),
        (3, "conversion", True, "28.00"),
        (4, "outgoing", True, "92.88"),
        (5, "conversion", True, "-92.88"),
    ),
    "fr_2015_41col_amouhzi": (("fr", True, "balance"), (2, "deposit", True, "21.36")),
    "ja_2025_41col": (
        ("ja", True, "balance"),
        (2, "sale", True, "9982"),
        (3, "outgoing", True, "-3000"),
    ),
    "nl_2017_41col_exact": (
        ("nl", True, "balance"),
        (2, "conversion", True, "95.00"),
        (3, "conversion", True, "-117.29"),
        (4, "sale", True, "117.29"),
        (5, "withdrawal", True, "-1940.00"),
        (6, "memo", False, "-1940.00"),
        (7, "conversion", True, "-659.76"),
        (8, "conversion", True, "677.15"),
        (9, "outgoing", True, "-677.15"),
        (10, "sale", True, "154.92"),
        (11, "refund", True, "-124.34"),
    ),
    "nl_2026_statement_mdy_may_1_to_8": (
        ("nl", False, "balance"),
        (2, "outgoing", True, "-22.50"),
        (3, "deposit", True, "20.80"),
        (4, "conversion", True, "-20.80"),
        (5, "conversion", True, "22.50"),
        (6, "outgoing", True, "-4.99"),
    ),
    "oca_statement_es": (
        ("es", False, "balance"),
        (2, "sale", True, "47.59"),
        (3, "sale", True, "27.63"),
        (4, "sale", True, "34.39"),
        (5, "sale", True, "21.47"),
    ),
    "ours_no_timezone_column": (("en", True, "balance"), (2, "sale", True, "9.35")),
    "ours_statement_two_currencies_extract_of_oca": (
        ("en", True, "balance"),
        (2, "withdrawal", True, "-9648.13"),
        (3, "conversion", True, "9648.13"),
        (4, "sale", True, "1261.04"),
    ),
    "pl_activity_header": (("pl", True, "balance"), (2, "outgoing", True, "-10.00")),
}
#: File → the balance of each currency after its newest row.
ENDS_AT = {
    "en_de_2026_statement_same_id": {"EUR": "10.69"},
    "en_of_nl_2017_withdrawal_pending_then_memo": {"EUR": "2.34"},
    "en_gb_2026_new_amount_fees_total": {"GBP": "0"},
    "en_us_2016_ledger_autosync": {"USD": "0.00"},
    "ja_2025_41col": {"JPY": "6982"},
    "oca_statement_es": {"EUR": "4710.30"},
    "ours_statement_two_currencies_extract_of_oca": {"EUR": "0.75", "USD": "1261.93"},
}
#: File → where its balances do not add up; people took rows out of it.
BREAKS = {
    "de_2019_41col_homebank": [(4, "EUR")],
    "nl_2017_41col_exact": [(4, "USD"), (5, "EUR")],
}
#: The only rows that cannot be read: an hour that no day has.
PROBLEMS = {("de_2019_41col_homebank", 4): "date"}


def content(name):
    return (FOLDER / f"{name}.csv").read_bytes()


def read(name, **answers):
    return read_activity(content(name), Answers(**answers))


def test_every_file_of_the_folder_is_written_down():
    names = {path.stem for path in FOLDER.glob("*.csv")}
    assert names == {*RIGHT, "tdr_2024_nifi"}


@pytest.mark.parametrize("name", RIGHT)
def test_a_public_file_is_read_as_is_right(name):
    activity = read(name)
    facts, *rows = RIGHT[name]
    assert facts == (
        activity.language,
        activity.date_order_is_certain,
        activity.certainty,
    )
    assert rows == [
        (row.line, row.kind, row.moves_balance, str(row.net)) for row in activity.rows
    ]
    assert activity.reading == ()
    assert list(activity.breaks) == BREAKS.get(name, [])
    for row in activity.rows:
        assert row.problem == PROBLEMS.get((name, row.line), "")
        assert row.txn_id and row.type


@pytest.mark.parametrize("name", ENDS_AT)
def test_the_newest_row_of_a_currency_is_the_last_in_its_own_direction(name):
    newest = {}
    for row in read(name).rows:
        if row.moves_balance:
            place = row.moment, row.sequence
            newest[row.currency] = max(
                newest.get(row.currency, (place, row.balance)), (place, row.balance)
            )
    ends = {currency: str(balance) for currency, (_place, balance) in newest.items()}
    assert ends == ENDS_AT[name]


def test_a_file_without_zones_is_read_in_the_accounts():
    name = "ours_no_timezone_column"
    assert not read(name).has_zone
    (row,) = read(name, zone="Asia/Jerusalem").rows
    assert row.moment.isoformat() == "2026-03-20T08:00:00+00:00"
    (row,) = read(name, zone="America/Los_Angeles").rows
    assert row.moment.isoformat() == "2026-03-20T17:00:00+00:00"


@pytest.mark.parametrize(
    ("order", "day"), [("dmy", "2026-02-05"), ("mdy", "2026-05-02")]
)
def test_who_says_whether_the_day_is_first_is_believed(order, day):
    activity = read("nl_2026_statement_mdy_may_1_to_8", date_order=order)
    assert activity.date_order_is_certain
    assert activity.rows[0].moment.date().isoformat() == day


def test_the_key_tells_a_withdrawal_from_its_return():
    keys = [row.key for row in read("en_de_2026_statement_same_id").rows]
    assert len(set(keys)) == 3
    assert keys[1][:2] == ("9DWW1EHTYD6A1LKHK", "out")
    assert keys[2][:2] == ("9DWW1EHTYD6A1LKHK", "in")


def test_a_japanese_amount_has_no_cents_and_a_comma_for_thousands():
    sale = read("ja_2025_41col").rows[0]
    assert (sale.gross, sale.fee) == (Decimal(10396), Decimal(-414))
    assert sale.balance_impact == "credit"
    assert read("ja_2025_41col").rows[1].balance_impact == "debit"


def test_another_report_is_refused_by_its_name():
    with pytest.raises(UnreadableActivity) as caught:
        read("tdr_2024_nifi")
    assert caught.value.code == "transaction_detail"


@pytest.mark.parametrize("name", RIGHT)
def test_without_words_in_its_header_a_file_is_read_by_its_shape(name):
    """The same rows as with them, as far as the shape of so few rows can tell."""
    first, rest = content(name).decode("utf-8-sig").split("\n", 1)
    delimiter = "\t" if "\t" in first else ","
    count = first.count(delimiter) + 1
    strange = delimiter.join(
        f"Ѣ{chr(0x10D0 + n % 30)}ж{n // 30}ж" for n in range(count)
    )
    try:
        guessed = read_activity(f"{strange}\n{rest}".encode())
    except UnreadableActivity as error:
        assert error.code == "no_header"
        assert name in UNSHAPED
        return
    assert name not in UNSHAPED
    found = {field: shown for field, _name, shown in guessed.reading}
    assert {"date", "currency", "gross", "txn_id", "type"} <= found.keys()
    known = read(name)
    for told, read_by_shape in zip(known.rows, guessed.rows, strict=True):
        assert read_by_shape.txn_id == told.txn_id
        assert read_by_shape.currency == told.currency
        assert read_by_shape.gross == told.gross
        assert read_by_shape.type == told.type


#: Their ids were cut by those who put them in public.
UNSHAPED = {
    "en_gb_2026_new_amount_fees_total",
    "ours_statement_two_currencies_extract_of_oca",
}
