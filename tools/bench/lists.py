"""PayPal's list of 50,000 rows: read, compared, and made from."""

import itertools
import time
from dataclasses import replace

from tools.bench.sales import SHOP as MERCHANT
from tools.bench.table import Row, faster, under
from tools.commands import say
from tools.trials.activity_file import STYLES, write_activity
from tools.trials.activity_merchant import Merchant
from tools.trials.demo import SHOP
from tools.trials.ledger_messages import message_of
from tools.trials.reconcile_run import Run, set_workers
from tools.trials.workbench import workbench

ROWS = 50_000
#: Rows that are made at a time, by one process and by two, and messages beside them: an
#: even number of hundreds, which is what a process books at a time.
MADE = 600
#: Lines of a bank's statement that Odoo itself keeps, to hold our rows against.
LINES = 300
#: What a process has in hand, or has yet to take; what waits says why.
STILL_TO_BOOK = """
    SELECT 1 FROM paypal_activity_line WHERE is_to_make
     UNION ALL SELECT 1 FROM paypal_ipn WHERE state = 'verified' AND reason IS NULL
     LIMIT 1
"""


def lists():
    """Compare a file on a server of its own, and make some of its rows.

    :return: rows
    """
    entries = Merchant(seed=1).entries(ROWS)
    content = b"".join(write_activity(entries, STYLES["en"]))
    with workbench(replace(MERCHANT, currencies=SHOP.currencies)) as bench:
        plain = statement_lines(bench, LINES)
        run = Run(bench)
        run.upload(content)
        seconds, peak = run.wait("compared", lambda file: file.state == "ready")
        # What a server does while it starts is not counted.
        made(run, MADE // 5)
        messages_booked(bench, messages_of(Merchant(seed=2), MADE // 5))
        spent = [
            (made(run, MADE), messages_booked(bench, messages_of(merchant, MADE)))
            for merchant in map(Merchant, (3, 4))
        ]
        set_workers(bench.session, 2)
        twice = 2 * MADE / (made(run, MADE) + made(run, MADE))
    what = f"PayPal's list of {ROWS:,} rows, read and compared"
    reading = ROWS / seconds
    # They take turns, so that what else the machine does meets them alike.
    making, messages = (2 * MADE / sum(times) for times in zip(*spent, strict=True))
    return [
        under(what, seconds, "s", 60),
        faster("the same, against Odoo's lines of a bank", reading, plain, "/s", 5),
        under(f"{what}, the largest process", peak, "MiB", 200),
        Row(f"made from it, {MADE:,} rows", making, None, "/s", making, at_least=17),
        faster("made from it, against messages of PayPal's", making, messages, "/s", 1),
        faster("made from it, two processes against one", twice, making, "/s", 1.6),
    ]


def made(run, count):
    """Have rows made, and all that comes of them booked.

    :return: seconds
    """
    run.make(count)
    return seconds_until_booked(run.bench, "made")


def seconds_until_booked(bench, what):
    """Wait until nothing is to be made or booked any more.

    :return: seconds
    """
    began = time.monotonic()
    while bench.server.execute(STILL_TO_BOOK, database=bench.odoo.database):
        time.sleep(0.2)
    spent = time.monotonic() - began
    say(f"{what}: {spent:.1f} s")
    return spent


def statement_lines(bench, count):
    """Have Odoo keep as many lines of a bank's statement, which it does not match.

    :return: lines in a second
    """
    with bench.session.environment() as env:
        bank = env["account.journal"].search([("type", "=", "bank")], limit=1)
        lines = env["account.bank.statement.line"]
        for _once_more in range(2):  # the first time fills Odoo's caches
            began = time.monotonic()
            lines.create(
                [
                    {"journal_id": bank.id, "amount": 118.0, "payment_ref": str(number)}
                    for number in range(count)
                ]
            )
            env.flush_all()
        pace = count / (time.monotonic() - began)
        env.cr.rollback()
    return pace


#: PayPal's codes of the kinds of rows that it sends a message of.
TOLD = {
    "sale": "T0006",
    "refund": "T1107",
    "reversal": "T1106",
    "canceled_reversal": "T1202",
}


def messages_of(merchant, count):
    """The messages that PayPal sends of a merchant's movements.

    :param Merchant merchant: who sells and refunds as the one of the list does
    :param int count: how many messages
    :return: their bytes
    """
    entries = merchant.entries(10 * count)
    told = (entry for entry in entries if entry.kind in TOLD and entry.impact != "Memo")
    return [_message(entry) for entry in itertools.islice(told, count)]


def _message(entry):
    name, email, country, _city = entry.buyer
    given, _space, surname = name.partition(" ")
    info = {
        "transaction_id": entry.txn_id,
        "paypal_reference_id": entry.reference,
        "transaction_event_code": TOLD[entry.kind],
        "transaction_initiation_date": f"{entry.moment:%Y-%m-%dT%H:%M:%SZ}",
        "transaction_amount": {
            "value": str(entry.gross),
            "currency_code": entry.currency,
        },
        "fee_amount": {"value": str(entry.fee)},
        "transaction_status": "S",
    }
    payer = {
        "email_address": email,
        "country_code": country,
        "payer_name": {"given_name": given, "surname": surname},
    }
    move = {"transaction_info": info, "payer_info": payer}
    return message_of(move, MERCHANT.merchant_id, MERCHANT.merchant_email)


def messages_booked(bench, bodies):
    """Have the line book messages of PayPal's, which it has verified.

    :return: seconds
    """
    with bench.session.environment() as env:
        inbox = env["paypal.ipn"]
        deliver = env.ref("caspit_paypal_ipn.ir_cron_paypal_ipn_deliver")
        deliver.active = False
        last = inbox.search([], order="id desc", limit=1).id or 0
        for body in bodies:
            inbox._receive(body)
        ipns = inbox.search([("id", ">", last)])
        for ipn in ipns:
            ipn._read()
        ipns._move_to("verified")
        inbox._wake_worker()
    spent = seconds_until_booked(bench, "messages booked")
    with bench.session.environment() as env:
        booked = env["paypal.ipn"].browse(ipns.ids)
        booked.filtered(lambda ipn: ipn.state == "booked")._move_to("done")
        env.ref("caspit_paypal_ipn.ir_cron_paypal_ipn_deliver").active = True
    return spent
