# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is said of a connection, a window, a proof: codes, and sentences for people."""

from odoo.addons.caspit_paypal_ipn.models import reasons
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

#: Why PayPal's ledger cannot be read. The codes of ``rest.const``, and our own.
TROUBLES = {
    "missing": _lt(
        "Enter the client id and the secret of your REST app. You find both in "
        "PayPal's developer dashboard under Apps & Credentials."
    ),
    "credentials": _lt(
        "PayPal does not know this client id with this secret. Copy both once more "
        "from the app in PayPal's developer dashboard, environment %(set_to)s."
    ),
    "wrong_environment": _lt(
        "This client id and secret belong to PayPal's other environment. The company "
        "is set to %(set_to)s: take those of that environment, or change it."
    ),
    "permission": _lt(
        "PayPal does not let this app read transactions yet. In the developer "
        "dashboard open the app and tick “Transaction search” under its features. "
        "PayPal takes up to nine hours until it works; it is tried again by itself "
        "every hour."
    ),
    "other_account": _lt(
        "The app belongs to the PayPal account %(account)s, and this company's is "
        "%(merchant)s. Nothing is read from another account."
    ),
    "busy": _lt(
        "PayPal asks to come again later (%(detail)s). It is tried again by itself."
    ),
    "no_answer": _lt(
        "PayPal's API does not answer (%(detail)s). It is tried again by itself."
    ),
    "not_ready": _lt(
        "PayPal has not prepared its data yet (%(detail)s), as on some Mondays. It is "
        "tried again by itself."
    ),
    "refused": _lt(
        "PayPal refuses the question: %(detail)s (%(debug_id)s). Ask PayPal's support "
        "with that number."
    ),
    "too_many": _lt("PayPal has more transactions in a second than it can list."),
    "error": _lt("This step failed: %(error)s. It is tried again by itself."),
}


def say(env, code, values, more=None):
    """Say it in the reader's language.

    :param str code: of :data:`TROUBLES`, or of more
    :param dict values: what the sentence names
    :param dict more: sentences by code beside them
    :rtype: str
    """
    return reasons.told(env, {**TROUBLES, **(more or {})}[code], values)
