# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the amounts of a dispute mean: how much is the customer's, how much PayPal's.

PayPal writes them in four ways, and no field says which one it is. The sale's own
figures tell them apart: see ``docs/MESSAGES.md``, "Amounts of a dispute". The rules
come from messages of real merchants; last checked 2026-11-27.
"""

from decimal import Decimal
from typing import NamedTuple

#: The fee is what PayPal gives back, beside the whole amount: IPN's manual.
BACK = "fee_back"
#: The amount is net of the fee that PayPal gives back.
NET = "net"
#: The amount includes a charge of PayPal's own, as for a chargeback.
INSIDE = "fee_inside"
#: A charge of PayPal's own comes on top of the amount.
BESIDE = "fee_beside"


class Figures(NamedTuple):
    """What is known of a sale, or of a dispute; all without a sign.

    :ivar gross: what the customer paid, or what was pulled from him
    :ivar fee: what PayPal kept of it; None when it is not known
    :ivar left: how much of ``gross`` has not gone back yet
    :ivar fee_left: how much of ``fee`` has not
    """

    gross: Decimal
    fee: Decimal | None
    left: Decimal
    fee_left: Decimal | None


class Reading(NamedTuple):
    """One way to read the amounts.

    :ivar code: one of this module's constants
    :ivar amount: what is the customer's, without a sign
    :ivar fee: what PayPal charged; negative for what it gave back
    """

    code: str
    amount: Decimal
    fee: Decimal


def read_pull(
    gross: Decimal, fee: Decimal, sale: Figures, may_give_back: bool
) -> tuple[Reading, ...]:
    """Read what was pulled back of a sale.

    :param gross: what PayPal names as pulled, without a sign
    :param fee: PayPal's fee with it, negative when the message says it is given back
    :param may_give_back: whether a fee can be one that is given back. The settlement of
        a chargeback never gives one back, whatever the sign
    :return: the reading, or both readings between which a person has to decide
    """
    size = abs(fee)
    readings = {
        BACK: Reading(BACK, gross, -size),
        NET: Reading(NET, gross + size, -size),
        INSIDE: Reading(INSIDE, gross - size, size),
        BESIDE: Reading(BESIDE, gross, size),
    }
    codes = _pull_codes(gross, fee, sale, may_give_back)
    return tuple(
        _at_most(sale.gross, readings[code])
        for code in codes
        if readings[code].amount > 0
    )


def _pull_codes(gross, fee, sale, may_give_back):
    size, wholes = abs(fee), (sale.gross, sale.left)
    if not fee:
        return (BACK,)
    if may_give_back and fee < 0:
        if (gross + size, size) in ((sale.gross, sale.fee), (sale.left, sale.fee_left)):
            return (NET,)
        within = sale.fee is None or size <= sale.fee
        if within and gross <= sale.gross:
            return (BACK,)
    if gross - size in wholes:
        return (INSIDE,)
    if gross in wholes:
        return (BESIDE,)
    return (INSIDE, BESIDE)


def _at_most(most: Decimal, reading: Reading) -> Reading:
    """What exceeds the sale is never the customer's: PayPal charged it."""
    excess = max(reading.amount - most, Decimal(0))
    return reading._replace(amount=reading.amount - excess, fee=reading.fee + excess)


def read_return(gross: Decimal, fee: Decimal, pull: Figures | None) -> Reading:
    """Read what came back of what was pulled.

    :param gross: what PayPal names as come back, without a sign
    :param fee: PayPal's fee with it, negative when it is given back
    :param pull: what was pulled; its ``fee`` is what PayPal had charged on top,
        negative for what it had given back. None when it is not known
    """
    as_told = Reading(BACK, gross, fee)
    if pull is None or pull.fee is None or gross == pull.left:
        return as_told
    size = abs(fee)
    if size and gross + size == pull.left and size == -pull.fee:
        return Reading(NET, gross + size, size)
    charged = pull.fee if pull.fee > 0 else Decimal(0)
    if charged and gross == pull.left + charged and size in (0, charged):
        return Reading(INSIDE, pull.left, -charged)
    return as_told
