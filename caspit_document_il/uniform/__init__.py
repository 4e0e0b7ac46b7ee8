# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The uniform file (ממשק פתוח), version 1.31, as a writer without Odoo.

Source: the authority's paper "הוראות להפקת קבצים במבנה אחיד", 1.31 of 10.5.2009, looked
at 2026-11-27. A record is a dictionary of its fields by their numbers in the paper.
"""

from .layout import LENGTHS, RECORDS, BadRecord, record
from .writer import Document, UniformFile, document_number

__all__ = [
    "BadRecord",
    "Document",
    "LENGTHS",
    "RECORDS",
    "UniformFile",
    "document_number",
    "record",
]
