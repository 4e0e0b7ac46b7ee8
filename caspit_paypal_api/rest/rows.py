# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From one of PayPal's ``transaction_details`` to the row that a file gives, too."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from . import tcodes, values
from .cart import read_cart, read_charges

SUCCESS = "S"
#: Paid and later given back: that it went back stands in a row of its own.
REVERSED = "V"
PENDING = "P"
DENIED = "D"
_COMPLETED = frozenset({SUCCESS, REVERSED})
#: The fields of ``reader.activity.ActivityRow`` that describe an address.
_ADDRESS = (
    ("street", "line1"),
    ("street2", "line2"),
    ("city", "city"),
    ("state", "state"),
    ("zip", "postal_code"),
    ("country", "country_code"),
)
#: What a reference may be that is no transaction: an order, a subscription, an
#: agreement.
_TRANSACTION = frozenset({"", "TXN"})
_SUBSCRIPTION = frozenset({"SUB", "PAP"})


@dataclass(frozen=True, slots=True, repr=False)
class LedgerRow:
    """A movement of the account.

    :ivar row: the values of ``caspit_paypal_activity.reader.activity.ActivityRow``, by
        the names of its fields; ``line`` is 0, as there is no file
    :ivar event_code: PayPal's, ``T0006``; '' when it is missing
    :ivar updated_at: when PayPal changed it last, in UTC, or None
    :ivar details: what a file has not got, as far as it is there: ``payer_id``,
        ``first_name``, ``last_name``, ``business``, ``phone``, ``ship_name``,
        ``ship_country``, ``subscription``, and ``cart`` with ``charges``
    :ivar fingerprint: the same for the same answer, another for any other
    """

    row: dict[str, Any]
    event_code: str
    updated_at: datetime | None
    details: dict[str, Any]
    fingerprint: str

    @property
    def key(self) -> str:
        """What tells movements apart, and stays when PayPal changes one's status.

        A transaction's id alone does not: several movements may have one.
        """
        row = self.row
        side = "out" if row["gross"] + row["fee"] < 0 else "in"
        moment = row["moment"].strftime("%Y%m%d%H%M%S") if row["moment"] else "?"
        named = row["txn_id"] or self.fingerprint
        return ":".join((named, self.event_code, side, row["currency"], moment))


def read_row(detail: dict) -> LedgerRow:
    """Read a movement; what is missing or unreadable is named as its problem."""
    info = values.part(detail, "transaction_info")
    gross, fee, currency, is_amount = _amounts(info)
    when = _moment(info)
    code = values.text(info, "transaction_event_code").upper()
    kind = tcodes.kind_of(code, gross < 0 or (not gross and fee < 0))
    status = values.text(info, "transaction_status").upper()
    payer, payee_address = values.part(detail, "payer_info"), _address(detail)
    name, reference = _name(payer), values.text(info, "paypal_reference_id")
    reference_type = values.text(info, "paypal_reference_id_type").upper()
    ending = values.money(values.part(info, "ending_balance"))
    cart = read_cart(detail, gross)
    moves = _moves(status, kind)
    row = {
        "line": 0,
        "moment": when,
        "name": name,
        "email": values.text(payer, "email_address"),
        "to_email": values.text(payer, "email_address"),
        "type": code,
        "status": status,
        "is_completed": status in _COMPLETED and kind != tcodes.MEMO,
        "kind": kind,
        "currency": currency,
        "gross": gross,
        "fee": fee,
        "net": gross + fee,
        "balance": ending.value if ending and ending.currency == currency else None,
        "txn_id": values.text(info, "transaction_id"),
        "reference_txn_id": reference if reference_type in _TRANSACTION else "",
        "item": _item(info, cart),
        "item_id": cart[0]["number"] if len(cart) == 1 else "",
        "invoice": values.text(info, "invoice_id"),
        "custom": values.text(info, "custom_field"),
        "quantity": cart[0]["quantity"] if len(cart) == 1 else "",
        "note": values.text(info, "transaction_note"),
        "country": _country(payer, "country_code"),
        "address": payee_address,
        "balance_impact": ("debit" if gross + fee < 0 else "credit") if moves else "",
        "problem": "" if is_amount and when else "date" if is_amount else "amount",
    }
    if reference_type not in _SUBSCRIPTION:
        reference = ""
    details = _details(detail, info, reference)
    if cart:
        details |= {"cart": cart, "charges": read_charges(detail)}
    return LedgerRow(
        row=row,
        event_code=code,
        updated_at=values.moment(values.part(info, "transaction_updated_date")),
        details=details,
        fingerprint=_fingerprint(detail),
    )


