# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import consteq, hmac


class AccountMove(models.Model):
    """Signed links in mails: whoever has one got the mail."""

    _inherit = "account.move"

    def _il_token(self, purpose):
        self.ensure_one()
        known_by = (purpose, self.id, self.company_id.id)
        return hmac(self.env(su=True), "caspit_document_il", known_by)

    def _il_has_token(self, purpose, token):
        """:return: whether a link is one of ours for this document and purpose"""
        return consteq(self._il_token(purpose), token or "")

    def il_link(self, purpose):
        """:return: the address that the customer opens

        :param str purpose: ``consent`` or ``number``
        """
        base = self.company_id.get_base_url()
        return f"{base}/caspit/il/{purpose}/{self.id}/{self._il_token(purpose)}"

    def il_wants_buyer_number(self):
        """Whether the mail asks a dealer for his number: the document has none yet."""
        self.ensure_one()
        return bool(
            self.il_is_israeli()
            and self.amount_tax
            and self._il_document_type() in (305, 320)
            and not self.commercial_partner_id.vat
        )
