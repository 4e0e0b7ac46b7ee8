# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The table of questions: what only a person can decide, and the answers there are.

A message that is at attention for one of these reasons shows the answers as buttons.
Who presses one sends the message on along the line with his answer kept on it, and what
books the message goes by that: see ``paypal.ipn._decided``.
"""

from typing import NamedTuple

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)


class Answer(NamedTuple):
    """One answer.

    :ivar code: kept on the message under the reason that it answers
    :ivar label: of its button, in English
    :ivar help: what pressing it does, in English
    :ivar becomes: the kind that the message is of from then on; none: the same
    """

    code: str
    label: str
    help: str
    becomes: str | None = None


#: By the code of the reason.
QUESTIONS = {
    "named_invoice": (
        Answer(
            "pay_named",
            _lt("Pay the invoice with this"),
            _lt("Books the payment on that invoice; what is over stays a credit."),
        ),
        Answer(
            "other_sale",
            _lt("It is another sale"),
            _lt("Makes a document of its own, and leaves the invoice alone."),
        ),
    ),
    "amounts": (
        Answer(
            "fee_inside",
            _lt("PayPal's charge is in the amount"),
            _lt("The customer owes the amount without it."),
        ),
        Answer(
            "fee_beside",
            _lt("PayPal's charge came on top"),
            _lt("The customer owes the whole amount, and PayPal took the charge, too."),
        ),
    ),
    "direction": (
        Answer(
            "money_in",
            _lt("The money came in"),
            _lt("Books the amount into the PayPal account."),
        ),
        Answer(
            "money_out",
            _lt("The money went out"),
            _lt("Books the amount out of the PayPal account; the customer owes it."),
            becomes="reversal",
        ),
    ),
    "unclear": (
        Answer(
            "book_sale",
            _lt("Book it as a sale"),
            _lt("Makes the tax document and the payment over what PayPal reports."),
            becomes="sale",
        ),
        Answer(
            "no_income",
            _lt("It is no income"),
            _lt("Books nothing."),
        ),
    ),
    "own_credit_note": (
        Answer(
            "settle_note",
            _lt("It pays my credit note"),
            _lt("Settles your credit note; what is over is credited anew."),
        ),
        Answer(
            "new_note",
            _lt("It is another refund"),
            _lt("Makes a credit note of its own over the whole amount."),
        ),
    ),
    "document_gone": (
        Answer(
            "money_only",
            _lt("Book the money alone"),
            _lt("Books the payment out, and makes no credit note."),
        ),
    ),
    "books_gone": (
        Answer(
            "book_again",
            _lt("Book what is missing"),
            _lt("Makes anew what was deleted or cancelled."),
        ),
        Answer(
            "leave",
            _lt("Leave it as it is"),
            _lt("Books nothing."),
        ),
    ),
}
