"""``make bench``: the add-on measured against plain Odoo and a rival, in one run."""
