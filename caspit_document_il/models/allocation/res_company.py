# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    il_refused = fields.Selection(
        [
            ("hold", "Hold the document until somebody decides"),
            ("send", "Send it without a number"),
        ],
        "Number Refused",
        required=True,
        default="hold",
        help="What happens to a document that the authority gives no number for.",
    )
