# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the events of PayPal's webhooks are made of, in the words of PayPal's IPN."""

import re
from typing import Any

from . import values

_UP = re.compile(r"/(?:captures|sale|sales)/([A-Za-z0-9]{1,40})(?:/|$)")


def amounts_of(resource, amount, fee) -> dict[str, str]:
    """The transaction and its amounts; a fee of another currency cannot stand here."""
    said = {"txn_id": values.text(resource, "id")}
    if amount:
        said |= {"mc_gross": str(amount.value), "mc_currency": amount.currency}
    if amount and fee and fee.currency == amount.currency:
        said["mc_fee"] = str(fee.value)
    return said


def old_money(json: Any, name: str) -> values.Money | None:
    """An amount as ``payments v1`` writes it."""
    told = {
        "value": values.part(json, name),
        "currency_code": values.part(json, "currency"),
    }
    return values.money(told)


def parent_of(resource: dict) -> str:
    """The payment that a refund belongs to: only a link names it."""
    for link in values.items(values.part(resource, "links")):
        found = _UP.search(values.text(link, "href"))
        if found and values.text(link, "rel") in ("up", "sale"):
            return found[1]
    return ""


def receiver_of(resource: dict) -> dict[str, str]:
    """Whose account was paid, where it says so."""
    payee = values.part(resource, "payee")
    return {
        "receiver_id": values.text(payee, "merchant_id"),
        "receiver_email": values.text(payee, "email_address", "email"),
    }


def moment_of(resource: dict, created: str) -> str:
    """When it happened, else when PayPal made the event; '' for neither."""
    found = values.moment(resource.get("create_time")) or values.moment(created)
    return values.written(found) if found else ""
