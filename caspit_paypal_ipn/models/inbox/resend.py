# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class PaypalIpnResend(models.Model):
    """PayPal sent a message once more, byte for byte.

    A row of its own rather than a counter on the message: the intake never waits
    for the worker that has the message locked.
    """

    _name = "paypal.ipn.resend"
    _description = "PayPal IPN Resend"
    _order = "received_at desc, id desc"
    _log_access = False

    ipn_id = fields.Many2one(
        "paypal.ipn", required=True, index=True, ondelete="cascade", readonly=True
    )
    received_at = fields.Datetime(required=True, readonly=True)
