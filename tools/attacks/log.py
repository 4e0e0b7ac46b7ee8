"""The server's log: what it says of our customers, and whether others' lines stay."""

import re

from tools.attacks.table import Tried

MAILS = 5
#: Odoo's line about a mail that left, which names it by its Message-Id.
SENT = re.compile(r"Mail \(mail\.mail\) with ID .* successfully sent")


def attacks(target):
    yield mails_of_others(target)
    yield refused(target)
    yield forged_lines(target)


def mails_of_others(target):
    """Mails that no message of PayPal's made: their lines stay as Odoo writes them."""
    made = []
    for number in range(MAILS):
        values = {
            "subject": "The office party",
            "email_from": "boss@example.com",
            "email_to": f"colleague{number}@example.com",
            "body_html": "<p>Friday!</p>",
            "auto_delete": False,
        }
        mail = target.admin.call("mail.mail", "create", values)
        target.admin.call("mail.mail", "send", [mail])
        made.append(target.one(MESSAGE_ID, mail))
    target.wait(lambda: len(SENT.findall(target.log())) >= MAILS, 10)
    log = target.log()
    spoiled = sum(message_id not in log for message_id in made)
    what = "others' mails whose line of the log lost its Message-Id"
    return Tried("10", what, spoiled, MAILS)


MESSAGE_ID = """
    SELECT message.message_id FROM mail_mail mail
      JOIN mail_message message ON message.id = mail.mail_message_id
     WHERE mail.id = %s
"""


def refused(target):
    """Receipts that the mail server refuses: Odoo's lines would name the customer."""
    addresses = [f"shy{number}@example.com" for number in range(3)]
    target.sink.fault = "refuse"
    for address in addresses:
        fate = target.genuine("done", payer_email=address)
        target.wait(lambda: target.one(FAILED, fate.id), 20)  # noqa: B023
    target.sink.fault = None
    log = target.log()
    named = sum(address in log for address in addresses)
    return Tried("10", "customers named by lines about refused receipts", named, 3)


FAILED = """
    SELECT count(*) FROM paypal_ipn ipn JOIN mail_mail mail
        ON mail.id = ipn.receipt_mail_id AND mail.state = 'exception'
     WHERE ipn.id = %s
"""


def forged_lines(target):
    """A message that writes a line of the log in the server's name."""
    mark = "2026-01-01 00:00:00,000 1 INFO x odoo.http: forged"
    for number in range(3):
        target.fate(_posted(target, txn_id=f"1\n{mark} {number}"))
    lines = target.log().splitlines()
    forged = sum(line.startswith(mark) for line in lines)
    return Tried("log", "a line break in an id: lines forged in the log", forged, 3)


def _posted(target, **fields):
    body = target.body(**fields)
    target.post(body)
    return body
