# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PayPal's activity download, as pure Python: bytes in, rows out. No Odoo here."""
