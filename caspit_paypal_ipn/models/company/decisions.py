# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """What a merchant wants decided without being asked each time."""

    _inherit = "res.company"

    paypal_named_invoice = fields.Selection(
        [
            ("ask", "Ask me"),
            ("second", "Make a document of its own"),
        ],
        "Payment That Does Not Fit",
        required=True,
        default="ask",
        help="A payment names an invoice or an order, but differs from it in amount, "
        "currency or customer. Ask me: it needs attention, and nothing is booked. A "
        "document of its own: its income and VAT are counted beside the invoice's.",
    )
