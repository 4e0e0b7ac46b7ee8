"""Messages as PayPal sends them, each about a transaction of its own."""

import secrets
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import urlencode

from tools.trials.shop import Shop

#: Units of the company's currency for one unit of each.
RATES = {"ILS": "1", "USD": "3.6", "EUR": "4.0"}
SHOP = Shop(
    merchant_id="CASPITTEST123",
    merchant_email="shop@example.com",
    sandbox=False,
    currencies={code: rate for code, rate in RATES.items() if code != "ILS"},
)
#: The same shop, whose merchant has just installed the add-on.
NEW_SHOP = replace(SHOP, merchant_id="", merchant_email="", licensed=False)
#: What must never be read in a log.
BUYER = {
    "first_name": "Noa",
    "last_name": "Peretzky",
    "payer_email": "noa.peretzky@example.com",
    "payer_id": "NOAPERETZKY01",
    "address_name": "Noa Peretzky",
    "address_street": "14 Pomegranate Lane",
    "address_city": "Haifa",
    "address_zip": "3303134",
    "address_country": "Israel",
    "address_country_code": "IL",
    "residence_country": "IL",
}
HEBREW_BUYER = BUYER | {
    "first_name": "רות",
    "last_name": "שקדיאל",
    "payer_email": "ruth.shkediel@example.com",
    "payer_id": "RUTHSHKEDIEL1",
    "address_name": "רות שקדיאל",
    "address_street": "שדרות הרימון 14",
    "address_city": "חיפה",
}
GERMAN_BUYER = BUYER | {
    "first_name": "Jürgen",
    "last_name": "Größel",
    "payer_email": "juergen.groessel@example.com",
    "payer_id": "JGROESSEL0001",
    "address_name": "Jürgen Größel",
    "address_street": "Rosenstraße 14",
    "address_city": "Köln",
    "address_zip": "50667",
    "address_country": "Germany",
    "address_country_code": "DE",
    "residence_country": "DE",
}
#: A customer for each language that documents are looked at in, and his goods.
CUSTOMERS = {
    "en_US": BUYER
    | {
        "address_street": "14 Main Street",
        "address_city": "Springfield",
        "address_state": "IL",
        "address_zip": "62701",
        "address_country": "United States",
        "address_country_code": "US",
        "residence_country": "US",
    },
    "he_IL": HEBREW_BUYER | {"item_name": "חולצה כחולה"},
    "de_DE": GERMAN_BUYER | {"item_name": "Blaues Hemd"},
}


def new_txn_id():
    """Make a transaction id that no other message has: 17 letters and digits."""
    return secrets.token_hex(9)[:17].upper()


def sale(charset="windows-1252", shop=SHOP, **fields):
    """Make the body of a completed sale over 118.00 ILS, with a fee of 4.20.

    :param str charset: what the body is encoded in, and says so
    :param tools.trials.shop.Shop shop: whom the money goes to
    :param fields: other values of PayPal's fields, or more fields
    :rtype: bytes
    """
    values = {
        "business": shop.merchant_email,
        "receiver_email": shop.merchant_email,
        "receiver_id": shop.merchant_id,
        "payer_status": "verified",
        "payment_type": "instant",
        "notify_version": "3.9",
        "txn_type": "web_accept",
        "payment_status": "Completed",
        "payment_date": "03:15:21 Nov 23, 2026 PST",
        "txn_id": new_txn_id(),
        "item_name": "Cloud subscription",
        "quantity": "1",
        "mc_currency": "ILS",
        "mc_gross": "118.00",
        "mc_fee": "4.20",
        **BUYER,
        **fields,
        "charset": charset,
    }
    return urlencode(values, encoding=charset).encode("ascii")


def net_in_company_currency(gross, fee, currency):
    """What a sale adds to the PayPal account, each amount rounded as a bank does.

    :param str gross: what the buyer paid
    :param str fee: what PayPal kept of it
    :rtype: Decimal
    """
    paid, kept = (
        (Decimal(amount) * Decimal(RATES[currency])).quantize(
            Decimal("0.01"), ROUND_HALF_UP
        )
        for amount in (gross, fee)
    )
    return paid - kept
