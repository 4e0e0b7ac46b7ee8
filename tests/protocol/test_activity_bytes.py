"""From bytes to records, to the edge of each limit."""

import pytest
from reader import Answers, UnreadableActivity, read_activity
from reader.text import REPORTS, open_sheet

HEADER = "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Transaction ID"
ROW = "03/20/2026,10:00:00,PDT,{},Website Payment,Completed,USD,5.00,A1"


def file_of(*names, header=HEADER, encoding="utf-8"):
    return "\n".join([header, *map(ROW.format, names), ""]).encode(encoding)


def refused(data):
    with pytest.raises(UnreadableActivity) as caught:
        read_activity(data)
    return caught.value.code, caught.value.values


# === ENCODINGS === #


@pytest.mark.parametrize(
    ("name", "encoding", "told"),
    [
        ("Zoë", "utf-8", "utf-8"),
        ("Zoë", "utf-8-sig", "utf-8"),
        ("Zoë", "utf-16", "utf-16"),
        ("Zoë", "utf-16-le", "utf-16"),
        ("Zoë", "utf-16-be", "utf-16"),
        ("Zoë", "windows-1252", "windows-1252"),
        ("דנה", "windows-1255", "windows-1255"),
        ("דנ", "windows-1255", "windows-1252"),
        ("Łódź", "windows-1250", "windows-1252"),
        ("\x81\x8d", "iso-8859-1", "iso-8859-15"),
        ("\x81דנה", "iso-8859-8", "iso-8859-8"),
    ],
)
def test_what_the_bytes_may_be_is_told(name, encoding, told):
    assert read_activity(file_of(name, encoding=encoding)).encoding == told


@pytest.mark.parametrize(
    ("type_", "name", "encoding"),
    [
        ("Opłata", "Łukasz", "windows-1250"),
        ("Opłata", "\x81Łukasz", "iso-8859-2"),  # windows-1250 has no such byte
        ("手数料", "見本", "shift_jis"),
    ],
)
def test_the_code_page_is_the_one_that_shows_the_most_names(type_, name, encoding):
    header = f"{HEADER},{type_}"
    data = file_of(name, header=header, encoding=encoding).replace(b",A1", b",A1,0")
    activity = read_activity(data)
    assert (activity.encoding, activity.rows[0].name) == (encoding, name)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_without_a_mark_four_of_the_first_hundred_letters_show_utf_16(encoding, mark):
    """Letters of ASCII have one byte of nothing in it, and the Hebrew ones none."""
    four = f"{'א' * 96}abc\n{file_of('Dana').decode()}"
    assert read_activity((mark + four).encode(encoding)).encoding == "utf-16"
    three = (mark + "א" + four).encode(encoding)
    if mark:
        assert read_activity(three).encoding == "utf-16"
    else:
        assert refused(three) == ("not_csv", {"line": 1})


def test_a_letter_may_lie_where_pieces_meet():
    room = 65_536 - len(file_of("")) + 1
    for shift in range(3):
        name = "x" * (room - len(ROW.format("")) - 2 + shift) + "€"
        rows = read_activity(file_of("", name, "é")).rows
        assert [row.name for row in rows] == ["", name, "é"]


@pytest.mark.parametrize("before", [3, 3000])
def test_damage_is_told_by_its_line_however_far_down(before):
    data = file_of(*["דנה"] * before) + b"\xe9,\n" + file_of("Noam")
    assert refused(data) == ("encoding", {"line": before + 2})
    assert refused(b"\n" + data) == ("encoding", {"line": before + 3})


def test_damage_where_pieces_meet_is_told_by_its_line():
    start = file_of("דנה", "")
    half = start[:-1] + b"x" * (65_536 - len(start)) + b"\xd7"
    assert len(half) == 65_536
    assert refused(half) == ("encoding", {"line": 3})
    assert refused(half + b"\n" + file_of("Noam")) == ("encoding", {"line": 3})


