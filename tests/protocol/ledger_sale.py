"""A sale as PayPal's transaction search answers it."""

import copy


def eur(value):
    return {"currency_code": "EUR", "value": value}


SALE = {
    "transaction_info": {
        "paypal_account_id": "BUYER12345678",
        "transaction_id": "1AB23456CD789012E",
        "transaction_event_code": "T0006",
        "transaction_initiation_date": "2026-10-05T10:00:00+0200",
        "transaction_updated_date": "2026-10-05T10:00:02+0200",
        "transaction_amount": eur("119.00"),
        "fee_amount": eur("-4.20"),
        "transaction_status": "S",
        "ending_balance": eur("1114.80"),
        "invoice_id": "INV-7",
        "custom_field": "shop 7",
        "transaction_note": "Ring twice",
    },
    "payer_info": {
        "account_id": "BUYER12345678",
        "email_address": "dana@example.com",
        "payer_name": {
            "given_name": "Dana",
            "surname": "Levi",
            "alternate_full_name": "Dana Levi",
        },
        "country_code": "IL",
    },
    "shipping_info": {
        "name": "Noa Levi",
        "address": {
            "line1": "1 Dizengoff St",
            "city": "Tel Aviv",
            "postal_code": "6433222",
            "country_code": "IL",
        },
    },
    "cart_info": {
        "item_details": [
            {
                "item_code": "S-1",
                "item_name": "Blue shirt",
                "item_quantity": "2",
                "item_unit_price": eur("50.00"),
                "item_amount": eur("100.00"),
                "total_item_amount": eur("119.00"),
            }
        ]
    },
}


def changed(**info):
    """The sale with other transaction_info; None takes a field away."""
    detail = copy.deepcopy(SALE)
    for name, value in info.items():
        if value is None:
            detail["transaction_info"].pop(name, None)
        else:
            detail["transaction_info"][name] = value
    return detail
