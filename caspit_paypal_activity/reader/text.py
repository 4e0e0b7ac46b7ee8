# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From the bytes of PayPal's activity download to records of cells."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple, NoReturn

from .columns import COLUMNS
from .header import columns_of, language_of, width_of
from .reports import is_personal, report_by_bytes, report_by_rows
from .shape import guess

#: Records before the header that are looked through: a title, a blank line, "sep=;".
_LINES_BEFORE_HEADER = 20
#: Known columns that make a record the header.
_MIN_KNOWN_COLUMNS = 3
#: Cells of a header. PayPal's longest has about seventy.
_MAX_COLUMNS = 500
#: Letters of a field. Longer than any note: a quote that is not closed. The limit of
#: the csv module belongs to the whole process, and Odoo raises it.
_MAX_FIELD = 100_000
#: Bytes in which the header must stand.
_HEAD_BYTES = 128 * 1024
#: Bytes decoded at once when a file is looked through for damage.
_PIECE = 64 * 1024
_DELIMITERS = (",", ";", "\t")
#: Without them a row says nothing; by PayPal's English names.
_REQUIRED = ("date", "type", "currency", "gross", "txn_id")

#: Old downloads come in the code page of a country.
_CODE_PAGES = (
    *("windows-1252", "windows-1255", "iso-8859-15", "iso-8859-8"),
    *("windows-1250", "iso-8859-2", "shift_jis"),
)
#: Letters of both Hebrew code pages; in the others accented, and never three in a row.
_HEBREW_WORD = re.compile(rb"[\xe0-\xfa]{3}")

#: Reports that are refused by their own names.
REPORTS = (
    "balance_report",
    "iif",
    "monthly_summary",
    "pdf",
    "personal",
    "qif",
    "settlement",
    "transaction_detail",
)


class UnreadableActivity(ValueError):
    """A file that is no activity download, or is damaged.

    :ivar code: 'not_csv', 'encoding', 'no_header', 'missing_columns', 'no_rows'; or
        the name of another report, see :data:`REPORTS`
    :ivar values: what the code is about: ``line`` (a number in the file) or
        ``columns`` (PayPal's English names, with commas)
    """

    def __init__(self, code: str, **values):
        super().__init__(code, values)
        self.code = code
        self.values = values


class Sheet(NamedTuple):
    """How a file is to be read."""

    data: bytes
    encoding: str  # as people call it
    codec: str  # as data is encoded now
    delimiter: str
    header_line: int
    columns: dict[str, int]  # field → place in the record
    width: int  # cells of the header
    language: str
    reading: tuple[tuple[str, str, str], ...] = ()  # field, name, example: by shape

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """The records below the header that are not blank, with their first lines.

        :raise UnreadableActivity: quotes that do not match, a field beyond all measure
        """
        for line, record in _records(self.data, self.codec, self.delimiter):
            if line > self.header_line and any(map(str.strip, record)):
                yield line, record

    def cell(self, record: list[str], field: str) -> str:
        """What a record says in one field; '' when the file or the record has none."""
        place = self.columns.get(field, len(record))
        return record[place] if place < len(record) else ""

    def fits(self, record: list[str]) -> bool:
        """Whether the record has the header's columns, and beyond them only blanks."""
        return len(record) >= self.width and not any(record[self.width :])


def open_sheet(data: bytes, said: Mapping[str, int] | None = None) -> Sheet:
    """Find out how a file is encoded, and where its header is.

    :param said: field → place, of columns that somebody has named
    :raise UnreadableActivity: it cannot be read at all
    """
    if report := report_by_bytes(data):
        raise UnreadableActivity(report)
    data, encoding = _to_eight_bits(data)
    if not data or data.isspace():
        raise UnreadableActivity("no_rows")
    if b"\0" in data or data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnreadableActivity("not_csv", line=1)
    head, codecs_ = data[:_HEAD_BYTES], _codecs(data)
    best = None
    for codec in codecs_:
        for delimiter in _DELIMITERS:
            found = _find_header(head, codec, delimiter)
            if found and (best is None or found[0] > best[0]):
                best = (*found, codec, delimiter)
    _refuse_other_reports(data, codecs_[0])
    columns = columns_of(best[2]) if best else {}
    if any(field not in columns for field in _REQUIRED):
        header = best[2] if best else []
        if is_personal(set(columns), header):
            raise UnreadableActivity("personal")
        sheet = _by_shape(data, encoding, codecs_, said or {})
        return sheet or _refuse(header, columns)
    _known, line, header, codec, delimiter = best
    encoding = encoding or codec.removesuffix("-sig")
    language, width = language_of(header), width_of(header)
    return Sheet(data, encoding, codec, delimiter, line, columns, width, language)


def _refuse(header: list[str], columns: dict[str, int]) -> NoReturn:
    """:raise UnreadableActivity: with the columns that are missing"""
    if not header:
        raise UnreadableActivity("no_header")
    missing = [COLUMNS["en"][field][0] for field in _REQUIRED if field not in columns]
    raise UnreadableActivity("missing_columns", columns=", ".join(missing))


