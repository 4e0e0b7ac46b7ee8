# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
import subprocess

from odoo import fields

from ..common import PaypalIpnCase, message


class TestDelivery(PaypalIpnCase):
    def mails(self, *ipns):
        """Every mail that was made for these messages and their documents."""
        ipns = self.inbox.union(*ipns)
        mails = self.env["mail.mail"].sudo()
        return mails.union(
            *[
                mails.search(
                    [("model", "=", records._name), ("res_id", "in", records.ids)]
                )
                for records in (ipns, ipns.document_id)
            ]
        )

    # === THE MAILS === #

    def test_the_buyer_gets_one_receipt_with_the_pdf(self):
        ipn = self.take(message())
        document, mail = self.assert_done(ipn), ipn.receipt_mail_id
        self.assertEqual(mail.recipient_ids, document.partner_id)
        self.assertEqual(mail.recipient_ids.email, "dana@example.com")
        self.assertIn(document.name, mail.subject)
        self.assertIn("shop@example.com", mail.email_from)
        [attachment] = mail.attachment_ids
        self.assertEqual(attachment, document.invoice_pdf_report_id)
        self.assertTrue(attachment.name.endswith(".pdf"))
        self.assertNotIn("/", attachment.name)

    def test_the_merchant_gets_one_notice_at_the_address_of_his_choice(self):
        self.company.paypal_notify_email = "orders@example.com"
        ipn = self.take(message())
        notice = ipn.notice_mail_id
        self.assertEqual(notice.email_to, "orders@example.com")
        self.assertFalse(notice.recipient_ids)
        self.assertIn("118.00", notice.subject)
        self.assertIn("Dana Levi", notice.subject)
        self.assertIn(ipn.txn_id, notice.body_html)
        self.assertIn(ipn.document_id.name, notice.body_html)

    def test_without_a_choice_the_notice_goes_to_the_company(self):
        ipn = self.take(message())
        self.assertEqual(ipn.notice_mail_id.email_to, "shop@example.com")

    def test_a_company_without_any_address_gets_no_notice(self):
        self.company.email = False
        ipn = self.take(message())
        self.assert_done(ipn)
        self.assertFalse(ipn.notice_mail_id)

    def test_there_are_these_two_mails_and_no_others(self):
        ipn = self.take(message())
        self.assertEqual(self.mails(ipn), ipn.receipt_mail_id | ipn.notice_mail_id)
        self.assertEqual(len(self.mails(ipn)), 2)

    def test_delivering_again_makes_nothing_twice(self):
        ipn = self.take(message())
        before = self.mails(ipn), ipn.document_id.invoice_pdf_report_id
        self.work()
        ipn.action_retry()
        self.work()
        self.inbox._receive(message())
        self.work()
        after = self.mails(ipn), ipn.document_id.invoice_pdf_report_id
        self.assertEqual(after, before)

    def test_the_mails_are_written_in_their_readers_languages(self):
        hebrew, english = self.take(
            message(),
            message(
                txn_id="1AB23456CD7890002",
                payer_id="BUYER00000002",
                payer_email="john@example.com",
                address_country_code="US",
            ),
        )
        self.assertEqual(hebrew.partner_id.lang, "he_IL")
        self.assertIn('dir="rtl"', hebrew.receipt_mail_id.body_html)
        self.assertEqual(english.partner_id.lang, "en_US")
        self.assertIn('dir="ltr"', english.receipt_mail_id.body_html)
        self.assertIn("Tax Invoice / Receipt", english.receipt_mail_id.subject)
        self.company.partner_id.lang = "he_IL"
        ipn = self.take(message(txn_id="1AB23456CD7890003"))
        self.assertIn('dir="rtl"', ipn.notice_mail_id.body_html)

    def test_names_are_escaped_in_the_mails(self):
        ipn = self.take(message(item_name="<script>alert(1)</script>"))
        for mail in ipn.receipt_mail_id | ipn.notice_mail_id:
            self.assertIn("alert(1)", mail.body_html)
            self.assertNotIn("<script", mail.body_html)

    # === WHEN IT FAILS === #

    def break_the_receipt(self):
        """Somebody customised the receipt, and made a mistake."""
        return (
            self.env["ir.ui.view"]
            .sudo()
            .create(
                {
                    "name": "a mistake",
                    "type": "qweb",
                    "mode": "extension",
                    "inherit_id": self.env.ref("caspit_paypal_ipn.receipt_document").id,
                    "arch": "<xpath expr='//h1' position='before'>"
                    "<t t-out='o.no_such_field'/></xpath>",
                }
            )
        )

    def test_a_receipt_that_cannot_be_made_is_tried_again_and_then_done(self):
        mistake = self.break_the_receipt()
        ipn = self.take(message())
        self.assertEqual((ipn.state, ipn.reason), ("booked", "error"))
        self.assertIn("no_such_field", ipn.explanation)
        self.assertIn("Traceback", ipn.traceback)
        self.assertGreater(ipn.next_try, fields.Datetime.now())
        self.assertEqual(ipn.document_id.payment_state, "paid")
        self.assertFalse(self.mails(ipn))
        mistake.unlink()
        self.make_due(ipn)
        self.work()
        self.assert_done(ipn)
        self.assertEqual(len(self.mails(ipn)), 2)
        self.assertEqual(len(ipn.payment_ids), 1)

    def test_one_receipt_that_fails_does_not_hold_up_the_next(self):
        mistake = self.break_the_receipt()
        mistake.arch = mistake.arch.replace(
            "o.no_such_field", "o.no_such_field if o.amount_total == 1.0 else 1"
        )
        bad, good = self.take(
            message(mc_gross="1.00"), message(txn_id="1AB23456CD7890002")
        )
        self.assertEqual(bad.state, "booked")
        self.assert_done(good)

    def test_a_mail_that_the_server_refused_is_seen_and_sent_by_retry(self):
        # Odoo sends nothing while it is tested: this is what a refusal leaves behind.
        ipn = self.take(message())
        self.assertEqual(ipn.receipt_mail_state, "outgoing")
        ipn.notice_mail_id.state = "sent"
        ipn.receipt_mail_id.write(
            {"state": "exception", "failure_type": "mail_email_invalid"}
        )
        self.assertEqual(ipn.receipt_mail_state, "exception")
        ipn.action_retry()
        self.assertEqual(ipn.receipt_mail_state, "outgoing")
        self.assertEqual(ipn.notice_mail_state, "sent")
        self.assertEqual(len(self.mails(ipn)), 2)
        self.assertEqual(ipn.state, "done")

    # === THE DOCUMENT === #

    def html(self, document):
        """The receipt as it is handed to the PDF engine."""
        report = self.env.ref("caspit_paypal_ipn.action_report_receipt").sudo()
        html, _kind = report._render_qweb_html(report.report_name, document.ids)
        return html.decode()

    def test_the_receipt_says_what_the_law_and_the_buyer_want_to_read(self):
        self.company.write({"vat": "510000003", "street": "1 Dizengoff St"})
        english = {"address_country_code": "US", "address_city": "Boston"}
        document = self.assert_done(self.take(message(**english)))
        html = self.html(document)
        for said in (
            "Tax Invoice / Receipt",
            document.name,
            document.paypal_txn_id,
            "Blue Shirts Ltd",
            "510000003",
            "1 Dizengoff St",
            "Dana Levi",
            "Boston",
            "Blue shirt",
            "118.00",
            "15 Jan 2025",
        ):
            with self.subTest(said):
                self.assertIn(said, html)

    def test_the_receipt_of_an_israeli_runs_from_right_to_left(self):
        document = self.assert_done(self.take(message()))
        self.assertIn('dir="rtl"', self.html(document))

    def test_the_receipt_shows_what_a_foreign_sum_is_worth_at_home(self):
        self.setup_other_currency("EUR", rates=[("2020-01-01", 0.25)])
        document = self.assert_done(self.take(message(mc_currency="EUR")))
        html = self.html(document)
        for said in ("1 EUR = 4.0000 ILS", "400.00", "72.00", "472.00"):
            with self.subTest(said):
                self.assertIn(said, html)

    def test_the_pdf_that_is_mailed_is_the_original_and_the_printed_one_a_copy(self):
        ipn = self.take(message(address_country_code="US", residence_country="US"))
        original = self.assert_done(ipn).invoice_pdf_report_id.raw.decode()
        marks = re.compile(r'class="o_copy">(\w+)<')
        self.assertEqual(marks.findall(original), ["Original"])
        self.assertEqual(marks.findall(self.html(ipn.document_id)), ["Copy"])
        name = ipn.document_id._paypal_receipt_filename(copy=True)
        self.assertTrue(name.endswith(" (copy)"), name)

    def test_odoos_print_button_prints_the_copy(self):
        document = self.assert_done(self.take(message()))
        printed = document.action_print_pdf()
        self.assertEqual(printed["report_name"], "caspit_paypal_ipn.report_receipt")
        other = self.open_invoice()
        other.company_id.external_report_layout_id = self.env.ref(
            "web.external_layout_standard"
        )
        self.assertIn("account.report_invoice", other.action_print_pdf()["report_name"])

    def test_only_paypal_documents_offer_the_copy(self):
        document = self.assert_done(self.take(message()))
        report = self.env.ref("caspit_paypal_ipn.action_report_receipt")
        for move, offered in ((document, True), (self.open_invoice(), False)):
            with self.subTest(move.name):
                shown = report.get_valid_action_reports(move._name, move.ids)
                self.assertEqual(report.id in shown, offered)

    def test_the_receipt_escapes_what_the_buyer_wrote(self):
        attack = "<script>alert(1)</script>"
        ipn = self.take(
            message(
                first_name=attack,
                item_name=attack,
                address_city=attack,
                invoice=attack,
                payer_business_name=attack,
            )
        )
        html = self.html(self.assert_done(ipn))
        self.assertNotIn(attack, html)
        self.assertGreaterEqual(html.count("&lt;script&gt;alert(1)"), 4)

    def picture(self, document):
        """:return: the pixels of a receipt that is printed anew"""
        document.invoice_pdf_report_id.unlink()
        with self.allow_pdf_render():
            forced = document.sudo().with_context(force_report_rendering=True)
            pdf = forced._paypal_receipt_pdf().raw
        command = ["pdftoppm", "-r", "100", "-"]
        return subprocess.run(
            command, input=pdf, capture_output=True, check=True
        ).stdout

    def test_the_pdf_looks_as_it_does_with_odoos_wait_for_scripts(self):
        self.env["res.lang"]._activate_lang("he_IL")
        report = self.env.ref("caspit_paypal_ipn.action_report_receipt").sudo()
        quick = report.paperformat_id
        for country in ("US", "IL"):
            with self.subTest(country=country):
                fields_of_it = {"txn_id": f"1{country}", "residence_country": country}
                document = self.assert_done(self.take(message(**fields_of_it)))
                report.paperformat_id = quick
                picture = self.picture(document)
                self.assertGreater(len(picture), 1_000_000)
                self.assertGreater(len(set(picture)), 10, "a blank page")
                # Any other paper format has the wait.
                report.paperformat_id = quick.copy()
                self.assertEqual(self.picture(document), picture)

    def test_the_pdf_is_real_and_kept_as_the_documents_own(self):
        document = self.assert_done(self.take(message()))
        document.invoice_pdf_report_id.unlink()
        with self.allow_pdf_render():
            forced = document.sudo().with_context(force_report_rendering=True)
            pdf = forced._paypal_receipt_pdf()
        self.assertTrue(pdf.raw.startswith(b"%PDF-"))
        self.assertEqual(pdf, document.invoice_pdf_report_id)
        self.assertEqual(
            document._get_invoice_legal_documents("pdf")["filename"], pdf.name
        )
