# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
import subprocess
from datetime import date

from ..common import PaypalIpnCase, message

#: Words of the page's number and of the head of the table, by the customer's country.
PAPERS = {
    "US": ("Page {} of {}", "Description", "27 Nov 2026"),
    "DE": ("Seite {} von {}", "Bezeichnung", "27. Nov. 2026"),
    "IL": ("עמוד {} מתוך {}", "תיאור", "27 בנוב׳ 2026"),
}
FORMATS = {
    "US": ["5 Herzl St", "Boston MA 02101", "United States"],
    "DE": ["5 Herzl St", "10115 Berlin", "Germany"],
    "GB": ["5 Herzl St", "London", "SW1A 1AA", "United Kingdom"],
}


class TestPaper(PaypalIpnCase):
    """The receipt on paper: long ones, other countries' habits, exempt dealers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        codes = ["he_IL", "de_DE"]
        for code in codes:
            cls.env["res.lang"]._activate_lang(code)
        modules = cls.env["ir.module.module"].sudo()
        modules.search([("name", "=", "caspit_paypal_ipn")])._update_translations(codes)

    def long_sale(self, country):
        """A sale of sixty things, each of whose names takes two lines."""
        names = {
            f"item_name{n}": f"Begin{n} "
            + "of a long name that goes on " * 3
            + f"End{n}"
            for n in range(1, 61)
        }
        amounts = {f"mc_gross_{n}": "2.00" for n in range(1, 61)}
        places = {"address_country_code": country, "residence_country": country}
        return self.take(
            message(
                txn_type="cart",
                item_name=None,
                mc_gross="120.00",
                txn_id=f"LONG{country}",
                payer_id=f"LONG{country}",
                payer_email=f"dana.{country.lower()}@example.com",
                **names | amounts | places,
            )
        )

    def pages(self, document):
        """Print a document.

        :return: the words of each page, without marks of direction
        """
        document.invoice_pdf_report_id.unlink()
        with self.allow_pdf_render():
            forced = document.sudo().with_context(force_report_rendering=True)
            pdf = forced._paypal_receipt_pdf().raw
        text = subprocess.run(
            ["pdftotext", "-layout", "-", "-"],
            input=pdf,
            capture_output=True,
            check=True,
        ).stdout.decode()
        plain = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)
        return [page for page in plain.split("\f") if page.strip()]

    def html(self, document):
        report = self.env.ref("caspit_paypal_ipn.action_report_receipt").sudo()
        return report._render_qweb_html(report.report_name, document.ids)[0].decode()

    def test_a_long_receipt_splits_no_row_and_numbers_its_pages(self):
        self.company.report_footer = "<p>Bank of Boston, account 12-345</p>"
        for country, (words, head, _day) in PAPERS.items():
            with self.subTest(country):
                document = self.assert_done(self.long_sale(country))
                pages = self.pages(document)
                self.assertGreater(len(pages), 2)
                for number, page in enumerate(pages, 1):
                    begun = re.findall(r"Begin(\d+)", page)
                    self.assertEqual(begun, re.findall(r"End(\d+)", page))
                    self.assertIn("Bank of Boston", page)
                    self.assertIn(document.name, page)
                    self.assertEqual(head in page, bool(begun))
                    for part in words.format(number, len(pages)).split():
                        self.assertIn(part, page)
                rows = re.findall(r"Begin(\d+)", "".join(pages))
                self.assertEqual(rows, [str(n) for n in range(1, 61)])

    def test_a_short_receipt_is_one_page(self):
        document = self.assert_done(self.take(message(residence_country="US")))
        [page] = self.pages(document)
        self.assertIn(document.name, page)

    def test_no_date_can_be_misread(self):
        document = self.assert_done(self.take(message()))
        for country, lang in {"US": "en_US", "DE": "de_DE", "IL": "he_IL"}.items():
            printed = document.with_context(lang=lang)
            with self.subTest(lang):
                self.assertEqual(
                    printed._paypal_printed_date(date(2026, 11, 27)),
                    PAPERS[country][2],
                )
        self.assertEqual(document._paypal_printed_date(False), "")
        self.env["res.lang"]._activate_lang("pt_PT")
        self.assertEqual(
            document.with_context(lang="pt_PT")._paypal_printed_date(date(2026, 5, 4)),
            "4 de maio de 2026",
        )

    def test_an_address_is_written_as_in_its_country(self):
        document = self.assert_done(self.take(message()))
        boston = {"city": "Boston", "zip": "02101"}
        places = {
            "US": {**boston, "state_id": self.env.ref("base.state_us_34").id},
            "DE": {"city": "Berlin", "zip": "10115", "state_id": False},
            "GB": {"city": "London", "zip": "SW1A 1AA", "state_id": False},
        }
        for country, values in places.items():
            with self.subTest(country):
                home = self.env.ref(
                    "base.uk" if country == "GB" else f"base.{country.lower()}"
                )
                document.partner_id.write({"country_id": home.id, **values})
                self.assertEqual(
                    document._paypal_printed_address(document.partner_id),
                    FORMATS[country],
                )

    def test_the_companys_footer_and_tagline_are_printed(self):
        self.company.write(
            {
                "report_header": "<p>Shirts since 1998</p>",
                "report_footer": "<p>IBAN IL62 0108 0000 0009 9999 999</p>",
            }
        )
        html = self.html(self.assert_done(self.take(message())))
        self.assertIn("Shirts since 1998", html)
        self.assertIn("IBAN IL62 0108 0000 0009 9999 999", html)

    def test_the_receipt_of_an_exempt_dealer_says_nothing_of_vat(self):
        english = {"address_country_code": "US", "residence_country": "US"}
        self.setup_other_currency("EUR", rates=[("2020-01-01", 0.25)])
        self.company.paypal_document_type = "receipt"
        ipn = self.take(message(mc_currency="EUR", **english))
        html = self.html(self.assert_done(ipn))
        self.assertIn("Total equals", html)
        self.assertNotIn("VAT", html)
        self.assertIn("472.00", html)
