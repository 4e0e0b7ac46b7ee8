"""The movements of an invented merchant as PayPal's transaction search answers them.

python -m tools.trials.ledger_moves --rows 500 --seed 1 --out FILE.json
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.trials.activity_merchant import Entry, Merchant

#: The English type of an activity download → PayPal's code.
CODES = {
    "Express Checkout Payment": "T0006",
    "Website Payment": "T0007",
    "PreApproved Payment Bill User Payment": "T0003",
    "Mobile Payment": "T0011",
    "General Currency Conversion": "T0200",
    "Payment Refund": "T1107",
    "Hold on Balance for Dispute Investigation": "T1110",
    "Cancellation of Hold for Dispute Resolution": "T1111",
    "Chargeback": "T1201",
    "Chargeback Fee": "T0106",
    "Chargeback Reversal": "T1202",
    "Payment Review Hold": "T2105",
    "Payment Review Release": "T2106",
    "General Withdrawal": "T0400",
    "Bank Deposit to PP Account": "T0300",
    "General Account Correction": "T1200",
}


def moves_of(rows: int, seed: int = 1, start=None) -> Iterator[dict]:
    """So many movements, oldest first; items of carts stand in their sale's row."""
    entries = (each for each in Merchant(seed, start).entries(4 * rows))
    count = 0
    for entry in entries:
        if entry.type == "Shopping Cart Item":
            continue
        yield detail_of(entry)
        count += 1
        if count == rows:
            return


def detail_of(entry: Entry) -> dict:
    """One of ``transaction_details``."""
    when = entry.moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    info = {
        "transaction_id": entry.txn_id,
        "transaction_event_code": CODES[entry.type],
        "transaction_initiation_date": when,
        "transaction_updated_date": when,
        "transaction_amount": _money(entry.currency, entry.gross),
        "transaction_status": "P" if entry.status == "Pending" else "S",
        "ending_balance": _money(entry.currency, entry.balance),
        "available_balance": _money(entry.currency, entry.balance),
    }
    if entry.fee:
        info["fee_amount"] = _money(entry.currency, entry.fee)
    if entry.reference:
        info["paypal_reference_id"] = entry.reference
        info["paypal_reference_id_type"] = "TXN"
    if entry.invoice:
        info["invoice_id"] = entry.invoice
    detail = {"transaction_info": info}
    name, email, country, city = entry.buyer
    if email:
        detail |= _people(name, email, country, city)
    if entry.kind == "sale":
        item = " ".join(entry.item.split()) or "Clay workshop"
        detail["cart_info"] = {
            "item_details": [
                {
                    "item_name": item,
                    "item_quantity": "1",
                    "item_unit_price": info["transaction_amount"],
                    "item_amount": info["transaction_amount"],
                    "total_item_amount": info["transaction_amount"],
                }
            ]
        }
    return detail


def _people(name, email, country, city) -> dict:
    first, _blank, last = name.partition(" ")
    payer_id = "".join(filter(str.isalnum, email.partition("@")[0])).upper()[:13]
    payer = {
        "account_id": payer_id,
        "email_address": email,
        "payer_status": "Y",
        "payer_name": {
            "given_name": first,
            "surname": last,
            "alternate_full_name": name,
        },
    }
    if not country:
        return {"payer_info": payer}
    payer["country_code"] = country
    shipping = {
        "name": "".join(c for c in name if c.isascii()).replace('"', "'"),
        "address": {"line1": "1 Main St", "city": city, "country_code": country},
    }
    return {"payer_info": payer, "shipping_info": shipping}


def disputes_of(moves: Iterable[dict]) -> Iterator[dict]:
    """A dispute for each chargeback, the first still open."""
    for number, move in enumerate(
        move
        for move in moves
        if move["transaction_info"]["transaction_event_code"] == "T1201"
    ):
        info = move["transaction_info"]
        amount = info["transaction_amount"]
        positive = {**amount, "value": amount["value"].lstrip("-")}
        when = info["transaction_initiation_date"].replace("Z", ".000Z")
        dispute = {
            "dispute_id": f"PP-D-{number + 1001}",
            "create_time": when,
            "update_time": when,
            "disputed_transactions": [
                {"seller_transaction_id": info["paypal_reference_id"]}
            ],
            "reason": "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
            "status": "RESOLVED" if number else "WAITING_FOR_SELLER_RESPONSE",
            "dispute_state": "RESOLVED" if number else "REQUIRED_ACTION",
            "dispute_amount": positive,
            "dispute_life_cycle_stage": "CHARGEBACK",
            "dispute_channel": "INTERNAL",
        }
        if number:
            dispute["dispute_outcome"] = {"outcome_code": "RESOLVED_BUYER_FAVOUR"}
        else:
            dispute["seller_response_due_date"] = when
        yield dispute


def _money(currency, value) -> dict:
    return {"currency_code": currency, "value": f"{value:.2f}"}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    moves = list(moves_of(options.rows, options.seed))
    options.out.write_text(json.dumps({"transaction_details": moves}, indent=1))


if __name__ == "__main__":
    main()
