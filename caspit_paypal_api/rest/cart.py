# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was bought, as the lines of PayPal's IPN: from ``cart_info``.

The result is given in IPN's words, so that the one place that makes lines of a cart
total what was paid, ``caspit_paypal_ipn.paypal.lines``, makes them of this one, too.
"""

from decimal import Decimal
from typing import Any

from . import values

#: More items than these become one line over the rest.
MAX_ITEMS = 60
#: IPN's field → the field of ``transaction_info``; the discounts reduce the total.
CHARGES = (
    ("mc_shipping", ("shipping_amount",)),
    ("insurance_amount", ("insurance_amount",)),
    ("tax", ("sales_tax_amount",)),
)
DISCOUNTS = (
    ("discount", "discount_amount"),
    ("shipping_discount", "shipping_discount_amount"),
)
#: How PayPal may mean an item's amount, the likeliest first.
_AMOUNTS = ("item_amount", "total_item_amount", "times")


def read_cart(detail: dict, gross: Decimal) -> list[dict[str, str]]:
    """The items of a sale.

    PayPal's descriptions leave open whether an item's amount has its discount and tax
    in it: the reading is taken that leaves nothing over, if there is one.

    :param gross: what was paid
    :return: dictionaries of name, number, quantity and amount, each a text; amount is
        '' when no item has one. Nothing for what is no sale
    """
    found = values.items(values.part(detail, "cart_info", "item_details"))[:MAX_ITEMS]
    if gross <= 0 or not found:
        return []
    charges = sum(map(Decimal, read_charges(detail).values()), Decimal(0))
    best, left_over = None, None
    for reading in _AMOUNTS:
        amounts = [_amount(item, reading) for item in found]
        if None in amounts:
            continue
        rest = gross - sum(amounts) - charges
        if best is None or (left_over and abs(rest) < abs(left_over)):
            best, left_over = amounts, rest
    texts = [str(amount) for amount in best] if best else [""] * len(found)
    return [
        {
            "name": _name(item),
            "number": values.text(item, "item_code"),
            "quantity": values.text(item, "item_quantity"),
            "amount": amount,
        }
        for item, amount in zip(found, texts, strict=True)
        if _name(item) or amount
    ]


def read_charges(detail: dict) -> dict[str, str]:
    """What came on top of the items, and what went off, in IPN's words.

    :return: signed amounts by IPN's field; those that are nothing are left out
    """
    info = values.part(detail, "transaction_info")
    inclusive = values.part(detail, "cart_info", "tax_inclusive") is True
    found: dict[str, Decimal] = {}
    for field, names in CHARGES:
        amount = sum((_of(info, name) for name in names), Decimal(0))
        if field == "tax" and inclusive:
            continue
        found[field] = amount
    for field, name in DISCOUNTS:
        found[field] = -_of(info, name)
    return {field: str(amount) for field, amount in found.items() if amount}


def _of(info: dict, name: str) -> Decimal:
    money = values.money(values.part(info, name))
    return abs(money.value) if money else Decimal(0)


def _amount(item: dict, reading: str) -> Decimal | None:
    if reading == "times":
        price = values.money(values.part(item, "item_unit_price"))
        quantity = values.text(item, "item_quantity") or "1"
        if price is None or not quantity.replace(".", "", 1).isdecimal():
            return None
        return price.value * Decimal(quantity)
    money = values.money(values.part(item, reading))
    return money.value if money else None


def _name(item: dict[str, Any]) -> str:
    name = values.text(item, "item_name", "item_description", "item_code")
    return " ".join(name.split())
