# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import models
from odoo.addons.caspit_paypal_ipn.models.reasons import Aside
from odoo.exceptions import UserError

from ...signing import UnusableKey, sign

_logger = logging.getLogger(__name__)


class CannotSign(UserError):
    """A document cannot be signed, and the company holds such documents back."""


class AccountMove(models.Model):
    _inherit = "account.move"

    def _paypal_sealed(self, content):
        """Sign the original.

        :raise Aside: it cannot be signed, and the company holds it back then
        """
        content = super()._paypal_sealed(content)
        try:
            return self._il_signed(content, self.env._("Original"))
        except CannotSign as error:
            raise Aside(
                "attention", "configuration", error=str(error.args[0])
            ) from error

    def _il_signed(self, content, reason):
        """Sign a PDF in the name of the document's company, if it is an Israeli one.

        :param bytes content: the PDF
        :param str reason: what the signature says of it
        :return: the PDF, signed if that is possible
        :rtype: bytes
        :raise CannotSign: it is not, and the company holds it back then
        """
        self.ensure_one()
        company = self.company_id
        if not company._il_is_israeli():
            return content
        # The document speaks the customer's language, and trouble the merchant's.
        company = company.with_context(lang=company.partner_id.lang or "en_US")
        try:
            return sign(content, company._il_signing_key(), company.name, reason)
        except UnusableKey as error:
            why = str(error)
        except Exception as error:  # whatever a key or the PDF engine's file is like
            _logger.exception("document %s cannot be signed", self.id)
            why = str(error) or type(error).__name__
        if company.il_unsigned == "hold":
            raise CannotSign(
                company.env._(
                    "%(name)s was not signed, so it was not sent. %(why)s",
                    name=self.name,
                    why=why,
                )
            )
        self._message_log(body=company.env._("It was not signed. %s", why))
        return content
