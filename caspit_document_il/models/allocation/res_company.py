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

    def _il_remind_all(self):
        """Remind of a connection that ends. The connection is renewed each day."""
        result = super()._il_remind_all()
        self._il_remind_of_authority()
        return result
