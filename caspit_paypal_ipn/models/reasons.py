# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Why a message left the line, or waits: a code, and a sentence for people.

A sentence says what happened and what to do about it. It is translated when it is
read, so that two people who look at the same message each see their own language.
"""

from collections import defaultdict

from odoo.tools import LazyTranslate

from .network import trouble
from .words import in_words

_lt = LazyTranslate(__name__)

REASONS = [
    ("invalid", "Not sent by PayPal"),
    ("unknown_receiver", "Unknown receiver"),
    ("wrong_environment", "Other PayPal environment"),
    ("malformed", "Malformed"),
    ("duplicate", "Duplicate"),
    ("not_income", "Not an income"),
    ("no_money", "No money moved"),
    ("pending", "Payment pending"),
    ("no_licence", "No licence"),
    ("original_missing", "Original missing"),
    ("currency", "Currency"),
    ("total_mismatch", "Total differs"),
    ("configuration", "Configuration"),
    ("locked_period", "Locked period"),
    ("named_invoice", "Names an invoice"),
    ("amounts", "Amounts unclear"),
    ("direction", "Direction unclear"),
    ("unclear", "Income or not"),
    ("own_credit_note", "Your own credit note"),
    ("document_gone", "Document not posted"),
    ("books_gone", "Deleted from the books"),
    ("by_hand", "Handled by hand"),
    ("ignored_by_hand", "Ignored by hand"),
    ("no_answer", "No answer"),
    ("error", "Error"),
]

# Values that are kept as the code of a selection, and shown as its label.
CODES = {
    "kind": ("paypal.ipn", "kind"),
    "state": ("paypal.ipn", "state"),
    "sent_from": ("res.company", "paypal_environment"),
    "set_to": ("res.company", "paypal_environment"),
}

SENTENCES = {
    "invalid": _lt(
        "PayPal says that it did not send this message. Nothing was booked. Look for "
        "the transaction in your PayPal account: if it is there, press Retry to ask "
        "PayPal again."
    ),
    "unknown_receiver": _lt(
        "The message is for the PayPal account %(receiver)s, which no company has. If "
        "it is yours, enter it in the company's Modules tab and press Retry."
    ),
    "wrong_environment": _lt(
        "The message comes from PayPal's environment %(sent_from)s, and the company "
        "is set to %(set_to)s. If you are trying PayPal out, press “Try PayPal's "
        "sandbox” in the company's Modules tab, enter the sandbox's account in the "
        "test company, and press Retry."
    ),
    "malformed": _lt(
        "The message cannot be read: %(error)s. Nothing was booked. Look for the "
        "transaction in your PayPal account."
    ),
    "duplicate": _lt(
        "PayPal reported transaction %(txn_id)s before, and it is booked already. "
        "Nothing needs to be done."
    ),
    "not_income": _lt(
        "A message of the kind %(kind)s (%(what)s) brings no income, so nothing was "
        "booked. If it moved money, enter it by hand in the PayPal journal."
    ),
    "no_money": _lt("PayPal reports %(what)s: no money moved, so nothing was booked."),
    "pending": _lt(
        "The payment is not completed yet (%(what)s). The document is made when "
        "PayPal reports that the money has arrived. Look in your PayPal account "
        "whether it waits for you."
    ),
    "no_licence": _lt(
        "The company %(company)s has no valid licence of the e-commerce interface. "
        "The message is kept, and is worked by itself as soon as there is a licence."
    ),
    "original_missing": _lt(
        "The sale %(parent)s that this message belongs to is not in this database. "
        "Enter the %(kind)s by hand, or press Retry once the sale is here."
    ),
    "currency": _lt(
        "%(currency)s is not an active currency with an exchange rate. Activate it "
        "and enter a rate under Invoicing → Configuration → Currencies, then press "
        "Retry."
    ),
    "total_mismatch": _lt(
        "The documents would total %(total)s, but the customer paid %(gross)s. Nothing "
        "was booked. Look at the taxes of the products, and at what was refunded "
        "before, then press Retry."
    ),
    "configuration": _lt(
        "Odoo refused to book the message: %(error)s Mend the cause, then press Retry."
    ),
    "locked_period": _lt(
        "The payment was made on %(date)s, in a period that is locked (%(locks)s). "
        "Open the period, or agree on another date with your accountant, then press "
        "Retry."
    ),
    "named_invoice": _lt(
        "The payment of %(gross)s names %(name)s of %(customer)s: %(open)s. %(why)s So "
        "nothing was booked yet. Is it the payment of that one?"
    ),
    "amounts": _lt(
        "PayPal reports %(gross)s and a charge of %(fee)s, and the sale was over "
        "%(sale)s. Nothing was booked. Look in your PayPal account: did the charge "
        "come on top of the amount?"
    ),
    "direction": _lt(
        "PayPal reports %(what)s with the amount %(gross)s, and the sign does not fit. "
        "Nothing was booked. Look in your PayPal account: did the money come in, or "
        "did it go out?"
    ),
    "unclear": _lt(
        "PayPal reports %(gross)s as received, in a message that no rule knows "
        "(%(what)s). Nothing was booked. Look at the transaction in your PayPal "
        "account: is it a sale?"
    ),
    "own_credit_note": _lt(
        "%(gross)s went back, and there is a credit note of your own on this sale: "
        "%(notes)s. Nothing was booked. Does the refund pay your credit note? (A draft "
        "has to be posted first.)"
    ),
    "document_gone": _lt(
        "%(gross)s went back of a sale whose document is not posted any more: "
        "%(document)s. Nothing was credited. Post it again and press Retry, or have "
        "the money booked alone."
    ),
    "books_gone": _lt(
        "PayPal reported transaction %(txn_id)s before, and it was booked; but what it "
        "made was deleted or cancelled since: %(missing)s. Is it to be made anew?"
    ),
    "by_hand": _lt("Handled by hand by %(user)s: %(note)s"),
    "ignored_by_hand": _lt("Ignored by %(user)s: %(note)s"),
    "no_answer": _lt(
        "PayPal has not answered whether the message is genuine (%(error)s). It is "
        "asked again by itself for four days; after that, press Retry."
    ),
    "error": _lt(
        "This step failed: %(error)s. The details are under Technical. Press Retry "
        "when the cause is mended."
    ),
}

#: What a reason says instead when its values name this variant of it.
VARIANTS = {
    "duplicate.left": _lt(
        "What transaction %(txn_id)s had made was deleted or cancelled in Odoo, and a "
        "person decided to leave it so."
    ),
    "original_missing.reversal": _lt(
        "The sale %(parent)s is booked, but nothing was pulled back of it in this "
        "database, so it is not known what came back here. It goes on by itself once "
        "the reversal is here. If it never came, enter the amount by hand and press "
        "“Close with a note”."
    ),
    "locked_period.document": _lt(
        "The document would be dated %(date)s, in a period that is locked (%(locks)s). "
        "Open the period, or agree on another date with your accountant, then press "
        "Retry."
    ),
    "currency.old": _lt(
        "The latest exchange rate of %(currency)s before the payment of %(paid)s is "
        "that of %(day)s: older than %(days)s days. Enter the rate of the payment's "
        "day under Invoicing → Configuration → Currencies, then press Retry. How old a "
        "rate may be is set in the company's Modules tab."
    ),
}

#: What is said of a message that was booked all the same.
REMARKS = {
    "day_locked": _lt(
        "The payment is of %(paid)s, in a period that is locked (%(locks)s). So the "
        "document has the date %(day)s, the first one that is open; its rate of "
        "exchange is that of the payment's day."
    ),
    "day_later": _lt(
        "The payment is of %(paid)s, and the later document %(later)s has its number "
        "already. So the document has the date %(day)s, and the numbers are in the "
        "order of their dates; its rate of exchange is that of the payment's day."
    ),
    "tax_differs": _lt(
        "PayPal calls %(told)s of this payment tax, which is not what the rate gives: "
        "the tax inside the whole amount of %(gross)s, %(booked)s, was booked. Look at "
        "the tax settings of your shop."
    ),
}


def sentence(env, reason, values):
    """Say a reason in the reader's language.

    :param env: the reader's environment
    :param str reason: a code of :data:`REASONS`
    :param dict values: what the sentence names; a missing name shows as nothing.
        ``variant`` chooses another of the reason's sentences
    :rtype: str
    """
    inbox = env["paypal.ipn"]
    variant = inbox._reason_variants().get(f"{reason}.{(values or {}).get('variant')}")
    return told(env, variant or inbox._reason_sentences()[reason], values)


def told(env, text, values):
    """Say a sentence in the reader's language, the labels of codes in it, too.

    :param env: the reader's environment
    :param text: a ``LazyTranslate`` with ``%(name)s`` for what it names
    :param dict values: what it names; a missing name shows as nothing
    :rtype: str
    """
    readable = defaultdict(str, values or {})
    for name, (model, field) in CODES.items():
        if name in readable:
            labels = dict(env[model]._fields[field]._description_selection(env))
            readable[name] = labels[readable[name]]
    if "error" in readable:
        readable["error"] = trouble(env, readable["error"])
    return in_words(env, text) % readable


class Aside(Exception):
    """A message cannot go on along the line.

    :param str state: the side state that the message goes to
    :param str reason: a code of :data:`REASONS`
    :param values: what the reason's sentence names
    """

    def __init__(self, state, reason, **values):
        super().__init__(reason)
        self.state = state
        self.reason = reason
        self.values = values

    def sentence(self, env):
        """Say why in the reader's language."""
        return sentence(env, self.reason, self.values)
