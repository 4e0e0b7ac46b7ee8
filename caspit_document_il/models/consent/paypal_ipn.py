# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import models


class PaypalIpn(models.Model):
    _inherit = "paypal.ipn"

    def _after_booking(self):
        """Keep the agreement that the shop asked for before this payment."""
        result = super()._after_booking()
        for ipn in self:
            company = ipn.company_id
            if (
                ipn._kind().is_order
                and ipn.partner_id
                and company._il_is_israeli()
                and company.il_consent_at_purchase
                and not self.env["il.consent"]._of(ipn.partner_id, company)
            ):
                self.env["il.consent"]._give(
                    ipn.partner_id, company, "purchase", f"PayPal {ipn.txn_id}"
                )
        return result

    def _mail_receipt(self):
        """Mail to those who agree; for the others the document is kept for paper."""
        move = self.document_id
        company = self.company_id
        if not company._il_is_israeli() or self._is_for_the_merchant():
            return super()._mail_receipt()
        if self.env["il.consent"]._may_mail(move.partner_id, company):
            mail = super()._mail_receipt()
            mail._il_add_links(move)
            return mail
        move._paypal_receipt_pdf()
        self._schedule(
            move,
            self.env._("No agreement to documents by e-mail: print it and post it"),
        )
        return self.env["mail.mail"]


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _il_add_links(self, move):
        """Add the links of the law to the end of a mail's text.

        :param move: the document that it is about
        """
        for mail in self:
            links = self.env["ir.qweb"]._render(
                "caspit_document_il.mail_links",
                {"move": move.with_context(lang=move._paypal_lang())},
                lang=move._paypal_lang(),
            )
            # What the mail keeps is plain text to Python, and would be escaped.
            mail.body_html = Markup(mail.body_html or "") + links