def _amounts(info: dict) -> tuple[Decimal, Decimal, str, bool]:
    """Gross, fee, currency, and whether all of it could be read.

    A fee in another currency than the payment cannot be in one row with it.
    """
    gross = values.money(values.part(info, "transaction_amount"))
    told = values.part(info, "fee_amount")
    fee = values.money(told)
    if gross is None:
        return Decimal(0), Decimal(0), fee.currency if fee else "", False
    if fee is None:
        return gross.value, Decimal(0), gross.currency, not told
    if fee.currency != gross.currency and fee.value:
        return gross.value, Decimal(0), gross.currency, False
    return gross.value, fee.value, gross.currency, True


def _moment(info: dict) -> datetime | None:
    return values.moment(
        values.part(info, "transaction_initiation_date")
    ) or values.moment(values.part(info, "transaction_updated_date"))


def _moves(status: str, kind: str) -> bool:
    """Whether the balance moved: a hold is pending for as long as it holds."""
    if kind == tcodes.MEMO:
        return False
    holds = kind in (tcodes.HOLD, tcodes.RELEASE)
    return status in _COMPLETED or (holds and status == PENDING)


def _name(payer: dict) -> str:
    names = values.part(payer, "payer_name")
    person = f"{values.text(names, 'given_name')} {values.text(names, 'surname')}"
    whole = values.text(names, "full_name", "alternate_full_name")
    return " ".join((person.strip() or whole).split())


def _address(detail: dict) -> dict[str, str]:
    """Where it was shipped to, else where the payer lives."""
    shipping = values.part(detail, "shipping_info", "address")
    address = shipping or values.part(detail, "payer_info", "address")
    found = {field: values.text(address, name) for field, name in _ADDRESS}
    found["country"] = _country(address, "country_code")
    return {field: value for field, value in found.items() if value}


def _country(json: Any, name: str) -> str:
    code = values.text(json, name)
    return code.upper() if len(code) == 2 and code.isascii() and code.isalpha() else ""


def _item(info: dict, cart: list[dict[str, str]]) -> str:
    names = ", ".join(filter(None, (line["name"] for line in cart)))
    return names or values.text(info, "transaction_subject")


def _details(detail: dict, info: dict, subscription: str) -> dict[str, Any]:
    payer = values.part(detail, "payer_info")
    names = values.part(payer, "payer_name")
    first, last = values.text(names, "given_name"), values.text(names, "surname")
    alternate = values.text(names, "alternate_full_name")
    is_person = " ".join(f"{first} {last}".split()).casefold() == alternate.casefold()
    phone = values.part(payer, "phone_number")
    shipping = values.part(detail, "shipping_info")
    found = {
        "payer_id": values.text(payer, "account_id")
        or values.text(info, "paypal_account_id"),
        "first_name": first,
        "last_name": last,
        "business": "" if is_person or not (first or last) else alternate,
        "phone": "".join(
            values.text(phone, name) for name in ("country_code", "national_number")
        ),
        "ship_name": values.text(shipping, "name"),
        "ship_country": _country(values.part(shipping, "address"), "country_code"),
        "subscription": subscription,
    }
    return {name: value for name, value in found.items() if value}


def _fingerprint(detail: dict) -> str:
    text = json.dumps(detail, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