def _refuse_other_reports(data: bytes, codec: str) -> None:
    """:raise UnreadableActivity: with the report's name"""
    for delimiter in _DELIMITERS:
        records = _first_records(data[:_HEAD_BYTES], codec, delimiter, 40)
        rows = [record for _line, record in records]
        if report := report_by_rows(rows, data[-_PIECE:]):
            raise UnreadableActivity(report)


def _by_shape(
    data: bytes, encoding: str, codecs_: tuple[str, ...], said: Mapping[str, int]
) -> Sheet | None:
    """Read a file whose language nobody knows by the shape of its columns."""
    for codec in codecs_:
        for delimiter in _DELIMITERS:
            records = _first_records(data[:_HEAD_BYTES], codec, delimiter, 400)
            found = guess([record for _line, record in records])
            if not found:
                continue
            number, columns = found
            line, header = records[number]
            columns = {**columns_of(header), **columns, **said}
            example = records[number + 1][1]
            reading = tuple(
                (field, header[place], example[place] if place < len(example) else "")
                for field, place in sorted(columns.items(), key=lambda item: item[1])
                if 0 <= place < len(header)
            )
            name = encoding or codec.removesuffix("-sig")
            width = width_of(header)
            return Sheet(
                data, name, codec, delimiter, line, columns, width, "", reading
            )
    return None


# === BYTES === #


def _to_eight_bits(data: bytes) -> tuple[bytes, str]:
    """UTF-16, which spreadsheets write, as UTF-8; anything else as it is.

    :return: the bytes, and the encoding's name if it was UTF-16
    """
    low, high = data[:200:2].count(0), data[1:200:2].count(0)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        codec = "utf-16"
    elif high > _MIN_KNOWN_COLUMNS and not low:
        codec = "utf-16-le"
    elif low > _MIN_KNOWN_COLUMNS and not high:
        codec = "utf-16-be"
    else:
        return data, ""
    try:
        return data.decode(codec).encode(), "utf-16"
    except UnicodeError:
        raise UnreadableActivity("encoding", line=1) from None


def _codecs(data: bytes) -> tuple[str, ...]:
    """The codecs that the bytes may be in, the likeliest first."""
    damage = _first_damage(data, "utf-8")
    if damage < 0:
        return ("utf-8-sig",)
    if not data[:damage].isascii():
        # What is UTF-8 for so long is UTF-8, with damage here.
        raise UnreadableActivity("encoding", line=data.count(b"\n", 0, damage) + 1)
    western = [name for name in _CODE_PAGES if _first_damage(data, name) < 0]
    if _HEBREW_WORD.search(data):
        western.sort(key=lambda name: name not in ("windows-1255", "iso-8859-8"))
    return tuple(western)  # iso-8859-15, which knows every byte, at least


def _first_damage(data: bytes, codec: str) -> int:
    """Where the first byte is that the codec does not know; -1 for nowhere.

    A piece at a time, since a text takes up to four times the memory of its bytes.
    """
    decoder = codecs.getincrementaldecoder(codec)()
    for start in range(0, len(data), _PIECE):
        piece = data[start : start + _PIECE]
        waiting = len(decoder.getstate()[0])
        try:
            decoder.decode(piece, final=start + _PIECE >= len(data))
        except UnicodeDecodeError as error:
            return start - waiting + error.start
    return -1


# === RECORDS === #


def _records(
    data: bytes, codec: str, delimiter: str
) -> Iterator[tuple[int, list[str]]]:
    text = io.TextIOWrapper(io.BytesIO(data), codec, newline="")
    reader = csv.reader(text, delimiter=delimiter, skipinitialspace=True, strict=True)
    line = 1
    try:
        for record in reader:
            if max(map(len, record), default=0) > _MAX_FIELD:
                raise UnreadableActivity("not_csv", line=line)
            yield line, record
            line = reader.line_num + 1
    except csv.Error:
        # Read on, and rows would be missing that nobody missed.
        raise UnreadableActivity("not_csv", line=line) from None


# === THE HEADER === #


def _find_header(
    head: bytes, codec: str, delimiter: str
) -> tuple[int, int, list[str]] | None:
    """The first record that looks like PayPal's header, if there is one.

    :return: how many columns are known, the line, the record
    """
    records = _first_records(head, codec, delimiter, _LINES_BEFORE_HEADER)
    for line, record in records:
        if len(record) <= _MAX_COLUMNS:
            known = len(columns_of(record))
            if known >= _MIN_KNOWN_COLUMNS:
                return known, line, record
    return None


def _first_records(
    head: bytes, codec: str, delimiter: str, count: int
) -> list[tuple[int, list[str]]]:
    """So many records of the file's beginning, each with its first line."""
    try:
        return list(islice(_whole_records(head, codec, delimiter), count))
    except UnicodeDecodeError:  # the head ends within a letter
        whole = head[: head.rfind(b"\n") + 1]
        return _first_records(whole, codec, delimiter, count) if whole else []


def _whole_records(head: bytes, codec: str, delimiter: str):
    """The records of the file's beginning; the one that is cut off does not matter."""
    try:
        yield from _records(head, codec, delimiter)
    except UnreadableActivity:
        return
