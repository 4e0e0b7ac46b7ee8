# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import api, models

from ..failures import details_of, is_beyond_the_message
from ..reasons import Aside

RECEIPT_TEMPLATES = {
    "out_invoice": "mail_template_receipt",
    "out_receipt": "mail_template_receipt",
    "out_refund": "mail_template_credit_note",
}


class PaypalIpn(models.Model):
    """From booked to done: the receipt to the customer, the notice to the merchant.

    The mails are records made in the transaction that ends the message, so there is
    one of each whatever crashes. Odoo's mail queue sends them.
    """

    _inherit = "paypal.ipn"

    @api.model
    def _work_booked(self):
        """Make the PDF and the mails of one message; a PDF takes its time.

        :return: how many messages were taken
        """
        claimed = self._claim("booked", 1)
        claimed._in_one_go("booked", type(self)._deliver_or_wait)
        return len(claimed)

    @api.model
    def _work_booked_suspect(self):
        """Try what a process died with, alone, also while new ones are booked.

        :return: how many messages were taken
        """
        suspect = self._claim_suspect("booked")
        suspect._in_one_go("booked", type(self)._deliver_or_wait)
        return len(suspect)

    def _deliver_or_wait(self):
        mine = self._still_mine("booked")
        for ipn in mine - mine._end_quietly():
            try:
                with self.env.cr.savepoint():
                    ipn.with_company(ipn.company_id)._deliver()
            except Aside as aside:
                ipn._move_to(aside.state, aside.reason, aside.values)
            except Exception as error:  # whatever the PDF engine or a template does
                if is_beyond_the_message(error):
                    raise
                ipn._wait("error", str(error), details_of(error))

    def _is_quiet(self):
        """Whether it is booked and nobody hears of it: nothing is to be waited for."""
        source = self.state == "booked" and self._source()
        return source and not (
            source.mails_customer(self) or source.mails_merchant(self)
        )

    def _end_quietly(self):
        """End what nobody hears of, as its delivery would, but of all in one go.

        :return: the messages that are done
        """
        quiet = self.filtered(lambda ipn: ipn._is_quiet())
        if not quiet:
            return quiet
        try:
            with self.env.cr.savepoint():
                quiet._remark_on_documents()
                quiet._move_to("done")
        except Exception as error:
            if is_beyond_the_message(error):
                raise
            return self.browse()  # each for itself says what is wrong with it
        return quiet

    def _remark_on_documents(self):
        """Say on each document where it is from."""
        remarks = {}
        for document, ipns in self.grouped("document_id").items():
            said = filter(None, (ipn._source().remark(ipn) for ipn in ipns))
            if document and (remark := Markup("<br/>").join(said)):
                remarks[document.id] = remark
        if remarks:
            self.env["account.move"].browse(remarks)._message_log_batch(remarks)

    def _deliver(self):
        source, mails = self._source(), {}
        remark = source.remark(self)
        if remark and self.document_id:
            self.document_id._message_log(body=remark)
        if source.mails_customer(self):
            mails["receipt_mail_id"] = self._mail_receipt().id
        wants_notice = self.company_id.paypal_notice == "each"
        if self._kind().is_news and wants_notice and source.mails_merchant(self):
            mails["notice_mail_id"] = self._mail_notice("mail_template_notice").id
        self._move_to("done", **mails)
        self._send_queued_mails()

    def _mail_receipt(self):
        """Queue the receipt with its PDF.

        :return: the ``mail.mail``; none for a customer without an address
        """
        # What settles a part of an invoice gets a receipt over that part.
        paid = self.with_context(paypal_payment_id=self.payment_ids[:1].id)
        move = paid.document_id
        pdf = move._paypal_receipt_pdf()
        to_merchant, address = self._is_for_the_merchant(), move.partner_id.email
        if to_merchant:
            address = self.company_id._paypal_notice_address()
        self.receipt_status = "waiting" if address else "no_address"
        if not address:
            return self.env["mail.mail"]
        template = RECEIPT_TEMPLATES[move.move_type]
        values = {"attachment_ids": pdf.ids}
        if to_merchant:
            values |= {"email_to": address, "recipient_ids": []}
        return paid._queue(template, move, **values)

    def _mail_notice(self, template):
        """Queue a notice to the merchant.

        :param str template: the name of its ``mail.template`` in this module
        :return: the ``mail.mail``; none for a company without an address
        """
        if not self.company_id._paypal_notice_address():
            return self.env["mail.mail"]
        return self._queue(template, self)

    def paypal_direction(self):
        """:return: ``rtl`` or ``ltr``, by the merchant's language"""
        return self.company_id.paypal_direction()

    def paypal_url(self):
        """:return: the address of the message's form in Odoo"""
        action = "caspit_paypal_ipn.paypal_ipn_action"
        return f"{self.get_base_url()}/odoo/action-{action}/{self.id}"

    def _is_for_the_merchant(self):
        """Whether the merchant gets what is meant for the buyer."""
        return self._is_test() and not self.company_id.paypal_sandbox_to_buyer

    def _is_test(self):
        """Whether no money moved: the message or its company is of the sandbox."""
        return self.is_sandbox or self.company_id._paypal_is_test()

    def _queue(self, name, record, **values):
        """Queue a mail; one of a test company says so in its subject.

        :param str name: of the ``mail.template`` in this module
        :param record: what it is about
        :param values: of the ``mail.mail``, in place of the template's
        :return: the ``mail.mail``
        """
        template = self.env.ref(f"caspit_paypal_ipn.{name}")
        mail_id = template.send_mail(record.id, force_send=False, email_values=values)
        mail = self.env["mail.mail"].sudo().browse(mail_id)
        mail.is_paypal = True
        company = record if record._name == "res.company" else record.company_id
        if self.is_sandbox or company._paypal_is_test():
            lang = template._render_lang(record.ids)[record.id]
            mail.subject = self.with_context(lang=lang).env._("TEST: %s", mail.subject)
        return mail

    @api.model
    def _send_queued_mails(self):
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _retry_mails(self):
        """Queue once more the mails that the mail server refused.

        :return: the mails
        """
        failed = self._failed_mails()
        if failed:
            failed.mark_outgoing()
            self._send_queued_mails()
        return failed

    def _failed_mails(self):
        """:return: the messages' mails that did not go"""
        mails = (self.receipt_mail_id | self.notice_mail_id).sudo()
        return mails.filtered(lambda mail: mail.state in ("exception", "cancel"))
