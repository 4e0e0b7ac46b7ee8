# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One shape for every line of the log that is about a message."""

import re

#: What a transaction id, a kind or a code is made of. Anybody can write something else
#: into a message: a line break, which forges a line of the log, or somebody's address.
PLAIN = re.compile(r"[A-Za-z0-9_-]{1,40}")


def log_line(event, ipn, **more):
    """Say what happened to a message, without anybody's personal data.

    :param str event: what happened, in a word or a few
    :param ipn: the ``paypal.ipn``
    :param more: more pairs, at the end
    :return: ``PayPal IPN moved: ipn=7 txn=8AB… kind=sale state=booked reason=-``
    :rtype: str
    """
    pairs = {
        "ipn": ipn.id,
        "txn": ipn.txn_id,
        "kind": ipn.kind,
        "state": ipn.state,
        "reason": ipn.reason,
        **more,
    }
    return f"PayPal IPN {event}: " + " ".join(
        f"{name}={_plain(value)}" for name, value in pairs.items()
    )


def _plain(value):
    """:return: the value; ``-`` for none, and ``?`` for what a log must not repeat"""
    if not value:
        return "-"
    return value if PLAIN.fullmatch(str(value)) else "?"
