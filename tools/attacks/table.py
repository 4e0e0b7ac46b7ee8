"""The table that ``make attack`` prints: what was tried, and how much got through."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tried:
    """One attack.

    :ivar str finding: of which list it is, and its number there
    :ivar str what: what was tried, and what it would be to get through
    :ivar through: how much got through
    :ivar tried: how much was tried
    :ivar str unit: of both
    """

    finding: str
    what: str
    through: float
    tried: float
    unit: str = ""

    def line(self):
        """:return: the row of the table"""
        figure = f"{self.through:g} of {self.tried:g}{self.unit and ' '}{self.unit}"
        result = "THROUGH" if self.through else "held"
        return f"{self.finding:<5} {self.what:<74} {figure:>16}  {result}"
