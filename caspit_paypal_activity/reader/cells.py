# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the cells of one row say: words by the tables, amounts by the conventions."""

import re
from collections import Counter
from decimal import Decimal
from typing import NamedTuple

from . import const
from .columns import key
from .oracle import CLAIMS, IS_SURE
from .text import Sheet
from .values import Conventions, is_blank

_AMOUNTS = ("gross", "fee", "net", "balance")
_CURRENCY = re.compile(r"[A-Za-z]{3}")
#: Different words of a column that are counted; a hostile file has as many as rows.
_MAX_WORDS = 100


def _words(table: str) -> frozenset[str]:
    words = (word for line in table.splitlines() for word in line.split("|"))
    return frozenset(filter(None, map(key, words)))


_KINDS = {word: kind for kind, table in const.TYPES.items() for word in _words(table)}
_IMPACTS = {
    word: name for name, table in const.IMPACTS.items() for word in _words(table)
}
_COMPLETED = _words(const.COMPLETED)
_MAY_BE_PRIVATE = _words(const.MAY_BE_PRIVATE)


class Cells(dict[str, str]):
    """A record's cells by field; '' for fields that the file has not got."""

    def __missing__(self, field: str) -> str:
        return ""


class Claim(NamedTuple):
    """What the words of a row say of its balance.

    :ivar impact: 'credit', 'debit', 'memo', or '' when the file does not say
    """

    impact: str
    is_completed: bool
    moves: bool
    is_sure: bool

    @property
    def flags(self) -> int:
        """For :class:`.oracle.Rows`."""
        return CLAIMS * self.moves | IS_SURE * self.is_sure


class Words:
    """What one file's words mean; :meth:`see` every row of it, then :meth:`settle`."""

    def __init__(self, sheet: Sheet):
        self._has_status = "status" in sheet.columns
        self._is_guessed = bool(sheet.reading)
        self._statuses: Counter[str] = Counter()
        self._completed = _COMPLETED

    def see(self, status: str) -> None:
        """Learn from one row, if the file's language is not known."""
        if self._is_guessed and len(self._statuses) < _MAX_WORDS:
            self._statuses[key(status)] += 1

    def settle(self) -> None:
        """In a language that nobody knows, the usual status is that of what is done."""
        if self._is_guessed and not self._statuses.keys() & _COMPLETED:
            usual = self._statuses.most_common(1)
            self._completed = _COMPLETED | {word for word, _count in usual}

    def impact(self, text: str) -> str:
        return _IMPACTS.get(key(text), "")

    def claim(self, cells: Cells) -> Claim:
        """A statement has no status: it lists only what moved the balance."""
        impact = self.impact(cells["impact"])
        is_completed = (
            not self._has_status or key(cells["status"]) in self._completed
        ) and impact != const.IMPACT_MEMO
        is_memo = _KINDS.get(key(cells["type"])) == const.KIND_MEMO
        if impact:
            return Claim(impact, is_completed, impact != const.IMPACT_MEMO, True)
        moves = is_completed and not is_memo
        return Claim("", is_completed, moves, not self._has_status and not is_memo)

    def kind(self, cells: Cells, gross: Decimal, moves: bool) -> str:
        """What the row means. What moves is no memo, and what is done and does not, is.

        :param gross: with PayPal's sign: it writes one type for both directions
        """
        kind = _KINDS.get(key(cells["type"]), const.KIND_UNKNOWN)
        was_done = not self._has_status or key(cells["status"]) in self._completed
        if not moves and was_done:
            return const.KIND_MEMO
        if moves and kind == const.KIND_MEMO:
            return const.KIND_UNKNOWN
        return const.KIND_BY_SIGN.get(kind, (kind, kind))[0 if gross < 0 else 1]

    def may_be_private(self, cells: Cells, gross: Decimal, fee: Decimal) -> bool:
        """PayPal takes its fee of every sale, and none of what friends send."""
        return gross > 0 and not fee and key(cells["type"]) in _MAY_BE_PRIVATE


def is_currency(text: str) -> bool:
    """Whether a text looks like an ISO code; any three letters do."""
    return bool(_CURRENCY.fullmatch(text))


def amounts(cells: Cells, conventions: Conventions, problems: list[str]):
    """Gross, fee, net and balance; what is unreadable is 0, and a problem."""
    read = {field: conventions.amount(cells[field]) for field in _AMOUNTS}
    if (
        None in read.values()
        or not cells["gross"]
        or not is_currency(cells["currency"])
    ):
        problems.append("amount")
    gross, fee = read["gross"] or Decimal(0), read["fee"] or Decimal(0)
    net = gross + fee if is_blank(cells["net"]) else read["net"] or Decimal(0)
    return gross, fee, net, None if is_blank(cells["balance"]) else read["balance"]


def country_of(cells: Cells) -> str:
    """The code of the payer's country, in capitals, or ''."""
    for text in (cells["country_code"], cells["country"]):
        if len(text) == 2 and text.isascii() and text.isalpha():
            return text.upper()
    return ""
