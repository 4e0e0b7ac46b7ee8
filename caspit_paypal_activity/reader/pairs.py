# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which rows of an activity download belong together: two sides of one event.

A conversion takes money out of one currency and puts it into another, in two rows. A
hold sets money aside, and a release gives it back. Files differ in how the two know
each other: both name a third transaction, one of them names the other, they name each
other, or they carry one id.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple


class Side(NamedTuple):
    """What pairing looks at of a row.

    :ivar key: the caller's own name of the row
    :ivar group: rows of different groups are never paired: conversions, holds
    :ivar net: negative when money goes out, or is set aside
    """

    key: int
    group: str
    txn_id: str
    reference: str
    currency: str
    net: Decimal | float
    moment: datetime


def pair(sides: Iterable[Side], across_currencies: bool) -> dict[int, int]:
    """Pair what goes out with what comes in for the same reason.

    Of several, the earliest belong together; those of the same amount first, as far as
    both are in one currency.

    :param across_currencies: whether the two sides differ in currency, as those of a
        conversion do; otherwise they share it
    :return: the key of the other side by the key of each side that has one
    """
    families: dict[tuple[str, str | datetime], list[Side]] = defaultdict(list)
    sides = list(sides)
    named = {(side.group, side.txn_id): side for side in sides if side.txn_id}
    referred = {(side.group, side.reference) for side in sides}
    count = Counter((side.group, side.txn_id) for side in sides if side.txn_id)
    for side in sides:
        mine = side.group, side.txn_id
        if count[mine] > 1 and not side.reference:  # both carry one id
            families[side.group, side.txn_id].append(side)
        elif side.reference or mine in referred:
            families[side.group, _family(side, named)].append(side)
        else:
            families[side.group, side.moment].append(side)
    for (_group, family), members in list(families.items()):
        if isinstance(family, datetime) and len(members) != 2:
            members.clear()  # nothing says which two of them belong together
    pairs: dict[int, int] = {}
    for family in families.values():
        outs = sorted((s for s in family if s.net < 0), key=lambda s: s.moment)
        ins = sorted((s for s in family if s.net > 0), key=lambda s: s.moment)
        for out in outs:
            fits = [s for s in ins if (s.currency != out.currency) == across_currencies]
            if not fits:
                continue
            # min takes the first of equals, and they are sorted by time.
            other = min(fits, key=lambda s: abs(s.net) != abs(out.net))
            ins.remove(other)
            pairs[out.key], pairs[other.key] = other.key, out.key
    return pairs


def _family(side: Side, named: dict[tuple[str, str], Side]) -> str:
    """The transaction that a side and its other side have in common."""
    parent = named.get((side.group, side.reference))
    if parent is None or parent is side:
        return side.reference or side.txn_id
    if parent.reference == side.txn_id:  # they name each other
        return min(side.txn_id, parent.txn_id)
    return parent.reference or parent.txn_id
