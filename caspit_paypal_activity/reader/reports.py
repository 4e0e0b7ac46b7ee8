# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Other reports of PayPal's, known by what they begin with, so that each has its name.

Sources: PayPal's specifications of its reports (developer.paypal.com/reports), and
files in public importers; last checked 2026-11-28.
"""

import re

from .columns import key

_FIRST_LINES = 40
#: How a file of another kind begins.
_BEGINNINGS = (
    ("pdf", re.compile(rb"%PDF-")),
    ("qif", re.compile(rb"!(?:Type|Account|Option|Clear)\b", re.IGNORECASE)),
    ("iif", re.compile(rb"!(?:TRNS|SPL|ENDTRNS|ACCNT|CUST|HDR|INVITEM)\b")),
)
#: What a row of the reports for large merchants begins with: the header of a report or
#: of a section, and that of the columns.
_HEADERS, _COLUMN_HEADER = frozenset(("RH", "SH")), "CH"
_TRANSACTION_DETAIL = frozenset(
    map(key, ("Transactional Status", "Payer's Account ID", "Item Name", "Insurance"))
)
#: Columns that only this report has: all of one set.
_COLUMNS = (
    ("balance_report", ("Record Type", "Record Subtype")),
    ("balance_report", ("Record Type", "Transaction Category")),
    ("balance_report", ("Record Type", "PayPal Transaction ID")),
    ("balance_report", ("Opening Balance", "Closing Balance", "Transaction Category")),
    ("monthly_summary", ("Beginning balance", "Ending balance")),
    ("monthly_summary", ("Opening balance", "Closing balance")),
    ("monthly_summary", ("Beginning available balance", "Ending available balance")),
)
#: Titles above a table, or in its first column.
_TITLES = (
    ("transaction_detail", "transactiondetailreport"),
    ("settlement", "settlementreport"),
    ("balance_report", "balancereconciliation"),
    ("balance_report", "balancereport"),
    ("monthly_summary", "financialsummary"),
    ("monthly_summary", "monthlysummary"),
    ("monthly_summary", "activitysummary"),
    ("monthly_summary", "balancesummary"),
    ("monthly_summary", "accountstatementsummary"),
)


def report_by_bytes(data: bytes) -> str:
    """The report's name by the file's first bytes; '' when they do not tell."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for name, beginning in _BEGINNINGS:
        if beginning.match(head):
            return name
    return ""


def report_by_rows(records: list[list[str]], tail: bytes = b"") -> str:
    """The report's name by its first records; '' when it may be an activity download.

    :param tail: the end of the file, where a settlement report says its balances
    """
    records = records[:_FIRST_LINES]
    codes = {record[0].strip() for record in records if record}
    if _COLUMN_HEADER in codes and codes & _HEADERS:
        return _for_large_merchants(records, tail)
    for record in records:
        cells = {key(cell) for cell in record}
        for name, columns in _COLUMNS:
            if all(key(column) in cells for column in columns):
                return name
    for record in records[:5]:
        filled = [key(cell) for cell in record if cell.strip()]
        for name, title in _TITLES:
            if filled and len(filled) <= 3 and filled[0].endswith(title):
                return name
    labels = {key(record[0]) for record in records if record}
    for name, columns in _COLUMNS:
        if all(key(column) in labels for column in columns):
            return name
    return ""


def _for_large_merchants(records: list[list[str]], tail: bytes) -> str:
    """A settlement report has footers that say the balances; both share columns."""
    cells = {key(cell) for record in records for cell in record}
    if cells & _TRANSACTION_DETAIL:
        return "transaction_detail"
    ends = re.search(rb'(?m)^"?(?:SF|RF)"?[,;\t]', tail)
    return "settlement" if ends else "transaction_detail"


def is_personal(fields: set[str], header: list[str]) -> bool:
    """Whether this is a private account's list, which has no transaction ids.

    Its columns are Date, Time, TimeZone, Name, Type, Status, Currency, Amount, Receipt
    ID and Balance: neither a fee nor whom the money is from.
    """
    rest = {"date", "type", "currency", "gross"}
    has_details = fields & {"txn_id", "email", "to_email", "fee", "net"}
    return rest <= fields and not has_details and len(header) <= 15
