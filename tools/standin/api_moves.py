"""PayPal's movements as the stand-in keeps them: when, how much, and what they move."""

import re
from collections import Counter
from datetime import datetime, timezone
from decimal import Decimal
from functools import lru_cache

_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.\d+)?([Zz]|[+-]\d\d:?\d\d)", re.ASCII
)
#: Codes that set money aside or give it back; with them the groups T15 and T21.
_HOLDS = frozenset({"T1105", "T1110", "T1111", "T1116", "T1119"})
_NO_HOLDS = frozenset({"T2109", "T2110"})
PARTS = (
    "transaction_info",
    "payer_info",
    "shipping_info",
    "auction_info",
    "cart_info",
    "incentive_info",
    "store_info",
)


@lru_cache(maxsize=200_000)  # a long history is gone through for each page of it
def read_moment(text: str) -> datetime:
    """:raise ValueError: it is no moment"""
    match = _MOMENT.fullmatch(text)
    if not match:
        raise ValueError(text)
    zone = "+0000" if match[3] in "Zz" else match[3].replace(":", "")
    return datetime.strptime(f"{match[1]}T{match[2]}{zone}", "%Y-%m-%dT%H:%M:%S%z")


def written(moment: datetime) -> str:
    """A moment as PayPal writes it."""
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def info_of(move: dict) -> dict:
    """The part of a movement that says what moved; empty when it has none."""
    info = move.get("transaction_info")
    return info if isinstance(info, dict) else {}


def moment_of(move: dict) -> datetime | None:
    """When a movement began; None when it does not say."""
    info = info_of(move)
    for name in ("transaction_initiation_date", "transaction_updated_date"):
        try:
            return read_moment(info.get(name) or "")
        except (TypeError, ValueError):
            continue
    return None


def net_of(info: dict) -> tuple[str | None, Decimal]:
    """What a movement adds to the balance of which currency."""
    amount, fee = info.get("transaction_amount"), info.get("fee_amount")
    try:
        currency, net = amount["currency_code"], Decimal(str(amount["value"]))
        if fee and fee["currency_code"] == currency:
            net += Decimal(str(fee["value"]))
    except (TypeError, KeyError, ArithmeticError):
        return None, Decimal(0)
    return currency, net


def money(currency: str, value: Decimal) -> dict:
    digits = 0 if currency in ("JPY", "HUF", "TWD") else 2
    return {"currency_code": currency, "value": f"{value:.{digits}f}"}


def _code(info: dict) -> str:
    return str(info.get("transaction_event_code") or "")


def _is_hold(info: dict) -> bool:
    code = _code(info)
    return code in _HOLDS or (code[:3] in ("T15", "T21") and code not in _NO_HOLDS)


def _moves(info: dict) -> bool:
    status = info.get("transaction_status")
    if _code(info).startswith("T13"):
        return False
    return status in ("S", "V") or (status == "P" and _is_hold(info))


def may_move(move: dict) -> bool:
    """PayPal lists what is pending, too: that it moves nothing, the status says."""
    info = info_of(move)
    return info.get("transaction_status") != "D" and not _code(info).startswith("T13")


def chosen(move: dict, fields: str) -> dict:
    names = PARTS if fields == "all" else fields.split(",")
    return {name: move[name] for name in names if name in move}


def totals(moves: list[dict], as_of: datetime) -> dict[str, tuple[Decimal, Decimal]]:
    """The total and what is withheld of it, by currency.

    Where a row tells the balance after it, the account begins with what makes that
    true.
    """
    sums, withheld, opening = Counter(), Counter(), {}
    timed = [(moment_of(move), move) for move in moves]
    timed = [(when, move) for when, move in timed if when is not None]
    for when, move in sorted(timed, key=lambda pair: pair[0]):
        info = info_of(move)
        if not _moves(info):
            continue
        currency, net = net_of(info)
        if currency is None:
            continue
        late = when > as_of
        if _is_hold(info):
            withheld[currency] -= 0 if late else net
        else:
            sums[currency] += 0 if late else net
        ending = net_of({"transaction_amount": info.get("ending_balance")})
        if currency not in opening and not late:
            free = sums[currency] - withheld[currency]
            is_told = ending[0] == currency
            opening[currency] = ending[1] - free if is_told else Decimal(0)
    return {
        currency: (
            sums[currency] + opening[currency],
            Decimal(withheld[currency]),
        )
        for currency in opening
    }
