# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Time zones as PayPal's activity download names them."""

import re
from collections.abc import Collection
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

#: Hours east of UTC. The abbreviation decides, whatever the season.
_HOURS = MappingProxyType(
    {
        "PST": -8,
        "PDT": -7,
        "MST": -7,
        "MDT": -6,
        "CST": -6,
        "CDT": -5,
        "EST": -5,
        "EDT": -4,
        "AKST": -9,
        "AKDT": -8,
        "HST": -10,
        "AST": -4,
        "ADT": -3,
        "NST": -3.5,
        "NDT": -2.5,
        "BRT": -3,
        "BRST": -2,
        "ART": -3,
        "GMT": 0,
        "UTC": 0,
        "Z": 0,
        "WET": 0,
        "WEST": 1,
        "BST": 1,
        "CET": 1,
        "CEST": 2,
        "MEZ": 1,
        "MESZ": 2,
        "HNEC": 1,
        "HAEC": 2,
        "EET": 2,
        "EEST": 3,
        "SAST": 2,
        "IDT": 3,
        "MSK": 3,
        "TRT": 3,
        "GST": 4,
        "PKT": 5,
        "ICT": 7,
        "WIB": 7,
        "HKT": 8,
        "SGT": 8,
        "MYT": 8,
        "PHT": 8,
        "AWST": 8,
        "JST": 9,
        "KST": 9,
        "ACST": 9.5,
        "ACDT": 10.5,
        "AEST": 10,
        "AEDT": 11,
        "NZST": 12,
        "NZDT": 13,
    }
)
#: IST, by the country that the file shows.
_IST_ISRAEL = timezone(timedelta(hours=2))
_IST_INDIA = timezone(timedelta(hours=5, minutes=30))
_IST_IRELAND = timezone(timedelta(hours=1))

_OFFSET = re.compile(r"(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d\d))?", re.ASCII)
_NAME = re.compile(r"[A-Za-z_]+(?:/[A-Za-z_+-]+){1,2}", re.ASCII)

#: Zones of those who write the month first.
_AMERICAN = frozenset(
    {"PST", "PDT", "MST", "MDT", "CST", "CDT", "EST", "EDT", "AKST", "AKDT", "HST"}
)


def is_american(name: str) -> bool:
    """Whether an account in this zone is likely one of the United States."""
    return name.upper() in _AMERICAN or name.startswith(("America/", "US/"))


def ist_zone(
    language: str, zones: Collection[str], currencies: Collection[str]
) -> tzinfo:
    """Which of three zones IST is in a file.

    Israel in a Hebrew file, one with shekels, or one that names Israel's summer time
    too; India in one with rupees; Ireland (whose IST is summer time) in one that also
    has GMT, or only euros and pounds. Otherwise Israel.

    :param zones: every zone that the file names, in capitals
    :param currencies: every currency code of the file
    """
    if language == "he" or "ILS" in currencies or "IDT" in zones:
        return _IST_ISRAEL
    if "INR" in currencies:
        return _IST_INDIA
    if "GMT" in zones or (currencies and set(currencies) <= {"EUR", "GBP"}):
        return _IST_IRELAND
    return _IST_ISRAEL


@lru_cache(maxsize=256)
def find_zone(name: str, ist: tzinfo) -> tzinfo | None:
    """The zone of this name.

    :param name: an abbreviation, ``GMT+2``, or a name like ``Europe/Berlin``
    :param ist: what IST is in this file, see :func:`ist_zone`
    :return: None when nobody knows it
    """
    capitals = name.upper().replace("\N{MINUS SIGN}", "-").replace(" ", "")
    if capitals == "IST":
        return ist
    if capitals in _HOURS:
        return timezone(timedelta(hours=_HOURS[capitals]))
    if match := _OFFSET.fullmatch(capitals):
        return _fixed(*match.groups())
    return _named(name) if _NAME.fullmatch(name) else None


def _fixed(sign: str, hours: str, minutes: str | None) -> tzinfo | None:
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if offset >= timedelta(hours=24):
        return None
    return timezone(-offset if sign == "-" else offset)


def _named(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, or a folder of the zones' files
        return None
