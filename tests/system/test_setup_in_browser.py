"""The set-up tells a merchant in a real browser what is wrong, until nothing is."""

import re

import pytest
from messages import NEW_SHOP, SHOP, sale
from playwright.sync_api import expect

from tools.environment.browser import log_in, open_modules_tab, speak
from tools.trials.workbench import workbench


@pytest.fixture(scope="module")
def new_bench():
    """An Odoo whose merchant has just installed the add-on."""
    with workbench(NEW_SHOP) as bench:
        yield bench


def test_the_set_up_leads_a_merchant_from_wrong_to_right(page, new_bench):
    log_in(page, new_bench.odoo.url)
    open_modules_tab(page, new_bench.odoo.url)
    _expect_levels(page, licence="error", account="error", books="warn")
    expect(_finding(page, "last_message")).to_contain_text("No message has come yet")
    expect(_finding(page, "journal")).to_have_count(0)

    _fill_in(page)
    _expect_levels(
        page, licence="ok", account="ok", books="ok", journal="ok", currencies="ok"
    )
    _expect_levels(page, sender="ok", mail_server="ok", pdf="ok", environment="ok")
    expect(_step(page, "licence")).not_to_have_attribute("open", "open")

    # No test environment has a public address: this one stays a warning.
    _expect_levels(page, address="warn", reach="warn")
    page.click("button[name=action_paypal_check_reach]")
    _expect_levels(page, address="warn", reach="ok")
    expect(_finding(page, "reach")).to_contain_text("answered as it should")


def test_a_finding_leads_to_what_mends_it(page, new_bench):
    log_in(page, new_bench.odoo.url)
    open_modules_tab(page, new_bench.odoo.url)
    _open_step(page, "fields")
    with page.expect_popup() as opened:
        _finding(page, "currencies").get_by_role("link").click()
    currencies = opened.value
    expect(currencies.locator(".o_data_row", has_text="EUR")).to_be_visible()
    currencies.close()


def test_a_test_message_shows_what_the_next_sale_then_makes(page, new_bench):
    log_in(page, new_bench.odoo.url)
    open_modules_tab(page, new_bench.odoo.url)
    _open_test_message(page)
    page.click(".modal button[name=action_run]")
    outcome = page.locator(".modal [name=outcome_html]")
    expect(outcome.locator("[data-outcome=done]")).to_contain_text("It works")
    expect(outcome).to_contain_text("118.00")
    expect(outcome).to_contain_text("18.00")
    expect(outcome.locator("[data-mail=receipt]")).to_contain_text("dana@example.com")
    number = re.search(r"INV/\d+/\d+", outcome.inner_text())[0]

    with page.expect_download() as download:
        page.click(".modal [name=pdf] a")
    assert download.value.suggested_filename.startswith("SPECIMEN ")
    pdf = download.value.path().read_bytes()
    assert pdf.startswith(b"%PDF")
    assert new_bench.sink.mails == []

    body = sale()
    assert new_bench.send([body]) == [200]
    [caused] = new_bench.outcomes([body])
    assert [each["name"] for each in caused["documents"]] == [number]


def test_the_findings_stand_right_to_left_in_hebrew(page, new_bench):
    speak(new_bench.session, "he_IL")
    try:
        log_in(page, new_bench.odoo.url)
        open_modules_tab(page, new_bench.odoo.url)
        checks = page.locator(".o_paypal_checks")
        expect(checks).to_have_css("direction", "rtl")
        title, sentence = _finding(page, "address").locator("div").all()
        assert title.bounding_box()["x"] > sentence.bounding_box()["x"]
    finally:
        speak(new_bench.session, "en_US")


def _finding(page, code):
    return page.locator(f"[data-check={code}]")


def _step(page, code):
    return page.locator(f"details[data-step={code}]")


def _open_step(page, code):
    """Open a step with the keyboard, unless something is wrong in it already."""
    if _step(page, code).get_attribute("open") is None:
        _step(page, code).locator("summary").press("Enter")


def _expect_levels(page, **levels):
    for code, level in levels.items():
        expect(_finding(page, code)).to_have_attribute("data-level", level)


def _fill_in(page):
    """Do what the findings ask for."""
    row = page.locator("[name=caspit_licence_ids] .o_data_row")
    row.locator("td[name=licensed]").click()
    expect(row.locator("[name=licensed] input")).to_be_checked()
    page.fill("[name=paypal_merchant_id] input", SHOP.merchant_id)
    page.fill("[name=paypal_email] input", SHOP.merchant_email)
    page.click("button[name=action_paypal_setup]")
    # Odoo does not start anew: the tab stays, and says what was made.
    expect(page.locator(".o_notification")).to_contain_text("Set up:")


def _open_test_message(page):
    page.get_by_role("button", name="Send a test message").click()
    expect(page.locator(".modal [name=kind]")).to_be_visible()
