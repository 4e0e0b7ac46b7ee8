# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which rows moved the balance: PayPal's Balance column says it, and no word does.

A row that moves the balance leaves it changed by its net; a row that does not leaves
it as it was. Files run forwards or backwards, and a statement is grouped by currency,
so each currency is looked at by itself. Rows of one second stand in any order, and
PayPal may give all of them the balance after the last. A column of zeros says nothing.

Words have a say where the column is silent: in the first row of a currency, after a
gap (rows that the file leaves out), and in files without it. What they say is the
row's *claim*.
"""

from array import array
from collections.abc import Iterator
from typing import NamedTuple

#: The row claims to move the balance: by the impact column, or by status and type.
CLAIMS = 1
#: It does so by the impact column, or since a statement lists nothing else.
IS_SURE = 2
#: Its balance can be read.
HAS_BALANCE = 4
#: Its amount can be read.
HAS_NET = 8
#: The report is a statement.
STATEMENT = 16


class Break(NamedTuple):
    """Where a currency's balances do not add up for the first time."""

    line: int
    currency: str


class Rows:
    """What counts of each row, a few bytes for each: files have many."""

    def __init__(self):
        self.codes: dict[str, int] = {}
        self.currency, self.flags = array("H"), array("B")
        self.net, self.balance = array("q"), array("q")
        self.line, self.moment, self.txn = array("L"), array("q"), array("q")

    def __len__(self) -> int:
        return len(self.line)

    def add(
        self,
        line: int,
        currency: str,
        net: int,
        balance: int,
        flags: int,
        moment: int,
        txn_id: str,
    ) -> None:
        """Note one row; amounts in cents, the moment in seconds."""
        self.line.append(line)
        self.currency.append(self.codes.setdefault(currency, len(self.codes)))
        self.net.append(net)
        self.balance.append(balance)
        self.flags.append(flags)
        self.moment.append(moment)
        self.txn.append(hash(txn_id))

    def has(self, place: int, flag: int) -> bool:
        return bool(self.flags[place] & flag)

    def is_readable(self, place: int) -> bool:
        """Whether the row says how the balance changed, and to what."""
        both = HAS_NET | HAS_BALANCE
        return self.flags[place] & both == both and self.net[place] != 0


class Verdict(NamedTuple):
    """:ivar moves: for each row 1 if it moved the balance, otherwise 0
    :ivar breaks: at most one for each currency, in the order of the file
    :ivar backwards: the currencies whose newest row stands first
    """

    moves: bytearray
    breaks: tuple[Break, ...]
    backwards: frozenset[str]


def judge(rows: Rows) -> Verdict:
    """Find out which rows moved the balance of their currency."""
    moves = bytearray(flags & CLAIMS for flags in rows.flags)
    places: dict[int, array] = {}
    for place, currency in enumerate(rows.currency):
        places.setdefault(currency, array("L")).append(place)
    scores = {currency: _score(rows, mine) for currency, mine in places.items()}
    usual = sum((score > 0) - (score < 0) for score in scores.values())
    names = {number: code for code, number in rows.codes.items()}
    breaks, backwards = [], set()
    for currency, mine in places.items():
        forward = (scores[currency] or _by_time(rows, mine) or usual) >= 0
        if not forward:
            backwards.add(names[currency])
        if _is_silent(rows, mine):
            continue
        walk = _Walk(rows, mine if forward else mine[::-1], moves)
        walk.go()
        if walk.broken:
            breaks.append(Break(min(walk.broken), names[currency]))
    return Verdict(moves, tuple(sorted(breaks)), frozenset(backwards))


def _score(rows: Rows, mine: array) -> int:
    """How much more often balances follow each other downwards than upwards."""
    score = 0
    every = [place for place in mine if rows.is_readable(place)]
    claiming = [place for place in every if rows.has(place, CLAIMS)]
    for chosen in (every, claiming):
        for above, below in zip(chosen, chosen[1:], strict=False):
            change = rows.balance[below] - rows.balance[above]
            score += (change == rows.net[below]) - (-change == rows.net[above])
    return score


