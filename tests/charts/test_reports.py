"""Odoo draws bar codes and QR codes into what it prints: the environment can."""

import io
import subprocess

from lxml import etree
from PIL import Image

from odoo.tests import TransactionCase, tagged

REPORT = """
<t t-name="codes"><html><body><span t-out="value" t-options="{
    'widget': 'barcode', 'symbology': symbology, 'width': 400, 'height': 400
}"/></body></html></t>
"""


@tagged("-at_install", "post_install")
class TestReports(TransactionCase):
    def printed(self, value, symbology):
        """Print a page that holds a code and nothing else.

        :return: how many of its pixels are dark, as a share of one
        """
        html = self.env["ir.qweb"]._render(
            etree.fromstring(REPORT), {"value": value, "symbology": symbology}
        )
        pdf = self.env["ir.actions.report"]._run_wkhtmltopdf([html])
        png = subprocess.run(
            ["pdftoppm", "-png", "-r", "50", "-singlefile", "-"],
            input=pdf,
            capture_output=True,
            check=True,
        ).stdout
        histogram = Image.open(io.BytesIO(png)).convert("L").histogram()
        return sum(histogram[:128]) / sum(histogram)

    def test_a_qr_code_is_printed(self):
        self.assertGreater(self.printed("https://example.com/invoice/1", "QR"), 0.01)

    def test_a_bar_code_is_printed(self):
        self.assertGreater(self.printed("INV/2026/0001", "Code128"), 0.01)

    def test_a_page_without_a_code_is_white(self):
        self.assertLess(self.printed("", "QR"), 0.001)
