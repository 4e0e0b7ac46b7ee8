# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A download in a language that nobody knows yet: its columns by what stands in them.

PayPal's columns look alike in every language: ids of capitals and digits, dates, ISO
currencies, and amounts of which two add up to a third, or to the balance. A reading
like this is a guess, which the merchant confirms before anything is compared.
"""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from .zones import find_zone, ist_zone

_ROWS = 300
#: How many of a column's cells must look the part.
_MOST = 0.9
#: Cells of a header, as in :mod:`.text`, and columns of amounts.
_MAX_COLUMNS = 500
_MAX_AMOUNTS = 15
_ID = re.compile(r"(?=.*\d)(?=.*[A-Z])(?:[A-Z]-)?[A-Z0-9]{8,24}", re.ASCII)
_ANY_ID = re.compile(r"(?=.*\d)[A-Z]?-?[A-Z0-9]{6,24}", re.ASCII)
_DATE = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}", re.ASCII)
_TIME = re.compile(r"\d{1,2}:\d\d(:\d\d)?( ?[ap]\.?m\.?)?", re.ASCII | re.IGNORECASE)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_AMOUNT = re.compile(r"[-+\u2212]?[\d.,'\u2019\u00a0\u202f ]*\d-?", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_ZERO = Decimal(0)


def guess(records: list[list[str]]) -> tuple[int, dict[str, int]] | None:
    """Find the columns of a table by their shape.

    :param records: the first records of the file, from any line above the header
    :return: which record is the header, and field → place; None when the table is not
        shaped like PayPal's
    """
    for number, header in enumerate(records[:20]):
        rows = records[number + 1 : number + 1 + _ROWS]
        if 6 <= len(header) <= _MAX_COLUMNS and rows and _is_header(header):
            fields = _Shapes(rows, len(header)).fields()
            if {"date", "type", "currency", "gross", "txn_id"} <= fields.keys():
                return number, fields
    return None


def _is_header(record: list[str]) -> bool:
    """No number, date or address is the name of a column."""
    cells = [cell.strip() for cell in record if cell.strip()]
    return len(cells) >= 6 and not any(
        shape.fullmatch(cell) for cell in cells for shape in (_DATE, _AMOUNT, _EMAIL)
    )


class _Shapes:
    def __init__(self, rows: list[list[str]], width: int):
        self.columns = [
            [row[place].strip() if place < len(row) else "" for row in rows]
            for place in range(width)
        ]
        self.rows = len(rows)
        self.found: dict[str, int] = {}

    def fields(self) -> dict[str, int]:
        """Field → place, of those that can be told."""
        self._first("date", _DATE.fullmatch)
        self._first("time", _TIME.fullmatch)
        ist = ist_zone("", (), ())
        self._first("zone", lambda cell: find_zone(cell, ist))
        self._first("currency", _CURRENCY.fullmatch)
        self._ids()
        self._amounts()
        emails = self._places(_EMAIL.fullmatch, full=False)
        self.found.update(zip(("email", "to_email"), emails, strict=False))
        self._texts()
        return self.found

    def _places(self, test: Callable, full: bool = True) -> list[int]:
        """Columns whose cells pass; nearly all of them filled, unless not full."""
        places = []
        for place, cells in enumerate(self.columns):
            filled = [cell for cell in cells if cell]
            enough = self.rows * _MOST if full else 1
            passed = sum(1 for cell in filled if test(cell))
            is_free = place not in self.found.values() and len(filled) >= enough
            if is_free and passed >= len(filled) * _MOST:
                places.append(place)
        return places

    def _first(self, field: str, test: Callable) -> None:
        for place in self._places(test)[:1]:
            self.found[field] = place

    def _ids(self) -> None:
        """The transaction is the one that differs most; a reference may be blank."""
        ids = self._places(_ID.fullmatch)
        if not ids:
            return
        own = max(ids, key=lambda place: (len(set(self.columns[place])), -place))
        self.found["txn_id"] = own
        known = set(self.columns[own])
        for place in self._places(_ANY_ID.fullmatch, full=False):
            if known & set(filter(None, self.columns[place])):
                self.found["reference_txn_id"] = place
                return

    # === AMOUNTS === #

    def _amounts(self) -> None:
        """Gross, fee and net add up; what the net changes is the balance."""
        if "currency" not in self.found:
            return
        places = self._places(_AMOUNT.fullmatch)[:_MAX_AMOUNTS]
        numbers = {place: self._numbers(place) for place in places}
        numbers = {place: each for place, each in numbers.items() if each}
        order = sorted(numbers)
        for gross in order:
            for fee in (place for place in order if place > gross):
                for net in (place for place in order if place > fee):
                    if self._adds_up(numbers[gross], numbers[fee], numbers[net]):
                        self.found |= {"gross": gross, "fee": fee, "net": net}
                        self._balance(numbers, net)
                        return
        for gross in order:
            if any(numbers[gross]):
                self.found["gross"] = gross
                self._balance(numbers, gross)
                return

    def _balance(self, numbers: dict[int, list[Decimal]], net: int) -> None:
        best, found = 0, None
        for place in numbers:
            if place in self.found.values() or place <= net:
                continue
            hits = self._links(numbers[place], numbers[net])
            if hits > best:
                best, found = hits, place
        if found is not None:
            self.found["balance"] = found

    def _links(self, balances: list[Decimal], nets: list[Decimal]) -> int:
        """How often one balance follows from another of its currency."""
        down = up = alone = 0
        last: dict[str, int] = {}
        for number, code in enumerate(self.columns[self.found["currency"]]):
            before = last.get(code)
            last[code] = number
            if before is None:
                alone += balances[number] == nets[number] != 0
            else:
                change = balances[number] - balances[before]
                down += change == nets[number] != 0
                up += -change == nets[before] != 0
        return max(down, up) or alone

    def _numbers(self, place: int) -> list[Decimal]:
        """The column as numbers; [] when one is none."""
        numbers = []
        for cell in self.columns[place]:
            sign = "-" if cell[:1] in "-\u2212" and cell or cell[-1:] == "-" else ""
            digits = cell.strip("-+\u2212 ")
            mark = re.search(r"[.,](?=\d{1,2}$)", digits)
            whole = digits[: mark.start()] if mark else digits
            cents = digits[mark.end() :] if mark else ""
            try:
                text = re.sub(r"\D", "", whole) or "0"
                numbers.append(Decimal(f"{sign}{text}.{cents or 0}"))
            except InvalidOperation:
                return []
        return numbers

    def _adds_up(self, gross, fee, net) -> bool:
        hits = sum(
            1 for g, f, n in zip(gross, fee, net, strict=True) if g + f == n != _ZERO
        )
        return hits >= self.rows * _MOST

    # === TEXTS === #

    def _texts(self) -> None:
        """Between the time and the currency: name, type and status, or the type alone.

        A statement, which has no status, has its description there and nothing else.
        """
        if not {"date", "currency"} <= self.found.keys():
            return
        moment = [self.found.get(field, 0) for field in ("date", "time", "zone")]
        start, end = max(moment), self.found["currency"]
        between = [p for p in range(start + 1, end) if p not in self.found.values()]
        names = (("type",), ("type", "status"), ("name", "type", "status"))
        if 1 <= len(between) <= 3:
            fields = names[len(between) - 1]
            self.found |= {field: between[n] for n, field in enumerate(fields)}
