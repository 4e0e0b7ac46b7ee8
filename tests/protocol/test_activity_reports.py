"""Each of PayPal's other reports is known by what it begins with."""

import pytest
from reader.reports import is_personal, report_by_bytes, report_by_rows


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"\xef\xbb\xbf \r\n\t%PDF-1.7", "pdf"),
        (b"X%PDF-1.7", ""),
        (b" " * 1020 + b"%PDF-", ""),
        (b" " * 1023 + b"%PDF-", ""),
        (b" " * 1019 + b"%PDF-", "pdf"),
        (b"%pdf-1.7", ""),
        (b"!Type:Bank", "qif"),
        (b"!type:bank", "qif"),
        (b"!Account\n", "qif"),
        (b"!Option:AutoSwitch", "qif"),
        (b"!Clear:AutoSwitch", "qif"),
        (b"!Typewriter", ""),
        (b"!TRNS\t", "iif"),
        (b"!SPL\t", "iif"),
        (b"!ENDTRNS\n", "iif"),
        (b"!ACCNT\t", "iif"),
        (b"!CUST\t", "iif"),
        (b"!HDR\t", "iif"),
        (b"!INVITEM\t", "iif"),
        (b"!trns\t", ""),
        (b"!TRNSX", ""),
        (b"Date,Time", ""),
        (b"", ""),
    ],
)
def test_a_file_of_another_kind_is_known_by_its_first_bytes(data, name):
    assert report_by_bytes(data) == name


BALANCE, MONTH = "balance_report", "monthly_summary"


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ("Record Type|Record Subtype", BALANCE),
        ("Record Type|Transaction Category", BALANCE),
        ("Record Type|PayPal Transaction ID", BALANCE),
        ("Record Type|Date", ""),
        ("Opening Balance|Closing Balance|Transaction Category", BALANCE),
        ("Opening Balance|Transaction Category", ""),
        ("Beginning balance|Ending balance", MONTH),
        ("opening BALANCE|Closing balance", MONTH),
        ("Beginning available balance|Ending available balance", MONTH),
        ("Beginning balance|Closing balance", ""),
        ("Ending balance", ""),
    ],
)
def test_a_report_is_known_by_columns_that_only_it_has(columns, name):
    header = ["Currency", *columns.split("|")]
    assert report_by_rows([["A title"], [], header]) == name
    assert report_by_rows([[]] * 39 + [header]) == name
    assert report_by_rows([[]] * 40 + [header]) == ""
    # The same names may stand below one another, at the left.
    assert report_by_rows([[column, "1"] for column in header]) == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Transaction Detail Report", "transaction_detail"),
        ("PayPal Settlement Report", "settlement"),
        ("Balance Reconciliation", BALANCE),
        ("PayPal Balance Report", BALANCE),
        ("PayPal Monthly Financial Summary", MONTH),
        ("Financial summary", MONTH),
        ("Monthly Summary", MONTH),
        ("Activity Summary", MONTH),
        ("Balance Summary", MONTH),
        ("Account Statement Summary", MONTH),
        ("Summary", ""),
        ("Balance Report of Dana", ""),
    ],
)
def test_a_report_is_known_by_its_title(title, name):
    assert report_by_rows([["x"]] * 4 + [[" ", title, "May", "2026"]]) == name
    assert report_by_rows([[title, "a", "b", "c"]]) == ""
    assert report_by_rows([["x"]] * 5 + [[title]]) == ""


SECTION = [["RH", "1"], ["SH", "2"], ["CH", "Transaction ID", "Gross"], ["SB", "A1"]]


@pytest.mark.parametrize(
    ("rows", "tail", "name"),
    [
        (SECTION, b'x\n"SF","USD"', "settlement"),
        (SECTION, b"SF,USD", "settlement"),
        (SECTION, b"RF;USD", "settlement"),
        (SECTION, b'"RF"\t1', "settlement"),
        (SECTION, b'x,"SF",1', "transaction_detail"),
        (SECTION, b"SFO,1", "transaction_detail"),
        (SECTION, b"", "transaction_detail"),
        ([[" RH "], ["CH", "a"]], b"SF,1", "settlement"),
        ([["SH"], ["CH", "a"]], b"SF,1", "settlement"),
        ([["CH", "a"], ["SB"]], b"SF,1", ""),
        ([["RH"], ["SH"]], b"SF,1", ""),
        ([["RH"], ["CH", "Transactional Status"]], b"SF,1", "transaction_detail"),
        ([["RH"], ["CH", "Payer's Account ID"]], b"SF,1", "transaction_detail"),
        ([["RH"], ["CH", "Item Name"]], b"SF,1", "transaction_detail"),
        ([["RH"], ["CH", "Insurance"]], b"SF,1", "transaction_detail"),
    ],
)
def test_the_reports_for_large_merchants_are_told_apart(rows, tail, name):
    assert report_by_rows([[], *rows], tail) == name


def test_nothing_and_an_activity_file_are_no_other_report():
    assert report_by_rows([]) == ""
    assert report_by_rows([["Date", "Type", "Gross", "Balance"]]) == ""


PERSONAL = {"date", "type", "currency", "gross"}


def test_a_private_list_has_neither_ids_nor_people():
    assert is_personal(PERSONAL, ["x"] * 15)
    assert is_personal(PERSONAL | {"balance"}, [])
    assert not is_personal(PERSONAL, ["x"] * 16)
    for field in PERSONAL:
        assert not is_personal(PERSONAL - {field}, [])
    for field in ("txn_id", "email", "to_email", "fee", "net"):
        assert not is_personal(PERSONAL | {field}, [])
