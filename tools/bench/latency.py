"""One message on an idle server: how long until its documents, until its receipt."""

import statistics
import time

from tools.bench.load import send_all
from tools.bench.sales import sale
from tools.bench.table import under
from tools.standin.mail_sink import MailSink

MESSAGES = 9


def one_message(world, paypal):
    """Measure from the POST on.

    :return: rows, and the figures by name
    """
    booked, mailed = [], []
    with MailSink() as sink, world.serving(paypal, smtp_port=sink.port) as odoo:
        for number in range(MESSAGES + 2):
            mails = len(sink.mails)
            started = time.perf_counter()
            send_all(f"{odoo.url}/PayPal/IPN", [sale(f"L{number}")], connections=1)
            world.wait_until_none("received", "verified", pause=0.005)
            booked.append(time.perf_counter() - started)
            sink.wait_for(mails + 2, timeout=60)
            mailed.append(time.perf_counter() - started)
            world.wait_until_none("booked")
            time.sleep(1)
    world.clear_line()
    posted, sent = (statistics.median(seconds[2:]) for seconds in (booked, mailed))
    rows = [
        under("one message, idle server: POST to posted and paid", posted, "s", 1.0),
        under("the same: POST to receipt and notice handed to SMTP", sent, "s", 4.0),
    ]
    return rows, {"one message posted, seconds": posted}
