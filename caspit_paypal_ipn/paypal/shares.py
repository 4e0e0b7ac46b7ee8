# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An amount shared out to the cent."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal


def share(amount: Decimal, weights: Sequence[Decimal], unit: Decimal) -> list[Decimal]:
    """Share an amount out in proportion to weights.

    Each share is the difference of two rounded running totals, so that the shares sum
    up to the amount whatever rounding does, and none is off by more than one unit.

    :param weights: none is negative; if all are zero, they count as equal
    :param unit: the smallest amount of the currency, as 0.01
    :return: a share for each weight, in their order
    """
    total = sum(weights)
    if not total:
        weights, total = [Decimal(1)] * len(weights), Decimal(len(weights))
    shares, passed, given = [], Decimal(0), Decimal(0)
    for weight in weights:
        passed += weight
        upto = amount * passed / total
        upto = (upto / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit
        shares.append(upto - given)
        given = upto
    return shares
