# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from .by_code import refuse_by_hand


class CaspitFacts(models.AbstractModel):
    """A model whose facts only the program writes, whoever may write its records."""

    _name = "caspit.facts"
    _description = "Facts That Only the Program Writes"

    @api.model_create_multi
    def create(self, vals_list):
        refuse_by_hand(self, vals_list, self._written_by_code())
        return super().create(vals_list)

    def write(self, vals):
        refuse_by_hand(self, [vals], self._written_by_code())
        return super().write(vals)

    @api.model
    def _written_by_code(self):
        """:return: names of the fields that the program alone writes"""
        return {
            name
            for name, field in self._fields.items()
            if field.store and field.readonly
        }
