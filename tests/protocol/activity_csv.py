"""PayPal's list as an English file, of rows that are sales unless told otherwise."""

from reader import read_activity

HEADER = (
    *("Date", "Time", "TimeZone", "Name", "Type", "Status", "Currency", "Gross"),
    *("Fee", "Net", "From Email Address", "To Email Address", "Transaction ID"),
    *("Reference Txn ID", "Item Title", "Item ID", "Invoice Number", "Custom Number"),
    *("Quantity", "Note", "Subject", "Balance", "Balance Impact", "Address Line 1"),
    *("Address Line 2", "City", "State", "Zip Code", "Country", "Country Code"),
)
USUAL = {
    "Date": "03/20/2026",
    "Time": "10:00:00",
    "TimeZone": "PDT",
    "Type": "Website Payment",
    "Status": "Completed",
    "Currency": "usd",
    "Gross": "10.00",
    "Fee": "-1.00",
    "Net": "9.00",
    "Transaction ID": "1AB23456CD789012E",
}


def file_of(*rows, without=()):
    header = [name for name in HEADER if name not in without]
    lines = [",".join(header)]
    for row in rows:
        cells = USUAL | {name.replace("_", " "): text for name, text in row.items()}
        lines.append(",".join(f'"{cells.get(name, "")}"' for name in header))
    return "\n".join(lines).encode()


def read(*rows, **options):
    return read_activity(file_of(*rows, **options))


def row_of(**row):
    return read(row).rows[0]
