# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the program alone writes, whatever rights somebody has: the facts.

A field that is ``readonly`` is so on the screen only; over RPC and in an import whoever
may write the record may write the field. Our own methods write facts as superuser,
after they have looked who asks.
"""

from odoo.exceptions import AccessError

#: Of a document, an entry or a payment: which message made it, and of what transaction.
FACTS = frozenset({"paypal_ipn_id", "paypal_txn_id", "paypal_side"})


def refuse_by_hand(records, values, facts):
    """Guard ``create`` and ``write`` of a model.

    :param records: the records, or the model, in the environment of who writes
    :param values: dictionaries of what is to be written
    :param facts: the names of the fields that only the program writes
    :raise AccessError: somebody else writes one of them
    """
    if records.env.su:
        return
    # A default in the context is a value, too, which Odoo adds later.
    defaults = (key.removeprefix("default_") for key in records.env.context)
    named = {name for vals in values for name in vals} | {*defaults}
    touched = sorted(named & set(facts) & set(records._fields))
    if touched:
        raise AccessError(
            records.env._(
                "Only the program itself writes this: %s. It is what PayPal said, or "
                "what was made of it.",
                ", ".join(
                    records._fields[name]._description_string(records.env)
                    for name in touched
                ),
            )
        )
