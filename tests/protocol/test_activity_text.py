"""From bytes to records: encodings, delimiters, headers, and files that are none."""

import csv

import pytest
from reader.activity import UnreadableActivity, iter_activity, read_activity
from reader.text import open_sheet

HEADER = "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Transaction ID"
ROW = "03/20/2026,10:00:00,PDT,{},Website Payment,Completed,USD,5.00,A1"
GERMAN = "Datum,Uhrzeit,Zeitzone,Name,Typ,Status,Währung,Brutto,Transaktionscode"

POLISH = "Data,Godzina,Strefa czasowa,Nazwa,Typ,Status,Waluta,Brutto,Numer transakcji"
POLISH += ",Opłata,Wpływ na saldo"
JAPANESE = "日付,時間,タイムゾーン,名前,タイプ,ステータス,通貨,合計,取引ID"


def refusal(data: bytes) -> tuple[str, dict]:
    with pytest.raises(UnreadableActivity) as caught:
        read_activity(data)
    with pytest.raises(UnreadableActivity):
        next(iter_activity(data))
    return caught.value.code, caught.value.values


def name_in(text: str, encoding: str) -> str:
    (row,) = read_activity(text.encode(encoding)).rows
    return row.name


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_unicode_with_and_without_its_mark(encoding, end):
    text = f"{HEADER}{end}{ROW.format('דנה Zoë')}{end}"
    assert name_in(text, encoding) == "דנה Zoë"


@pytest.mark.parametrize(
    ("header", "name", "encoding"),
    [
        (HEADER, "Zoë O’Brien", "windows-1252"),
        (GERMAN, "Jörg Müller", "windows-1252"),
        (GERMAN, "Jörg Müller", "iso-8859-1"),
        (HEADER, "דנה לוי", "windows-1255"),
        (HEADER, "דנה לוי", "iso-8859-8"),
        (POLISH, "Łukasz Żak", "windows-1250"),
        (POLISH, "Łukasz Żak", "iso-8859-2"),
        (JAPANESE, "見本 一郎", "shift_jis"),
    ],
)
def test_code_pages_of_old_files(header, name, encoding):
    row = ROW.format(name) + ",," * (header == POLISH)
    assert name_in(f"{header}\n{row}\n", encoding) == name


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters(delimiter):
    text = f"{HEADER}\n{ROW.format('Dana')}".replace(",", delimiter)
    activity = read_activity(text.encode())
    assert (activity.delimiter, activity.rows[0].name) == (delimiter, "Dana")


def test_names_of_columns_are_known_in_many_spellings():
    header = " DATE , Time,Time Zone,Name,Type ,Status,Currency,Gross ,Transaction  ID"
    assert name_in(f"{header}\n{ROW.format('Dana')}", "utf-8") == "Dana"


def test_lines_before_the_header_are_passed_over():
    text = f"sep=,\n\nMy activity\n{HEADER}\n\n{ROW.format('Dana')}\n\n,,,\n"
    (row,) = read_activity(text.encode()).rows
    assert (row.name, row.line) == ("Dana", 6)


def test_type_counts_before_description():
    header = HEADER.replace("Name", "Description")
    (row,) = read_activity(f"{header}\n{ROW.format('A book')}".encode()).rows
    assert (row.type, row.kind) == ("Website Payment", "sale")


@pytest.mark.parametrize("data", [b"", b"\n \r\n", b"\xff\xfe"])
def test_an_empty_file_has_no_rows(data):
    assert refusal(data) == ("no_rows", {})


def test_a_header_alone_has_no_rows():
    assert refusal(f"{HEADER}\n".encode()) == ("no_rows", {})


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 a spreadsheet",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old spreadsheet",
        f"{HEADER}\n{ROW.format('Da')}\0\n".encode(),
    ],
)
def test_what_is_no_text_is_refused(data):
    assert refusal(data)[0] == "not_csv"


