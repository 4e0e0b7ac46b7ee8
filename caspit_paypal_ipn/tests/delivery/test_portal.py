# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo.tests import HttpCase, tagged

from ..common import PaypalIpnCase, message


@tagged("post_install", "-at_install")
class TestPortal(PaypalIpnCase, HttpCase):
    """What a customer finds on the portal is what he got by mail."""

    def page(self, document, **how):
        response = self.url_open(document.get_portal_url(**how))
        self.assertEqual(response.status_code, 200)
        return response

    def test_the_portal_shows_the_receipt_itself(self):
        document = self.assert_done(self.take(message()))
        document.partner_id.lang = "he_IL" if self.has_hebrew() else "en_US"
        self.env.flush_all()
        shown = self.page(document, report_type="html").content.decode()
        title = document.with_context(
            lang=document._paypal_lang()
        )._paypal_document_title()
        for said in (
            f'dir="{document.paypal_direction()}"',
            title,
            document.name,
            "Blue shirt",
            document.paypal_txn_id,
        ):
            with self.subTest(said):
                self.assertIn(said, shown)

    def has_hebrew(self):
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        return "he_IL" in codes

    def test_an_invoice_of_the_merchants_own_looks_as_he_made_it(self):
        invoice = self.open_invoice()
        shown = self.page(invoice, report_type="html").text
        self.assertNotIn("o_receipt", shown)

    def test_the_mail_leads_to_the_document_without_a_login(self):
        ipn = self.take(message(address_country_code="US"))
        document, mail = self.assert_done(ipn), ipn.receipt_mail_id
        [path] = re.findall(r'href="[^"]*(/my/invoices/[^"]+)"', mail.body_html)
        self.assertIn("View online", mail.body_html)
        self.env.flush_all()
        page = self.url_open(path.replace("&amp;", "&"))
        self.assertEqual(page.status_code, 200)
        self.assertIn(document.name, page.text)
        pdf = self.page(document, report_type="pdf", download=True)
        self.assertEqual(pdf.content, document.invoice_pdf_report_id.raw)
