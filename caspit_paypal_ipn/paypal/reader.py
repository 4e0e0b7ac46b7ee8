# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a field's text is worth: money, a quantity, a date, or nothing."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from . import const
from .dates import parse_date
from .form import MalformedMessage

_DECIMAL = re.compile(r"[+-]?([0-9]+)(?:\.([0-9]+))?")
_CURRENCY = re.compile(r"[A-Za-z]{3}")


def parse_decimal(text: str, decimals: int = const.MAX_DIGITS) -> Decimal | None:
    """Read a number strictly: sign, digits, point, digits.

    ``Decimal`` alone also takes NaN, exponents, underscores and other scripts' digits.

    :param text: without white space around it
    :param decimals: how many digits may follow the point
    :return: the number, or None when the text is none or has too many digits
    """
    match = _DECIMAL.fullmatch(text)
    if not match:
        return None
    whole, fraction = match.group(1), match.group(2) or ""
    if len(whole) + len(fraction) > const.MAX_DIGITS or len(fraction) > decimals:
        return None
    return Decimal(text)


class FieldReader:
    """Reads a message's fields by type.

    What the books depend on raises when it is garbage; what only describes the sale
    counts as absent, with a warning.
    """

    def __init__(self, fields: Mapping[str, str]):
        self.fields = fields
        self.warnings: list[str] = []

    def text(self, *names: str) -> str:
        """The first of these fields that is not blank, trimmed; else ''."""
        for name in names:
            value = self.fields.get(name, "").strip()
            if value:
                return value
        return ""

    def one_line(self, *names: str) -> str:
        """Like :meth:`text`, with runs of white space made one blank."""
        return " ".join(self.text(*names).split())

    def money(self, name: str) -> Decimal | None:
        """An amount that the books depend on.

        :return: the amount, or None when the field is absent or blank
        :raise MalformedMessage: it is no amount
        """
        return self._mandatory(name, const.MAX_AMOUNT_DECIMALS)

    def rate(self, name: str) -> Decimal | None:
        """An exchange rate; otherwise like :meth:`money`."""
        return self._mandatory(name, const.MAX_DIGITS)

    def currency(self, *names: str) -> str:
        """The currency code in the first of these fields that is not blank.

        :return: in capitals, or ''
        :raise MalformedMessage: not three letters
        """
        code = self.text(*names)
        if code and not _CURRENCY.fullmatch(code):
            raise MalformedMessage(f"{names[0]} is not a currency code")
        return code.upper()

    def line_money(self, *names: str) -> Decimal | None:
        """An amount that describes a part of the sale, in the first field given."""
        return self._optional(names, const.MAX_AMOUNT_DECIMALS)

    def quantity(self, name: str) -> Decimal:
        """How many; 1 when the field is absent, blank, 0 or garbage."""
        number = self._optional((name,), const.MAX_AMOUNT_DECIMALS)
        if number is not None and number < 0:
            self.warnings.append(f"{name}: negative, ignored")
            number = None
        return number or Decimal(1)

    def date(self, *names: str) -> datetime | None:
        """The moment in the first of these fields that is not blank, in UTC."""
        text = self.text(*names)
        moment = parse_date(text)
        if moment is None and text.upper() not in ("", "N/A"):
            self.warnings.append(f"{names[0]}: not a date, ignored")
        return moment

    def _mandatory(self, name: str, decimals: int) -> Decimal | None:
        text = self.text(name)
        if not text:
            return None
        number = parse_decimal(text, decimals)
        if number is None:
            raise MalformedMessage(f"{name} is not a number")
        return number

    def _optional(self, names: tuple[str, ...], decimals: int) -> Decimal | None:
        text = self.text(*names)
        if not text:
            return None
        number = parse_decimal(text, decimals)
        if number is None:
            self.warnings.append(f"{names[0]}: not a number, ignored")
        return number
