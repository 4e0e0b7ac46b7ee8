"""Messages that PayPal did not send, made or confirmed by people with a login."""

import base64
from datetime import datetime, timezone
from urllib.parse import parse_qsl

from tools.attacks.table import Tried
from tools.attacks.target import hash_of

MAIL = "From: {0}@example.com\r\nMessage-ID: <{0}.attack@example.com>\r\n\r\nx"
IDS = "SELECT id FROM paypal_ipn WHERE body_hash IN %s"
BOOKED = """
    SELECT count(DISTINCT paypal_ipn_id) FROM account_move WHERE paypal_ipn_id = ANY(%s)
"""


def forged(target, people):
    """Try each way to a message that PayPal did not send.

    :param people: :class:`~.person.Person` objects by what they are
    """
    yield from what_was_denied(target, people["manager"])
    yield from made(target, people)


def denied(target):
    """:return: the id of a message for the shop that PayPal did not send"""
    body = target.body()
    target.post(body)
    return target.fate(body).id


def what_was_denied(target, manager):
    """A manager says that PayPal stands by what it denied."""
    now = f"{datetime.now(timezone.utc):%Y-%m-%d %H:%M:%S}"
    values = {"state": "verified", "reason": False, "attempts": 0, "next_try": now}
    contact = manager.call("res.partner", "create", {"name": "Somebody"})
    for how in ("itself", "through a contact"):
        ipn = denied(target)
        nested = {"paypal_ipn_ids": [(1, ipn, values)]}
        if how == "itself":
            manager.tries("paypal.ipn", "write", [ipn], values)
        else:
            manager.tries("res.partner", "write", [contact], nested)
        target.genuine()  # wakes who works
        target.wait(lambda: target.one(BOOKED, [ipn]), 3)  # noqa: B023
        what = f"'verified' written on what PayPal denied, {how}: booked"
        yield Tried("2", what, target.one(BOOKED, [ipn]), 1)


def made(target, people):
    """A message that nobody sent, as each person would make one."""
    hashes = {"create": [], "load": [], "mail gateway": []}
    for name, person in people.items():
        for how, known in hashes.items():
            values, body_hash = _values(target)
            known.append(body_hash)
            if how == "create":
                person.tries("paypal.ipn", "create", values)
            elif how == "load":
                rows = [[str(value) for value in values.values()]]
                names = [
                    each.replace("company_id", "company_id/.id") for each in values
                ]
                person.tries("paypal.ipn", "load", names, rows)
            else:
                mail = MAIL.format(name)
                gateway = ("mail.thread", "message_process", "paypal.ipn", mail)
                person.tries(*gateway, values)
    target.genuine()  # wakes who works
    count = "SELECT count(*) FROM paypal_ipn WHERE body_hash IN %s"
    for how, known in hashes.items():
        what = f"a 'verified' message by {how}, by each person: made"
        yield Tried("2", what, target.one(count, tuple(known)), len(people))
    everything = sum(hashes.values(), [])
    ids = [each for [each] in target.sql(IDS, tuple(everything))]
    target.wait(lambda: target.one(BOOKED, ids) == len(ids), 10)
    yield Tried("2", "… of these booked", target.one(BOOKED, ids), len(everything))


def _values(target):
    """:return: what makes a message that looks like PayPal's, and its hash"""
    body = target.body()
    values = {
        "body": base64.b64encode(body).decode(),
        "body_hash": hash_of(body),
        "received_at": "2026-01-01 00:00:00",
        "next_try": "2026-01-01 00:00:00",
        "state": "verified",
        "attempts": 0,
        "company_id": target.company,
        "kind": "sale",
        "txn_id": dict(parse_qsl(body.decode()))["txn_id"],
    }
    return values, values["body_hash"]
