"""Another module adds a kind, lines, a document and more, and goes without a trace."""

from datetime import datetime, timezone
from pathlib import Path

import pytest
from messages import SHOP, sale

from tools.environment.databases import run_odoo
from tools.trials.workbench import workbench

ADDONS = Path(__file__).parents[1] / "addons"
EXAMPLE = "caspit_paypal_ipn_example"
UNINSTALL = f"""
modules = env["ir.module.module"].search([("name", "=", "{EXAMPLE}")])
modules.button_immediate_uninstall()
"""
KINDS = "SELECT kind FROM paypal_ipn ORDER BY id"
COLUMN = """SELECT count(*) FROM information_schema.columns
             WHERE column_name = 'example_donations'"""


@pytest.fixture(scope="module")
def extended():
    """An Odoo with the example beside the add-on."""
    with workbench(SHOP, extra_addons=[ADDONS], modules=[EXAMPLE]) as bench:
        yield bench


def now(**fields):
    """A sale that was paid just now."""
    moment = datetime.now(timezone.utc).strftime("%H:%M:%S %b %d, %Y GMT")
    return sale(payment_date=moment, **fields)


def donation(**fields):
    return now(item_name="Donation", item_number="DONATION", **fields)


def test_each_extension_point_works_and_goes_with_its_module(extended):
    ordinary = now(mc_shipping="10.00", mc_handling="5.00", mc_gross="118.00")
    given, tiny = donation(), donation(mc_gross="0.50", mc_fee="0.10")
    extended.send([ordinary, given, tiny])
    [sold, donated, refused] = extended.outcomes([ordinary, given, tiny])

    [invoice] = sold["documents"]
    assert invoice["move_type"] == "out_invoice"
    assert [(line["name"], line["total"]) for line in invoice["lines"]] == [
        ("Cloud subscription", "103.00"),
        ("Delivery", "15.00"),
    ]
    [receipt] = donated["documents"]
    assert (donated["state"], receipt["move_type"]) == ("done", "out_receipt")
    assert (receipt["payment_state"], receipt["amount_tax"]) == ("paid", "0.00")
    assert sorted(mail["kind"] for mail in donated["mails"]) == ["order", "receipt"]
    assert (refused["state"], refused["reason"]) == ("attention", "too_small")
    assert "0.50 ILS is too small" in refused["message"]
    assert refused["documents"] == []
    with extended.session.environment() as env:
        ipns = env["paypal.ipn"].search([], order="id")
        assert ipns.mapped("kind") == ["sale", "donation", "donation"]
        assert ipns.partner_id.mapped("example_donations") == [1]
        board = env["caspit.dashboard"].read_dashboard("year")
        [shekels] = board["currencies"]
        assert shekels["now"]["money_in"] == 236.0

    extended.odoo.stop()
    run_odoo(
        extended.odoo.env,
        extended.server,
        extended.odoo.database,
        script=UNINSTALL,
    )
    extended.odoo.start()
    again = donation()
    extended.send([again])

    sql = extended.server.execute
    database = extended.odoo.database
    assert sql(COLUMN, database=database) == [(0,)]
    assert sql(KINDS, database=database) == [("sale",)] * 4
    [outcome] = extended.outcomes([again])
    assert [each["move_type"] for each in outcome["documents"]] == ["out_invoice"]
    [kept] = extended.outcomes([given])
    assert [each["name"] for each in kept["documents"]] == [receipt["name"]]
