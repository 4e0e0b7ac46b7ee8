# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def post_init_hook(env):
    """Give each company that is already there its row per module."""
    env["res.company"].search([])._caspit_create_licences()
