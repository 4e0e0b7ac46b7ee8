"""What became of a movement of PayPal's ledger, read from the books."""

from tools.trials.outcome import NOTHING_CAUSED, outcome_of_message, paypal_balance
from tools.trials.protocol import read_row

#: Beside the parts of a difference, what PayPal's total consists of.
TOTALS = ("available", "withheld", "reserve")


def told_of(env, connection, move, mails):
    """Tell what became of one movement.

    :param connection: the ``paypal.api.connection``
    :param dict move: one of ``transaction_details``
    :param mails: every mail that arrived
    :return: as ``make replay`` tells of a message, with what the ledger says
    """
    row = read_row(move)
    line = env["paypal.activity.line"].search(
        [
            ("activity_id", "=", connection.activity_id.id),
            ("ledger_key", "=", row.key),
        ]
    )
    message = line.ipn_id
    told = {
        "transaction_id": row.row["txn_id"] or None,
        "event_code": row.event_code or None,
        "source": message.source or None,
        "status": row.row["status"] or None,
        "kind": row.row["kind"],
        "result": line.result or None,
        "sentence": line.explanation or None,
    }
    caused = outcome_of_message(env, message, mails)
    if message and message.txn_id != row.row["txn_id"]:
        caused |= NOTHING_CAUSED  # the other side of a conversion tells it
    return {**told, **caused, "paypal_balance": paypal_balance(env)}


def balances_of(connection):
    """:return: the balances by currency, with the parts of their differences"""
    balances = {}
    for proof in connection._last_proofs().sorted(lambda it: it.currency_id.name):
        currency = proof.currency_id
        balances[currency.name] = {
            "paypal": _amount(proof.total, currency),
            "books": _amount(proof.books, currency),
            "difference": _amount(proof.difference, currency),
            **{name: _amount(proof[name], currency) for name in TOTALS},
            "parts": {
                name: _amount(proof[name], currency) for name in proof._part_names()
            },
        }
    return balances


def _amount(value, currency):
    return f"{currency.round(value) + 0.0:.{currency.decimal_places}f}"
