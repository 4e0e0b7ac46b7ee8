# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A time is asked for in windows, since PayPal answers for 31 days at most."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from . import const


def split(
    start: datetime, end: datetime, span: timedelta = const.MAX_SPAN
) -> Iterator[tuple[datetime, datetime]]:
    """Split a time, the newest first: it is the newest that a merchant waits for.

    Neighbours share a second, so that nothing falls between them; and no window is
    empty, as PayPal finds nothing in one whose start is its end
    (OCA/bank-statement-import #726).

    :param start: the first moment
    :param end: the last moment
    :return: pairs of start and end
    """
    start, end = start.replace(microsecond=0), end.replace(microsecond=0)
    if start > end:
        return
    if start == end:
        yield start - timedelta(seconds=1), end
        return
    while end > start:
        first = max(start, end - span)
        yield first, end
        end = first


def halves(
    start: datetime, end: datetime
) -> tuple[tuple[datetime, datetime], tuple[datetime, datetime]] | None:
    """A window that has too many rows, as two; None when it is a second or two long."""
    middle = start + (end - start) / 2
    middle = middle.replace(microsecond=0)
    if not start < middle < end:
        return None
    return (start, middle), (middle, end)
