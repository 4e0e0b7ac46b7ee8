"""From PayPal's messages to the movements that they tell of, and back."""

from urllib.parse import urlencode

from tools.trials.protocol import Message

CODES = {
    "sale": "T0006",
    "refund": "T1107",
    "reversal": "T1106",
    "canceled_reversal": "T1106",
}
OUT = ("refund", "reversal")
STATUSES = {
    "T1107": "Refunded",
    "T1106": "Reversed",
    "T1201": "Reversed",
    "T1202": "Canceled_Reversal",
}


def move_of(body):
    """What PayPal's ledger has of a message with money.

    :param bytes body: the message
    :return: one of ``transaction_details``; None when it moves no money
    """
    message = Message.parse(body)
    code = CODES.get(message.kind)
    if not code or message.payment_date is None:
        return None
    sign = -1 if message.kind in OUT else 1
    gross = sign * abs(message.gross)
    fee = -sign * abs(message.fee or 0)
    when = message.payment_date.strftime("%Y-%m-%dT%H:%M:%SZ")
    info = {
        "transaction_id": message.txn_id,
        "transaction_event_code": code,
        "transaction_initiation_date": when,
        "transaction_updated_date": when,
        "transaction_amount": _money(message.currency, gross),
        "fee_amount": _money(message.currency, fee),
        "transaction_status": "S",
    }
    if message.parent_txn_id:
        info["paypal_reference_id"] = message.parent_txn_id
        info["paypal_reference_id_type"] = "TXN"
    return {"transaction_info": info}


def message_of(move, merchant_id, email):
    """The message that PayPal would have sent of a movement.

    :return: its bytes; None for what PayPal sends no message of
    """
    info = move["transaction_info"]
    code, amount = info["transaction_event_code"], info["transaction_amount"]
    is_sale = code.startswith("T00") and not amount["value"].startswith("-")
    if not is_sale and code not in STATUSES:
        return None
    fee = info.get("fee_amount", {}).get("value", "")
    payer = move.get("payer_info", {})
    names = payer.get("payer_name", {})
    status = "Pending" if info["transaction_status"] == "P" else "Completed"
    when = info["transaction_initiation_date"]
    fields = {
        "charset": "UTF-8",
        "txn_type": "web_accept" if is_sale else "",
        "payment_status": STATUSES.get(code, status),
        "txn_id": info["transaction_id"],
        "parent_txn_id": info.get("paypal_reference_id", ""),
        "mc_gross": amount["value"],
        "mc_fee": fee[1:] if fee.startswith("-") else fee and f"-{fee}",
        "mc_currency": amount["currency_code"],
        "payment_date": when,
        "receiver_id": merchant_id,
        "receiver_email": email,
        "payer_id": payer.get("account_id", ""),
        "payer_email": payer.get("email_address", ""),
        "first_name": names.get("given_name", ""),
        "last_name": names.get("surname", ""),
        "item_name": "Clay workshop" if is_sale else "",
        "residence_country": payer.get("country_code", ""),
    }
    filled = {name: text for name, text in fields.items() if text}
    return urlencode(filled).encode("ascii")


def _money(currency, value):
    return {"currency_code": currency, "value": str(value)}
