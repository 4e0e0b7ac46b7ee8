"""Booking of verified sales, against what plain Odoo takes for the same documents."""

import statistics
import time

from tools.bench import plain
from tools.bench.sales import sales
from tools.bench.table import no_longer, speedup

BATCH = 50
SINGLES = 10
ROUNDS = 4


def booking(world):
    """Measure batches of the add-on and of plain Odoo in turn.

    :return: rows, and the figures by name
    """
    ours, batch, single, queries, plain_queries = [], [], [], [], []
    with world.session.environment() as env:
        partners = env["res.partner"].search(
            [("paypal_payer_id", "like", "BENCH")], limit=BATCH
        )
        for number in range(ROUNDS + 1):
            world.put(sales(f"B{number}", BATCH), "verified")
            env.cr.commit()  # what was put there is seen from the next transaction on
            before = env.cr.sql_log_count
            ours.append(_each(BATCH, lambda: _book(env)))
            queries.append((env.cr.sql_log_count - before) / BATCH)
            tag = f"{world.label}{number}"
            before = env.cr.sql_log_count
            batch.append(
                _each(BATCH, lambda tag=tag: plain.in_a_batch(env, partners, tag))
            )
            plain_queries.append((env.cr.sql_log_count - before) / BATCH)
            single.append(
                _each(
                    SINGLES,
                    lambda tag=tag: plain.one_at_a_time(
                        env, partners[:SINGLES], f"{tag}s"
                    ),
                )
            )
    world.clear_line()
    # The first round fills Odoo's caches.
    ratio = statistics.median(a / b for a, b in list(zip(ours, batch, strict=True))[1:])
    times = [statistics.median(seconds[1:]) for seconds in (ours, batch, single)]
    rows = [
        no_longer(
            "booking of a sale in batches of 50, against plain Odoo's batch",
            times[1] * ratio,
            times[1],
            "s",
            1.15,
        ),
        speedup(
            "the same, against the register-payment wizard",
            times[0],
            times[2],
            "s",
            3.0,
        ),
        no_longer(
            "queries of a sale in a batch, against plain Odoo's batch",
            queries[-1],
            plain_queries[-1],
            "",
            1.25,
        ),
    ]
    figures = {"booking, seconds a sale": times[0], "queries a sale": queries[-1]}
    return rows, figures


def _book(env):
    env["paypal.ipn"]._work_verified()
    env.cr.commit()


def _each(count, work):
    """:return: seconds that one of them took"""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) / count
