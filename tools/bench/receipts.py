"""Receipts: PDF and mail, against Odoo's own way of sending an invoice."""

import statistics
import time

from tools.bench.sales import sales
from tools.bench.table import faster, speedup

DOCUMENTS = 16
BY_SERVER = 150


def receipts(world, beside_odoo=True):
    """Measure PDF and queued mail, document by document.

    :param bool beside_odoo: measure ``account.move.send`` as well
    :return: rows, and the figures by name
    """
    world.put(sales("P", 2 * DOCUMENTS + 2), "booked")
    with world.serving(cron_threads=0), world.session.environment() as env:
        ipns = env["paypal.ipn"].search([("state", "=", "booked")])
        for ipn in ipns[:2]:  # fills caches
            ipn._deliver()
        ours = _seconds(ipns[2 : DOCUMENTS + 2], lambda ipn: ipn._deliver())
        figures, rows = {"receipt, seconds": ours}, []
        if beside_odoo:
            send = env["account.move.send"]
            moves = ipns[DOCUMENTS + 2 :].document_id
            theirs = _seconds(
                moves,
                lambda move: send._generate_and_send_invoices(
                    move, allow_raising=True, sending_methods=["email"]
                ),
            )
            what = "a receipt, PDF and mail, against account.move.send"
            rows = [speedup(what, ours, theirs, "s", 2.0)]
    world.clear_line()
    return rows, figures


def _seconds(records, make):
    """:return: the median of what one record takes, with its commit"""
    seconds = []
    for record in records:
        started = time.perf_counter()
        make(record)
        record.env.cr.commit()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def by_workers(world, paypal):
    """Measure how many receipts one and two workers make in a minute.

    :return: rows
    """
    rates = []
    for workers in (1, 2):
        world.set_workers(workers)
        world.put(sales(f"Q{workers}", BY_SERVER), "booked")
        # A receipt is made when its mail is queued.
        with (
            world.without("Email Queue"),
            world.serving(paypal, cron_threads=workers),
        ):
            rates.append(60 * world.pace("booked"))
        world.clear_line()
    world.set_workers(1)
    return [
        faster("receipts of two workers, against one", rates[1], rates[0], "/min", 1.7)
    ]
