# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a JSON value is worth: money, a moment, a text, or nothing.

An answer is not trusted to have the shape of its description: a part that is missing
or is something else is nothing, and never an exception.
"""

import re
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, NamedTuple

#: PayPal's own pattern for money, and no more digits than a float keeps.
_MONEY = re.compile(r"[+-]?(?:[0-9]+|[0-9]*\.[0-9]+)", re.ASCII)
_MAX_DIGITS = 15
_CURRENCY = re.compile(r"[A-Za-z]{3}", re.ASCII)
#: RFC 3339, and the zone without a colon that PayPal's older answers have.
_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?"
    r"(?:[Zz]|([+-])(\d\d):?(\d\d))",
    re.ASCII,
)


class Money(NamedTuple):
    """An amount with PayPal's sign, in a currency of three capital letters."""

    value: Decimal
    currency: str


def part(json: Any, *names: str) -> Any:
    """A part of an answer, by its path; an empty dictionary when it is not there."""
    for name in names:
        json = json.get(name) if isinstance(json, dict) else None
    return {} if json is None else json


def items(json: Any) -> list[dict]:
    """The dictionaries of a list; none when it is no list."""
    return [one for one in json if isinstance(one, dict)] if type(json) is list else []


def text(json: Any, *names: str) -> str:
    """The first of these fields that is a text and not blank, trimmed; else ''."""
    for name in names:
        value = part(json, name)
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            continue
        # PostgreSQL keeps no zero byte.
        found = str(value).replace("\0", "").strip()
        if found:
            return found
    return ""


def money(json: Any) -> Money | None:
    """An amount of money; None when it is none, or has no currency."""
    value, currency = text(json, "value"), text(json, "currency_code")
    if not (_MONEY.fullmatch(value) and _CURRENCY.fullmatch(currency)):
        return None
    if len(value.lstrip("+-").replace(".", "")) > _MAX_DIGITS:
        return None
    return Money(Decimal(value), currency.upper())


def moment(value: Any) -> datetime | None:
    """A moment in UTC, without its fraction of a second; None when it is none."""
    match = _MOMENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if not match:
        return None
    year, month, day, hour, minute, second = map(int, match.groups()[:6])
    sign, hours, minutes = match.groups()[6:]
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    try:
        # A leap second counts as the one before it.
        local = datetime(year, month, day, hour, minute, min(second, 59))
        return (local + offset if sign == "-" else local - offset).replace(
            tzinfo=timezone.utc
        )
    except (ValueError, OverflowError):
        return None


def written(when: datetime) -> str:
    """A moment as PayPal takes it: seconds, no fraction, a zone.

    :param when: with a time zone
    """
    return when.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
