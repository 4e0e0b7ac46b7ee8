"""A backlog of sales, worked by one process and by two."""

from tools.bench.sales import sales
from tools.bench.table import faster

SALES = 1000


def backlog(world, paypal, beside_one=True):
    """Measure from received to booked, with two workers and with one.

    :param bool beside_one: measure one worker as well
    :return: rows, and the figures by name
    """
    pace = {}
    for workers in (2, 1) if beside_one else (2,):
        world.set_workers(workers)
        world.put(sales(f"G{workers}", SALES), "received")
        # Receipts come after the books, and have a row of their own.
        with (
            world.without("receipts"),
            world.serving(paypal, cron_threads=workers),
        ):
            pace[workers] = world.pace("received", "verified")
        world.clear_line()
    world.set_workers(1)
    rows = []
    if beside_one:
        what = f"a backlog of {SALES:,} sales, two workers against one"
        rows = [faster(what, pace[2], pace[1], "/s", 1.6)]
    return rows, {"a sale of a backlog by two workers, seconds": 1 / pace[2]}
