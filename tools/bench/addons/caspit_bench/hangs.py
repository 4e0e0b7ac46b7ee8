# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Addresses of others that hang: none is called, and nobody here has to be one."""

import time

from odoo.addons.caspit_paypal_ipn.paypal import forward

START = "https://hangs"
_forward = forward.forward


def hanging(body, url):
    """Send a message on; who is called so never answers."""
    if not url.startswith(START):
        return _forward(body, url)
    time.sleep(forward.TIMEOUT)
    return f"no answer within {forward.TIMEOUT} s"


forward.forward = hanging
