# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import formatLang

from ...report.bidi import with_marked_brackets
from ..by_code import FACTS, refuse_by_hand
from ..delivery.pdf_engine import bounded


class AccountMove(models.Model):
    _inherit = "account.move"

    paypal_ipn_id = fields.Many2one(
        "paypal.ipn",
        "PayPal Message",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The message that made this document or entry.",
    )
    paypal_txn_id = fields.Char(
        "PayPal Transaction ID",
        readonly=True,
        copy=False,
        help="The PayPal payment or refund that this document was made for.",
    )

    paypal_side = fields.Selection(
        [("in", "In"), ("out", "Out")],
        "PayPal Side",
        readonly=True,
        copy=False,
        help="Of an entry: which way PayPal moved the money. A withdrawal and its "
        "return have one transaction id. A document's kind says it by itself.",
    )

    paypal_is_sandbox = fields.Boolean(
        "PayPal Sandbox",
        compute="_compute_paypal_is_sandbox",
        compute_sudo=True,
        search="_search_paypal_is_sandbox",
        help="From PayPal's sandbox: a try, and no valid document.",
    )

    _paypal_txn_unique = models.UniqueIndex(
        "(company_id, paypal_txn_id, move_type, (coalesce(paypal_side, '')))"
        " WHERE paypal_txn_id IS NOT NULL",
        "This PayPal transaction has a document already.",
    )

    # === COMPUTE METHODS === #

    @api.depends(
        "company_id.paypal_environment",
        "paypal_ipn_id.is_sandbox",
        "origin_payment_id.paypal_ipn_id.is_sandbox",
    )
    def _compute_paypal_is_sandbox(self):
        for move in self:
            ipn = move.paypal_ipn_id | move.origin_payment_id.paypal_ipn_id
            move.paypal_is_sandbox = move.company_id._paypal_is_test() or any(
                ipn.mapped("is_sandbox")
            )

    def _search_paypal_is_sandbox(self, operator, value):
        """Find the entries of test companies, and what an older release tried.

        :param str operator: ``in``, as Odoo asks; it turns the others round itself
        """
        if operator != "in":
            return NotImplemented
        ipns = self.env["paypal.ipn"].sudo()._search([("is_sandbox", "in", value)])
        return (
            Domain("company_id.paypal_environment", "=", "sandbox")
            | Domain("paypal_ipn_id", "in", ipns)
            | Domain("origin_payment_id.paypal_ipn_id", "in", ipns)
        )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        refuse_by_hand(self, vals_list, FACTS)
        return super().create(vals_list)

    def write(self, vals):
        refuse_by_hand(self, [vals], FACTS)
        done = super().write(vals)
        if vals.get("is_move_sent"):
            self._paypal_went_out()
        return done

    # === THE RECEIPT === #

    @staticmethod
    def _paypal_printed(text):
        """Text that may mix Hebrew and Latin, fit for the PDF."""
        return with_marked_brackets(text or "")

    def _paypal_document_title(self):
        """What the law calls the document, in the language of the context.

        Israel's Income Tax (Bookkeeping) Directives: a document that is both the
        invoice and the receipt is a חשבונית מס/קבלה (type 320), a credit is a
        חשבונית זיכוי (type 330). An exempt dealer, or who has invoiced before, issues
        a receipt alone: קבלה (type 400).
        """
        self.ensure_one()
        receipt_only = self.company_id.paypal_document_type == "receipt"
        if self.move_type == "out_refund":
            # Who issues no tax invoice credits none.
            if receipt_only:
                return self.env._("Receipt for a Refund")
            return self.env._("Credit Note")
        if receipt_only or not self.paypal_txn_id:
            return self.env._("Receipt")
        return self.env._("Tax Invoice / Receipt")

    def _paypal_receipt_filename(self, copy=False):
        """The PDF's name without its ending: title and number, fit for any disk.

        :param bool copy: whether it is a copy, or the original
        """
        self.ensure_one()
        title = self._paypal_document_title().replace(" / ", "-")
        name = f"{title} {self.paypal_number()}".replace("/", "-")
        return self.env._("%s (copy)", name) if copy else name

    def _paypal_printed_rate(self):
        """What one unit of the document's currency is worth, as "1 USD = 3.60 ILS"."""
        self.ensure_one()
        home = self.company_id.currency_id
        worth = formatLang(self.env, 1 / self.invoice_currency_rate, digits=4)
        return f"1 {self.currency_id.name} = {worth} {home.name}"

    def _paypal_lang(self):
        """The language of the document: the customer's."""
        self.ensure_one()
        return self.partner_id.lang or self.company_id.partner_id.lang or "en_US"

    def paypal_direction(self):
        """:return: ``rtl`` or ``ltr``, by the language of the document"""
        return self.company_id.paypal_direction(self._paypal_lang())

    def paypal_title(self):
        """The document's title and number in its language, for mails."""
        move = self.with_context(lang=self._paypal_lang())
        return f"{move._paypal_document_title()} {move.paypal_number()}"

    def _paypal_payments(self):
        """The PayPal payments that settle this document.

        :return: ``account.payment`` records, oldest first
        """
        self.ensure_one()
        payments = self._get_reconciled_payments().filtered("paypal_txn_id")
        return self._paypal_part() or payments.sorted("id")

    def _paypal_receipt_pdf(self):
        """The document's PDF, made once and kept as Odoo's own invoice PDF.

        So Print and Send show this very file from now on, and never a second look of
        the same tax document. The receipt for an invoice that was there before is a
        document of its own, beside it.

        :return: the ``ir.attachment``
        :raise UserError: the PDF engine printed nothing
        """
        self.ensure_one()
        made_for_paypal = bool(self.paypal_txn_id)
        if made_for_paypal and self.invoice_pdf_report_id:
            return self.invoice_pdf_report_id
        move = self.with_context(lang=self._paypal_lang(), paypal_original=True)
        report = move.env.ref("caspit_paypal_ipn.action_report_receipt")
        with bounded():
            content, _format = report.with_company(self.company_id)._render_qweb_pdf(
                report.report_name, self.ids
            )
        if not content:  # Odoo takes status 1 of the PDF engine for a success
            raise UserError(self.env._("The program that prints PDFs printed nothing."))
        content = move._paypal_sealed(content)
        pdf = self.env["ir.attachment"].create(
            {
                "name": f"{move._paypal_receipt_filename()}.pdf",
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
                "res_field": "invoice_pdf_report_file" if made_for_paypal else False,
            }
        )
        self.invalidate_recordset(["invoice_pdf_report_id", "invoice_pdf_report_file"])
        return pdf

    def _paypal_sealed(self, content):
        """Finish the original's PDF before it is kept and mailed.

        An extension point: a signature. Copies never come here.

        :param bytes content: the PDF as it was printed
        :return: the PDF to keep
        :rtype: bytes
        :raise Aside: the document may not go out like this; its message waits for a
            person
        """
        return content

    def action_print_pdf(self):
        """Print a copy of the receipt, and not another look of the same document.

        What was never mailed has no PDF yet: then this is the original.
        """
        if self._paypal_lacks_pdf():
            pdf = self._paypal_receipt_pdf()
            url = f"/web/content/{pdf.id}?download=true"
            return {"type": "ir.actions.act_url", "url": url, "target": "download"}
        if self.paypal_txn_id and self.invoice_pdf_report_id:
            report = self.env.ref("caspit_paypal_ipn.action_report_receipt")
            return report.report_action(self, config=False)
        return super().action_print_pdf()

    def action_send_and_print(self):
        """Send the receipt's own PDF, also of what was not mailed before."""
        for move in self.filtered(type(self)._paypal_lacks_pdf):
            move._paypal_receipt_pdf()
        return super().action_send_and_print()

    def _paypal_is_receipt(self):
        """:return: whether it is a document that was made for a PayPal payment"""
        return bool(
            len(self) == 1
            and self.paypal_txn_id
            and self.is_sale_document()
            and self.state == "posted"
        )

    def _paypal_lacks_pdf(self):
        """:return: whether it was made for a PayPal payment and not printed yet"""
        self.ensure_one()
        return self._paypal_is_receipt() and not self.invoice_pdf_report_id
