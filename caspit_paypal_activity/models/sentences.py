# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the comparison of an activity file finds: a result, and sentences for people.

As with :mod:`.reasons`, codes and values are kept, and said when they are read: each
reader sees his own language.
"""

from odoo.addons.caspit_paypal_ipn.models import reasons
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

RESULTS = [
    ("equal", "Equal"),
    ("different", "Different"),
    ("missing", "Missing here"),
    ("waiting", "In the inbox"),
    ("by_hand", "By hand"),
    ("not_in_file", "Not in the file"),
    ("no_books", "Nothing to book"),
    ("problem", "Unreadable"),
]

KINDS = [
    ("sale", "Sale"),
    ("refund", "Refund"),
    ("reversal", "Reversal"),
    ("canceled_reversal", "Canceled Reversal"),
    ("fee", "PayPal Fee"),
    ("withdrawal", "Withdrawal"),
    ("deposit", "Deposit"),
    ("conversion", "Currency Conversion"),
    ("hold", "Hold"),
    ("release", "Release of a Hold"),
    ("adjustment", "Adjustment"),
    ("outgoing", "Outgoing Payment"),
    ("memo", "Note Without Money"),
    ("unknown", "Unknown"),
]

#: Why a whole file was refused; the codes are the reader's.
FAILURES = {
    "not_csv": _lt(
        "This is no table. Download the activity from PayPal as CSV: Activity → "
        "Download → Format CSV, and upload that file as it is."
    ),
    "no_header": _lt(
        "The first line has none of the columns of PayPal's activity download. Upload "
        "the file as PayPal gave it, without having saved it from another program."
    ),
    "missing_columns": _lt(
        "The file lacks these columns: %(columns)s. In PayPal choose Activity → "
        "Download → Customize report fields, tick them, and download it anew."
    ),
    "transaction_detail": _lt(
        "This is PayPal's Transaction Detail Report, which has no running balance. "
        "Download the activity instead: in PayPal choose Activity → Download → "
        "Transaction type “Balance affecting”, Format CSV."
    ),
    "settlement": _lt(
        "This is PayPal's Settlement Report. Download the activity instead: in PayPal "
        "choose Activity → Download → Transaction type “Balance affecting”, Format CSV."
    ),
    "balance_report": _lt(
        "This is PayPal's Balance Reconciliation Report. Download the activity "
        "instead: in PayPal choose Activity → Download → Transaction type “Balance "
        "affecting”, Format CSV."
    ),
    "monthly_summary": _lt(
        "This is PayPal's monthly summary, which has totals and no transactions. "
        "Download the activity instead: in PayPal choose Activity → Download → "
        "Transaction type “Balance affecting”, Format CSV."
    ),
    "qif": _lt(
        "This is a QIF file, as Quicken reads it. In PayPal choose Activity → Download "
        "again, and as Format CSV."
    ),
    "iif": _lt(
        "This is an IIF file, as QuickBooks reads it. In PayPal choose Activity → "
        "Download again, and as Format CSV."
    ),
    "pdf": _lt(
        "This is a PDF, made for reading. In PayPal choose Activity → Download, and as "
        "Format CSV; statements can be had as CSV, too."
    ),
    "personal": _lt(
        "This is the list of a personal PayPal account, without the transactions' ids, "
        "so that nothing could keep a row from being booked twice. In a business "
        "account choose Activity → Download → Format CSV; a personal account's "
        "statement (Statements → Custom → CSV) has the ids."
    ),
    "no_rows": _lt("The file has a header and no rows. Choose another period."),
    "encoding": _lt(
        "The file's letters cannot be read (line %(line)s). Upload the file as PayPal "
        "gave it, without having saved it from another program."
    ),
    "error": _lt(
        "The file could not be worked: %(error)s. Press Compare to try again."
    ),
}

#: What is said of a file that can be read.
REMARKS = {
    "impact": _lt(
        "The file has no balances: PayPal's balance impact decides which rows moved "
        "money."
    ),
    "words": _lt(
        "Read with less certainty: the file has neither balances nor PayPal's balance "
        "impact, so that only status and type tell which rows moved money. In PayPal "
        "choose Customize report fields, tick Balance, and download it anew."
    ),
    "no_zone": _lt(
        "The file has no time zones: it is read in that of the account, %(zone)s."
    ),
    "break": _lt(
        "The balances in %(currency)s do not add up at line %(line)s: rows are missing "
        "before it."
    ),
}

#: The fields of a reading by shape.
READING = {
    "date": _lt("Date"),
    "time": _lt("Time"),
    "zone": _lt("Time zone"),
    "name": _lt("Name"),
    "type": _lt("PayPal's type"),
    "status": _lt("PayPal's status"),
    "currency": _lt("Currency"),
    "gross": _lt("Amount"),
    "fee": _lt("Fee"),
    "net": _lt("Net amount"),
    "balance": _lt("Balance"),
    "email": _lt("From e-mail"),
    "to_email": _lt("To e-mail"),
    "txn_id": _lt("Transaction ID"),
    "reference_txn_id": _lt("Reference transaction"),
}

#: What is said of a row.
SENTENCES = {
    "different_amount": _lt("Amount: here %(here)s, at PayPal %(paypal)s."),
    "different_fee": _lt("Fee: here %(here)s, at PayPal %(paypal)s."),
    "different_currency": _lt("Currency: here %(here)s, at PayPal %(paypal)s."),
    "different_state": _lt("The payment here was cancelled; PayPal has it."),
    "missing": _lt("PayPal has it and the books do not. It can be made from this row."),
    "made_with": _lt("It is made together with line %(line)s, the other side."),
    "waiting": _lt(
        "Its message is in the inbox (%(state)s) and goes on from there. No second "
        "one is made."
    ),
    "not_in_file": _lt(
        "It is booked here, and the file does not have it. Look for the transaction "
        "in your PayPal account; perhaps the file leaves out a kind or a currency."
    ),
    "not_completed": _lt(
        "PayPal's status is “%(status)s”: the money has not moved, so there is nothing "
        "to book."
    ),
    "memo": _lt("PayPal notes this without moving money."),
    "no_txn": _lt(
        "The row names no transaction, so that nothing could keep it from being booked "
        "twice. Enter it by hand."
    ),
    "no_currency": _lt("Odoo does not know the currency %(currency)s."),
    "outgoing": _lt(
        "A payment of your own. Press Enter in the Books and choose its account, or "
        "the entry that answers it; or enter it in the PayPal journal with the "
        "transaction id as its reference."
    ),
    "adjustment": _lt(
        "PayPal corrected the balance. Ask PayPal what for, and press Enter in the "
        "Books, or enter it in the PayPal journal with the transaction id as its "
        "reference."
    ),
    "unknown": _lt(
        "PayPal's type “%(type)s” is not known yet. Press Enter in the Books and "
        "choose its account, or enter it in the PayPal journal with the transaction id "
        "as its reference."
    ),
    "may_be_private": _lt(
        "PayPal took no fee of this “%(type)s”: friends send money like this. If it is "
        "a sale, tick its type on the file; otherwise enter it on an account."
    ),
    "on_account": _lt("It goes on the account %(account)s."),
    "answered_otherwise": _lt(
        "You said that %(name)s answers this. It moves %(here)s of the PayPal account, "
        "and the row %(paypal)s."
    ),
    "by_reference": _lt("Entered by hand as %(name)s."),
    "closed_by_hand": _lt("A person closed the message as handled by hand: %(note)s"),
    "hold_released": _lt(
        "PayPal held this money back and released it in line %(line)s: nothing to book."
    ),
    "hold_open": _lt(
        "PayPal holds this money back, and the file has no release of it. It is still "
        "yours, so nothing is booked; PayPal's balance is lower by it."
    ),
    "release": _lt("The release of what was held in line %(line)s: nothing to book."),
    "release_alone": _lt(
        "The release of what was held before this file begins: nothing to book."
    ),
    "conversion_of": _lt("The other side is line %(line)s."),
    "conversion_alone": _lt(
        "The file has only one side of this conversion. Download a longer period, all "
        "currencies included, or enter it by hand with the transaction id as its "
        "reference."
    ),
    "no_bank": _lt("Choose the bank journal on the file before you have it made."),
    "not_made": _lt("No message could be made of this row: %(error)s."),
    "look_alike": _lt(
        "Look first: %(name)s of %(date)s is over the same amount and names no PayPal "
        "transaction. If it is this very transfer, write the transaction id into its "
        "reference instead."
    ),
    "problem_amount": _lt("An amount, or its currency, cannot be read in this row."),
    "problem_date": _lt("The date or the time cannot be read in this row."),
    "problem_zone": _lt("The time zone of this row is not known."),
    "problem_columns": _lt("This row has other columns than the header names."),
}


def tell(env, sentences, told):
    """Say what was found, in the reader's language.

    :param env: the reader's environment
    :param dict sentences: :data:`SENTENCES` or :data:`FAILURES`
    :param list told: pairs of a code and the values that its sentence names
    :rtype: str
    """
    return " ".join(reasons.told(env, sentences[code], values) for code, values in told)
