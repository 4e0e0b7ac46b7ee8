# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PayPal's activity download: every row of the account, from the bytes of the CSV.

A row is never dropped. What cannot be read of it is named in its ``problem``, and what
nobody has seen yet is of kind 'unknown'. A file is refused as a whole only when rows
could be lost unnoticed, see :class:`.UnreadableActivity`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from . import const
from .columns import key
from .text import Sheet, UnreadableActivity, open_sheet
from .values import Conventions, clean, is_blank

__all__ = [
    "Activity",
    "ActivityRow",
    "UnreadableActivity",
    "iter_activity",
    "look_through",
    "read_activity",
]

_AMOUNTS = ("gross", "fee", "net", "balance")
_CURRENCY = re.compile(r"[A-Za-z]{3}")
_ADDRESS = ("street", "street2", "city", "state", "zip", "country")


def _words(table: str) -> frozenset[str]:
    words = (word for line in table.splitlines() for word in line.split("|"))
    return frozenset(filter(None, map(key, words)))


_KINDS = {word: kind for kind, table in const.TYPES.items() for word in _words(table)}
_IMPACTS = {
    word: name for name, table in const.IMPACTS.items() for word in _words(table)
}
_COMPLETED = _words(const.COMPLETED)


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One row of the account's activity. Text that the file has not got is ''.

    :ivar line: its first line in the file, counted from 1
    :ivar moment: in UTC; None when the file's date or zone is unreadable
    :ivar type: as PayPal wrote it, in the file's language; so is ``status``
    :ivar is_completed: the payment was made: neither pending, denied nor a memo
    :ivar kind: see :mod:`.activity_const`. A refund or reversal is the merchant's to
        give when money goes out; a refund that comes in is of his own purchase, and
        'outgoing' like the purchase itself
    :ivar currency: ISO code in capitals
    :ivar gross: signed as PayPal signs it, negative when money goes out; so are
        ``net``, and ``fee``, negative for a sale
    :ivar balance: of this currency after the row; None when the file does not say
    :ivar reference_txn_id: the transaction that the row is about
    :ivar country: two letters
    :ivar address: street, street2, city, state, zip, country, those not blank
    :ivar balance_impact: 'credit', 'debit', 'memo', or '' when the file does not say
    :ivar problem: '', or the first of 'columns' (the row has other columns than the
        header), 'amount' (or no currency for it), 'date', 'zone'; an unreadable amount
        is 0
    """

    line: int
    moment: datetime | None
    name: str
    email: str
    to_email: str
    type: str
    status: str
    is_completed: bool
    kind: str
    currency: str
    gross: Decimal
    fee: Decimal
    net: Decimal
    balance: Decimal | None
    txn_id: str
    reference_txn_id: str
    item: str
    item_id: str
    invoice: str
    custom: str
    quantity: str
    note: str
    country: str
    address: dict[str, str]
    balance_impact: str
    problem: str

    @property
    def moves_balance(self) -> bool:
        """Whether the row is part of the running balance.

        PayPal's word on it counts most: a hold is pending for as long as it holds, and
        moves the balance all the same.
        """
        if self.balance_impact:
            return self.balance_impact != const.IMPACT_MEMO
        return self.is_completed and self.kind != const.KIND_MEMO


@dataclass(frozen=True, slots=True)
class Activity:
    """A whole file.

    :ivar language: by the words of the header: 'en', 'de', 'he', …
    :ivar date_order_is_certain: False when no date of the file shows whether the day
        or the month is first, so that :class:`.Conventions` assumed it
    """

    language: str
    encoding: str
    delimiter: str
    date_order_is_certain: bool
    rows: tuple[ActivityRow, ...]


def read_activity(data: bytes) -> Activity:
    """Read a whole file.

    :param data: the file as PayPal gave it
    :raise UnreadableActivity: it is no activity download, or is damaged
    """
    sheet = open_sheet(data)
    conventions = _conventions(sheet)
    return Activity(
        language=sheet.language,
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        date_order_is_certain=conventions.date_order_is_certain,
        rows=tuple(_rows(sheet, conventions)),
    )


def look_through(data: bytes) -> Activity:
    """What a file is, without its rows.

    :raise UnreadableActivity: like :func:`read_activity`
    """
    sheet = open_sheet(data)
    conventions = _conventions(sheet)
    return Activity(
        language=sheet.language,
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        date_order_is_certain=conventions.date_order_is_certain,
        rows=(),
    )


def iter_activity(data: bytes) -> Iterator[ActivityRow]:
    """Read a file row by row; only one row is in memory at a time.

    The whole file is looked through before the first row comes.

    :raise UnreadableActivity: like :func:`read_activity`, before the first row
    """
    sheet = open_sheet(data)
    yield from _rows(sheet, _conventions(sheet))


def _conventions(sheet: Sheet) -> Conventions:
    """Look through the file.

    :raise UnreadableActivity: it is damaged, or has no rows
    """
    conventions, is_empty = Conventions(sheet.language), True
    for _line, record in sheet.records():
        is_empty = False
        conventions.see(
            sheet.cell(record, "date"),
            sheet.cell(record, "zone"),
            sheet.cell(record, "currency"),
            [sheet.cell(record, field) for field in _AMOUNTS],
        )
    if is_empty:
        raise UnreadableActivity("no_rows")
    conventions.settle()
    return conventions


def _rows(sheet: Sheet, conventions: Conventions) -> Iterator[ActivityRow]:
    for line, record in sheet.records():
        cells = _Cells(
            (field, clean(sheet.cell(record, field))) for field in sheet.columns
        )
        problems = [] if sheet.fits(record) else ["columns"]
        yield _row(line, cells, conventions, problems)


class _Cells(dict[str, str]):
    """A record's cells by field; '' for fields that the file has not got."""

    def __missing__(self, field: str) -> str:
        return ""


