"""The add-on's protocol library, without the add-on and its Odoo around it."""

import sys

from tools.environment import CHECKOUT

sys.path.insert(0, str(CHECKOUT / "caspit_paypal_ipn"))

from paypal import MalformedMessage, Message, verify  # noqa: E402
from paypal.activity_columns import COLUMNS  # noqa: E402

__all__ = ["COLUMNS", "MalformedMessage", "Message", "verify"]
