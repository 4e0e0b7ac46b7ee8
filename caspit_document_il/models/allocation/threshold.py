# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class IlAllocationThreshold(models.Model):
    """Above which amount a number is needed, by day. The law changes it: add a row."""

    _name = "il.allocation.threshold"
    _description = "Threshold of Allocation Numbers"
    _order = "date_from desc"
    _rec_name = "date_from"

    date_from = fields.Date("From", required=True)
    amount = fields.Float(
        "Above", required=True, digits=(16, 2), help="Shekels, before VAT."
    )

    _date_unique = models.Constraint(
        "unique (date_from)", "There is a threshold for that day already."
    )

    @api.model
    def _on(self, day):
        """The threshold of a day.

        :return: the amount above which a document of that day needs a number; None
            when none did
        """
        row = self.search([("date_from", "<=", day)], limit=1)
        return row.amount if row else None
