# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PayPal's REST API, as pure Python: calls out, rows and events in. No Odoo here.

:mod:`.http` is the one place that talks to the network, :mod:`.client` and
:mod:`.webhooks` know the calls, and what answers say is read by :mod:`.values`,
:mod:`.rows` and :mod:`.cart`. What PayPal sends by itself is proved by
:mod:`.signature`, and read by :mod:`.events`.
"""

from . import const, tcodes
from .certificates import Certificates, NotGenuine
from .client import PayPal
from .disputes import read_dispute
from .events import NotAnEvent, read_event, words_of
from .http import RestError
from .orders import order_words
from .rows import read_row
from .signature import check_signature, signed_text
from .webhooks import Missed
from .windows import halves, split

__all__ = [
    "Certificates",
    "Missed",
    "NotAnEvent",
    "NotGenuine",
    "PayPal",
    "RestError",
    "check_signature",
    "const",
    "halves",
    "order_words",
    "read_dispute",
    "read_event",
    "read_row",
    "signed_text",
    "split",
    "tcodes",
    "words_of",
]