STL = b'"SB","","INV1","","","T0000",2024/08/20 00:01:17 -0700\n'
PERSONAL = b"Date,Time,TimeZone,Name,Type,Status,Currency,Amount,Receipt ID,Balance\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("pdf", b"%PDF-1.7 a statement"),
        ("qif", b"!Type:Cash\nD01/02/2026\nT5.00\n^\n"),
        ("iif", b"!TRNS\tTRNSID\tTRNSTYPE\tDATE\n!SPL\tSPLID\n!ENDTRNS\n"),
        (
            "settlement",
            b'"RH",2024\n"FH",01\n"SH",1\n"CH","a"\n' + STL + b'"SF","USD"\n',
        ),
        ("transaction_detail", b'"RH",1\n"SH"\n"CH","Transactional Status"\n' + STL),
        ("transaction_detail", b"RH\t1\nSH\t2\nCH\tTransaction ID\nSB\tA1\n"),
        (
            "balance_report",
            b"Account ID,Record Type,Record Subtype,Net Amount\n1,2,3,4\n",
        ),
        (
            "monthly_summary",
            b"Currency,Opening balance,Sales,Closing balance\nEUR,1,2,3\n",
        ),
        ("monthly_summary", b"PayPal Monthly Financial Summary\n\nSales,1\n"),
        (
            "personal",
            PERSONAL + b"1/2/2026,10:00:00,PST,A,Payment,Completed,USD,5,,5\n",
        ),
    ],
)
def test_another_report_is_refused_by_its_own_name(name, data):
    assert refusal(data) == (name, {})


@pytest.mark.parametrize(
    "data",
    [
        b"Hello, this, is, a, letter",
        b"<html><body>Log in</body></html>",
        b"txn_id=1AB&mc_gross=5.00",
        b"\n" * 100 + HEADER.encode(),
        b",".join([b"Date"] * 1_000_000),
        b"Date,Gross\n1,2\n",
    ],
)
def test_a_text_without_paypals_header_is_refused(data):
    assert refusal(data) == ("no_header", {})


def test_missing_columns_are_named():
    data = b"Date,Time,TimeZone,Name,Type,Status\n1,2,3,4,5,6\n"
    columns = "Currency, Gross, Transaction ID"
    assert refusal(data) == ("missing_columns", {"columns": columns})


def test_a_quote_that_never_ends_is_no_row_that_swallows_the_rest():
    rows = f"{ROW.format('Dana')}\n{ROW.format(chr(34) + 'Noam')}\n{ROW.format('Ann')}"
    assert refusal(f"{HEADER}\n{rows}\n".encode()) == ("not_csv", {"line": 3})


@pytest.mark.parametrize("limit", [131_072, 500 * 2**20])
def test_a_field_of_a_megabyte_is_refused_whatever_the_process_allows(limit):
    before = csv.field_size_limit(limit)
    try:
        refuse_a_megabyte()
    finally:
        csv.field_size_limit(before)


def refuse_a_megabyte():
    data = f"{HEADER}\n{ROW.format('D' * 2**20)}\n".encode()
    assert refusal(data) == ("not_csv", {"line": 2})


def test_damage_in_the_middle_of_unicode_is_refused_with_its_line():
    good, bad = ROW.format("דנה").encode(), ROW.format("Zoë").encode("windows-1252")
    data = b"\n".join([HEADER.encode(), good, good, bad, good])
    assert refusal(data) == ("encoding", {"line": 4})
    assert refusal(b"\xef\xbb\xbf" + bad) == ("encoding", {"line": 1})


def test_half_a_letter_of_utf_16_is_refused():
    data = f"{HEADER}\n{ROW.format('Dana')}".encode("utf-16") + b"\0"
    assert refusal(data)[0] == "encoding"


def test_the_refusal_is_an_error_of_value_with_a_code():
    error = UnreadableActivity("not_csv", line=7)
    assert isinstance(error, ValueError)
    assert (error.code, error.values) == ("not_csv", {"line": 7})
    assert error.args == ("not_csv", {"line": 7})


def test_a_blank_before_a_quote_is_no_part_of_the_cell():
    row = ROW.replace(",", ", ").format('"Levi, Dana"')
    assert name_in(f"{HEADER}\n{row}\n", "utf-8") == "Levi, Dana"


def test_a_code_page_knows_the_first_byte_as_well():
    data = b"\x81\n" + f"{HEADER}\n{ROW.format('A')}\n".encode()
    assert open_sheet(data).encoding == "iso-8859-15"


def test_sixteen_cells_without_ids_are_a_list_that_lacks_a_column():
    header = HEADER.removesuffix(",Transaction ID")
    code, values = refusal(f"{header}{',' * 8}\n".encode())
    assert (code, values) == ("missing_columns", {"columns": "Transaction ID"})


@pytest.mark.parametrize(
    ("header", "letter", "encoding"),
    [(HEADER, "é", "utf-8"), (JAPANESE, "見", "shift_jis")],
)
@pytest.mark.parametrize("first", ["Title", "Titles"])
def test_of_a_head_that_ends_within_a_letter_whole_lines_are_read(
    first, header, letter, encoding
):
    rows = [ROW.format(letter * 5_000)] * 20  # fewer than are looked through
    text = "\n".join([first, header, *rows, ""])
    assert open_sheet(text.encode(encoding)).header_line == 2
