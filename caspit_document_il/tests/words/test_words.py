# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.caspit_paypal_ipn.tests.common import message

from ..common import DEALER, DocumentIlCase, text_of


class TestWords(DocumentIlCase):
    def test_the_original_says_what_the_law_wants(self):
        ipn = self.take(message())
        text = self.text(ipn)
        for words in ("מסמך ממוחשב", "מקור", "חשבונית מס", "עוסק מורשה", DEALER):
            self.assertIn(words, text)
        self.assertNotIn("העתק", text)

    def test_a_copy_is_no_original_and_no_computerised_document(self):
        document = self.take(message()).document_id
        report = self.env.ref("caspit_paypal_ipn.action_report_receipt")
        printing = report.with_context(force_report_rendering=True)
        copy, _format = printing._render_qweb_pdf(report.report_name, document.ids)
        text = text_of(copy)
        self.assertIn("העתק", text)
        self.assertNotIn("מקור", text)
        self.assertNotIn("מסמך ממוחשב", text)

    def test_the_kind_of_dealer_is_the_numbers_unless_it_is_set(self):
        company = self.company
        for vat, document, kind in (
            ("514444447", "tax_invoice_receipt", "company"),
            ("580000008", "receipt", "nonprofit"),
            ("777777715", "tax_invoice_receipt", "authorised"),
            ("777777715", "receipt", "exempt"),
        ):
            company.write({"vat": vat, "paypal_document_type": document})
            self.assertEqual(company._il_kind(), kind)
        company.il_dealer_kind = "authorised"
        self.assertEqual(company._il_kind(), "authorised")

    def test_an_exempt_dealer_says_so(self):
        self.company.write({"vat": "777777715", "paypal_document_type": "receipt"})
        text = self.text(self.take(message()))
        self.assertIn("עוסק פטור", text)
        self.assertNotIn("עוסק מורשה", text)
        self.assertIn("קבלה", text)

    def test_the_customers_number_stands_on_it(self):
        self.company.il_buyer_field = "option_selection1, custom"
        ipn = self.take(message(custom="order 17, ח.פ 777777715"))
        self.assertEqual(ipn.partner_id.vat, "777777715")
        self.assertIn("777777715", self.text(ipn))

    def test_a_number_without_its_check_digit_is_nobodys(self):
        self.company.il_buyer_field = "custom"
        self.assertFalse(self.take(message(custom="777777716")).partner_id.vat)

    def test_elsewhere_nothing_of_it_is_printed(self):
        self.company.country_id = self.env.ref("base.fr")
        text = self.text(self.take(message()))
        for words in ("מסמך ממוחשב", "עוסק מורשה"):
            self.assertNotIn(words, text)

    def test_the_letter_to_the_assessing_officer_is_a_pdf(self):
        action = self.company.action_il_letter()
        report = self.env["ir.actions.report"]._get_report(action["report_name"])
        printing = report.with_context(force_report_rendering=True)
        letter, kind = printing._render_qweb_pdf(report.report_name, self.company.ids)
        self.assertEqual(kind, "pdf")
        text = text_of(letter)
        self.assertIn("פקיד השומה", text)
        self.assertIn(DEALER, text)
