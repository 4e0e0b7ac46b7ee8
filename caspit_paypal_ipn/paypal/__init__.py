# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PayPal's Instant Payment Notification, as pure Python: bytes in, meaning out.

Nothing here imports Odoo. :mod:`.const` is the vocabulary, :class:`.Message` reads one
message, :func:`.verify` and :func:`.verify_many` ask PayPal whether it sent it.
:mod:`.senders` says what an address tells, :mod:`.forward` sends a message on.
"""

from . import const, forward, readings, senders
from .form import Form, MalformedMessage, decode
from .lines import Line
from .message import Message
from .people import Address, Buyer, Receiver
from .postback import Answer, PayPalSession, Verdict, verify, verify_many
from .shares import share

__all__ = [
    "Address",
    "Answer",
    "Buyer",
    "Form",
    "Line",
    "MalformedMessage",
    "Message",
    "PayPalSession",
    "Receiver",
    "Verdict",
    "const",
    "decode",
    "forward",
    "readings",
    "senders",
    "share",
    "verify",
    "verify_many",
]
