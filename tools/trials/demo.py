"""``make demo``: the add-on at work, with example messages, until Ctrl-C."""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import NamedTuple

from tools import ToolError
from tools.commands import say
from tools.standin.foreground import run_in_foreground
from tools.trials.ledger import Ledger
from tools.trials.ledger_messages import move_of
from tools.trials.shop import Shop
from tools.trials.workbench import workbench

EXAMPLES = Path(__file__).resolve().parent / "examples"
SHOP = Shop(
    merchant_id="CASPITDEMO123",
    merchant_email="shop@example.com",
    currencies={"USD": "3.6", "EUR": "4.0"},
)


#: A payment whose message never comes; only PayPal's ledger has it.
LOST = "15_lost_sale.json"
LOST_TOTAL = "236.00"


class Example(NamedTuple):
    """A message and what has to become of it.

    :ivar file: in the folder of examples
    :ivar shows: what it is there for
    :ivar state: where it has to end
    :ivar reason: why it left the line, or None
    :ivar total: what its document has to total, or None for no document
    :ivar forged: PayPal denies having sent it
    """

    file: str
    shows: str
    state: str
    reason: str | None = None
    total: str | None = None
    forged: bool = False


EXAMPLE_MESSAGES = (
    Example("01_sale_ils_hebrew.ipn", "Hebrew sale in ILS", "done", None, "118.00"),
    Example("02_sale_eur_windows1252.ipn", "windows-1252 sale", "done", None, "80.00"),
    Example(
        "03_cart_three_lines_discount.ipn",
        "cart of three lines, discount",
        "done",
        None,
        "115.00",
    ),
    Example(
        "04_sale_receiver_id_only.ipn", "sale by receiver_id", "done", None, "20.00"
    ),
    Example("05_forged.ipn", "forged message", "refused", "invalid", forged=True),
    Example(
        "06_unknown_receiver.ipn", "unknown receiver", "refused", "unknown_receiver"
    ),
    Example("07_live_message.ipn", "other environment", "refused", "wrong_environment"),
    Example("08_echeck_pending.ipn", "eCheck, pending", "ignored", "pending"),
    Example("09_echeck_completed.ipn", "eCheck, completed", "done", None, "590.00"),
    Example("10_refund_of_a_part.ipn", "refund of a part", "done", None, "118.00"),
    Example("14_refund_of_a_cart.ipn", "refund of the cart", "done", None, "115.00"),
    Example("11_reversal.ipn", "reversal", "done"),
    Example("12_canceled_reversal.ipn", "canceled reversal", "done"),
    Example(
        "13_refund_of_an_unknown_sale.ipn",
        "refund of an unknown sale",
        "attention",
        "original_missing",
    ),
    Example("01_sale_ils_hebrew.ipn", "exact resend of the first", "done"),
)


def main(arguments=None):
    """:return: the exit status: 0 if every example ended as expected"""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument(
        "--no-serve",
        dest="serve",
        action="store_false",
        help="end after the table instead of serving on",
    )
    options = parser.parse_args(arguments)
    say("starting Odoo, PayPal's stand-in and a mail server")
    with workbench(SHOP) as bench:
        bodies = [(EXAMPLES / each.file).read_bytes() for each in EXAMPLE_MESSAGES]
        forged = {
            body
            for body, example in zip(bodies, EXAMPLE_MESSAGES, strict=True)
            if example.forged
        }
        bench.send(bodies, forged)
        outcomes = bench.outcomes(bodies)
        as_expected = print_table(outcomes)
        as_expected &= show_ledger(bench, bodies, outcomes)
        if options.serve:
            print(f"\nOpen {bench.odoo.url}/odoo, user admin, password admin")
            print("Ctrl-C ends it and removes its database.", flush=True)
            run_in_foreground(sleep_on)
    return 0 if as_expected else 1


def print_table(outcomes):
    """Print a row for each example.

    :return: whether each ended as it had to
    """
    row = "{:<30} {:<9} {:<18} {:>16} {:>9} {:>6} {:<4}"
    print(row.format("message", "state", "reason", "document", "total", "mails", ""))
    all_well = True
    for example, outcome in zip(EXAMPLE_MESSAGES, outcomes, strict=True):
        document = outcome["documents"][0] if outcome["documents"] else {}
        well = (outcome["state"], outcome["reason"], document.get("amount_total")) == (
            example.state,
            example.reason,
            example.total,
        )
        all_well &= well
        print(
            row.format(
                example.shows,
                str(outcome["state"]),
                outcome["reason"] or "",
                document.get("name", ""),
                document.get("amount_total", ""),
                len(outcome["mails"]),
                "ok" if well else "WRONG",
            )
        )
    return all_well


def show_ledger(bench, bodies, outcomes):
    """Let the add-on find in PayPal's ledger what PayPal never sent a message of.

    :return: whether it is booked, and PayPal's balances are the books'
    """
    booked = {
        body
        for body, outcome in zip(bodies, outcomes, strict=True)
        if outcome["payments"]
    }
    moves = [move_of(body) for body in dict.fromkeys(bodies) if body in booked]
    lost = json.loads((EXAMPLES / LOST).read_text("utf-8"))
    trial = Ledger(bench, [*filter(None, moves), *lost["transaction_details"]])
    trial.walk()
    *_others, found, last = trial.told()
    total = found["documents"] and found["documents"][0]["amount_total"]
    print(f"\nlost on purpose: {found['transaction_id']}, found in PayPal's ledger:")
    print(f"  {found['state']}, {total} {found['source']}, {len(found['mails'])} mails")
    for currency, balance in last["balances"].items():
        print(f"  {currency}: PayPal {balance['paypal']}, books {balance['books']}")
    return total == LOST_TOTAL and all(
        balance["paypal"] == balance["books"] for balance in last["balances"].values()
    )


def sleep_on():
    """Do nothing, without end."""
    while True:
        time.sleep(3600)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ToolError as error:
        sys.exit(f"make demo: {error}")