def _row(
    line: int, cells: _Cells, conventions: Conventions, problems: list[str]
) -> ActivityRow:
    gross, fee, net, balance = _amounts(cells, conventions, problems)
    moment, trouble = conventions.moment(cells["date"], cells["time"], cells["zone"])
    if trouble:
        problems.append(trouble)
    impact = _IMPACTS.get(key(cells["impact"]), "")
    is_completed = _is_completed(cells)
    kind = _kind(cells["type"], gross)
    if is_completed and impact == const.IMPACT_MEMO:
        kind = const.KIND_MEMO
    return ActivityRow(
        line=line,
        moment=moment,
        name=cells["name"],
        email=cells["email"],
        to_email=cells["to_email"],
        type=cells["type"],
        status=cells["status"],
        is_completed=is_completed and impact != const.IMPACT_MEMO,
        kind=kind,
        currency=cells["currency"].upper(),
        gross=gross,
        fee=fee,
        net=net,
        balance=balance,
        txn_id=cells["txn_id"],
        reference_txn_id=cells["reference_txn_id"],
        item=cells["item"],
        item_id=cells["item_id"],
        invoice=cells["invoice"],
        custom=cells["custom"],
        quantity=cells["quantity"],
        note=cells["note"] or cells["subject"],
        country=_country(cells),
        address={field: cells[field] for field in _ADDRESS if cells[field]},
        balance_impact=impact,
        problem=problems[0] if problems else "",
    )


def _amounts(cells: _Cells, conventions: Conventions, problems: list[str]):
    """Gross, fee, net and balance; what is unreadable is 0, and a problem."""
    read = {field: conventions.amount(cells[field]) for field in _AMOUNTS}
    has_currency = _CURRENCY.fullmatch(cells["currency"])
    if None in read.values() or not cells["gross"] or not has_currency:
        problems.append("amount")
    gross, fee = read["gross"] or Decimal(0), read["fee"] or Decimal(0)
    net = gross + fee if is_blank(cells["net"]) else read["net"] or Decimal(0)
    return gross, fee, net, None if is_blank(cells["balance"]) else read["balance"]


def _is_completed(cells: _Cells) -> bool:
    """A statement has no status: it lists only what moved the balance."""
    return "status" not in cells or key(cells["status"]) in _COMPLETED


def _kind(type_: str, gross: Decimal) -> str:
    kind = _KINDS.get(key(type_), const.KIND_UNKNOWN)
    out_and_in = const.KIND_BY_SIGN.get(kind, (kind, kind))
    return out_and_in[0 if gross < 0 else 1]


def _country(cells: _Cells) -> str:
    for text in (cells["country_code"], cells["country"]):
        if len(text) == 2 and text.isascii() and text.isalpha():
            return text.upper()
    return ""
