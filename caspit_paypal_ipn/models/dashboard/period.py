# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The periods that My Caspit shows: days of a company, not moments."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

PERIODS = ("today", "month", "last_month", "year")
DAY = timedelta(days=1)
MONTH = relativedelta(months=1)
YEAR = relativedelta(years=1)


class Period:
    """Days up to today, and as many before them to compare with.

    :param str name: one of :data:`PERIODS`
    :param date today: the day it is at the company
    :ivar tuple days: the first and the last day
    :ivar tuple earlier_days: the same days of the month or year before
    :ivar str unit: what a chart has a column for, ``day`` or ``month``
    :raise ValueError: there is no such period
    """

    def __init__(self, name, today):
        this_month, this_year = today.replace(day=1), today.replace(month=1, day=1)
        self.unit = "day"
        if name == "today":
            self.days = (today, today)
            self.earlier_days = (today - DAY, today - DAY)
        elif name == "month":
            self.days = (this_month, today)
            self.earlier_days = (this_month - MONTH, today - MONTH)
        elif name == "last_month":
            self.days = (this_month - MONTH, this_month - DAY)
            self.earlier_days = (this_month - 2 * MONTH, this_month - MONTH - DAY)
        elif name == "year":
            self.days = (this_year, today)
            self.earlier_days = (this_year - YEAR, today - YEAR)
            self.unit = "month"
        else:
            raise ValueError(f"no such period: {name}")

    @property
    def columns(self):
        """The first day of each of a chart's columns."""
        first, last = self.days
        step = MONTH if self.unit == "month" else DAY
        columns = []
        while first <= last:
            columns.append(first)
            first += step
        return columns