def test_the_head_may_end_within_a_letter():
    for shift in range(3):
        names = ["x" * shift + "€" * 20] * 1400
        assert len(file_of(*names)) > 131_072
        assert len(read_activity(b"Title\n" + file_of(*names)).rows) == 1400


@pytest.mark.parametrize("blanks", ["", " ", "  "])
def test_the_head_may_end_within_the_first_row_or_the_first_line(blanks):
    header = HEADER.replace(",Name", "").replace("Date", f"{blanks}Name,Date")
    row = ROW.replace("{},", "")
    data = f"{header}\n{'€' * 50_000},{row}\n".encode()
    assert read_activity(data).rows[0].name == "€" * 50_000
    assert refused(f"{blanks}{'€' * 50_000}".encode()) == ("no_header", {})


def test_half_of_utf_16_is_refused_at_its_first_line():
    for codec in ("utf-16", "utf-16-le"):
        data = file_of("Dana", encoding=codec) + b"\0"
        assert refused(data) == ("encoding", {"line": 1})


# === LIMITS === #


def test_a_header_stands_among_the_first_twenty_records():
    assert read_activity(b"Title\n" * 19 + file_of("Dana")).rows[0].line == 21
    assert refused(b"Title\n" * 20 + file_of("Dana")) == ("no_header", {})


def test_a_header_stands_in_the_first_128_kilobytes():
    assert read_activity(b"x" * 90_000 + b"\n" + file_of("Dana")).rows
    far = b"\n".join([b"x" * 70_000] * 2) + b"\n" + file_of("Dana")
    assert refused(far) == ("no_header", {})
    header = HEADER.replace("Name", "Fee")
    above = b"x" * 90_000 + b"\n" + b"x" * (131_072 - 90_002 - len(header)) + b"\n"
    data = above + file_of("0", header=header)
    assert read_activity(data).rows
    missing = ("missing_columns", {"columns": "Transaction ID"})
    assert refused(b"x" + data) == missing


def test_a_header_has_three_known_names_and_five_hundred_cells_at_most():
    assert refused(b"Date,Type\n1,2\n") == ("no_header", {})
    assert refused(b"Date,Type,Fee\n1,2,3\n")[0] == "missing_columns"
    wide = HEADER + "," * 491
    assert read_activity(file_of("Dana", header=wide)).rows[0].name == "Dana"
    assert refused(file_of("Dana", header=wide + ",")) == ("no_header", {})


def test_a_field_has_a_hundred_thousand_letters_at_most():
    assert read_activity(file_of("x" * 100_000)).rows[0].problem == ""
    assert refused(file_of("a", "x" * 100_001)) == ("not_csv", {"line": 3})


def test_a_row_has_the_headers_columns_and_beyond_them_blanks():
    header = HEADER + ",,"
    assert read_activity(file_of("Dana", header=header)).rows[0].problem == ""
    longer = file_of("Dana").replace(b"A1", b"A1,,")
    assert read_activity(longer).rows[0].problem == ""
    strange = file_of("Dana").replace(b"A1", b"A1,,x")
    assert read_activity(strange).rows[0].problem == "columns"
    shorter = file_of("Dana").replace(b",A1", b"")
    assert read_activity(shorter).rows[0].problem == "columns"


def test_missing_columns_are_named_in_the_order_of_the_required_ones():
    columns = "Type, Currency, Gross, Transaction ID"
    data = b"Date,Fee,Net\n1,2,3\n"
    assert refused(data) == ("missing_columns", {"columns": columns})


def test_what_is_no_text_has_a_line():
    assert refused(b"PK\x03\x04" + file_of("Dana")) == ("not_csv", {"line": 1})
    assert refused(file_of("Da\0na")) == ("not_csv", {"line": 1})


