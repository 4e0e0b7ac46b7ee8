"""How fast messages are taken in, whatever PayPal and the line are doing."""

import contextlib
import hashlib
import statistics
import time

from tools import ToolError
from tools.bench.load import send_all
from tools.bench.rival import rival
from tools.bench.sales import sales
from tools.bench.table import faster, no_longer

ROUNDS = 5
MESSAGES = 1000  # of a round
WARM_UP = 500
WAITING = 10_000
LATENCY = 0.3  # seconds
PATIENCE = 90  # seconds until a scheduled action has begun
EMPTY = "an empty route"


def intake(world, paypal, under_way=True):
    """Measure the listener beside an empty route of the same server.

    :param bool under_way: measure while PayPal hangs, messages wait, and others are
        booked, as well
    :return: rows, and the figures by name
    """
    rows, rate = _at_rest(world, paypal)
    if under_way:
        rows += _under_way(world, paypal, rate)
    return rows, {"intake, seconds a message": 1 / rate}


def _at_rest(world, paypal):
    """What the request itself costs: the scheduled actions are on another machine.

    :return: rows, and messages in a second
    """
    ours, theirs = [], []
    with world.serving(paypal, cron_threads=0) as odoo:
        _warm_up(world, odoo)
        for number in range(ROUNDS):
            theirs.append(send_all(_empty(odoo), sales("EMPTY", MESSAGES)))
            ours.append(send_all(_listener(odoo), sales(f"A{number}", MESSAGES)))
            world.clear_line()
    (rate, p99), (empty_rate, empty_p99) = _middle(ours), _middle(theirs)
    return [
        faster(f"intake against {EMPTY}", rate, empty_rate, "/s", 0.80),
        no_longer("its p99 against the empty route's", p99, empty_p99, "s", 4.0),
    ], rate


def _under_way(world, paypal, rate):
    """The same while the scheduled actions of this machine work, or cannot.

    :param float rate: messages in a second without them
    :return: rows
    """
    hanging, forwarding, waiting, working, theirs = [], [], [], [], []
    with world.serving(paypal) as odoo:
        _warm_up(world, odoo)
        for number in range(ROUNDS):
            paypal.fault = "hang"
            hanging.append(send_all(_listener(odoo), sales(f"H{number}", MESSAGES)))
            world.clear_line()
            with _forwarding(world, number):
                bodies = sales(f"F{number}", MESSAGES)
                forwarding.append(send_all(_listener(odoo), bodies))
            world.clear_line()
            _let_wait(world)
            waiting.append(send_all(_listener(odoo), sales(f"W{number}", MESSAGES)))
            world.clear_line()
            paypal.fault = None
            working.append(send_all(_listener(odoo), sales(f"N{number}", MESSAGES)))
            theirs.append(send_all(_empty(odoo), sales("EMPTY", MESSAGES)))
            world.clear_line()
    return [
        faster(
            "intake while PayPal hangs, against the first row",
            _middle(hanging)[0],
            rate,
            "/s",
            0.90,
        ),
        faster(
            "intake while others hang that messages go on to, against the first row",
            _middle(forwarding)[0],
            rate,
            "/s",
            0.90,
        ),
        faster(
            f"intake while {WAITING:,} messages wait, against the first row",
            _middle(waiting)[0],
            rate,
            "/s",
            0.90,
        ),
        faster(
            f"intake against {EMPTY}, both while the line books on the same cores",
            _middle(working)[0],
            _middle(theirs)[0],
            "/s",
            0.80,
        ),
    ]


def beside_rival(world, paypal):
    """Measure the listener beside django-paypal, at two latencies of PayPal.

    :return: rows
    """
    rows = []
    with rival(world, paypal) as rival_url, world.serving(paypal) as odoo:
        _warm_up(world, odoo)
        send_all(rival_url, sales("WARM", 20))
        for latency, bound, messages in ((0.0, 0.85, MESSAGES), (LATENCY, 15.0, 40)):
            paypal.latency = latency
            ours, theirs = [], []
            for number in range(ROUNDS):
                tag = f"R{int(latency * 1000)}{number}"
                theirs.append(send_all(rival_url, sales(f"{tag}D", messages)))
                ours.append(send_all(_listener(odoo), sales(tag, MESSAGES)))
                world.clear_line()
            rows.append(
                faster(
                    f"intake against django-paypal, PayPal at {latency * 1000:.0f} ms",
                    _middle(ours)[0],
                    _middle(theirs)[0],
                    "/s",
                    bound,
                )
            )
        paypal.latency = 0.0
    return rows


def _listener(odoo):
    return f"{odoo.url}/PayPal/IPN"


def _empty(odoo):
    return f"{odoo.url}/bench/empty"


def _warm_up(world, odoo):
    for url in (_empty(odoo), _listener(odoo)):
        send_all(url, sales("WARM", WARM_UP))
    world.clear_line()


def _middle(loads):
    """What rounds came to, whose turns alternate with those they are held against.

    :return: the median of their rates, and that of their 99th percentiles
    """
    return (
        statistics.median(load.rate for load in loads),
        statistics.median(load.p99 for load in loads),
    )


@contextlib.contextmanager
def _forwarding(world, number):
    """Have old messages go on to others, each of whom hangs.

    :raise ToolError: nobody was called
    """
    world.sql(
        """INSERT INTO paypal_ipn_forward (ipn_id, company_id, url, state, attempts,
                                           next_try, create_date, write_date)
           SELECT id, company_id, 'https://hangs' || id || %s, 'waiting', 0,
                  now() AT TIME ZONE 'UTC', now(), now()
             FROM paypal_ipn WHERE company_id IS NOT NULL LIMIT 500""",
        f".example.com/{number}",
    )
    with world.session.environment() as env:
        env["paypal.ipn"]._wake_forwarding()
    called = "SELECT count(*) FROM paypal_ipn_forward WHERE attempts > 0"
    until = time.monotonic() + PATIENCE
    while not world.sql(called)[0][0]:
        if time.monotonic() > until:
            raise ToolError("nothing is sent on")
        time.sleep(0.1)
    yield
    world.sql("DELETE FROM paypal_ipn_forward")


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
