# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What PayPal's transaction event codes mean for the books.

Source: https://developer.paypal.com/docs/reports/reference/t-codes/ of June 2026, and
the table of OCA's account_statement_import_online_paypal; last checked 2026-11-27. The
kinds are those of the reader of activity files, see
``caspit_paypal_activity.reader.const``. PayPal's page says that a code's group, its
first two digits, is sufficient for reconciliation: so a code that is not here is what
its group is.
"""

from types import MappingProxyType

SALE = "sale"
REFUND = "refund"
REVERSAL = "reversal"
CANCELED_REVERSAL = "canceled_reversal"
FEE = "fee"
WITHDRAWAL = "withdrawal"
DEPOSIT = "deposit"
CONVERSION = "conversion"
HOLD = "hold"
RELEASE = "release"
ADJUSTMENT = "adjustment"
OUTGOING = "outgoing"
MEMO = "memo"
UNKNOWN = "unknown"

# What goes out, and what comes in, under one code.
_PAYMENT = (OUTGOING, SALE)
_REFUND = (REFUND, OUTGOING)  # what comes in is of the merchant's own purchase
_REVERSAL = (REVERSAL, CANCELED_REVERSAL)
_BANK = (WITHDRAWAL, DEPOSIT)
_HOLD = (HOLD, RELEASE)
_OWN = (OUTGOING, OUTGOING)  # the merchant's own payment, and what undoes it


def _same(kind: str) -> tuple[str, str]:
    return kind, kind


#: Code → kind of what goes out, kind of what comes in.
CODES = MappingProxyType(
    {
        "T0403": _same(UNKNOWN),  # withdrawn by hand, nobody says where to
        "T0502": _BANK,  # cash from a machine
        "T1100": _REVERSAL,
        "T1101": _BANK,  # a withdrawal that came back
        "T1102": _OWN,  # of a purchase with PayPal's card
        "T1103": _same(ADJUSTMENT),  # of bonus points
        "T1104": _BANK,  # a deposit that the bank took back
        "T1105": _HOLD,  # release of a general hold
        "T1106": _REVERSAL,
        "T1107": _REFUND,
        "T1108": _same(FEE),
        "T1109": _same(FEE),
        "T1110": _HOLD,
        "T1111": _HOLD,
        "T1112": _same(ADJUSTMENT),
        "T1113": _OWN,  # sent back without a sale to name
        "T1114": _OWN,  # mass pay that came back
        "T1115": _OWN,
        "T1116": _HOLD,  # instant payment review
        "T1117": _same(ADJUSTMENT),
        "T1118": _same(ADJUSTMENT),
        "T1119": _HOLD,
        "T1201": _REVERSAL,
        "T1202": _REVERSAL,
        "T1205": _REVERSAL,  # PayPal reimburses the chargeback
        "T1207": _REVERSAL,
        "T1208": _REVERSAL,
        "T2109": _same(ADJUSTMENT),  # gift certificates
        "T2110": _same(ADJUSTMENT),
    }
)

#: Group → the same. T11 is not here: what sends money back and what holds it have
#: nothing in common, so a code of it that is not above is for a person.
GROUPS = MappingProxyType(
    {
        "T00": _PAYMENT,
        "T01": _same(FEE),
        "T02": _same(CONVERSION),
        "T03": _BANK,
        "T04": _BANK,
        "T05": _PAYMENT,  # PayPal's debit card
        "T06": _BANK,  # to a card
        "T07": _BANK,  # from a card
        "T08": _same(ADJUSTMENT),
        "T09": _same(ADJUSTMENT),
        "T10": _PAYMENT,
        "T12": _same(ADJUSTMENT),
        "T13": _same(MEMO),
        "T15": _HOLD,
        "T17": _BANK,
        "T19": _same(ADJUSTMENT),
        "T20": _same(ADJUSTMENT),
        "T21": _HOLD,
    }
)
#: Codes whose money PayPal keeps back as a reserve, and gives back.
RESERVE = frozenset({"T2103", "T2104"})


def kind_of(code: str, is_out: bool) -> str:
    """What a movement is.

    :param code: ``T0006``
    :param is_out: it takes from the balance
    :return: one of the kinds above; UNKNOWN for a code that PayPal's table lacks
    """
    kinds = CODES.get(code) or GROUPS.get(code[:3]) or _same(UNKNOWN)
    return kinds[0 if is_out else 1]
