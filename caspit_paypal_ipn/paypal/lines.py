# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was bought, as lines that total ``mc_gross`` to the cent, always.

The rules are in PayPal's "IPN and PDT Variables" and were checked against real
messages: CHF 31.00 + 3.00 + 2.20 - 2.50 = 33.70 and EUR 40.34 + 30.69 + 18.51 - 7.11 =
82.43. Where PayPal's manual is silent, whatever is left over becomes a line of its own.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from . import const
from .reader import FieldReader

ITEM = "item"
SHIPPING = "shipping"
HANDLING = "handling"
INSURANCE = "insurance"
TAX = "tax"
DISCOUNT = "discount"
SHIPPING_DISCOUNT = "shipping_discount"
RESIDUAL = "residual"
PART = "part"  # of an order that is captured in parts; its items are the whole order's

#: What comes on top of the items, with the fields that tell it: a cart's name first,
#: a single item's second.
_CHARGES = (
    (SHIPPING, ("mc_shipping", "shipping")),
    (HANDLING, ("mc_handling", "handling_amount")),
    (INSURANCE, ("insurance_amount",)),
    (TAX, ("tax",)),
)
_DISCOUNTS = ((DISCOUNT, "discount"), (SHIPPING_DISCOUNT, "shipping_discount"))

#: mc_gross_1 of real messages; item_name1 where that is missing. An mc_gross1 alone is
#: the simulator's echo of the total and makes no cart.
_CART_FIELD = re.compile(r"(?:mc_gross_|item_name)([1-9][0-9]{0,3})")
#: A button has at most ten options.
_OPTIONS = range(1, 11)


@dataclass(frozen=True)
class Line:
    """A line of the sale.

    :ivar kind: one of this module's constants
    :ivar name: PayPal's text with the chosen options; '' unless kind is ``item``
    :ivar number: the shop's article number, or ''
    :ivar quantity: greater than 0
    :ivar total: of the whole line, in mc_currency
    """

    kind: str
    name: str = field(repr=False)  # a memo may stand here
    number: str
    quantity: Decimal
    total: Decimal


class _CartItem(NamedTuple):
    """A cart's item with its amounts as PayPal tells them."""

    position: int
    gross: Decimal  # includes shipping, and mostly handling
    shipping: Decimal
    handling: Decimal


class _Variant(NamedTuple):
    """A reading of what PayPal's manual leaves open. The first one is its formula."""

    handling_inside: bool  # mc_gross_N includes mc_handlingN
    shipping_discount_counts: bool
    insurance_counts: bool


_VARIANTS = tuple(_Variant(*flags) for flags in product((True, False), repeat=3))


def read_subject(reader: FieldReader) -> str:
    """Say in one line what was bought.

    Not every message names an item: recurring payments have a product, money sent by
    hand has at best a memo.
    """
    several = (reader.one_line(f"item_name{n}") for n in _positions(reader))
    return (
        reader.one_line("item_name")
        or ", ".join(filter(None, several))
        or reader.one_line("product_name", "transaction_subject", "memo")
    )


def read_lines(
    reader: FieldReader, kind: str, gross: Decimal | None
) -> tuple[Line, ...]:
    """Split what was paid into lines.

    :param kind: the message's kind; see :data:`.const.ITEMISED_KINDS`
    :param gross: ``mc_gross``
    :return: lines whose totals sum up to ``gross``; none without ``gross``
    """
    if gross is None:
        return ()
    if kind not in const.ITEMISED_KINDS or gross <= 0:
        number = reader.one_line("item_number", "item_number1")
        return (Line(ITEM, read_subject(reader), number, Decimal(1), gross),)
    charges = {name: _charge(reader, fields) for name, fields in _CHARGES}
    items = _cart_items(reader)
    if items:
        lines = _cart_lines(reader, gross, items, charges)
    else:
        lines = _single_lines(reader, gross, charges)
    return _part_lines(gross) if _is_part(reader, gross, lines) else lines


# === A PART OF AN ORDER === #


def _is_part(reader: FieldReader, gross: Decimal, lines: tuple[Line, ...]) -> bool:
    """Whether the lines are those of a whole order of which this is a part.

    Each capture of an authorization repeats the order's items, and names the order's
    amount. Seen in live messages; last checked 2026-11-27.
    """
    whole = reader.line_money("auth_amount")
    if not reader.text("auth_id") or whole is None or whole == gross:
        return False
    kinds = {line.kind for line in lines}
    return RESIDUAL in kinds or not _positions(reader)


def _part_lines(gross: Decimal) -> tuple[Line, ...]:
    """One line: which of the order's items it pays, nobody says."""
    return (_extra(PART, gross),)


