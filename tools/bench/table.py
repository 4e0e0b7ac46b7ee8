"""The table that ``make bench`` prints: both figures, their ratio, pass or short."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One comparison.

    :ivar what: what was measured
    :ivar ours: the add-on's figure
    :ivar theirs: what it is held against, or None where a bound is all there is
    :ivar unit: of both
    :ivar ratio: what has to keep the bound
    :ivar at_least: the lower bound, or None
    :ivar at_most: the upper bound, or None
    """

    what: str
    ours: float
    theirs: float | None
    unit: str
    ratio: float
    at_least: float | None = None
    at_most: float | None = None

    @property
    def passes(self):
        return (self.at_least is None or self.ratio >= self.at_least) and (
            self.at_most is None or self.ratio <= self.at_most
        )

    @property
    def bound(self):
        """The bound in words."""
        words = []
        if self.at_least is not None:
            words.append(f"≥ {self.at_least:g}")
        if self.at_most is not None:
            words.append(f"≤ {self.at_most:g}")
        return ", ".join(words)

    def line(self):
        """:return: the row as a line of the table"""
        theirs = "–" if self.theirs is None else f"{self.theirs:.4g}"
        return (
            f"{self.what:<66} {self.ours:>9.4g} {theirs:>9} {self.unit:<10} "
            f"{self.ratio:>8.3g} {self.bound:<14} {'pass' if self.passes else 'SHORT'}"
        )


HEAD = (
    f"{'what':<66} {'ours':>9} {'against':>9} {'unit':<10} "
    f"{'ratio':>8} {'bound':<14} result"
)


def faster(what, ours, theirs, unit, at_least):
    """A row whose figures are rates: more is better."""
    return Row(what, ours, theirs, unit, ours / theirs, at_least=at_least)


def speedup(what, ours, theirs, unit, at_least):
    """A row whose figures are times, which tells how many times faster ours is."""
    return Row(what, ours, theirs, unit, theirs / ours, at_least=at_least)


def no_longer(what, ours, theirs, unit, at_most):
    """A row whose figures are times, which tells how many times longer ours takes."""
    return Row(what, ours, theirs, unit, ours / theirs, at_most=at_most)


def under(what, figure, unit, at_most):
    """A row with a bound of its own, and nothing beside it."""
    return Row(what, figure, None, unit, figure, at_most=at_most)
