"""The memory of each worker over 20,000 messages."""

from tools.bench.load import send_all
from tools.bench.sales import sales
from tools.bench.table import under
from tools.bench.world import cron_processes, resident

MESSAGES = 20_000
#: One in so many is a sale with all its documents; the others are pending payments.
SALES_AMONG = 20


def memory(world, paypal):
    """Send the messages and weigh the workers after a quarter and at the end.

    :return: rows
    """
    bodies = [
        body
        if number % SALES_AMONG == 0
        else body.replace(b"payment_status=Completed", b"payment_status=Pending")
        for number, body in enumerate(sales("M", MESSAGES))
    ]
    quarter = MESSAGES // 4
    with world.serving(paypal, cron_threads=2) as odoo:
        _work(world, odoo, bodies[:quarter])
        before = _weigh(odoo)
        _work(world, odoo, bodies[quarter:])
        after = _weigh(odoo)
    world.clear_line()
    return [
        under(
            f"memory of worker {number}, {MESSAGES:,} messages ({after[pid]:.0f} MiB)",
            after[pid] / before[pid],
            "times",
            1.10,
        )
        for number, pid in enumerate(sorted(before), 1)
        if pid in after
    ]


def _work(world, odoo, bodies):
    send_all(f"{odoo.url}/PayPal/IPN", bodies)
    world.wait_until_none("received", "verified")


def _weigh(odoo):
    """:return: MiB by process id"""
    return {pid: resident(pid) for pid in cron_processes(odoo)}
