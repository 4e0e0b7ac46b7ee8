# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo.addons.caspit_paypal_ipn.tests.common import message
from odoo.tests import HttpCase

from ..common import DocumentIlCase

CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


class TestConsent(DocumentIlCase, HttpCase):
    def post(self, url, **form):
        """Press a button of the page that a link opens."""
        path = url.removeprefix(self.company.get_base_url())
        page = self.url_open(path)
        self.assertEqual(page.status_code, 200)
        form["csrf_token"] = CSRF.search(page.text)[1]
        answer = self.url_open(path, data=form)
        self.assertEqual(answer.status_code, 200)
        self.env.invalidate_all()
        return answer.text

    def test_a_payment_is_kept_as_agreement_where_the_shop_asks_for_it(self):
        self.assertFalse(self.consent_of(self.take(message())))
        self.company.il_consent_at_purchase = True
        ipn = self.take(
            message(
                txn_id="2AB23456CD789012E",
                payer_id="OTHER0000001",
                payer_email="noa@example.com",
            )
        )
        consent = self.consent_of(ipn)
        self.assertEqual(consent.given_how, "purchase")
        self.assertIn(ipn.txn_id, consent.given_from)
        self.assertTrue(consent.given_at)

    def test_who_withdraws_by_the_link_gets_no_mail_and_the_merchant_hears_of_it(self):
        sale = self.take(message())
        document = sale.document_id
        [mail] = self.mails_of(document)
        link = document.il_link("consent")
        self.assertIn(link, mail.body_html)
        # The mail itself is still markup, and not its letters.
        self.assertIn("<table", mail.body_html)
        self.assertNotIn("&lt;", mail.body_html)
        self.post(link, answer="withdraw")
        consent = self.consent_of(sale)
        self.assertTrue(consent.withdrawn_at)
        self.assertIn("127.0.0.1", consent.withdrawn_from)
        second = self.take(message(txn_id="2AB23456CD789012E"))
        kept = self.assert_done(second)
        self.assertFalse(self.mails_of(kept))
        self.assertTrue(kept.invoice_pdf_report_id)
        self.assertTrue(kept.activity_ids)
        self.post(link, answer="agree")
        third = self.take(message(txn_id="3AB23456CD789012E"))
        self.assertEqual(len(self.mails_of(third.document_id)), 1)

    def test_looking_at_the_link_changes_nothing(self):
        sale = self.take(message())
        link = sale.document_id.il_link("consent")
        self.url_open(link.removeprefix(self.company.get_base_url()))
        self.assertFalse(self.consent_of(sale))

    def test_a_link_that_was_made_up_opens_nothing(self):
        document = self.take(message()).document_id
        token = document._il_token("consent")
        for path in (
            f"/caspit/il/consent/{document.id}/{'0' * 64}",
            f"/caspit/il/number/{document.id}/{token}",
            f"/caspit/il/consent/{document.id + 999999}/{token}",
            f"/caspit/il/other/{document.id}/{document._il_token('other')}",
        ):
            self.assertEqual(self.url_open(path).status_code, 404, path)

    def test_without_agreement_the_document_is_kept_when_the_company_says_so(self):
        self.company.il_without_consent = "keep"
        document = self.assert_done(self.take(message()))
        self.assertFalse(self.mails_of(document))
        self.assertTrue(document.activity_ids)
        self.assertEqual(self.finding("il_consent")["level"], "ok")

    def test_the_buyer_enters_his_number_and_gets_a_signed_copy_with_it(self):
        sale = self.take(message())
        document = sale.document_id
        original = document.invoice_pdf_report_id.raw
        link = document.il_link("number")
        self.assertIn(link, self.mails_of(document).body_html)
        said = self.post(link, number="77-777771-6")
        self.assertFalse(sale.partner_id.vat)
        self.assertIn("77-777771-6", said)
        self.post(link, number="77-777771-5")
        self.assertEqual(sale.partner_id.vat, "777777715")
        mails = self.mails_of(document)
        self.assertEqual(len(mails), 2)
        self.assertEqual(document.invoice_pdf_report_id.raw, original)
        self.assertIn("העתק", mails[1].attachment_ids.name)
        # Once entered it is the seller's to change.
        self.url_open(link.removeprefix(self.company.get_base_url()))
        self.assertFalse(document._il_take_buyer_number("514444447"))
        self.assertEqual(len(self.mails_of(document)), 2)

    def consent_of(self, ipn):
        return self.env["il.consent"]._of(ipn.partner_id, self.company)
