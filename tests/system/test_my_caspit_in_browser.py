"""A merchant opens Caspit: what came in, what waits for him, and one button to it."""

from datetime import datetime, timezone

import pytest
from messages import HEBREW_BUYER, SHOP, sale
from playwright.sync_api import expect

from tools.environment.browser import log_in, speak
from tools.trials.workbench import workbench

WIDE = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def my_bench():
    """An Odoo of its own: nothing else sends messages to it."""
    with workbench(SHOP) as bench:
        yield bench


def now(**fields):
    """A sale that was paid just now."""
    moment = datetime.now(timezone.utc).strftime("%H:%M:%S %b %d, %Y GMT")
    return sale(**{"payment_date": moment, **fields})


def open_my_caspit(page, url):
    page.goto(f"{url}/odoo/my-caspit")
    page.wait_for_selector(".o_caspit_page")


def figure(page, name, currency="ILS"):
    return page.locator(
        f"[data-currency={currency}] [data-figure={name}] .o_caspit_amount"
    )


def count(page, name):
    return page.locator(f"[data-count={name}] bdi")


def overflow(page):
    """How many pixels of the screen lie beside it."""
    return page.evaluate(
        "(({scrollWidth, clientWidth}) => scrollWidth - clientWidth)"
        "(document.querySelector('.o_content'))"
    )


def test_nothing_came_yet_and_the_way_leads_to_the_modules_tab(page, my_bench):
    log_in(page, my_bench.odoo.url)
    open_my_caspit(page, my_bench.odoo.url)
    page.get_by_role("button", name="Open the Modules tab").click()
    expect(page.locator("[name=paypal_merchant_id] input")).to_be_visible()


def test_the_first_screen_shows_figures_and_retries_what_waits(page, my_bench):
    yen = now(mc_currency="JPY", mc_gross="5000", mc_fee="100")
    my_bench.send([now(), now(mc_currency="EUR", mc_gross="40.00"), yen])
    log_in(page, my_bench.odoo.url)
    page.click(".o_navbar_apps_menu button")
    page.get_by_role("menuitem", name="Caspit").click()

    expect(figure(page, "money_in")).to_contain_text("118.00")
    expect(figure(page, "fees")).to_contain_text("4.20")
    expect(figure(page, "balance")).to_contain_text("113.80")
    expect(figure(page, "money_in", "EUR")).to_contain_text("40.00")
    expect(page.get_by_text("TEST", exact=True)).to_have_count(0)
    expect(page.get_by_role("img", name="Money in and refunds")).to_be_visible()
    message = page.locator(".o_caspit_message")
    expect(message).to_contain_text("Noa Peretzky")
    expect(message).to_contain_text("JPY is not an active currency")
    expect(count(page, "attention")).to_have_text("1")

    _give_a_rate(my_bench, "JPY", 0.025)
    page.locator(".o_caspit_retry").click()
    expect(message).to_have_count(0)
    my_bench.settle()
    page.locator(".o_caspit_refresh").click()
    expect(figure(page, "money_in", "JPY")).to_contain_text("5,000")
    expect(count(page, "done")).to_have_text("3")


def test_a_message_and_a_count_lead_into_the_inbox_and_back(page, my_bench):
    my_bench.send([now(mc_currency="GBP", mc_gross="7000.00")])
    log_in(page, my_bench.odoo.url)
    open_my_caspit(page, my_bench.odoo.url)
    page.locator("[data-period=year]").click()
    expect(page.locator("[data-period=year]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".o_caspit_message")).to_contain_text("7,000.00 GBP")

    page.locator(".o_caspit_open").press("Enter")
    expect(page.locator(".o_paypal_ipn_content")).to_contain_text("Peretzky")
    page.locator(".o_breadcrumb a", has_text="My Caspit").click()
    expect(page.locator("[data-period=year]")).to_have_attribute("aria-pressed", "true")

    page.locator("[data-count=attention]").click()
    expect(page.locator(".o_data_row")).to_have_count(1)
    expect(page.locator(".o_facet_value")).to_have_text("Needs Attention")


def test_the_first_screen_fits_in_hebrew_and_on_a_phone(page, my_bench):
    my_bench.send([now(charset="UTF-8", mc_currency="CHF", **HEBREW_BUYER)])
    speak(my_bench.session, "he_IL")
    try:
        log_in(page, my_bench.odoo.url)
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)
            open_my_caspit(page, my_bench.odoo.url)
            expect(page.locator("body")).to_have_css("direction", "rtl")
            expect(page.locator(".o_caspit_page")).to_contain_text("רות שקדיאל")
            expect(figure(page, "money_in")).to_have_css("direction", "ltr")
            assert overflow(page) == 0
    finally:
        speak(my_bench.session, "en_US")


def _give_a_rate(bench, code, units):
    with bench.session.environment() as env:
        currencies = env["res.currency"].with_context(active_test=False)
        currency = currencies.search([("name", "=", code)])
        currency.active = True
        env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "company_id": env.company.id,
                "name": datetime.now(timezone.utc).date(),
                "inverse_company_rate": units,
            }
        )
