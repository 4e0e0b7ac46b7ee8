# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def migrate(cr, version):
    """Make the column that is searched, so that Odoo does not fill it row by row."""
    cr.execute("ALTER TABLE paypal_ipn ADD COLUMN IF NOT EXISTS search_text varchar")