def _positions(reader: FieldReader) -> list[int]:
    """The N of every ``mc_gross_N`` and ``item_nameN``; num_cart_items is not asked."""
    matches = map(_CART_FIELD.fullmatch, reader.fields)
    return sorted({int(match.group(1)) for match in matches if match})


def _charge(reader: FieldReader, names: tuple[str, ...]) -> Decimal:
    amount = reader.line_money(*names) or Decimal(0)
    if amount < 0:
        reader.warnings.append(f"{names[0]}: negative, ignored")
        return Decimal(0)
    return amount


def _extra(kind: str, total: Decimal) -> Line:
    return Line(kind, "", "", Decimal(1), total)


# === A SINGLE ITEM === #


def _single_lines(
    reader: FieldReader, gross: Decimal, charges: dict[str, Decimal]
) -> tuple[Line, ...]:
    """``mc_gross`` includes the charges; the item is the rest."""
    extras = [_extra(kind, total) for kind, total in charges.items() if total]
    rest = gross - sum(charges.values())
    if rest <= 0:
        extras, rest = [], gross
    item = Line(
        ITEM,
        _with_options(reader, read_subject(reader), ""),
        reader.one_line("item_number", "item_number1"),
        reader.quantity("quantity" if reader.text("quantity") else "quantity1"),
        rest,
    )
    return (item, *extras)


# === A CART === #


def _cart_items(reader: FieldReader) -> list[_CartItem]:
    """The items of a cart; none when no item has an amount."""
    items, priced = [], False
    for n in _positions(reader):
        gross = reader.line_money(f"mc_gross_{n}", f"mc_gross{n}")
        priced = priced or gross is not None
        items.append(
            _CartItem(
                n,
                gross or Decimal(0),
                _charge(reader, (f"mc_shipping{n}",)),
                _charge(reader, (f"mc_handling{n}",)),
            )
        )
    return items if priced else []


def _cart_lines(
    reader: FieldReader,
    gross: Decimal,
    items: list[_CartItem],
    charges: dict[str, Decimal],
) -> tuple[Line, ...]:
    """Choose the reading that leaves nothing over, if there is one."""
    if not reader.text("mc_shipping", "shipping"):
        charges[SHIPPING] = sum(item.shipping for item in items)
    if not reader.text("mc_handling", "handling_amount"):
        charges[HANDLING] = sum(item.handling for item in items)
    extras = dict(charges)
    for kind, name in _DISCOUNTS:
        extras[kind] = -abs(reader.line_money(name) or Decimal(0))
    residuals = [gross - _total(items, extras, variant) for variant in _VARIANTS]
    chosen = residuals.index(0) if 0 in residuals else 0
    variant, residual = _VARIANTS[chosen], residuals[chosen]
    if residual and [item.gross for item in items] == [gross]:
        # The simulator's cart: its one item's amount is the total, charges and all.
        return _single_lines(reader, gross, charges)
    lines = [_item_line(reader, item, variant) for item in items]
    lines += [_extra(*pair) for pair in _counted(extras, variant).items()]
    if residual:
        lines.append(_extra(RESIDUAL, residual))
    return tuple(lines)


def _counted(extras: dict[str, Decimal], variant: _Variant) -> dict[str, Decimal]:
    """The charges and discounts that are lines in this reading."""
    counts = {
        SHIPPING_DISCOUNT: variant.shipping_discount_counts,
        INSURANCE: variant.insurance_counts,
    }
    return {k: total for k, total in extras.items() if total and counts.get(k, True)}


def _net(item: _CartItem, variant: _Variant) -> Decimal:
    handling = item.handling if variant.handling_inside else Decimal(0)
    return item.gross - item.shipping - handling


def _total(
    items: list[_CartItem], extras: dict[str, Decimal], variant: _Variant
) -> Decimal:
    nets = sum(_net(item, variant) for item in items)
    return nets + sum(_counted(extras, variant).values())


def _item_line(reader: FieldReader, item: _CartItem, variant: _Variant) -> Line:
    n = item.position
    number = reader.one_line(f"item_number{n}")
    name = reader.one_line(f"item_name{n}") or number
    return Line(
        ITEM,
        _with_options(reader, name, f"_{n}"),
        number,
        reader.quantity(f"quantity{n}"),
        _net(item, variant),
    )


def _with_options(reader: FieldReader, name: str, suffix: str) -> str:
    """Append the chosen options: ``Dress (My color: black, My size: L)``."""
    chosen = []
    for option in _OPTIONS:
        label = reader.one_line(f"option_name{option}{suffix}")
        selection = reader.one_line(f"option_selection{option}{suffix}")
        if selection:
            chosen.append(f"{label}: {selection}" if label else selection)
    return f"{name} ({', '.join(chosen)})".strip() if chosen else name
