# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Tax Authority's API for allocation numbers, as a client without Odoo.

Sources: the authority's paper 1.0 on the API (version 2 of it for the names of the
fields) and VAT execution order 01/2023, looked at 2026-11-27. ``http`` alone talks to
the network.
"""

from .answers import (
    Answer,
    AuthorityError,
    Away,
    Faulty,
    NotAllowed,
    Refused,
)
from .approval import GOODS, SERVICE, TYPES, Invoice, Item, approval
from .client import Authority, Decision, Tokens, urls_of
from .numbers import find_dealer_number, is_dealer_number, printed

__all__ = [
    "Answer",
    "Authority",
    "AuthorityError",
    "Away",
    "Decision",
    "Faulty",
    "GOODS",
    "Invoice",
    "Item",
    "NotAllowed",
    "Refused",
    "SERVICE",
    "TYPES",
    "Tokens",
    "approval",
    "find_dealer_number",
    "is_dealer_number",
    "printed",
    "urls_of",
]
