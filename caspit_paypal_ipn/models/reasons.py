# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Why a message left the line, or waits: a code, and a sentence for people.

A sentence says what happened and what to do about it. It is translated when it is
read, so that two people who look at the same message each see their own language.
"""

from collections import defaultdict

from odoo.tools import LazyTranslate

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
        "is set to %(set_to)s. If you are trying PayPal out, change the environment "
        "in the company's Modules tab and press Retry."
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
    "no_answer": _lt(
        "PayPal has not answered whether the message is genuine (%(error)s). It is "
        "asked again by itself for four days; after that, press Retry."
    ),
    "error": _lt(
        "This step failed: %(error)s. The details are under Technical. Press Retry "
        "when the cause is mended."
    ),
}


def sentence(env, reason, values):
    """Say a reason in the reader's language.

    :param env: the reader's environment
    :param str reason: a code of :data:`REASONS`
    :param dict values: what the sentence names; a missing name shows as nothing
    :rtype: str
    """
    return told(env, env["paypal.ipn"]._reason_sentences()[reason], values)


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
    said = env._(text)
    return said % readable


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
