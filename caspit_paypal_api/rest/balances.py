# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PayPal's balances at a moment, by currency."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from . import values


class Balance(NamedTuple):
    """The balance of one currency.

    :ivar total: all of the merchant's money; ``available`` and ``withheld``
        are its parts, None when PayPal does not say
    """

    currency: str
    total: Decimal
    available: Decimal | None
    withheld: Decimal | None


class Balances(NamedTuple):
    """Every currency at a moment.

    :ivar as_of: the moment that PayPal answers for, in UTC; None when it does not say
    :ivar refreshed_at: up to where PayPal's data are whole, in UTC, or None
    :ivar account: the merchant's account id, or ''
    """

    balances: tuple[Balance, ...]
    as_of: datetime | None
    refreshed_at: datetime | None
    account: str


def read_balances(answer: dict) -> Balances:
    """Read the answer; a currency without a total is left out."""
    found = []
    for detail in values.items(values.part(answer, "balances")):
        total = values.money(values.part(detail, "total_balance"))
        if total:
            found.append(
                Balance(
                    total.currency,
                    total.value,
                    _value(detail, "available_balance"),
                    _value(detail, "withheld_balance"),
                )
            )
    return Balances(
        tuple(found),
        values.moment(answer.get("as_of_time")),
        values.moment(answer.get("last_refresh_time")),
        values.text(answer, "account_id"),
    )


def _value(detail: dict, name: str) -> Decimal | None:
    money = values.money(values.part(detail, name))
    return money.value if money else None
