"""How fast events of PayPal's webhooks are taken in, beside an empty route."""

import json
import statistics

from tools.bench.load import send_all
from tools.bench.table import faster, no_longer
from tools.bench.world import World
from tools.environment.databases import addon_template, install, scratch

ROUNDS = 5
MESSAGES = 1000  # of a round
WARM_UP = 500
#: Whether they sign anything is found out later, in the line.
HEADERS = {
    "Content-Type": "application/json",
    "PAYPAL-TRANSMISSION-ID": "69cd13f0-d67a-11e5-baa3-778b53f4ae55",
    "PAYPAL-TRANSMISSION-TIME": "2026-11-01T10:00:00Z",
    "PAYPAL-TRANSMISSION-SIG": "x" * 344,
    "PAYPAL-CERT-URL": "https://api.paypal.com/v1/notifications/certs/CERT-360caa42",
    "PAYPAL-AUTH-ALGO": "SHA256withRSA",
}


def webhooks(env, server, paypal, messages=MESSAGES):
    """Measure the door of the webhooks; scheduled actions are on another machine.

    :return: rows
    """
    template = addon_template(env, server, addons=("caspit_paypal_api",))
    with scratch(env, server, template) as database:
        install(env, server, database, "caspit_bench")
        with server.connection(database) as connection:
            world = World(env, server, database, connection, "webhooks")
            ours, theirs = [], []
            with world.serving(paypal, cron_threads=0) as odoo:
                door, empty = f"{odoo.url}/PayPal/Webhook/1", f"{odoo.url}/bench/empty"
                for url in (empty, door):
                    send_all(url, _events("WARM", WARM_UP), headers=HEADERS)
                for number in range(ROUNDS):
                    bodies = _events(f"A{number}", messages)
                    theirs.append(send_all(empty, bodies, headers=HEADERS))
                    ours.append(send_all(door, bodies, headers=HEADERS))
                    world.clear_line()
    return [
        faster(
            "intake of webhooks against an empty route",
            statistics.median(load.rate for load in ours),
            statistics.median(load.rate for load in theirs),
            "/s",
            0.80,
        ),
        no_longer(
            "its p99 against the empty route's",
            statistics.median(load.p99 for load in ours),
            statistics.median(load.p99 for load in theirs),
            "s",
            4.0,
        ),
    ]


def _events(tag, count):
    """:return: bodies of events as long as PayPal's are"""
    capture = {
        "status": "COMPLETED",
        "amount": {"currency_code": "USD", "value": "10.00"},
        "links": [{"rel": "self", "href": "https://api.paypal.com/" + "x" * 60}] * 12,
    }
    return [
        json.dumps(
            {
                "id": f"WH-{tag}-{number}",
                "event_type": "PAYMENT.CAPTURE.COMPLETED",
                "resource": {"id": f"{tag}{number}", **capture},
            }
        ).encode()
        for number in range(count)
    ]
