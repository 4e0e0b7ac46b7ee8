"""How fast messages are taken in, whatever PayPal and the line are doing."""

import hashlib

from tools.bench.load import send_all
from tools.bench.rival import rival
from tools.bench.sales import sales
from tools.bench.table import faster, no_longer

ROUNDS = 3
MESSAGES = 250  # of a round
WAITING = 10_000
LATENCY = 0.3  # seconds


def intake(world, paypal):
    """Measure the listener beside an empty route of the same server.

    :return: rows, and the figures by name
    """
    with world.serving(paypal) as odoo:
        listener, empty = f"{odoo.url}/PayPal/IPN", f"{odoo.url}/bench/empty"
        send_all(empty, sales("WARM", 50))
        paypal.fault = "hang"
        send_all(listener, sales("WARM", 50))
        ours, theirs, hanging, waiting = [], [], [], []
        for number in range(ROUNDS):
            theirs.append(send_all(empty, sales("EMPTY", MESSAGES)))
            hanging.append(send_all(listener, sales(f"H{number}", MESSAGES)))
            paypal.fault = None
            ours.append(send_all(listener, sales(f"N{number}", MESSAGES)))
            paypal.fault = "hang"
            world.clear_line()
            _let_wait(world)
            waiting.append(send_all(listener, sales(f"W{number}", MESSAGES)))
            world.clear_line()
        paypal.fault = None
    rate, p99 = _best(ours)
    empty_rate, empty_p99 = _best(theirs)
    rows = [
        faster(
            "intake against an empty route, PayPal answers and the line works",
            rate,
            empty_rate,
            "/s",
            0.80,
        ),
        no_longer("its p99 against the empty route's", p99, empty_p99, "s", 4.0),
        faster(
            "intake while PayPal hangs, against the same",
            _best(hanging)[0],
            rate,
            "/s",
            0.90,
        ),
        faster(
            f"intake while {WAITING:,} messages wait, against the same",
            _best(waiting)[0],
            rate,
            "/s",
            0.90,
        ),
    ]
    return rows, {"intake, seconds a message": 1 / rate}


def beside_rival(world, paypal):
    """Measure the listener beside django-paypal, at two latencies of PayPal.

    :return: rows
    """
    rows = []
    with rival(world, paypal) as rival_url, world.serving(paypal) as odoo:
        listener = f"{odoo.url}/PayPal/IPN"
        send_all(listener, sales("WARM", 50))
        send_all(rival_url, sales("WARM", 20))
        for latency, bound, messages in ((0.0, 0.85, MESSAGES), (LATENCY, 15.0, 40)):
            paypal.latency = latency
            ours, theirs = [], []
            for number in range(ROUNDS):
                tag = f"R{int(latency * 1000)}{number}"
                theirs.append(send_all(rival_url, sales(f"{tag}D", messages)))
                ours.append(send_all(listener, sales(tag, MESSAGES)))
                world.clear_line()
            rows.append(
                faster(
                    f"intake against django-paypal, PayPal at {latency * 1000:.0f} ms",
                    _best(ours)[0],
                    _best(theirs)[0],
                    "/s",
                    bound,
                )
            )
        paypal.latency = 0.0
    return rows


def _best(loads):
    """The round that other work on the machine disturbed least.

    :return: its rate, and its 99th percentile
    """
    return max((load.rate, load.p99) for load in loads)


def _let_wait(world):
    """Put messages on the line whose next try is not due yet."""
    body = sales("LATER", 1)[0]
    world.sql(
        """INSERT INTO paypal_ipn (body, body_hash, state, source, received_at,
                                   next_try, attempts, create_date, write_date)
           SELECT %s, %s || g, 'received', 'ipn', now() AT TIME ZONE 'UTC',
                  now() AT TIME ZONE 'UTC' + interval '1 hour', 1, now(), now()
             FROM generate_series(1, %s) g""",
        body,
        hashlib.sha256(body).hexdigest()[:50],
        WAITING,
    )
