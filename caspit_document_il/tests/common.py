# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import subprocess
import tempfile
from pathlib import Path

from odoo.addons.caspit_paypal_ipn.tests.common import PaypalIpnCase

DEALER = "514444447"


class DocumentIlCase(PaypalIpnCase):
    """An Israeli company that has all that its documents need, and a certificate."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"vat": DEALER, "street": "1 Herzl St", "city": "Haifa"})
        cls.company.action_il_make_certificate()
        # PDFs are printed in tests as well. Their styles stand in the page itself, so
        # the printer need not ask a server that is busy with the test.
        cls.env["ir.config_parameter"].set_param("report.url", "http://127.0.0.1:9")
        cls.env = cls.env(context=dict(cls.env.context, force_report_rendering=True))
        cls.inbox = cls.env["paypal.ipn"].sudo()
        cls.company = cls.company.with_env(cls.env)

    def run_cron(self, xmlid):
        """Run one scheduled action; receipts are printed as a server prints them.

        Odoo's own switch for that is the context, which a scheduled action begins anew.
        """
        if not xmlid.endswith("_deliver"):
            super().run_cron(xmlid)
            return
        self.env.flush_all()
        with self.registry.cursor() as cr:
            env = self.env(cr=cr, context={"force_report_rendering": True})
            while env["paypal.ipn"].sudo()._work_booked():
                continue
        self.env.invalidate_all()

    def text(self, ipn):
        """:return: what stands on a message's document, each run of text in a line"""
        return text_of(self.printed(ipn))

    def finding(self, code):
        """:return: what the set-up check says of one thing, or None"""
        findings = self.company._paypal_checks()
        return next((each for each in findings if each["code"] == code), None)

    def mails_of(self, document):
        """:return: the mails about a document, the first one first"""
        return self.env["mail.mail"].search(
            [("model", "=", "account.move"), ("res_id", "=", document.id)], order="id"
        )

    def printed(self, ipn):
        """:return: the PDF that a message's document has, as bytes"""
        return ipn.document_id.invoice_pdf_report_id.raw


def pdfsig(content):
    """:return: what poppler's own checker says of the signatures in a PDF"""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(content)
        # It ends with a status of its own for a certificate that nobody vouches for.
        done = subprocess.run(
            ["pdfsig", path], capture_output=True, text=True, check=False
        )
    return done.stdout + done.stderr


#: pdftotext holds each run of text to its direction with these.
MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c"))


def text_of(content):
    """:return: the text that stands in a PDF, without marks of direction"""
    done = subprocess.run(
        ["pdftotext", "-", "-"],
        input=content,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().translate(MARKS)
