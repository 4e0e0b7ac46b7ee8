# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class AccountMove(models.Model):
    """The copy that follows an original which went out without what it should carry."""

    _inherit = "account.move"

    def _il_copy_pdf(self):
        """A signed copy, as it stands now; the original is kept as it was.

        :return: the ``ir.attachment``
        """
        self.ensure_one()
        move = self.with_context(lang=self._paypal_lang(), il_mailed=True)
        report = move.env.ref("caspit_paypal_ipn.action_report_receipt")
        content, _format = report.with_company(self.company_id)._render_qweb_pdf(
            report.report_name, self.ids
        )
        return self.env["ir.attachment"].create(
            {
                "name": f"{move._paypal_receipt_filename(copy=True)}.pdf",
                "raw": self._il_signed(content, move.env._("Copy")),
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _il_send_copy(self):
        """Queue a mail with the copy.

        :return: the ``mail.mail``; none for a customer without an address, or one who
            does not agree to documents by e-mail
        """
        self.ensure_one()
        mails, company = self.env["mail.mail"].sudo(), self.company_id
        to_merchant = self.paypal_is_sandbox and not company.paypal_sandbox_to_buyer
        address = self.partner_id.email
        if to_merchant:
            address = company._paypal_notice_address()
        elif not self.env["il.consent"]._may_mail(self.partner_id, company):
            address = False
        pdf = self._il_copy_pdf()
        if not address:
            return mails
        values = {"attachment_ids": pdf.ids}
        if to_merchant:
            values |= {"email_to": address, "recipient_ids": []}
        template = self.env.ref("caspit_document_il.mail_template_copy").sudo()
        mail = mails.browse(
            template.send_mail(self.id, force_send=False, email_values=values)
        )
        mail._il_add_links(self)
        self.env["paypal.ipn"]._send_queued_mails()
        return mail

    def _il_note_original(self):
        """Note whether the number stands on the original.

        The row is written in any case: a number that comes in this very moment then
        conflicts with it, and one of the two looks again.
        """
        allocation = self.sudo().il_allocation_ids
        if allocation:
            allocation.write(
                {
                    "original_at": fields.Datetime.now(),
                    "is_printed": bool(self.il_allocation_number),
                }
            )


class IlAllocation(models.Model):
    _inherit = "il.allocation"

    def _numbered(self):
        """There is a number: onto the original, or onto a copy that follows it.

        The copy's mail is made in the transaction that keeps the number, so there is
        one, whatever crashes.
        """
        self.ensure_one()
        if self.is_printed or self.copy_mail_id:
            return
        move = self.move_id.with_company(self.company_id)
        if move._il_was_sent():
            self.copy_mail_id = move._il_send_copy()
        else:
            self._wake_receipts()

    def _wake_receipts(self):
        """Let the receipts of these documents go on, which waited for the number."""
        waiting = (
            self.env["paypal.ipn"]
            .sudo()
            .search(
                [
                    ("document_id", "in", self.move_id.ids),
                    ("state", "in", ("booked", "attention")),
                ]
            )
        )
        held = waiting.filtered(lambda ipn: ipn.reason == "allocation")
        decided = held.filtered(
            lambda ipn: not ipn.document_id._il_waits_for_decision()
        )
        decided._resume()
        booked = waiting.filtered(lambda ipn: ipn.state == "booked")
        booked.next_try = self.env.cr.now()
        if waiting:
            self.env["paypal.ipn"]._wake_delivery()
