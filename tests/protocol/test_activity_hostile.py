"""Anybody can upload anything: rows, or UnreadableActivity, and soon."""

import time
import tracemalloc
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from reader.activity import UnreadableActivity, iter_activity, read_activity
from reader.text import REPORTS

HEADER = b"Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,Transaction ID\n"
CHECKOUT = Path(__file__).resolve().parents[2]
FILES = CHECKOUT.glob("caspit_paypal_activity/tests/samples/**/*.csv")
SAMPLES = [path.read_bytes() for path in sorted(FILES)]


def read(data: bytes) -> int:
    """Read; the number of rows, 0 for a file that is none."""
    try:
        rows = read_activity(data).rows
    except UnreadableActivity as error:
        assert error.code in (
            "encoding",
            "missing_columns",
            "no_header",
            "no_rows",
            "not_csv",
            *REPORTS,
        )
        return 0
    for row in rows:
        assert row.problem in ("", "amount", "columns", "date", "zone")
        assert (row.moment is None) <= bool(row.problem)
    return len(rows)


@given(st.binary(max_size=2000))
@example(b"\xff\xfe\x00\xd8")
@example(b"\xef\xbb\xbf")
def test_any_bytes_are_rows_or_unreadable(data):
    read(data)
    read(HEADER + data)
    read((HEADER.decode() + data.decode("latin-1")).encode("utf-16"))


@given(st.lists(st.lists(st.text(max_size=30), min_size=9, max_size=12), max_size=5))
def test_any_cells_are_rows(rows):
    text = "\n".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows
    )
    kept = [row for row in rows if any(map(str.strip, row))]
    if "\0" not in text:
        data = HEADER + text.encode("utf-8", "replace")
        assert read(data) == len(kept)


@given(
    st.sampled_from(SAMPLES),
    st.lists(st.tuples(st.integers(0, 5000), st.binary(max_size=3)), max_size=8),
)
def test_changed_samples_are_rows_or_unreadable(data, changes):
    for place, new in changes:
        place %= len(data)
        data = data[:place] + new + data[place + 1 :]
    read(data)


def test_a_million_columns_and_a_megabyte_are_over_soon():
    began = time.monotonic()
    assert read(HEADER + b"," * 1_000_000) == 0
    assert read(HEADER + b"x," * 1_000_000) == 1
    assert read(b'"' * 1_000_001) == 0
    assert read(b"," * 1_000_000 + b"\n" + HEADER) == 0
    assert read(HEADER + b"9" * 90_000 + b"," * 10 + b"\n") == 1
    assert time.monotonic() - began < 10


def test_thousands_of_rows_are_read_in_the_memory_of_a_few():
    row = b"03/20/2026,10:00:00,PDT,Dana,Website Payment,Completed,USD,5.00,0,5.00,A1\n"
    few, many = HEADER + row * 2_000, HEADER + row * 10_000
    peaks = []
    for data in (few, many):
        tracemalloc.start()
        try:
            count = sum(1 for _row in iter_activity(data))
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert count == 10_000
    assert peaks[1] < peaks[0] * 1.5
    print(f"{count} rows, {peaks[1]} bytes at most")


def test_thousands_of_rows_that_stand_still_are_judged_soon():
    row = HEADER.rstrip() + b",Balance\n"
    row += (
        b"03/20/2026,10:00:00,PDT,Dana,Website Payment,Completed,EUR,5,0,5,A1,7\n"
        * (20_000)
    )
    began = time.monotonic()
    assert read(row) == 20_000
    assert time.monotonic() - began < 30
