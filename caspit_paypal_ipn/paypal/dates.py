# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PayPal's ways of writing a date."""

import re
from datetime import datetime, timedelta, timezone

# Not strptime: its %b follows the locale of the server, PayPal's months are English.
_MONTHS = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}

#: Hours east of UTC. PayPal writes Pacific time; the abbreviation decides, whatever the
#: season: the simulator writes PDT in February.
_ZONES = {"pst": -8, "pdt": -7, "gmt": 0, "utc": 0, "z": 0}

_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d\d):(?P<second>\d\d)"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>\d{4})"
_OFFSET = r"(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)"
_ZONE = rf"(?:(?:gmt|utc)?{_OFFSET}(?: \([a-z ]+\))?|(?P<zone>[a-z]+))"

_FORMATS = tuple(
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        # 23:04:06 Feb 02, 2009 PST -- every real message; also "Feb. 02"
        rf"{_TIME} {_MONTH} {_DAY},? {_YEAR} {_ZONE}",
        # 23:38:36 30 Oct 2015 PDT
        rf"{_TIME} {_DAY} {_MONTH} {_YEAR} {_ZONE}",
        # Sun May 24 2015 15:04:11 GMT-0700 (PDT) -- the simulator
        rf"[a-z]{{3}} {_MONTH} {_DAY} {_YEAR} {_TIME} {_ZONE}",
        # Fri Dec 07 06:13:08 PST 2012 -- Adaptive Payments
        rf"[a-z]{{3}} {_MONTH} {_DAY} {_TIME} {_ZONE} {_YEAR}",
        # 2015-05-24T15:04:11Z -- the simulator
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)[t ]{_TIME}(?:\.\d+)? ?{_ZONE}",
    )
)


def parse_date(text: str) -> datetime | None:
    """Read a date.

    :param text: as PayPal wrote it
    :return: the moment, in UTC; None when the text is no date with a known zone
    """
    text = " ".join(text.split())
    for pattern in _FORMATS:
        match = pattern.fullmatch(text)
        if match:
            return _moment(match.groupdict())
    return None


def _moment(parts: dict[str, str | None]) -> datetime | None:
    try:
        return datetime(
            int(parts["year"]),
            _month(parts["month"]),
            int(parts["day"]),
            int(parts["hour"]),
            int(parts["minute"]),
            int(parts["second"]),
            tzinfo=timezone(_offset(parts)),
        ).astimezone(timezone.utc)
    except (KeyError, ValueError, OverflowError):
        return None  # a 31st of February, a 25th hour, a month or a zone unheard of


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS[text[:3].lower()]


def _offset(parts: dict[str, str | None]) -> timedelta:
    if parts["zone"]:
        return timedelta(hours=_ZONES[parts["zone"].lower()])
    offset = timedelta(hours=int(parts["hours"]), minutes=int(parts["minutes"]))
    return -offset if parts["sign"] == "-" else offset
