# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Bank of Israel's representative rates (שער יציג); nothing of Odoo.

The bank sets them on business days, in the afternoon. Its public API tells the latest
ones alone. Looked at 2026-11-27; the address is as the bank's own pages use it.
"""

from .bank import URL, NoRates, Rate, fetch

__all__ = ["NoRates", "Rate", "URL", "fetch"]
