"""What anybody posts to fill the disk."""

import secrets

from tools.attacks.table import Tried

#: Bodies of each sort, nearly as long as a body may be, and nothing in them repeats.
POSTED = 60
LENGTH = 60_000
#: Megabytes that all together may take up, and days that they may stay.
MEGABYTES = 2
PARAMETERS = {
    "caspit_paypal_ipn.unconfirmed_megabytes": MEGABYTES,
    "caspit_paypal_ipn.unconfirmed_days": 90,
}
RESENT = 60
#: PayPal itself resends a message some fifteen times.
USUAL = 20
AGED = 91  # days
SORTS = {
    "refused for another environment": {"test_ipn": "1"},
    "for nobody here": {
        "receiver_id": "SOMEBODYELSE1",
        "receiver_email": "other@example.org",
        "business": "other@example.org",
    },
    "answered INVALID": {},
    "answered by neither word": {},
    "malformed": {"mc_gross": "1e5"},
}


def attacks(target):
    for name, value in PARAMETERS.items():
        target.set_parameter(name, str(value))
    yield resent(target)
    for sort, fields in SORTS.items():
        yield from large(target, sort, fields)
    for name in PARAMETERS:
        target.set_parameter(name, "")


def large(target, sort, fields):
    """Large bodies of one sort, and then old ones of it."""
    last = target.one("SELECT coalesce(max(id), 0) FROM paypal_ipn")
    target.paypal.fault = "wrong_text" if sort.endswith("neither word") else None
    for _ in range(POSTED):
        target.post(
            target.body(**fields, custom=secrets.token_urlsafe(LENGTH * 3 // 4))
        )
    worked = """
        SELECT count(*) = 0 FROM paypal_ipn
         WHERE id > %s AND state = 'received' AND reason IS NULL
    """
    target.wait(lambda: target.one(worked, last))
    posted = _megabytes(target, last)
    _night(target)
    over = max(0, round(_megabytes(target, last) - MEGABYTES, 1))
    yield Tried("3", f"{sort}: beyond a bound of {MEGABYTES} MB", over, posted, "MB")
    aged = target.sql(
        "UPDATE paypal_ipn SET received_at = received_at - make_interval(days => %s)"
        " WHERE id > %s RETURNING id",
        AGED,
        last,
    )
    _night(target)
    left = target.one("SELECT count(*) FROM paypal_ipn WHERE id > %s", last)
    yield Tried("3", f"… kept for {AGED} days", left, len(aged))
    target.paypal.fault = None
    target.sql("DELETE FROM paypal_ipn WHERE id > %s", last)


def resent(target):
    """The same bytes of junk, again and again."""
    body = target.body(**SORTS["for nobody here"])
    for _ in range(RESENT):
        target.post(body)
    fate = target.fate(body)
    count = "SELECT count(*) FROM paypal_ipn_resend WHERE ipn_id = %s"
    rows = target.one(count, fate.id)
    what = f"the same junk {RESENT} times: rows beyond {USUAL}"
    return Tried("3", what, max(0, rows - USUAL), RESENT)


def _megabytes(target, last):
    """:return: what the bodies of messages take up that came after one"""
    size = "SELECT coalesce(sum(pg_column_size(body)), 0) FROM paypal_ipn WHERE id > %s"
    return round(target.one(size, last) / 2**20, 1)


def _night(target):
    """Have Odoo clean up, as it does each night."""
    target.run_cron("base.autovacuum_job")
