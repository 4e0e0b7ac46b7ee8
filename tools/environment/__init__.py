"""A real Odoo 19 to work in: its Python, PostgreSQL, databases, servers, a browser.

Needs Python 3.10 and its standard library alone, for it runs before anything is there.
"""

from tools.environment.place import (
    CHECKOUT,
    DATABASE_SERVER_VARIABLES,
    ODOO_VERSION,
    Environment,
)

__all__ = ["CHECKOUT", "DATABASE_SERVER_VARIABLES", "ODOO_VERSION", "Environment"]
