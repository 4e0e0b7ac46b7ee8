# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PayPal's REST API, as pure Python: calls out, rows in. No Odoo here.

:mod:`.http` is the one place that talks to the network, :mod:`.client` knows the calls,
and what answers say is read by :mod:`.values`, :mod:`.rows` and :mod:`.cart`.
"""

from . import const, tcodes
from .client import PayPal
from .http import RestError
from .rows import read_row
from .windows import halves, split

__all__ = [
    "PayPal",
    "RestError",
    "const",
    "halves",
    "read_row",
    "split",
    "tcodes",
]
