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


class MailThread(models.AbstractModel):
    """What a mail makes of ours, it makes with the rights of who sent it in.

    Odoo's mail gateway makes whatever record its caller names as superuser, with
    whatever values he names; and every employee may call it over RPC
    (``message_process``).
    """

    _inherit = "mail.thread"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Let a mail write none of our fields, and make no record of facts.

        :raise AccessError: it would
        """
        by_hand = self.sudo(False)
        ours = {
            name
            for name, field in self._fields.items()
            if (field._module or "").startswith("caspit_")
        }
        refuse_by_hand(by_hand, [custom_values or {}], ours)
        is_ours = isinstance(self, self.env.registry["caspit.facts"])
        records = by_hand if is_ours else self
        return super(MailThread, records).message_new(msg_dict, custom_values)
