"""Fifty messages a second for nobody, and one that is genuine among them."""

import time

import requests
from messages import sale

from tools.torture.flood import Flood

SECONDS = 10
RATE = 50
#: Seconds in which a person's page has to come, and a genuine message be booked.
PAGE_LIMIT, BOOKED_LIMIT = 5.0, 20.0


def test_a_flood_of_junk_stops_neither_people_nor_genuine_messages(bench, inbox):
    url, pages = f"{bench.odoo.url}/PayPal/IPN", []
    genuine = sale()
    with Flood(url, RATE) as flood:
        time.sleep(SECONDS / 3)
        sent = time.monotonic()
        bench.paypal.send(genuine, wait=False)
        while time.monotonic() - flood.started < SECONDS:
            pages.append(_seconds_for_the_login_page(bench))
            time.sleep(0.5)
        inbox.wait_until(lambda: _is_booked(inbox, genuine), BOOKED_LIMIT)
        booked_within = time.monotonic() - sent

    assert flood.statuses[200] == sum(flood.statuses.values()) > SECONDS * RATE / 2
    assert max(pages) < PAGE_LIMIT
    assert booked_within < BOOKED_LIMIT
    bench.settle()
    junk = inbox.rows(flood.bodies)
    assert len(junk) == len(set(flood.bodies))
    assert {(row.state, row.reason) for row in junk} == {
        ("refused", "unknown_receiver"),
        ("refused", "malformed"),
    }
    assert not any(map(bench.paypal.postbacks, flood.bodies))
    print(f"{len(junk)} refused; a page in {max(pages):.1f} s at most")


def _seconds_for_the_login_page(bench):
    started = time.monotonic()
    with requests.Session() as session:
        session.trust_env = False
        page = session.get(f"{bench.odoo.url}/web/login", timeout=20)
    assert page.status_code == 200
    return time.monotonic() - started


def _is_booked(inbox, body):
    rows = inbox.rows([body])
    return bool(rows) and rows[0].state in ("booked", "done")
