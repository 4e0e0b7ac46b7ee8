# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def migrate(cr, version):
    """Give every message a lane at once, instead of writing all of them.

    PostgreSQL fills a new column's default in without touching a row. 1 is the lane of
    what nothing is known of; what waits on the line is claimed by it.
    """
    cr.execute("ALTER TABLE paypal_ipn ADD COLUMN IF NOT EXISTS lane integer DEFAULT 1")
