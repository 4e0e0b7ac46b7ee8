"""Writes files as PayPal's activity download, of an invented merchant's account.

python -m tools.trials.activity_file --rows 50000 --seed 1 --language de --out FILE
"""

import argparse
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from tools.trials.activity_merchant import MERCHANT, Entry, Merchant
from tools.trials.protocol import COLUMNS

FIELDS = (
    "date",
    "time",
    "zone",
    "name",
    "type",
    "status",
    "currency",
    "gross",
    "fee",
    "net",
    "email",
    "to_email",
    "txn_id",
    "item",
    "reference_txn_id",
    "invoice",
    "quantity",
    "balance",
    "city",
    "country_code",
    "impact",
)
#: The English words that PayPal translates; the others stay as they are.
WORDS = {
    "de": {
        "Completed": "Abgeschlossen",
        "Pending": "Ausstehend",
        "Credit": "Haben",
        "Debit": "Soll",
        "Express Checkout Payment": "PayPal Express-Zahlung",
        "Website Payment": "Website-Zahlung",
        "Mobile Payment": "Handyzahlung",
        "PreApproved Payment Bill User Payment": (
            "Zahlung im Einzugsverfahren mit Zahlungsrechnung"
        ),
        "Payment Refund": "Rückzahlung",
        "General Currency Conversion": "Allgemeine Währungsumrechnung",
        "Bank Deposit to PP Account": "Bankgutschrift auf PayPal-Konto",
        "Shopping Cart Item": "Warenkorbartikel",
    },
    "he": {
        "Completed": "הושלם",
        "Pending": "ממתין",
        "Credit": "זכות",
        "Debit": "חובה",
        "Payment Refund": "החזר תשלום",
        "General Currency Conversion": "המרת מטבע כללית",
        "General Withdrawal": "משיכה כללית",
    },
    "fr": {"Completed": "Terminé", "Credit": "Crédit", "Debit": "Débit"},
    "it": {"Completed": "Completata", "Credit": "Accredito", "Debit": "Addebito"},
    "es": {"Completed": "Completado", "Credit": "Crédito", "Debit": "Débito"},
    "nl": {"Completed": "Voltooid", "Credit": "Bij", "Debit": "Af"},
    "ja": {"Completed": "完了", "Credit": "入金", "Debit": "引落し", "Memo": "備考"},
    "pl": {
        "Completed": "Zakończone",
        "General Currency Conversion": "Przeliczenie waluty",
        "Payment Refund": "Zwrot pieniędzy",
    },
}


@dataclass(frozen=True)
class Style:
    """How PayPal writes for an account of one language and place."""

    language: str = "en"
    date: str = "%m/%d/%Y"
    decimal: str = "."
    zone: str = "America/Los_Angeles"
    zone_name: str = "%Z"  # a name, or %Z for the abbreviation of the season
    encoding: str = "utf-8-sig"
    delimiter: str = ","


STYLES = {
    "en": Style(),
    "en-gb": Style("en", "%d/%m/%Y", ".", "Europe/London"),
    "de": Style("de", "%d.%m.%Y", ",", "Europe/Berlin", "Europe/Berlin"),
    "he": Style("he", "%d/%m/%Y", ".", "Asia/Jerusalem"),
    "it": Style("it", "%d/%m/%Y", ",", "Europe/Rome", encoding="windows-1252"),
    "fr": Style("fr", "%d/%m/%Y", ",", "Europe/Paris", delimiter="\t"),
}
#: Every language that there are words for, as PayPal writes it most likely.
EVERY_LANGUAGE = {
    language: STYLES.get(language)
    or Style(
        language,
        "%Y/%m/%d" if language == "ja" else "%d/%m/%Y",
        "." if language == "ja" else ",",
        "Asia/Tokyo" if language == "ja" else "Europe/Berlin",
    )
    for language in COLUMNS
}


def write_activity(
    entries: Iterable[Entry], style: Style, fields: Sequence[str] = FIELDS
) -> Iterator[bytes]:
    """The file's bytes, a row at a time.

    :param fields: the columns, in their order
    :raise ValueError: a name that the style's encoding cannot write
    """
    columns = {**COLUMNS["en"], **COLUMNS[style.language]}
    line = io.StringIO()
    writer = csv.writer(line, delimiter=style.delimiter, quoting=csv.QUOTE_ALL)
    first = b"\xef\xbb\xbf" if style.encoding == "utf-8-sig" else b""
    encoding = style.encoding.removesuffix("-sig")
    writer.writerow(columns[field][0] for field in fields)
    yield first + line.getvalue().encode(encoding)
    for entry in entries:
        line.seek(0)
        line.truncate()
        cells = dict(zip(FIELDS, _cells(entry, style), strict=True))
        writer.writerow(cells[field] for field in fields)
        yield line.getvalue().encode(encoding)


def _cells(entry: Entry, style: Style) -> list[str]:
    local = entry.moment.astimezone(ZoneInfo(style.zone))
    words = WORDS.get(style.language, {})
    name, email, country, city = entry.buyer
    from_to = (email, MERCHANT) if entry.gross > 0 else (MERCHANT, email)
    zone_name = local.strftime(style.zone_name)
    if local.fold:  # the hour that comes twice: its name alone does not tell which
        zone_name = local.strftime("GMT%z")
    return [
        local.strftime(style.date),
        local.strftime("%H:%M:%S"),
        zone_name,
        name,
        words.get(entry.type, entry.type),
        words.get(entry.status, entry.status),
        entry.currency,
        *(_amount(number, style) for number in (entry.gross, entry.fee, entry.net)),
        *from_to,
        entry.txn_id,
        entry.item,
        entry.reference,
        entry.invoice,
        "1" if entry.item else "",
        _amount(entry.balance, style),
        city,
        country,
        words.get(entry.impact, entry.impact),
    ]


def _amount(number: Decimal, style: Style) -> str:
    text = f"{number:,.2f}"
    if style.decimal == ",":
        text = text.translate(str.maketrans(",.", ".,"))
    return text


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--language", choices=STYLES, default="en")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    entries = Merchant(options.seed).entries(options.rows)
    with options.out.open("wb") as file:
        file.writelines(write_activity(entries, STYLES[options.language]))


if __name__ == "__main__":
    main()
