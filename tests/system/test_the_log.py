"""Personal data never reaches the log, whatever happens to a message."""

from urllib.parse import quote_plus

from messages import BUYER, HEBREW_BUYER, SHOP, sale

PERSONAL_FIELDS = ("last_name", "payer_email", "address_street")


def test_the_log_of_all_that_happened_names_no_buyer(bench, inbox):
    forged = sale()
    bench.send([sale(), forged, sale(receiver_id="SOMEBODYELSE1")], forged=[forged])
    bench.send([sale(mc_currency="XXX"), sale("windows-1255", **HEBREW_BUYER)])
    bench.paypal.fault = "html"
    bench.send([sale()])
    bench.paypal.fault = None
    bench.sink.fault = "refuse"
    bench.send([sale()])

    log = bench.odoo.log()

    assert SHOP.merchant_id not in log
    for buyer in (BUYER, HEBREW_BUYER):
        for field in PERSONAL_FIELDS:
            value = buyer[field]
            assert _lines_with(log, value) == []
            assert _lines_with(log, quote_plus(value)) == []


def _lines_with(log, text):
    return [line for line in log.splitlines() if text in line]
