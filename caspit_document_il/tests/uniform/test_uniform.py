# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import io
import json
import subprocess
import tempfile
import zipfile
from decimal import Decimal
from pathlib import Path

from odoo import Command, fields
from odoo.addons.caspit_paypal_ipn.tests.common import message
from odoo.exceptions import ValidationError

from tools.environment import CHECKOUT, Environment

from ...uniform import RECORDS, document_number
from ..common import DEALER, DocumentIlCase, text_of

READER = CHECKOUT / "tests" / "protocol" / "read_uniform_file.mjs"
MONTH = 500  # documents
DATE = fields.Date.to_date("2026-10-15")


def fields_of(name, line):
    """:return: the text of each field of a record, by its number"""
    place, found = 0, {}
    for number, (_kind, length) in RECORDS[name].items():
        found[number] = line[place : place + length]
        place += length
    return found


def money(text):
    """:return: an amount X9(12)V99"""
    return Decimal(int(text)).scaleb(-2)


class TestUniformFile(DocumentIlCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.env["res.partner"].create({"name": "דנה לוי"})
        cls.tax = cls.company.account_sale_tax_id

    def make_month(self, count):
        """Invoices and credit notes of a month, posted."""
        moves = self.env["account.move"].create(
            [
                {
                    "move_type": "out_refund" if place % 10 == 0 else "out_invoice",
                    "partner_id": self.customer.id,
                    "invoice_date": DATE,
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "name": f"חולצה {place}",
                                "quantity": 1 + place % 3,
                                "price_unit": 10.01 + place,
                                "discount": 10 if place % 7 == 0 else 0,
                                "tax_ids": [Command.set(self.tax.ids)],
                            }
                        )
                    ],
                }
                for place in range(count)
            ]
        )
        moves._post(soft=False)
        return moves

    def records(self, file):
        """:return: the fields of each record of a file, by its kind"""
        by_kind = {}
        for line in file.bkmvdata().decode("iso-8859-8").split("\r\n")[:-1]:
            by_kind.setdefault(line[:4], []).append(fields_of(line[:4], line))
        return by_kind

    def test_a_month_of_documents_totals_what_odoo_totals(self):
        moves = self.make_month(MONTH)
        start, end = DATE.replace(day=1), DATE.replace(day=31)
        file = self.company._il_uniform_file(start, end)
        records = self.records(file)
        headers = {row[1204].strip(): row for row in records["C100"]}
        self.assertEqual(len(headers), MONTH)
        lines = {}
        for row in records["D110"]:
            lines.setdefault(row[1254].strip(), []).append(money(row[1267]))
        for move in moves:
            row = headers[document_number(move.name)]
            for number, amount in (
                (1221, move.amount_untaxed_signed),
                (1222, move.amount_tax_signed),
                (1223, move.amount_total_signed),
            ):
                self.assertEqual(money(row[number]), Decimal(f"{abs(amount):.2f}"))
            self.assertEqual(sum(lines[row[1204].strip()]), money(row[1221]))
            kind = "330" if move.move_type == "out_refund" else "305"
            self.assertEqual(row[1203], kind)
        posted = self.env["account.move.line"].search(
            [
                ("company_id", "=", self.company.id),
                ("parent_state", "=", "posted"),
                ("date", ">=", start),
                ("date", "<=", end),
            ]
        )
        self.assertEqual(len(records["B100"]), len(posted))
        sums = {"1": Decimal(), "2": Decimal()}
        for row in records["B100"]:
            sums[row[1366]] += money(row[1368])
        self.assertEqual(sums["1"], sums["2"])
        self.assertEqual(sums["1"], Decimal(f"{sum(posted.mapped('debit')):.2f}"))
        self.assertEqual(sum(money(row[1415]) for row in records["B110"]), sums["1"])
        self.assertEqual(sum(money(row[1416]) for row in records["B110"]), sums["2"])
        accounts = {row[1403] for row in records["B110"]}
        self.assertEqual(accounts, {row[1364] for row in records["B100"]})
        self.read_independently(file, MONTH)

    def read_independently(self, file, documents):
        """The package's parsers find every record without an error."""
        with tempfile.TemporaryDirectory() as folder:
            data, ini = Path(folder, "BKMVDATA.TXT"), Path(folder, "INI.TXT")
            data.write_bytes(file.bkmvdata())
            ini.write_bytes(file.ini())
            modules = Environment().root / "node" / "node_modules"
            done = subprocess.run(
                ["node", READER, modules, data, ini], capture_output=True, check=True
            )
        found = json.loads(done.stdout)["found"]
        self.assertFalse([each for each in found if "error" in each][:1])
        totals = [each["record"] for each in found if each["name"] == "C100"]
        self.assertEqual(len(totals), documents)
        self.assertEqual(
            sum(Decimal(each["amountIncludingVat"]) for each in totals),
            sum(total for _count, total in file.sums().values()),
        )

    def test_a_paypal_sale_has_its_payment_and_a_refund_its_origin(self):
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
        today = sale.document_id.invoice_date
        records = self.records(self.company._il_uniform_file(today, today))
        kinds = [row[1203] for row in records["C100"]]
        self.assertEqual(sorted(kinds), ["320", "330"])
        [payment] = records["D120"]
        self.assertEqual((payment[1303], payment[1306]), ("320", "9"))
        self.assertEqual(money(payment[1312]), Decimal("118.00"))
        origins = {row[1253]: row[1257].strip() for row in records["D110"]}
        self.assertEqual(origins["330"], document_number(sale.document_id.name))
        self.assertEqual(refund.document_id.move_type, "out_refund")

    def test_the_wizard_makes_the_file_and_a_summary_in_hebrew(self):
        self.make_month(3)
        wizard = self.env["il.uniform.file"].create(
            {"date_from": "2026-10-01", "date_to": "2026-10-31"}
        )
        action = wizard.action_make()
        self.assertEqual(action["res_id"], wizard.id)
        with zipfile.ZipFile(io.BytesIO(base64.b64decode(wizard.archive))) as archive:
            names = archive.namelist()
        self.assertEqual(names[0], f"{wizard.folder}/INI.TXT")
        self.assertIn(f"{DEALER[:8]}.26", wizard.folder)
        report = self.env.ref("caspit_document_il.action_report_uniform")
        printing = report.with_context(force_report_rendering=True)
        summary, kind = printing._render_qweb_pdf(report.report_name, wizard.ids)
        self.assertEqual(kind, "pdf")
        text = text_of(summary)
        for expected in ("C100", "B110", "305", DEALER, "מבנה אחיד"):
            self.assertIn(expected, text)
        with self.assertRaises(ValidationError):
            wizard.date_to = "2026-09-01"

    def test_what_paypals_sandbox_made_is_no_document_of_the_business(self):
        self.company.paypal_environment = "sandbox"
        sandbox = self.take(message(test_ipn="1"))
        today = sandbox.document_id.invoice_date
        file = self.company._il_uniform_file(today, today)
        self.assertFalse(file.documents)
        self.assertFalse(file.entries)
