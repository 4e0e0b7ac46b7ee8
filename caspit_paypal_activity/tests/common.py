# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import csv
import io
from pathlib import Path

from odoo.addons.caspit_paypal_ipn.models.inbox.paypal_ipn import MANAGER
from odoo.addons.caspit_paypal_ipn.tests.common import PaypalIpnCase

SAMPLES = Path(__file__).parent / "samples"
COLUMNS = {
    "date": "Date",
    "time": "Time",
    "zone": "TimeZone",
    "name": "Name",
    "type": "Type",
    "status": "Status",
    "currency": "Currency",
    "gross": "Gross",
    "fee": "Fee",
    "net": "Net",
    "email": "From Email Address",
    "to_email": "To Email Address",
    "txn_id": "Transaction ID",
    "item": "Item Title",
    "reference": "Reference Txn ID",
    "invoice": "Invoice Number",
    "balance": "Balance",
    "country": "Country Code",
    "impact": "Balance Impact",
}
#: The same payment as ``common.SALE``: ten o'clock in Israel.
SALE_ID = "1AB23456CD789012E"


def row(txn_id, gross, type="Website Payment", **changes):
    """A row of the file by its columns; a completed payment unless changes say else."""
    fee = changes.get("fee", "0.00")
    return {
        "date": "01/15/2025",
        "time": "02:00:00",
        "zone": "PST",
        "name": "Dana Levi",
        "type": type,
        "status": "Completed",
        "currency": "ILS",
        "gross": gross,
        "net": f"{float(gross) + float(fee):.2f}",
        "fee": fee,
        "email": "dana@example.com",
        "to_email": "seller@example.com",
        "txn_id": txn_id,
        "item": "Blue shirt",
        "country": "IL",
        "impact": "Debit" if float(gross) < 0 else "Credit",
        **changes,
    }


def sale(**changes):
    """The row of ``common.SALE``."""
    return row(SALE_ID, **{"gross": "118.00", "fee": "-4.20", **changes})


def refund(**changes):
    """The row of a refund of that sale."""
    values = {
        "txn_id": "2RF23456CD789012E",
        "gross": "-118.00",
        "fee": "4.20",
        "type": "Payment Refund",
        "reference": SALE_ID,
        "date": "01/16/2025",
    }
    return row(**{**values, **changes})


def conversion(of=SALE_ID):
    """The two rows of a conversion of 100 dollars."""
    common = {"type": "General Currency Conversion", "reference": of, "name": ""}
    return (
        row("3CN00000000000001", "-100.00", currency="USD", **common),
        row("3CN00000000000002", "361.00", currency="ILS", **common),
    )


def csv_of(*rows):
    """The bytes of a file with these rows."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS.values())
    for each in rows:
        writer.writerow([each.get(column, "") for column in COLUMNS])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


class PaypalActivityCase(PaypalIpnCase):
    """Files that a merchant uploads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.action_paypal_setup()
        cls.env.user.group_ids += cls.env.ref(MANAGER)
        cls.bank = cls.env["account.journal"].create(
            {"name": "Leumi", "code": "LEUMI", "type": "bank"}
        )
        cls.setup_other_currency("USD", rates=[("2020-01-01", 0.25)])

    def upload(self, content, **values):
        """Upload a file and compare it.

        :return: the ``paypal.activity``
        """
        activity = self.env["paypal.activity"].create(
            {
                "name": "activity.csv",
                "file": base64.b64encode(content),
                "bank_journal_id": self.bank.id,
                **values,
            }
        )
        activity.action_compare()
        return activity

    def compared(self, *rows, **values):
        """Upload these rows; the file must be readable."""
        activity = self.upload(csv_of(*rows), **values)
        self.assertEqual(activity.state, "ready", activity.explanation)
        return activity

    def results(self, activity):
        """:return: the result of each row by its transaction"""
        activity.invalidate_recordset()
        return {line.txn_id: line.result for line in activity.line_ids}

    def line(self, activity, txn_id=SALE_ID):
        return activity.line_ids.filtered(lambda line: line.txn_id == txn_id)

    def make_all(self, activity):
        """Make everything, and work what came of it to the end."""
        activity.action_make_all()
        self.work()
        activity.invalidate_recordset()
        activity.line_ids.invalidate_recordset()