def test_the_delimiter_is_the_one_that_shows_the_most_names():
    text = file_of("a;b;c").decode().replace("Name", "Name;Fee;Net")
    assert read_activity(text.encode()).delimiter == ","
    tabs = file_of("a").decode().replace(",", "\t")
    assert read_activity(tabs.encode()).delimiter == "\t"
    spaced = file_of("Dana").replace(b",", b", ")
    assert read_activity(spaced).rows[0].txn_id == "A1"


def test_the_reports_have_these_names():
    assert REPORTS == (
        "balance_report",
        "iif",
        "monthly_summary",
        "pdf",
        "personal",
        "qif",
        "settlement",
        "transaction_detail",
    )


def test_a_settlement_report_is_known_by_the_end_of_the_file():
    start = b"RH,1\nSH,2\nCH,Transaction ID\n" + b"SB,A1\n" * 20_000
    end = b"SF,USD\n" + b"x" * 65_529
    assert len(end) == 65_536
    assert refused(start + end) == ("settlement", {})
    assert refused(start + end + b"x") == ("transaction_detail", {})


# === BY SHAPE === #

STRANGE = "Ѣa,Ѣb,Ѣc,Ѣd,Ѣe,Ѣf,Ѣg,Ѣh,Ѣi"
SHAPED = ROW.replace("A1", "1AB23456CD789012E")


def shaped(*names, header=STRANGE):
    return "\n".join([header, *map(SHAPED.format, names)]).encode()


def test_a_reading_by_shape_is_told_column_by_column():
    activity = read_activity(b"Title\n" + shaped("Dana"))
    assert activity.reading == (
        ("date", "Ѣa", "03/20/2026"),
        ("time", "Ѣb", "10:00:00"),
        ("zone", "Ѣc", "PDT"),
        ("name", "Ѣd", "Dana"),
        ("type", "Ѣe", "Website Payment"),
        ("status", "Ѣf", "Completed"),
        ("currency", "Ѣg", "USD"),
        ("gross", "Ѣh", "5.00"),
        ("txn_id", "Ѣi", "1AB23456CD789012E"),
    )
    assert (activity.language, activity.encoding) == ("", "utf-8")
    assert activity.rows[0].line == 3 and activity.rows[0].name == "Dana"
    of_a_spreadsheet = shaped("Dana").decode().encode("utf-16")
    assert read_activity(of_a_spreadsheet).encoding == "utf-16"


def test_what_somebody_said_of_a_column_counts():
    answers = Answers(columns={"item": 3, "name": 5, "fee": -1, "net": 9})
    activity = read_activity(shaped("Clay"), answers)
    told = [(field, name) for field, name, _example in activity.reading]
    assert ("item", "Ѣd") in told and ("name", "Ѣf") in told
    assert not {"fee", "net"} & {field for field, _name in told}
    assert (activity.rows[0].item, activity.rows[0].name) == ("Clay", "Completed")


def test_a_name_that_is_known_helps_the_shape():
    header = STRANGE.replace("Ѣd", "Note")
    sheet = open_sheet(shaped("x", header=header))
    assert sheet.columns["note"] == 3
    assert (sheet.width, sheet.header_line, sheet.delimiter) == (9, 1, ",")


def test_a_shape_is_looked_for_with_each_delimiter_and_code_page():
    for delimiter in ";\t":
        data = shaped("Dana").replace(b",", delimiter.encode())
        assert read_activity(data).delimiter == delimiter
    ascii_header = STRANGE.replace("Ѣ", "x")
    data = shaped("Zoë", header=ascii_header).decode().encode("windows-1252")
    activity = read_activity(data)
    assert (activity.encoding, activity.rows[0].name) == ("windows-1252", "Zoë")


def test_the_example_of_a_reading_may_be_blank():
    header, first, *rows = shaped(*["Dana"] * 20).split(b"\n")
    short = first.rpartition(b",")[0]
    activity = read_activity(b"\n".join([header, short, *rows]))
    assert activity.reading[-1] == ("txn_id", "Ѣi", "")
