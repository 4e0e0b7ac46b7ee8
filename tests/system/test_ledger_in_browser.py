"""A merchant connects PayPal's ledger: from a finding to the webhooks, and back.

In two languages, as who manages PayPal and nothing else of Odoo.
"""

import contextlib

import pytest
from playwright.sync_api import expect
from screens import LAPTOP
from walks import MESSAGE, a_fresh_company

from tools.environment.browser import log_in

TAB = "/odoo/action-caspit_paypal_ipn.res_company_action_open_modules"
#: What axe-core is shown of the connection; the fields are drawn by Odoo itself.
PARTS = [".o_statusbar_buttons", ".o_form_sheet .alert"]
SECRET = "[name=new_secret] input"


@pytest.fixture
def account(walk):
    """A company that has its PayPal account, and the API of that account."""
    shop, company_id = a_fresh_company(walk, number=2)
    api = walk.bench.paypal.api
    with walk.bench.session.environment() as env:
        company = env["res.company"].browse(company_id)
        company.caspit_licence_ids.licensed = True
        company.paypal_merchant_id = shop.merchant_id
    before, api.account_id = api.account_id, shop.merchant_id
    yield company_id, api
    api.account_id = before
    api.webhooks.clear()


@pytest.mark.parametrize("walk", ["he_IL", "de_DE"], indirect=True)
def test_a_finding_leads_a_manager_to_a_ledger_that_is_read(page, walk, account):
    company_id, api = account
    look = walk.eyes.look
    manager = walk.person(
        "ledger", "caspit_paypal_ipn.group_paypal_ipn_manager", company=company_id
    )
    log_in(page, walk.url, manager)
    page.goto(walk.url + TAB)
    finding = page.locator("[data-check=doors]")
    expect(finding).to_have_attribute("data-level", "warn")
    finding.locator("button").click()
    page.wait_for_selector(SECRET)
    expect(page.locator(".o_form_sheet .o_notebook")).to_have_count(0)
    look("PayPal's ledger, not connected", MESSAGE, PARTS[:1])

    page.fill("[name=client_id] input", api.client_id)
    page.fill(SECRET, "another")
    page.click("button[name=action_connect]")
    expect(page.locator(".alert-danger [name=explanation]")).to_be_visible()
    look("PayPal's ledger with a wrong secret", MESSAGE, PARTS)
    with back_on_the_tab(page, "[name=new_secret]"):
        finding = page.locator("[data-check=ledger]")
        expect(finding).to_have_attribute("data-level", "error")
        look("Modules tab with a ledger that does not work", [".o_paypal_checks"])
        page.set_viewport_size(LAPTOP)
        finding.locator("button").click()

    page.fill(SECRET, api.secret)
    page.click("button[name=action_connect]")
    expect(page.locator("button[name=action_history]")).to_be_visible()
    expect(page.locator(SECRET)).to_have_value("")
    page.click("button[name=action_webhooks_on]")
    expect(page.locator("[name=webhook_on]")).to_contain_text("/PayPal/Webhook/")
    look("PayPal's ledger with webhooks", MESSAGE, PARTS)
    with back_on_the_tab(page, "[name=new_secret]"):
        finding = page.locator("[data-check=ledger]")
        expect(finding).to_have_attribute("data-level", "ok")
        expect(page.locator("[data-check=webhooks]")).to_have_count(0)
        page.click("button[name=action_paypal_api_open]")

    page.click("button[name=action_webhooks_off]")
    expect(page.locator("[name=webhook_on]")).to_have_count(0)
    assert not api.webhooks


@contextlib.contextmanager
def back_on_the_tab(page, there):
    """Go back to the company, and from there to what was left."""
    page.set_viewport_size(LAPTOP)
    page.locator(".o_breadcrumb a").last.click()
    page.wait_for_selector(".o_paypal_checks")
    yield
    page.wait_for_selector(there)
