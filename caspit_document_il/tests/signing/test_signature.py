# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
from datetime import timedelta

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12

from odoo import fields
from odoo.addons.caspit_paypal_ipn.tests.common import message
from odoo.exceptions import UserError

from ...signing import self_made_certificate
from ..common import DocumentIlCase, pdfsig, text_of

VALID = "Signature Validation: Signature is Valid."
WHOLE = "Total document signed"


class TestSignature(DocumentIlCase):
    def mail_of(self, ipn):
        """The one receipt that a message caused."""
        return self.env["mail.mail"].search(
            [("model", "=", "account.move"), ("res_id", "=", ipn.document_id.id)]
        )

    def test_the_original_that_is_kept_and_mailed_is_signed_as_a_whole(self):
        ipn = self.take(message())
        document = self.assert_done(ipn)
        kept = document.invoice_pdf_report_id
        said = pdfsig(kept.raw)
        self.assertIn(VALID, said)
        self.assertIn(WHOLE, said)
        self.assertIn("ETSI.CAdES.detached", said)  # PAdES, and not the older kind
        self.assertIn("VATIL-514444447", said)
        self.assertIn("CN=Blue Shirts Ltd", said)
        mail = self.mail_of(ipn)
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.attachment_ids.raw, kept.raw)

    def test_a_byte_that_was_changed_shows(self):
        original = self.take(message()).document_id.invoice_pdf_report_id.raw
        place = original.index(b"stream") + 10
        changed = bytearray(original)
        changed[place] ^= 1
        self.assertNotIn(VALID, pdfsig(bytes(changed)))

    def test_a_copy_is_not_signed(self):
        document = self.take(message()).document_id
        report = self.env.ref("caspit_paypal_ipn.action_report_receipt")
        copy, _format = report.with_context(
            force_report_rendering=True
        )._render_qweb_pdf(report.report_name, document.ids)
        self.assertIn("העתק", text_of(copy))
        self.assertIn("does not contain any signatures", pdfsig(copy))

    def test_a_credit_note_is_signed_too(self):
        sale = self.take(message())
        refund = self.take(
            message(
                txn_id="REFUND0000000001",
                parent_txn_id=sale.txn_id,
                payment_status="Refunded",
                mc_gross="-118.00",
                mc_fee="-4.20",
                txn_type=None,
            )
        )
        self.assertEqual(refund.document_id.move_type, "out_refund")
        self.assertIn(VALID, pdfsig(refund.document_id.invoice_pdf_report_id.raw))

    def test_without_a_certificate_it_goes_out_and_says_so(self):
        self.company.il_certificate_id = False
        ipn = self.take(message())
        document = self.assert_done(ipn)
        self.assertEqual(len(self.mail_of(ipn)), 1)
        self.assertNotIn(VALID, pdfsig(document.invoice_pdf_report_id.raw))
        self.assertIn("not signed", str(document.message_ids.mapped("body")))
        self.assertEqual(self.finding("il_signature")["level"], "error")

    def test_held_back_without_a_certificate_it_goes_out_signed_once_there_is_one(self):
        certificate = self.company.il_certificate_id
        self.company.write({"il_certificate_id": False, "il_unsigned": "hold"})
        ipn = self.take(message())
        self.assertEqual((ipn.state, ipn.reason), ("attention", "configuration"))
        self.assertIn("no signing certificate", ipn.explanation)
        self.assertEqual(ipn.document_id.payment_state, "paid")
        self.assertFalse(self.mail_of(ipn))
        self.company.il_certificate_id = certificate
        ipn.action_retry()
        self.work()
        self.assertEqual(ipn.state, "done")
        self.assertEqual(len(self.mail_of(ipn)), 1)
        self.assertIn(VALID, pdfsig(ipn.document_id.invoice_pdf_report_id.raw))

    def test_an_expired_certificate_signs_nothing_and_the_document_goes_out(self):
        self.use_certificate(since=-500, until=-1)
        ipn = self.take(message())
        document = self.assert_done(ipn)
        self.assertEqual(len(self.mail_of(ipn)), 1)
        self.assertNotIn(VALID, pdfsig(document.invoice_pdf_report_id.raw))
        self.assertIn("ended on", self.finding("il_signature")["sentence"])

    def test_a_clock_that_is_behind_holds_up_no_document(self):
        self.use_certificate(since=10, until=500)
        ipn = self.take(message())
        self.assert_done(ipn)
        self.assertEqual(len(self.mail_of(ipn)), 1)
        self.assertIn("clock", self.finding("il_signature")["sentence"])

    def test_the_end_of_a_certificate_is_told_in_time_and_once(self):
        self.use_certificate(since=-500, until=30)
        self.assertEqual(self.finding("il_signature")["level"], "warn")
        self.env["res.company"]._cron_il_remind()
        self.env["res.company"]._cron_il_remind()
        told = self.company.partner_id.activity_ids.filtered(
            lambda activity: "certificate ends" in activity.summary
        )
        self.assertEqual(len(told), 1)

    def test_the_company_knows_the_end_of_whatever_certificate_it_has(self):
        first = self.company.il_certificate_id
        self.assert_end(first.date_end)
        self.company.action_il_make_certificate()
        second = self.company.il_certificate_id
        second.content = self.other_content(fields.Datetime.now() - timedelta(days=9))
        self.assertEqual((first.date_end - second.date_end).days, 8)
        self.assert_end(second.date_end)
        self.company.il_certificate_id = first
        self.assert_end(first.date_end)
        first.unlink()
        self.assert_end(None)

    def assert_end(self, end):
        """Assert when the certificate ends, as the database has it."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT il_certificate_end FROM res_company WHERE id = %s",
            [self.company.id],
        )
        self.assertEqual(self.env.cr.fetchone(), (end,))
        self.company.invalidate_recordset()
        self.assertEqual(self.company.il_certificate_end, end or False)

    def test_an_uploaded_certificate_signs_from_then_on(self):
        key = ec.generate_private_key(ec.SECP256R1())
        now = fields.Datetime.now().astimezone()
        certificate = self_made_certificate(key, "Dana Levi", "514444447", "IL", now)
        file = pkcs12.serialize_key_and_certificates(
            b"approved",
            key,
            certificate,
            None,
            serialization.BestAvailableEncryption(b"open sesame"),
        )
        upload = self.env["il.certificate.upload"].create(
            {
                "company_id": self.company.id,
                "content": base64.b64encode(file),
                "filename": "approved.p12",
                "password": "open sesame",
            }
        )
        upload.action_upload()
        said = pdfsig(self.take(message()).document_id.invoice_pdf_report_id.raw)
        self.assertIn(VALID, said)
        self.assertIn("CN=Dana Levi", said)
        upload.password = "wrong"
        with self.assertRaises(UserError):
            upload.action_upload()

    def test_an_invoice_made_by_hand_is_signed_when_the_company_says_so(self):
        send = self.env["account.move.send"]
        for signs in (False, True):
            self.company.il_sign_all = signs
            invoice = self.open_invoice()
            send._generate_and_send_invoices(invoice, sending_methods=["email"])
            said = pdfsig(invoice.invoice_pdf_report_id.raw)
            self.assertEqual(VALID in said, signs)

    def test_what_is_made_elsewhere_is_none_of_our_business(self):
        self.company.country_id = self.env.ref("base.fr")
        document = self.take(message()).document_id
        self.assertIn(
            "does not contain any signatures",
            pdfsig(document._paypal_receipt_pdf().raw),
        )
        self.assertFalse(self.finding("il_signature"))

    def use_certificate(self, since, until):
        """Sign with a certificate that is valid between two days from today."""
        now = fields.Datetime.now()
        record = self.company.il_certificate_id
        record.content = self.other_content(now)
        record.flush_recordset()
        record.write(
            {
                "date_start": now + timedelta(days=since),
                "date_end": now + timedelta(days=until),
            }
        )

    def other_content(self, moment):
        """:return: a certificate of the company's key that was made at a moment"""
        key = self.company.il_certificate_id.private_key_id
        pem = base64.b64decode(key.with_context(bin_size=False).pem_key)
        certificate = self_made_certificate(
            serialization.load_pem_private_key(pem, None),
            "Blue Shirts Ltd",
            "514444447",
            "IL",
            moment.astimezone(),
        )
        return base64.b64encode(certificate.public_bytes(serialization.Encoding.PEM))
