"""Mails that leave again and again, or for several people."""

from tools.attacks.table import Tried

#: Names that Odoo's line of the log about a mail that left fails on.
NAMES = ('Dana" @x@', 'Gil" @gil@ Ltd', 'א" @ב@', 'Tal", @t@')
#: How often what failed is tried again after minutes; see ``mail_retry.py``.
TRIES = 3
AGED = """
    UPDATE mail_mail SET create_date = now() AT TIME ZONE 'UTC' - interval '3 hours',
                         write_date = now() AT TIME ZONE 'UTC' - interval '2 hours'
     WHERE id IN (SELECT receipt_mail_id FROM paypal_ipn WHERE id = %s)
"""
CRONS = (
    "caspit_paypal_ipn.ir_cron_paypal_ipn_deliver",
    "mail.ir_cron_mail_scheduler_action",
)


def attacks(target):
    yield again(target)
    yield several(target)


def again(target):
    """A mail that the mail server took fails in Odoo, and is tried again."""
    more = 0
    for number, name in enumerate(NAMES):
        address = f"again{number}@example.com"
        fate = target.genuine("done", first_name=name, payer_email=address)
        target.wait(lambda: arrived(target, address), 30)  # noqa: B023
        for _ in range(TRIES):
            target.sql(AGED, fate.id)
            for cron in CRONS:
                target.run_cron(cron)
        more += max(0, arrived(target, address) - 1)
    what = "a receipt for a name with signs of a header: sent again"
    return Tried("8", what, more, len(NAMES) * TRIES)


def several(target):
    """A payer's e-mail that is two."""
    addresses = ("first@example.com", "second@example.com")
    tried = (", ".join(addresses), "; ".join(addresses), " ".join(addresses))
    for email in tried:
        target.genuine("done", payer_email=email)
    target.genuine("done", payer_email="after@example.com")
    target.wait(lambda: arrived(target, "after@example.com"), 30)
    mailed = sum(arrived(target, address) for address in addresses)
    what = "two addresses in payer_email: receipts that reached one of them"
    return Tried("8", what, mailed, 2 * len(tried))


def arrived(target, address):
    """:return: how many mails came for an address"""
    return sum(
        address in recipient
        for mail in target.sink.mails
        for recipient in mail.recipients
    )
