# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PayPal's activity download, as pure Python: bytes in, rows out. No Odoo here.

:func:`.open_activity` learns what a file says of itself and reads its rows one by one,
:func:`.iter_activity` only that, :func:`.read_activity` all at once, and :func:`.pair`
finds those that belong together.
"""

from .activity import (
    Activity,
    ActivityRow,
    Answers,
    UnreadableActivity,
    iter_activity,
    open_activity,
    read_activity,
)
from .columns import COLUMNS
from .pairs import Side, pair

__all__ = [
    "Activity",
    "ActivityRow",
    "Answers",
    "COLUMNS",
    "Side",
    "UnreadableActivity",
    "iter_activity",
    "open_activity",
    "pair",
    "read_activity",
]
