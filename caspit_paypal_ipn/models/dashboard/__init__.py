# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""My Caspit: the merchant's first screen, summed up from messages and books.

Reads only; no other room knows it.
"""

from . import money
from . import caspit_dashboard
