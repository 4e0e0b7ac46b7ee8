# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Signatures in PDFs, and the certificate to make them with; nothing of Odoo.

In come bytes, out go bytes. pyHanko and cryptography do the work.
"""

from .pdf import Key, UnusableKey, sign
from .self_made import self_made_certificate

__all__ = ["Key", "UnusableKey", "self_made_certificate", "sign"]
