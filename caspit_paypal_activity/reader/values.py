# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Amounts and moments as PayPal's activity download writes them.

A single value does not say how it is meant: 1,234 and 01/02/2026 have two readings.
The whole file says it, so :class:`Conventions` looks through all of it first.
"""

import re
from collections import Counter
from datetime import datetime, timezone, tzinfo
from decimal import Decimal

from . import const
from .zones import find_zone, is_american, ist_zone

#: Marks of direction, which Hebrew files and spreadsheets put around numbers, vanish;
#: hard blanks become ordinary ones.
_INVISIBLE = str.maketrans(
    dict.fromkeys("\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff")
    | {"\u00a0": " ", "\u202f": " "}
)
_MINUS = str.maketrans("\u2212\u2012\u2013\ufe63\uff0d", "-----")
#: What PayPal writes where there is no amount, in an item of a cart.
_NOTHING = frozenset({"", "...", "-", "--"})
#: Digits behind the mark. Three are a thousand that the file's other values deny.
_CENTS = 2
_ENDS_IN_CENTS = re.compile(r"([.,])\d{1,2}-?$", re.ASCII)
#: PayPal's currencies have two decimals or none, so that three digits are thousands.
_ENDS_IN_THOUSANDS = re.compile(r"\d([.,])\d{3}-?$", re.ASCII)
_DECIMAL_POINT_LANGUAGES = frozenset({"en", "he", "ja"})

_DATE = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})", re.ASCII)
_TIME = re.compile(
    r"(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)? ?([ap])?\.?(?:m\.?)?", re.ASCII
)

_NUMBERS = {
    mark: re.compile(
        rf"([+-]?)(\d+|\d{{1,3}}(?:[{group}'\u2019 ]\d{{3}})+)(?:[{mark}](\d+))?(-?)",
        re.ASCII,
    )
    for mark, group in ((".", ","), (",", "."))
}


def clean(text: str) -> str:
    """Without marks of direction, hard blanks, and white space around it."""
    if not text.isascii():
        text = text.translate(_INVISIBLE)
    return text.strip()


def is_blank(text: str) -> bool:
    """Whether PayPal says that there is no amount."""
    return clean(text) in _NOTHING


class Conventions:
    """How one file writes numbers, dates and zones; :meth:`see` every row of it.

    A number whose last mark has one or two digits behind it shows the decimal mark; a
    date with a part above 12 shows the order. If no value of the file does, the
    language decides about the mark, and, where nobody knows it, what stands before
    three digits is no decimal mark. About dates written with slashes the zone decides:
    the month is first in an English file of American time, or of no zone; otherwise
    the day. Then :attr:`date_order_is_certain` is False, as it is when the dates
    contradict each other.

    :param language: of the file's header
    :param date_order: 'dmy' or 'mdy' when somebody has said which; '' to look for it
    """

    def __init__(self, language: str, date_order: str = ""):
        self.language = language
        self._said_order = date_order
        self._marks: Counter[str] = Counter()
        self._orders: Counter[str] = Counter()
        self._ambiguous_dates = False
        self._zones: Counter[str] = Counter()
        self._currencies: set[str] = set()

    def see(self, date: str, zone: str, currency: str, amounts: list[str]) -> None:
        """Learn from one row; the values as they stand in the file."""
        self._see_date(clean(date))
        if len(self._zones) < 100 and (zone := clean(zone)):
            self._zones[zone] += 1
        if len(self._currencies) < 100 and (currency := clean(currency)):
            self._currencies.add(currency.upper())
        for amount in amounts:
            amount = clean(amount)
            if match := _ENDS_IN_CENTS.search(amount):
                self._marks[match.group(1)] += 1
            elif self.language:
                continue
            elif match := _ENDS_IN_THOUSANDS.search(amount):
                self._marks["." if match.group(1) == "," else ","] += 1

    def settle(self) -> None:
        """Decide, when every row was seen."""
        point = "." if self.language in _DECIMAL_POINT_LANGUAGES else ","
        self._mark = max(
            (point, ",.".replace(point, "")), key=lambda mark: self._marks[mark]
        )
        american = sum(n for zone, n in self._zones.items() if is_american(zone))
        month_first = self.language == "en" and american * 2 >= self._zones.total()
        orders = ("mdy", "dmy") if month_first else ("dmy", "mdy")
        self._order = max(orders, key=lambda order: self._orders[order])
        self.date_order_is_certain = (
            len(self._orders) == 1 if self._orders else not self._ambiguous_dates
        )
        if self._said_order:
            self._order, self.date_order_is_certain = self._said_order, True
        zones = {zone.upper() for zone in self._zones}
        self._ist = ist_zone(self.language, zones, self._currencies)

    def amount(self, text: str) -> Decimal | None:
        """Read an amount.

        :return: None when the text is none; 0 when PayPal says there is none
        """
        text = clean(text).translate(_MINUS)
        if text in _NOTHING:
            return Decimal(0)
        match = _NUMBERS[self._mark].fullmatch(text.replace("- ", "-"))
        if not match:
            return None
        sign, whole, fraction, after = match.groups()
        digits, fraction = re.sub(r"\D", "", whole), fraction or ""
        if (sign and after) or len(fraction) > _CENTS:
            return None
        if len(digits) + len(fraction) > const.MAX_DIGITS:
            return None
        number = Decimal(f"{digits}.{fraction}" if fraction else digits)
        return -number if "-" in (sign, after) else number

    def moment(self, date: str, time: str, zone: str) -> tuple[datetime | None, str]:
        """Read when it was.

        In a zone that has a place's name, the hour that comes twice in autumn is the
        first of the two; nothing in the file says which.

        :return: the moment in UTC, and ''; or None, and what is wrong: 'date', 'zone'
        """
        local = self._local(clean(date), clean(time))
        if local is None:
            return None, "date"
        where = self._zone(clean(zone))
        if where is None:
            return None, "zone"
        try:
            return local.replace(tzinfo=where).astimezone(timezone.utc), ""
        except (ValueError, OverflowError):  # at the end of what has a date
            return None, "date"

    # === HELPERS === #

    def _see_date(self, date: str) -> None:
        match = _DATE.fullmatch(date)
        if not match or match.group(2) == ".":
            return  # nothing to decide: the year first, or the day before a point
        first, second = int(match.group(1)), int(match.group(3))
        if first > 12 >= second:
            self._orders["dmy"] += 1
        elif second > 12 >= first:
            self._orders["mdy"] += 1
        elif first != second:
            self._ambiguous_dates = True

    def _zone(self, name: str) -> tzinfo | None:
        return find_zone(name, self._ist)

    def _local(self, date: str, time: str) -> datetime | None:
        day = self._day(date)
        clock = _TIME.fullmatch(time.lower()) if time else None
        if day is None or (time and not clock):
            return None
        try:
            return datetime(*day, *(_clock(*clock.groups()) if clock else ()))
        except ValueError:
            return None  # a 31st of February, a 25th hour

    def _day(self, date: str) -> tuple[int, int, int] | None:
        """Year, month and day, which need not exist."""
        if match := _YEAR_FIRST.fullmatch(date):
            return int(match[1]), int(match[3]), int(match[4])
        match = _DATE.fullmatch(date)
        if not match:
            return None
        first, mark, second, year = match.groups()
        if mark != "." and self._order == "mdy":
            first, second = second, first
        return int(year) + (2000 if len(year) == 2 else 0), int(second), int(first)


def _clock(
    hour: str, minute: str, second: str | None, half: str | None
) -> tuple[int, int, int]:
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half == "p" else 0)
    return hours, int(minute), int(second or 0)