def _is_silent(rows: Rows, mine: array) -> bool:
    """Whether the column is 0 throughout, as where a card pays for everything."""
    readable = [place for place in mine if rows.is_readable(place)]
    return len(readable) > 1 and not any(rows.balance[place] for place in readable)


def _by_time(rows: Rows, mine: array) -> int:
    first, last = rows.moment[mine[0]], rows.moment[mine[-1]]
    return (last > first) - (last < first)


class _Walk:
    """One currency's rows, from the oldest to the newest.

    :ivar balance: before the next row; None while nothing tells it
    :ivar is_proven: the balance followed from the one before it
    """

    def __init__(self, rows: Rows, order: array, moves: bytearray):
        self.rows, self.order, self.moves = rows, order, moves
        self.balance: int | None = None
        self.is_proven = False
        self.broken: list[int] = []
        self._unknown: list[int] = []

    def go(self) -> None:
        for start, end in self._seconds():
            if not self._adds_up(start, end):
                for step in range(start, end):
                    self._step(step)
        self._find_twins()

    def _seconds(self) -> Iterator[tuple[int, int]]:
        """The rows of each second, as a range of the order."""
        moments = [self.rows.moment[place] for place in self.order]
        start = 0
        for end in range(1, len(moments) + 1):
            if end == len(moments) or moments[end] != moments[start]:
                yield start, end
                start = end

    def _adds_up(self, start: int, end: int) -> bool:
        """Take what rows of one second claim, if the balance after them fits."""
        rows = self.rows
        seen = [p for p in self.order[start:end] if rows.has(p, HAS_BALANCE)]
        claims = [
            p for p in self.order[start:end] if rows.has(p, CLAIMS) and rows.net[p]
        ]
        if len(seen) < 2 or not claims:
            return False
        balances = {rows.balance[place] for place in seen}
        if self.balance is None:
            if len(balances) > 1:
                return False
            after = balances.pop()
        else:
            after = self.balance + sum(rows.net[place] for place in claims)
            if rows.balance[seen[-1]] != after and balances != {after}:
                return False
        self.balance, self.is_proven = after, True
        return True

    def _step(self, step: int) -> None:
        rows, place = self.rows, self.order[step]
        claims = rows.has(place, CLAIMS)
        if not rows.is_readable(place):
            if claims and self.balance is not None and rows.has(place, HAS_NET):
                self.balance += rows.net[place]
            return
        after = rows.balance[place]
        if self.balance is None:
            if claims:
                self.balance = after
            else:
                self._unknown.append(place)
        elif after == self.balance + rows.net[place]:
            self.moves[place] = 1
            self.balance, self.is_proven = after, True
        elif after == self.balance:
            self._stands_still(step, place, claims)
        elif claims:
            self.broken.append(rows.line[place])
            self.balance, self.is_proven = after, False

    def _stands_still(self, step: int, place: int, claims: bool) -> None:
        """The balance is what it was. Against a sure claim it must be proven so."""
        rows = self.rows
        if not claims:
            return
        is_sure = rows.has(place, IS_SURE)
        if is_sure and (rows.has(place, STATEMENT) or not self._goes_on(step)):
            self.broken.append(rows.line[place])
        else:
            self.moves[place] = 0

    def _goes_on(self, step: int) -> bool:
        """Whether the balance follows from the one before, and the next from it."""
        if not self.is_proven:
            return False
        for place in map(self.order.__getitem__, range(step + 1, len(self.order))):
            if self.rows.is_readable(place) and self.rows.has(place, CLAIMS):
                return self.rows.balance[place] == self.balance + self.rows.net[place]
        return False

    def _find_twins(self) -> None:
        """What stood first as pending moved, if its completion later did not."""
        rows = self.rows
        if not self._unknown:
            return
        still = {
            (rows.txn[place], rows.net[place])
            for place in self.order
            if rows.has(place, CLAIMS) and not self.moves[place]
        }
        for place in self._unknown:
            if (rows.txn[place], rows.net[place]) in still:
                self.moves[place] = 1
