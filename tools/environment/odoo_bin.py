"""Odoo's command line as a script, as Odoo's own ``odoo-bin`` is.

``python -m odoo`` would serve, but not with workers: the server starts the process of
its live connections by the path of the script that it was started with, and
``odoo/__main__.py`` does not run as a script. It would fail, and be started again,
many times a second.
"""

from odoo.cli.command import main

if __name__ == "__main__":
    main()
