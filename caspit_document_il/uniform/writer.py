# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The two files, their place, and their sums."""

import io
import re
import secrets
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from .layout import CHARSET, record

SYSTEM = "&OF1.31&"
END = "\r\n"
#: Where the first two fields of each record are, and who it is of: number of the record
#: and dealer.
NUMBER_FIELDS = {
    "A100": (1101, 1102),
    "C100": (1201, 1202),
    "D110": (1251, 1252),
    "D120": (1301, 1302),
    "B100": (1351, 1352),
    "B110": (1401, 1402),
    "Z900": (1151, 1152),
}
SERIES_LETTERS = 5
NUMBER_LENGTH = 20


def document_number(name):
    """A document's number as the paper wants it: series letters, and digits alone.

    :param str name: such as "INV/2026/00001"
    :return: "INV202600001"
    """
    letters = re.match(r"[A-Za-z]*", name).group()[:SERIES_LETTERS]
    digits = "".join(letter for letter in name if letter.isascii() and letter.isdigit())
    return letters + digits[-(NUMBER_LENGTH - len(letters)) :]


@dataclass
class Document:
    """A document with what stands on it.

    :ivar dict header: fields of C100, without those of every record
    :ivar list lines: fields of D110
    :ivar list payments: fields of D120
    """

    header: dict
    lines: list = field(default_factory=list)
    payments: list = field(default_factory=list)


@dataclass
class UniformFile:
    """All that goes into the files of one period.

    :ivar str dealer: the dealer's number
    :ivar dict business: fields of A000 about the business and the software
    :ivar datetime now: when it is made, in Israel
    """

    dealer: str
    business: dict
    start: date
    end: date
    now: datetime
    documents: list = field(default_factory=list)
    entries: list = field(default_factory=list)
    accounts: list = field(default_factory=list)
    key: int = field(default_factory=lambda: 10**14 + secrets.randbelow(9 * 10**14))

    def records(self):
        """:return: pairs of a record's name and its fields, in the order of the file"""
        yield "A100", {1103: self.key, 1104: SYSTEM}
        for link, document in enumerate(self.documents, 1):
            kind, number = document.header[1203], document.header[1204]
            day = document.header[1230]
            yield "C100", {**document.header, 1234: link}
            for place, line in enumerate(document.lines, 1):
                own = {1253: kind, 1254: number, 1255: place, 1272: day, 1273: link}
                yield "D110", {**own, **line}
            for place, payment in enumerate(document.payments, 1):
                own = {1303: kind, 1304: number, 1305: place, 1322: day, 1323: link}
                yield "D120", {**own, **payment}
        for entry in self.entries:
            yield "B100", entry
        for account in self.accounts:
            yield "B110", account
        yield "Z900", {1153: self.key, 1154: SYSTEM, 1155: len(self) + 2}

    def __len__(self):
        """:return: how many records lie between the first and the last"""
        return (
            sum(1 + len(each.lines) + len(each.payments) for each in self.documents)
            + len(self.entries)
            + len(self.accounts)
        )

    def counts(self):
        """:return: how many records of each kind BKMVDATA.TXT has"""
        return Counter(name for name, _values in self.records())

    def sums(self):
        """:return: number and total of the documents by their type, for the summary

        :rtype: dict[int, tuple[int, decimal.Decimal]]
        """
        sums = {}
        for document in self.documents:
            count, total = sums.get(document.header[1203], (0, Decimal()))
            amount = Decimal(document.header.get(1223) or 0)
            sums[document.header[1203]] = (count + 1, total + amount)
        return sums

    # === THE FILES === #

    @property
    def folder(self):
        """Where the files have to lie."""
        return (
            f"OPENFRMT/{self.dealer.zfill(9)[:8]}.{self.start:%y}/{self.now:%m%d%H%M}"
        )

    def bkmvdata(self):
        """:return: BKMVDATA.TXT
        :rtype: bytes
        """
        lines = []
        for place, (name, values) in enumerate(self.records(), 1):
            number, dealer = NUMBER_FIELDS[name]
            code = min(number, dealer) - 1
            own = {code: name, number: place, dealer: self.dealer}
            lines.append(record(name, {**own, **values}) + END)
        return "".join(lines).encode(CHARSET)

    def ini(self):
        """:return: INI.TXT
        :rtype: bytes
        """
        counts = self.counts()
        values = {
            1000: "A000",
            1002: sum(counts.values()),
            1003: self.dealer,
            1004: self.key,
            1005: SYSTEM,
            1011: 2,  # several years
            1012: self.folder.replace("/", "\\"),
            1013: 2,  # double entry
            1014: 1,
            1024: f"{self.start:%Y%m%d}",
            1025: f"{self.end:%Y%m%d}",
            1026: f"{self.now:%Y%m%d}",
            1027: f"{self.now:%H%M}",
            1028: 0,  # Hebrew
            1029: 1,  # ISO-8859-8-i
            1030: "zip",
            1032: "ILS",
            1034: 0,  # no branches
            **self.business,
        }
        lines = [record("A000", values)]
        lines += [f"{name}{count:015d}" for name, count in sorted(counts.items())]
        return "".join(line + END for line in lines).encode(CHARSET)

    def archive(self):
        """:return: a ZIP with both in their folder, BKMVDATA as a ZIP of its own
        :rtype: bytes
        """
        inner, outer = io.BytesIO(), io.BytesIO()
        with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("BKMVDATA.TXT", self.bkmvdata())
        with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(f"{self.folder}/INI.TXT", self.ini())
            packed.writestr(f"{self.folder}/BKMVDATA.zip", inner.getvalue())
        return outer.getvalue()
