"""PayPal's list of 50,000 rows: read, compared, and made from."""

import time
from dataclasses import replace

from tools.bench.sales import SHOP as MERCHANT
from tools.bench.sales import sales
from tools.bench.table import Row, faster, under
from tools.trials.activity_file import STYLES, write_activity
from tools.trials.activity_merchant import Merchant
from tools.trials.demo import SHOP
from tools.trials.reconcile_run import Run, set_workers
from tools.trials.workbench import workbench

ROWS = 50_000
#: Rows that are made, first by one process and then by two, and messages beside them.
MADE = 500


def lists():
    """Compare a file on a server of its own, and make some of its rows.

    :return: rows
    """
    entries = Merchant(seed=1).entries(ROWS)
    content = b"".join(write_activity(entries, STYLES["en"]))
    with workbench(replace(MERCHANT, currencies=SHOP.currencies)) as bench:
        run = Run(bench)
        run.upload(content)
        seconds, peak = run.wait("compared", lambda file: file.state == "ready")
        pace = {}
        set_workers(bench.session, 1)
        run.make(MADE)  # what a server does while it starts is not counted
        run.wait("made at first", lambda file: not file.is_running)
        messages = messages_booked(bench, MADE)
        for workers in (1, 2):
            set_workers(bench.session, workers)
            run.make(MADE)
            spent, _peak = run.wait("made", lambda file: not file.is_running)
            pace[workers] = MADE / spent
    what = f"PayPal's list of {ROWS:,} rows, read and compared"
    making = pace[1]
    return [
        under(what, seconds, "s", 60),
        under(f"{what}, the largest process", peak, "MiB", 200),
        Row(f"made from it, {MADE:,} rows", making, None, "/s", making, at_least=17),
        faster("made from it, against messages of PayPal's", making, messages, "/s", 1),
        faster("made from it, two processes against one", pace[2], making, "/s", 1.6),
    ]


def messages_booked(bench, count):
    """Have the line book as many messages of PayPal's, which it has verified.

    :return: messages in a second
    """
    with bench.session.environment() as env:
        inbox = env["paypal.ipn"]
        deliver = env.ref("caspit_paypal_ipn.ir_cron_paypal_ipn_deliver")
        deliver.active = False
        last = inbox.search([], order="id desc", limit=1).id or 0
        for body in sales("LIST", count):
            inbox._receive(body)
        ipns = inbox.search([("id", ">", last)])
        for ipn in ipns:
            ipn._read()
        ipns._move_to("verified")
        inbox._wake_worker()
    began = time.monotonic()
    while bench.server.execute(
        "SELECT 1 FROM paypal_ipn WHERE state = 'verified' LIMIT 1",
        database=bench.odoo.database,
    ):
        time.sleep(0.2)
    pace = count / (time.monotonic() - began)
    with bench.session.environment() as env:
        env["paypal.ipn"].browse(ipns.ids)._move_to("done")
        env.ref("caspit_paypal_ipn.ir_cron_paypal_ipn_deliver").active = True
    return pace
