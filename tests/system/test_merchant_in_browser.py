"""What was refused, blocked or stopped, a merchant mends from the screen."""

import time
from datetime import datetime, timezone

import pytest
from messages import SHOP, sale
from playwright.sync_api import expect

from tools.environment.browser import log_in, open_modules_tab
from tools.trials.workbench import workbench

WORK_LIMIT = 30  # seconds
INBOX = "/odoo/action-caspit_paypal_ipn.paypal_ipn_action"


@pytest.fixture(scope="module")
def set_up_bench():
    """An Odoo whose company is ready."""
    with workbench(SHOP) as bench:
        yield bench


def test_a_blocked_message_goes_on_when_the_licence_is_ticked(page, set_up_bench):
    with set_up_bench.session.environment() as env:
        env.company.caspit_licence_ids.licensed = False
    body = _sale_of_now()
    set_up_bench.send([body])
    url = set_up_bench.odoo.url
    log_in(page, url)
    _open_message(page, url, "Blocked")
    expect(page.locator("[name=explanation]")).to_contain_text("has no valid licence")

    open_modules_tab(page, url)
    _tick_the_licence(page)
    _save_company(page)
    _expect_done(set_up_bench, body)


def test_a_refused_message_is_retried_in_the_test_company_made_for_it(
    page, set_up_bench
):
    body = _sale_of_now(test_ipn="1")
    set_up_bench.send([body])
    url = set_up_bench.odoo.url
    log_in(page, url)
    _open_message(page, url, "Refused")
    expect(page.locator("[name=explanation]")).to_contain_text("set to Live")
    open_modules_tab(page, url)
    page.click("button[name=action_paypal_try_sandbox]:visible")
    expect(page.locator("[name=paypal_test_company]")).to_be_visible()
    expect(page.locator("[name=paypal_test]")).to_contain_text("TEST")
    page.fill("[name=paypal_merchant_id] input", SHOP.merchant_id)
    page.fill("[name=paypal_email] input", SHOP.merchant_email)
    _save_company(page)
    with set_up_bench.session.environment() as env:
        [ipn] = env["paypal.ipn"].search([("state", "=", "refused")])
        ipn.action_retry()
    _expect_done(set_up_bench, body)

    page.click("button[name=action_paypal_remove_test_company]")
    page.locator(".modal .btn-primary").click()
    expect(page.locator("button[name=action_paypal_try_sandbox]")).to_be_visible()
    expect(page.locator("[name=paypal_test]")).to_have_count(0)
    with set_up_bench.session.environment() as env:
        assert not env["paypal.ipn"].search([("is_sandbox", "=", True)])


def test_what_needs_attention_is_mended_and_retried_from_my_caspit(page, set_up_bench):
    with set_up_bench.session.environment() as env:
        env.company.action_paypal_setup()
        env.company.paypal_product_id.active = False
    body = _sale_of_now()
    set_up_bench.send([body])
    url = set_up_bench.odoo.url
    log_in(page, url)
    _open_my_caspit(page, url)
    expect(page.locator(".o_caspit_message")).to_contain_text("נמצא בארכיון")

    open_modules_tab(page, url)
    product = page.locator("[name=paypal_product_id] input")
    product.fill("")
    product.press("Tab")
    _save_company(page)
    page.click("button[name=action_paypal_setup]")
    expect(product).not_to_have_value("")
    _open_my_caspit(page, url)
    page.click(".o_caspit_retry")
    expect(page.locator(".o_caspit_message")).to_have_count(0)
    _expect_done(set_up_bench, body)


def _sale_of_now(**fields):
    moment = datetime.now(timezone.utc).strftime("%H:%M:%S %b %d, %Y GMT")
    return sale(charset="UTF-8", payment_date=moment, **fields)


def _open_my_caspit(page, url):
    page.goto(f"{url}/odoo/my-caspit")
    page.wait_for_selector(".o_caspit_page")


def _open_message(page, url, state):
    page.goto(url + INBOX)
    row = page.locator(".o_data_row", has_text=state).first
    row.locator("td[name=txn_id]").click()
    page.wait_for_selector(".o_paypal_ipn_content")


def _tick_the_licence(page):
    row = page.locator("[name=caspit_licence_ids] .o_data_row")
    row.locator("td[name=licensed]").click()
    expect(row.locator("[name=licensed] input")).to_be_checked()


def _save_company(page):
    """Save; Odoo does not start anew, so that the tab stays."""
    page.click(".o_form_button_save")
    expect(page.locator(".o_form_button_save")).to_be_hidden()
    expect(page.locator("[name=paypal_merchant_id] input")).to_be_visible()


def _expect_done(bench, body):
    """Wait for the message to be done; it has just been put back on the line."""
    deadline = time.monotonic() + WORK_LIMIT
    while (caused := bench.outcomes([body])[0])["state"] != "done":
        assert time.monotonic() < deadline, caused["state"]
        time.sleep(0.2)
    assert [each["payment_state"] for each in caused["documents"]] == ["paid"]
