"""Sales to measure with: one line and a fee each, every one another transaction."""

import itertools
from urllib.parse import urlencode

from tools.trials.shop import Shop

MERCHANT_ID = "CASPITBENCH01"
SHOP = Shop(merchant_id=MERCHANT_ID, merchant_email="shop@example.com", sandbox=False)
#: Customers who buy again and again; each sale of a round is another one's.
CUSTOMERS = 500
_numbers = itertools.count(1)


def sale(run):
    """Make a message, never the same twice.

    :param str run: letters that tell this run's transactions from others'
    :rtype: bytes
    """
    number = next(_numbers)
    customer = number % CUSTOMERS
    fields = {
        "txn_type": "web_accept",
        "payment_status": "Completed",
        "payment_type": "instant",
        "payment_date": "02:00:00 Jan 15, 2026 PST",
        "txn_id": f"{run}{number:09d}",
        "mc_gross": "118.00",
        "mc_fee": "4.20",
        "mc_currency": "ILS",
        "tax": "0.00",
        "item_name": "Blue shirt",
        "item_number": "",
        "quantity": "1",
        "payer_id": f"BENCH{customer:08d}",
        "payer_status": "verified",
        "payer_email": f"buyer{customer}@example.com",
        "first_name": "Dana",
        "last_name": f"Levi {customer}",
        "address_name": f"Dana Levi {customer}",
        "address_street": "5 Herzl St",
        "address_city": "Haifa",
        "address_state": "",
        "address_zip": "3100000",
        "address_country": "Israel",
        "address_country_code": "IL",
        "address_status": "confirmed",
        "residence_country": "IL",
        "receiver_id": MERCHANT_ID,
        "receiver_email": "shop@example.com",
        "business": "shop@example.com",
        "notify_version": "3.9",
        "verify_sign": "AFcWxV21C7fd0v3bYYYRCpSSRl31AvaXVnPPbqMnCpNV0zWcGVKRT",
        "charset": "UTF-8",
        "ipn_track_id": f"{number:013x}",
    }
    return urlencode(fields).encode()


def sales(run, count):
    """:return: as many messages, in a list"""
    return [sale(run) for _ in range(count)]
