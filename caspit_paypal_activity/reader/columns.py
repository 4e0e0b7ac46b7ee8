# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The columns of PayPal's activity download, in the languages PayPal writes them in.

Two reports are read, and they share these names: the *activity download* (with Type,
Status and Balance Impact) and the *statement* (with a Description instead, and only
of what moved the balance).

Names are compared by :func:`key`, so blanks, hyphens, accents and capitals are
nothing: "Time Zone" is "TimeZone", "Gross " is "Gross".

Sources: headers in importers that the public wrote for files of their own (for ledger,
beancount, hledger, Odoo, GnuCash), last checked 2026-11-25.

- en, de, it, fr: both reports, whole headers of real files;
- he: not confirmed by a file. They are PayPal's words on its pages and the plain
  translations;
- the other languages: :mod:`.more_columns`.

A file with other names is read by its shape, see :mod:`.shape`.
"""

import unicodedata
from functools import lru_cache
from types import MappingProxyType

from .more_columns import MORE_COLUMNS

#: Field → column names by language. Of two columns for one field the name that stands
#: first here wins.
_COLUMNS = {
    "en": {
        "date": ("Date",),
        "time": ("Time",),
        "zone": ("TimeZone",),
        "name": ("Name",),
        "type": ("Type", "Description"),
        "status": ("Status",),
        "currency": ("Currency",),
        "gross": ("Gross", "Amount"),
        "fee": ("Fee", "Fees"),
        "net": ("Net", "Total"),
        "email": ("From Email Address",),
        "to_email": ("To Email Address",),
        "txn_id": ("Transaction ID", "Txn ID"),
        "reference_txn_id": ("Reference Txn ID", "Reference Transaction ID"),
        "item": ("Item Title",),
        "item_id": ("Item ID",),
        "invoice": ("Invoice Number", "Invoice ID"),
        "custom": ("Custom Number",),
        "quantity": ("Quantity",),
        "note": ("Note",),
        "subject": ("Subject",),
        "balance": ("Balance",),
        "impact": ("Balance Impact",),
        "street": ("Address Line 1",),
        "street2": (
            "Address Line 2/District/Neighborhood",
            "Address Line 2/District/Neighbourhood",
            "Address Line 2",
        ),
        "city": ("Town/City", "City"),
        "state": (
            "State/Province/Region/County/Territory/Prefecture/Republic",
            "State/Province",
            "State",
        ),
        "zip": ("Zip/Postal Code", "Postcode", "Zip Code"),
        "country": ("Country",),
        "country_code": ("Country Code",),
    },
    "de": {
        "date": ("Datum",),
        "time": ("Uhrzeit",),
        "zone": ("Zeitzone",),
        "name": ("Name",),
        "type": ("Typ", "Beschreibung"),
        "status": ("Status",),
        "currency": ("Währung",),
        "gross": ("Brutto",),
        "fee": ("Gebühr", "Entgelt"),
        "net": ("Netto",),
        "email": ("Absender E-Mail-Adresse", "Von E-Mail-Adresse"),
        "to_email": ("Empfänger E-Mail-Adresse", "An E-Mail-Adresse"),
        "txn_id": ("Transaktionscode",),
        "reference_txn_id": (
            "Zugehöriger Transaktionscode",
            "Txn-Referenzkennung",
        ),
        "item": ("Artikelbezeichnung",),
        "item_id": ("Artikelnummer",),
        "invoice": ("Rechnungsnummer",),
        "custom": ("Zollnummer", "Kundennummer"),
        "quantity": ("Anzahl",),
        "note": ("Hinweis", "Mitteilung"),
        "subject": ("Betreff",),
        "balance": ("Guthaben",),
        "impact": ("Auswirkung auf Guthaben",),
        "street": ("Adresszeile 1",),
        "street2": ("Adresszusatz", "Adresszeile 2"),
        "city": ("Ort", "Stadt"),
        "state": ("Bundesland",),
        "zip": ("PLZ",),
        "country": ("Land",),
        "country_code": ("Ländervorwahl", "Ländercode"),
    },
    "he": {
        "date": ("תאריך",),
        "time": ("שעה", "זמן"),
        "zone": ("אזור זמן",),
        "name": ("שם",),
        "type": ("סוג", "תיאור"),
        "status": ("סטטוס", "מצב"),
        "currency": ("מטבע",),
        "gross": ("ברוטו", "סכום ברוטו", "סכום"),
        "fee": ("עמלה", "עמלות"),
        "net": ("נטו", "סכום נטו"),
        "email": (
            'מכתובת דוא"ל',
            'כתובת דוא"ל של השולח',
            "מכתובת אימייל",
            "כתובת האימייל של השולח",
        ),
        "to_email": (
            'לכתובת דוא"ל',
            'אל כתובת דוא"ל',
            'כתובת דוא"ל של הנמען',
            "לכתובת אימייל",
            "כתובת האימייל של הנמען",
        ),
        "txn_id": ("מזהה עסקה", "מספר עסקה", "מזהה העסקה", "מספר מזהה של העסקה"),
        "reference_txn_id": (
            "מזהה עסקת ייחוס",
            "מזהה עסקה לייחוס",
            "מזהה עסקה קשורה",
            "מספר עסקת ייחוס",
        ),
        "item": ("שם הפריט", "שם פריט", "כותרת הפריט", "כותרת פריט"),
        "item_id": ("מזהה פריט", "מזהה הפריט", "מספר פריט"),
        "invoice": ("מספר חשבונית", "מספר החשבונית", "מזהה חשבונית"),
        "custom": ("מספר מותאם אישית",),
        "quantity": ("כמות",),
        "note": ("הערה", "הערות"),
        "subject": ("נושא",),
        "balance": ("יתרה",),
        "impact": ("השפעה על היתרה", "השפעה על יתרה"),
        "street": ("שורת כתובת 1", "כתובת שורה 1"),
        "street2": ("שורת כתובת 2", "כתובת שורה 2"),
        "city": ("עיר", "עיר/יישוב"),
        "state": ("מדינה/מחוז", "מחוז"),
        "zip": ("מיקוד",),
        "country": ("ארץ", "מדינה"),
        "country_code": ("קוד מדינה", "קוד ארץ"),
    },
    "fr": {
        "date": ("Date",),
        "time": ("Heure",),
        "zone": ("Fuseau horaire",),
        "name": ("Nom",),
        "type": ("Type", "Description"),
        "status": ("État", "Statut"),
        "currency": ("Devise",),
        "gross": ("Avant commission", "Brut"),
        "fee": ("Commission", "Frais"),
        "net": ("Net",),
        "email": ("De l'adresse email", "Adresse email de l'expéditeur"),
        "to_email": ("À l'adresse email", "Adresse email du destinataire"),
        "txn_id": ("Numéro de transaction", "N° de transaction"),
        "reference_txn_id": ("Numéro de la transaction de référence",),
        "item": ("Titre de l'objet",),
        "item_id": ("Numéro de l'objet",),
        "invoice": ("Numéro de facture", "Identifiant de facture"),
        "custom": ("Numéro de client",),
        "quantity": ("Quantité",),
        "note": ("Remarque",),
        "subject": ("Objet",),
        "balance": ("Solde",),
        "impact": ("Impact sur le solde",),
        "street": ("Adresse 1", "Adresse"),
        "street2": ("Adresse 2", "Adresse (suite)/District/Quartier"),
        "city": ("Ville",),
        "state": (
            "État/Province",
            "État/Province/Région/Comté/Territoire/Préfecture/République",
        ),
        "zip": ("Code postal",),
        "country": ("Pays",),
        "country_code": ("Indicatif pays", "Code pays"),
    },
}

COLUMNS = MappingProxyType(_COLUMNS | MORE_COLUMNS)


@lru_cache(maxsize=10_000)
def key(text: str) -> str:
    """What two spellings of one name have in common: letters and digits, no accents."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(filter(str.isalnum, decomposed))
