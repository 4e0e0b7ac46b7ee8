# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who bought, and what: an order of the Orders API in the words of PayPal's IPN.

https://developer.paypal.com/docs/api/orders/v2/, last checked 2026-11-27. Only the app
that made an order may read it.
"""

from decimal import Decimal

from . import values
from .cart import MAX_ITEMS

#: IPN's field → where the order's sums have it; the discounts reduce the total.
_CHARGES = (
    ("mc_shipping", "shipping"),
    ("mc_handling", "handling"),
    ("insurance_amount", "insurance"),
    ("tax", "tax_total"),
    ("discount", "discount"),
    ("shipping_discount", "shipping_discount"),
)


def order_words(order: dict, txn_id: str) -> dict[str, str]:
    """What an order says of one of its payments.

    :param txn_id: the capture
    :return: texts by field of IPN; the items only when all of them were paid at once
    """
    unit, capture = _unit_of(order, txn_id)
    said = {**_buyer(values.part(order, "payer")), **_shipping(unit)}
    paid = values.money(values.part(capture, "amount"))
    whole = values.money(values.part(unit, "amount"))
    if paid and paid == whole:
        said |= _cart(unit)
    return {name: text for name, text in said.items() if text}


def _unit_of(order: dict, txn_id: str) -> tuple[dict, dict]:
    """The part of an order that a capture paid, and the capture."""
    for unit in values.items(values.part(order, "purchase_units")):
        for capture in values.items(values.part(unit, "payments", "captures")):
            if values.text(capture, "id") == txn_id:
                return unit, capture
    return {}, {}


def _buyer(payer: dict) -> dict[str, str]:
    name = values.part(payer, "name")
    return {
        "payer_id": values.text(payer, "payer_id"),
        "payer_email": values.text(payer, "email_address"),
        "first_name": values.text(name, "given_name"),
        "last_name": values.text(name, "surname"),
        "residence_country": values.text(values.part(payer, "address"), "country_code"),
        "contact_phone": values.text(
            values.part(payer, "phone", "phone_number"), "national_number"
        ),
    }


def _shipping(unit: dict) -> dict[str, str]:
    shipping = values.part(unit, "shipping")
    address = values.part(shipping, "address")
    street = [values.text(address, f"address_line_{line}") for line in (1, 2)]
    return {
        "address_name": values.text(values.part(shipping, "name"), "full_name"),
        "address_street": "\n".join(filter(None, street)),
        "address_city": values.text(address, "admin_area_2"),
        "address_state": values.text(address, "admin_area_1"),
        "address_zip": values.text(address, "postal_code"),
        "address_country_code": values.text(address, "country_code"),
    }


def _cart(unit: dict) -> dict[str, str]:
    """The items; none where one of them has no price, as their sum says nothing."""
    items = values.items(values.part(unit, "items"))
    sums = [_sum_of(item) for item in items]
    if not items or None in sums or len(items) > MAX_ITEMS:
        return {}
    said = {"txn_type": "cart", "num_cart_items": str(len(items))}
    for number, (item, amount) in enumerate(zip(items, sums, strict=True), start=1):
        said |= {
            f"item_name{number}": " ".join(values.text(item, "name").split()),
            f"item_number{number}": values.text(item, "sku"),
            f"quantity{number}": values.text(item, "quantity"),
            f"mc_gross_{number}": str(amount),
        }
    breakdown = values.part(unit, "amount", "breakdown")
    for field, name in _CHARGES:
        charge = values.money(values.part(breakdown, name))
        if charge and charge.value:
            said[field] = str(abs(charge.value))
    return said


def _sum_of(item: dict) -> Decimal | None:
    price = values.money(values.part(item, "unit_amount"))
    quantity = values.text(item, "quantity") or "1"
    if price is None or not quantity.isdecimal() or len(quantity) > 10:
        return None
    return price.value * Decimal(quantity)
