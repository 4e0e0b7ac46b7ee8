"""The add-ons' pure libraries, without the add-ons and their Odoo around them."""

import sys

from tools.environment import CHECKOUT

for addon in ("caspit_paypal_ipn", "caspit_paypal_activity", "caspit_paypal_api"):
    sys.path.insert(0, str(CHECKOUT / addon))

from paypal import MalformedMessage, Message, verify  # noqa: E402
from reader import COLUMNS, UnreadableActivity, iter_activity  # noqa: E402
from rest import read_row  # noqa: E402

__all__ = [
    "COLUMNS",
    "MalformedMessage",
    "Message",
    "UnreadableActivity",
    "iter_activity",
    "read_row",
    "verify",
]
