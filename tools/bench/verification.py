"""Verification over several connections, against one message after another."""

import time

from tools import ToolError
from tools.bench.sales import sales
from tools.bench.table import speedup
from tools.trials.protocol import verify

MESSAGES = 200
LATENCY = 0.3  # seconds


def verification(world, paypal, one_by_one=True):
    """Measure how long PayPal's answers to 200 messages take.

    :param bool one_by_one: measure the slow way as well, which takes a minute
    :return: rows, and the figures by name
    """
    bodies = sales("V", MESSAGES)
    world.put(bodies, "received")
    paypal.latency = LATENCY
    with world.session.environment() as env:
        started = time.perf_counter()
        while env["paypal.ipn"]._work_received():
            env.cr.commit()
        ours = time.perf_counter() - started
    verified = world.count("verified")
    if verified != MESSAGES:
        raise ToolError(f"only {verified} of {MESSAGES} messages were verified")
    figures, rows = {"verification of 200, seconds": ours}, []
    if one_by_one:
        started = time.perf_counter()
        for body in bodies:
            verify(body, paypal.url)
        theirs = time.perf_counter() - started
        what = "verification of 200 messages at 300 ms, against one after another"
        rows = [speedup(what, ours, theirs, "s", 15.0)]
    paypal.latency = 0.0
    world.clear_line()
    return rows, figures
