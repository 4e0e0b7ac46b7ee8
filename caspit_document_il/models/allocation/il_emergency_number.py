# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.caspit_paypal_ipn.models.locking import lock_and_reread


class IlEmergencyNumber(models.Model):
    """Numbers that the authority gave in advance, for when it is away. Each once."""

    _name = "il.emergency.number"
    _description = "Emergency Allocation Number"
    _order = "id"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    name = fields.Char("Number", required=True)
    allocation_id = fields.Many2one(
        "il.allocation", "Used for", readonly=True, ondelete="restrict"
    )
    reported_at = fields.Datetime("Reported", readonly=True)

    _number_unique = models.Constraint(
        "unique (company_id, name)", "The company has this number already."
    )

    @api.model
    def _take(self, allocation):
        """Use one for a document.

        :return: the number, or none
        """
        known = self.search(
            [
                ("company_id", "=", allocation.company_id.id),
                ("allocation_id", "=", False),
            ],
            limit=5,
        )
        free = lock_and_reread(known).filtered(lambda each: not each.allocation_id)[:1]
        free.allocation_id = allocation
        return free
