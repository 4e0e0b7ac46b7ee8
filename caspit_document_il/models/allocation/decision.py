# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError

from ...authority import AuthorityError, Decision

DECISIONS = {
    "cancel": Decision.CANCEL,
    "continue": Decision.CONTINUE,
    "object": Decision.OBJECT,
}


class IlAllocation(models.Model):
    """What a person decides when there is no number, and what follows."""

    _inherit = "il.allocation"

    # === ACTIONS === #

    def action_continue(self):
        """Let the document go out without a number."""
        self._decide("continue")

    def action_object(self):
        """Object at the authority; the document goes out without a number meanwhile."""
        self._decide("object")

    def action_cancel(self):
        """Cancel the document: the authority is told, the credit note is Odoo's.

        :return: Odoo's own way of crediting, over this document
        """
        self._decide("cancel")
        return self.move_id.action_reverse()

    def action_reverse_charge(self):
        """Ask again under reverse charge: the customer reports the VAT himself."""
        for allocation in self:
            allocation._check_open()
            allocation.sudo().write({"decision": "reverse", "state": "wanted"})
            allocation.action_ask_again()

    def action_ask_again(self):
        """Ask once more, after what was wrong is mended."""
        self.check_access("write")
        rows = self.filtered(lambda row: row.state in ("wanted", "faulty", "refused"))
        rows.sudo().write(
            {"state": "wanted", "attempts": 0, "next_try": self.env.cr.now()}
        )
        self.env["il.allocation"]._wake()

    def _check_open(self):
        """:raise UserError: there is nothing to decide"""
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("refused", "faulty"):
            raise UserError(self.env._("There is nothing to decide here."))

    def _decide(self, code):
        """Tell the authority, and let the document go out.

        It is one short request on a person's click; no document is posted meanwhile.

        :param str code: a key of ``DECISIONS``
        :raise UserError: the authority does not take it
        """
        for mine in self:
            mine._check_open()  # as who presses the button: nothing is refused to sudo
            allocation = mine.sudo()
            authority = allocation.company_id._il_authority()
            if allocation.state == "refused":
                try:
                    authority._client().decide(
                        authority._tokens(),
                        DECISIONS[code],
                        allocation._request(authority),
                    )
                except AuthorityError as error:
                    raise UserError(
                        self.env._(
                            "The authority did not take it: %(code)s %(text)s",
                            code=error.code,
                            text=error.text,
                        )
                    ) from error
            allocation.write({"decision": code, "state": "closed", "next_try": False})
            allocation._wake_receipts()
