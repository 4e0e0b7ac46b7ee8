"""Who looks at the inbox sees it change, without touching anything."""

import pytest
from messages import SHOP, new_txn_id, sale
from playwright.sync_api import expect

from tools.environment.browser import log_in
from tools.trials.workbench import workbench

INBOX = "/odoo/action-caspit_paypal_ipn.paypal_ipn_action"
FLOOD = 3


@pytest.fixture(scope="module")
def live_bench():
    """An Odoo that serves the browser's websocket itself, with no proxy before it."""
    with workbench(SHOP, workers=0) as bench:
        yield bench


def test_list_form_and_my_caspit_follow_what_happens(page, live_bench):
    url = live_bench.odoo.url
    log_in(page, url)
    page.goto(url + INBOX)
    page.wait_for_selector(".o_list_view")
    expect(page.locator(".o_data_row")).to_have_count(0)

    txn_id = new_txn_id()
    live_bench.send([sale(txn_id=txn_id)])
    row = page.locator(".o_data_row", has_text=txn_id)
    expect(row.locator("td[name=state]")).to_have_text("Done")

    # A ticked row stays ticked; the list goes on once it is not any more.
    row.locator(".o_list_record_selector input").check()
    live_bench.send([sale() for _number in range(FLOOD)], in_turn=False)
    page.wait_for_timeout(2500)
    expect(page.locator(".o_data_row")).to_have_count(1)
    row.locator(".o_list_record_selector input").uncheck()
    expect(page.locator(".o_data_row")).to_have_count(1 + FLOOD)

    # A form, of a message that waits for a rate, and is retried by somebody else.
    yen_id = new_txn_id()
    yen = sale(txn_id=yen_id, mc_currency="JPY", mc_gross="5000", mc_fee="100")
    live_bench.send([yen])
    page.locator(".o_data_row", has_text=yen_id).locator("td[name=txn_id]").click()
    current = page.locator(".o_statusbar_status .o_arrow_button_current")
    expect(current).to_have_text("Needs Attention")
    with live_bench.session.environment() as env:
        ipn = env["paypal.ipn"].search([("txn_id", "=", yen_id)])
        ipn._move_to("verified")
        ipn.with_context(lang="en_US")._move_to("ignored", "no_money", {"what": "–"})
        ipn._tell_screens()
    expect(current).to_have_text("Ignored")

    page.goto(f"{url}/odoo/my-caspit")
    done = page.locator("[data-count=done] bdi")
    expect(done).to_have_text(str(1 + FLOOD))
    live_bench.send([sale()])
    expect(done).to_have_text(str(2 + FLOOD))
