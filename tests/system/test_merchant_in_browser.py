"""A merchant's whole way in a real browser, in English and in Hebrew.

From a company that is fresh to the PDF of its first sale; and what was refused, blocked
or stopped, mended from the screen.
"""

import subprocess
import time
from datetime import datetime, timedelta, timezone

import pytest
from messages import NEW_SHOP, SHOP, sale
from playwright.sync_api import expect

from conftest import WORK_CRONS
from tools.environment.browser import log_in, open_modules_tab, speak
from tools.trials.workbench import workbench

#: No test has a public address: these two say so.
NEEDS_THE_INTERNET = {"address", "reach"}
#: What an Israeli merchant has to decide, fetch or connect himself.
NEEDS_THE_MERCHANT = {"doors", "exchange", "il_consent", "il_authority", "il_rates"}
NEEDS_A_MESSAGE = {"last_message", "charset", "crons"}
#: The sale is one of a Buy Now button.
CAME_BY_BUTTON = {"retired"}
NOT_GREEN = NEEDS_THE_INTERNET | NEEDS_THE_MERCHANT
PAID = {"en_US": "Paid", "he_IL": "שולם"}
WORK_LIMIT = 30  # seconds
INBOX = "/odoo/action-caspit_paypal_ipn.paypal_ipn_action"


@pytest.fixture
def new_bench():
    """An Odoo whose merchant has just installed the add-on.

    A minute after its start Odoo would run the scheduled actions by itself; here only
    what a merchant does makes them run.
    """
    with workbench(NEW_SHOP) as bench:
        with bench.session.environment() as env:
            for name in WORK_CRONS:
                cron = env.ref(f"caspit_paypal_ipn.{name}")
                cron.nextcall += timedelta(hours=1)
        yield bench


@pytest.mark.parametrize("lang", ["en_US", "he_IL"])
def test_from_a_fresh_company_to_the_pdf_of_its_first_sale(new_bench, page, lang):
    speak(new_bench.session, lang)
    url = new_bench.odoo.url
    log_in(page, url)
    direction = "rtl" if lang == "he_IL" else "ltr"
    expect(page.locator("body")).to_have_css("direction", direction)

    _open_my_caspit(page, url)
    page.locator(".o_caspit_empty button").click()
    expect(page.locator("[name=paypal_no_licence]")).to_be_visible()
    _fill_in(page)
    expect(page.locator("[name=paypal_no_licence]")).to_have_count(0)
    expect(page.locator("[name=paypal_licence_active]")).to_be_visible()
    ipn_url = page.locator("[name=paypal_ipn_url]")
    expect(ipn_url).to_contain_text(f"{url}/PayPal/IPN")
    _expect_not_green(page, NOT_GREEN | NEEDS_A_MESSAGE)

    page.click("[name=paypal_check_buttons] button:not([name^=action_])")
    page.click(".modal button[name=action_run]")
    outcome = page.locator(".modal [name=outcome_html] [data-outcome=done]")
    expect(outcome).to_be_visible()
    page.keyboard.press("Escape")

    body = _sale_of_now()
    assert new_bench.send([body]) == [200]
    open_modules_tab(page, url)
    _expect_not_green(page, NOT_GREEN | CAME_BY_BUTTON)
    _open_my_caspit(page, url)
    money_in = page.locator("[data-currency=ILS] [data-figure=money_in]")
    expect(money_in).to_contain_text("118.00")
    page.click("[data-count=done]")
    page.locator(".o_data_row td[name=txn_id]").click()
    decoded = page.locator(".o_paypal_ipn_content")
    for text in ("14 Pomegranate Lane", "noa.peretzky@example.com", "118.00"):
        expect(decoded).to_contain_text(text)

    page.click("button[name=action_open_moves]")
    page.locator(".o_data_row", has_text="INV/").locator("td[name=name]").click()
    expect(page.locator(".ribbon span")).to_have_text(PAID[lang])
    [caused] = new_bench.outcomes([body])
    with page.expect_download() as download:
        page.click("button[name=action_print_pdf]")
    printed = _text_of(download.value.path())
    assert caused["documents"][0]["name"] in printed
    assert caused["txn_id"] in printed
    assert _complaints(new_bench.odoo.log_path) == []


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


def _expect_not_green(page, codes):
    """Wait until exactly these checks of the set-up are not all right.

    The findings are read anew after each save, beside the form.
    """
    page.wait_for_function(
        """codes => JSON.stringify(
            [...document.querySelectorAll("[data-check]:not([data-level=ok])")]
                .map(finding => finding.dataset.check).sort()
        ) === JSON.stringify(codes)""",
        arg=sorted(codes),
    )


def _tick_the_licence(page):
    row = page.locator("[name=caspit_licence_ids] .o_data_row")
    row.locator("td[name=licensed]").click()
    expect(row.locator("[name=licensed] input")).to_be_checked()


def _save_company(page):
    """Save; Odoo does not start anew, so that the tab stays."""
    page.click(".o_form_button_save")
    expect(page.locator(".o_form_button_save")).to_be_hidden()
    expect(page.locator("[name=paypal_merchant_id] input")).to_be_visible()


def _fill_in(page):
    """Do the steps of the set-up."""
    _tick_the_licence(page)
    page.fill("[name=paypal_merchant_id] input", SHOP.merchant_id)
    page.fill("[name=paypal_email] input", SHOP.merchant_email)
    _save_company(page)
    page.click("button[name=action_paypal_setup]")
    expect(page.locator("[name=paypal_journal_id] input")).to_have_value("PayPal")


def _expect_done(bench, body):
    """Wait for the message to be done; it has just been put back on the line."""
    deadline = time.monotonic() + WORK_LIMIT
    while (caused := bench.outcomes([body])[0])["state"] != "done":
        assert time.monotonic() < deadline, caused["state"]
        time.sleep(0.2)
    assert [each["payment_state"] for each in caused["documents"]] == ["paid"]


def _text_of(pdf):
    return subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, text=True
    ).stdout


def _complaints(log_path):
    """Find the lines of Odoo's log that complain of something.

    Without a reverse proxy the bus has no websocket; that is told for each page.
    """
    return [
        line
        for line in log_path.read_text().splitlines()
        if (
            (" WARNING " in line or " ERROR " in line)
            and "odoo.http: Exception during request handling" not in line
        )
        or ('HTTP/1.1" 5' in line and "/websocket" not in line)
    ]
