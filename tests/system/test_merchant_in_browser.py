"""A merchant sets PayPal up in a real browser, and sees the first sale arrive."""

import pytest
from messages import SHOP, sale
from playwright.sync_api import expect

from tools.browser import chromium, log_in, open_modules_tab, speak
from tools.shop import Shop
from tools.workbench import workbench

LIMIT = 15_000  # milliseconds; the first page of a fresh server takes its time
NEW_SHOP = Shop(merchant_id="", merchant_email="", sandbox=False, licensed=False)
NOT_WORKING = "The PayPal integration does not work"
WORKING = "the PayPal integration works"


@pytest.fixture(scope="module")
def new_bench():
    """An Odoo whose merchant has just installed the add-on."""
    with workbench(NEW_SHOP) as bench:
        yield bench


@pytest.fixture(scope="module")
def browser():
    expect.set_options(timeout=LIMIT)
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser):
    """An empty browser tab; whatever it complains of fails the test."""
    page = browser.new_page(viewport={"width": 1280, "height": 860})
    page.set_default_timeout(LIMIT)
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" else None,
    )
    yield page
    page.close()
    assert complaints == []


def test_a_merchant_sets_paypal_up_and_sees_a_sale_done_and_paid(page, new_bench):
    log_in(page, new_bench.odoo.url)
    _open_company_from_the_settings(page, new_bench.odoo.url)
    expect(page.get_by_text(NOT_WORKING).first).to_be_visible()

    _give_licence(page)
    page.fill("[name=paypal_merchant_id] input", SHOP.merchant_id)
    page.fill("[name=paypal_email] input", SHOP.merchant_email)
    with page.expect_navigation():  # Odoo starts anew after a change to a company
        page.click("button[name=action_paypal_setup]")
    page.click("a.nav-link[name=caspit_modules]")
    expect(page.locator("[name=paypal_journal_id] input")).to_have_value("PayPal")

    expect(page.get_by_text(WORKING)).to_be_visible()
    expect(page.get_by_text(NOT_WORKING)).to_have_count(0)
    ipn_url = page.locator("[name=paypal_ipn_url]")
    expect(ipn_url).to_contain_text(f"{new_bench.odoo.url}/PayPal/IPN")

    body = sale()
    assert new_bench.send([body]) == [200]
    _open_messages_from_the_menu(page)
    row = page.locator(".o_data_row")
    expect(row).to_have_count(1)
    expect(row.locator("td[name=state]")).to_have_text("Done")

    row.locator("td[name=txn_id]").click()
    decoded = page.locator(".o_paypal_ipn_content")
    for text in ("14 Pomegranate Lane", "noa.peretzky@example.com", "118.00"):
        expect(decoded).to_contain_text(text)

    page.click("button[name=action_open_moves]")
    page.locator(".o_data_row", has_text="INV/").locator("td[name=name]").click()
    expect(page.locator(".ribbon span")).to_have_text("Paid")


def test_the_modules_tab_opens_in_hebrew_from_right_to_left(page, new_bench):
    speak(new_bench.session, "he_IL")
    try:
        log_in(page, new_bench.odoo.url)
        open_modules_tab(page, new_bench.odoo.url)

        expect(page.locator("body")).to_have_class("o_web_client o_rtl")
        merchant_id = page.locator("[name=paypal_merchant_id] input")
        expect(page.locator("body")).to_have_css("direction", "rtl")
        expect(merchant_id).to_have_css("direction", "ltr")
    finally:
        speak(new_bench.session, "en_US")


def _open_company_from_the_settings(page, url):
    page.goto(f"{url}/odoo/settings")
    page.get_by_role("button", name="Users & Companies").click()
    page.get_by_role("menuitem", name="Companies").click()
    page.locator(".o_data_row", has_text="Caspit Demo Shop").locator("td").nth(
        2
    ).click()
    page.click("a.nav-link[name=caspit_modules]")


def _give_licence(page):
    row = page.locator("[name=caspit_licence_ids] .o_data_row")
    expect(row).to_contain_text("Marketing")
    row.locator("td[name=licensed]").click()
    expect(row.locator("[name=licensed] input")).to_be_checked()


def _open_messages_from_the_menu(page):
    page.click(".o_navbar_apps_menu button")
    page.get_by_role("menuitem", name="Caspit").click()
    page.locator(".o_menu_sections").get_by_role("button", name="PayPal").click()
    page.get_by_role("menuitem", name="Messages").click()
