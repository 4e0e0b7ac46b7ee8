# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The bank's public API. The only place that calls it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

import requests

URL = "https://boi.org.il/PublicApi/GetExchangeRates"
TIMEOUT = 20  # seconds, to connect and to answer each
ISRAEL = ZoneInfo("Asia/Jerusalem")


class NoRates(Exception):
    """The bank gave no rates that can be read."""


@dataclass(frozen=True)
class Rate:
    """What one unit of a currency is worth.

    :ivar str currency: three letters
    :ivar Decimal shekels: for one unit, also of those that the bank quotes per 100
    :ivar date day: the day that the bank set it for, in Israel
    """

    currency: str
    shekels: Decimal
    day: date


def fetch(url=URL):
    """Ask the bank for the latest rates.

    :rtype: list[Rate]
    :raise NoRates: it does not answer, or not with rates
    """
    try:
        answer = requests.get(url, timeout=TIMEOUT, headers={"User-Agent": "caspit"})
        answer.raise_for_status()
        rows = answer.json(parse_float=Decimal)["exchangeRates"]
        rates = [_read(row) for row in rows]
    except requests.RequestException as error:
        raise NoRates(type(error).__name__) from error
    except (InvalidOperation, KeyError, TypeError, ValueError) as error:
        raise NoRates("the answer cannot be read") from error
    if not rates or not all(rate.shekels > 0 for rate in rates):
        raise NoRates("the answer has no rates")
    return rates


def _read(row):
    moment = datetime.fromisoformat(row["lastUpdate"][:19] + "+00:00")
    return Rate(
        currency=str(row["key"]),
        shekels=Decimal(str(row["currentExchangeRate"])) / int(row.get("unit") or 1),
        day=moment.astimezone(ISRAEL).date(),
    )
