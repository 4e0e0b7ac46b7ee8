"""Signatures: what one adds to a document."""

import statistics
import time

from tools.bench.sales import sales
from tools.bench.table import under

SIGNATURES = 30


def signing(world):
    """Measure the signing of a receipt that is printed already.

    :return: rows
    """
    world.put(sales("G", 1), "booked")
    with world.session.environment() as env:
        [ipn] = env["paypal.ipn"].search([("state", "=", "booked")])
        move = ipn.document_id
        report = env.ref("caspit_paypal_ipn.action_report_receipt")
        pdf, _format = report._render_qweb_pdf(report.report_name, move.ids)
        seconds = []
        for _time in range(SIGNATURES):
            # As for each document anew: the key is read from the database.
            env.invalidate_all()
            started = time.perf_counter()
            signed = move._il_signed(pdf, "Original")
            seconds.append(time.perf_counter() - started)
        assert signed.startswith(pdf), "it was not signed"
    world.clear_line()
    return [under("signing a receipt", statistics.median(seconds), "s", 0.15)]
