"""Five people walk from one end of their day to the other, each in three languages.

On every screen on the way, on a laptop and on a phone: nothing is cut off, every word
is in the reader's language, axe-core finds nothing, the browser complains of nothing.
"""

import re

from messages import new_txn_id
from playwright.sync_api import expect
from screens import LAPTOP, PHONE, Looker, watched_page
from walks import (
    BUTTON,
    CAME_BY_BUTTON,
    CHECKS,
    DOCUMENT,
    INVOICE,
    LIST,
    MESSAGE,
    MODULES_TAB,
    MY_CASPIT,
    NEEDS_A_MESSAGE,
    NOT_GREEN,
    STORY,
    WIZARD,
    a_fresh_company,
    complaints,
    expect_not_green,
    fill_in,
    never_ran,
    open_my_caspit,
    text_of,
)

from tools.environment.browser import log_in, open_modules_tab

PAID = {"en_US": "Paid", "he_IL": "שולם", "de_DE": "Bezahlt"}
CREDITED = {"en_US": "Credit Note", "he_IL": "זיכוי", "de_DE": "Rechnungskorrektur"}
#: Who keep the books without any role of PayPal's.
BOOKKEEPERS = {
    "en_US": "account.group_account_invoice",
    "he_IL": "account.group_account_user",
    "de_DE": "account.group_account_invoice",
}
INBOX = "/odoo/action-caspit_paypal_ipn.paypal_ipn_action"
INVOICES = "/odoo/action-account.action_move_out_invoice_type"


# === FROM A FRESH COMPANY TO THE MAILED RECEIPT === #


def test_a_merchant_from_a_fresh_company_to_the_mailed_receipt(page, walk):
    logged = len(walk.bench.odoo.log())
    shop, company = a_fresh_company(walk)
    look = walk.eyes.look
    merchant = walk.person(
        "merchant",
        "base.group_system",
        "account.group_account_manager",
        "caspit_paypal_ipn.group_paypal_ipn_manager",
        company=company,
    )
    log_in(page, walk.url, merchant)
    direction = "rtl" if walk.lang == "he_IL" else "ltr"
    expect(page.locator("body")).to_have_css("direction", direction)
    open_my_caspit(page, walk)
    expect(page.locator(".o_caspit_empty button")).to_be_visible()
    look("My Caspit of a fresh company", MY_CASPIT)

    page.keyboard.press("Control+k")
    page.locator(".o_command_palette_search input").fill("PayPal")
    page.locator(".o_command", has_text="PayPal /").first.click()
    expect(page.locator("[name=paypal_no_licence]")).to_be_visible()
    page.wait_for_selector("[data-check]")
    look("Modules tab of a fresh company", MODULES_TAB, CHECKS)
    fill_in(page, shop)
    expect(page.locator("[name=paypal_no_licence]")).to_have_count(0)
    expect(page.locator("[name=paypal_licence_active]")).to_be_visible()
    ipn_url = page.locator("[name=paypal_ipn_url]")
    expect(ipn_url).to_contain_text(f"{walk.url}/PayPal/IPN")
    expect_not_green(page, NOT_GREEN | NEEDS_A_MESSAGE | never_ran(walk))
    look("Modules tab that is filled in", MODULES_TAB, CHECKS)

    page.click("[name=paypal_check_buttons] button:not([name^=action_])")
    page.click(".modal button[name=action_run]")
    page.wait_for_selector(".modal [name=outcome_html] [data-outcome=done]")
    look("a test message", WIZARD, [".modal [name=outcome_html]"])
    page.keyboard.press("Escape")

    body = walk.now(business=shop.merchant_email, receiver_id=shop.merchant_id)
    assert walk.bench.send([body]) == [200]
    open_modules_tab(page, walk.url, company)
    expect_not_green(page, NOT_GREEN | CAME_BY_BUTTON)
    open_my_caspit(page, walk)
    money_in = page.locator("[data-currency=ILS] [data-figure=money_in]")
    expect(money_in).to_contain_text(re.compile("118[.,]00"))
    look("My Caspit with a sale", MY_CASPIT)
    page.click("[data-count=done]")
    page.wait_for_selector(".o_data_row")
    look("messages", LIST, [], [LAPTOP])
    page.locator(".o_data_row td[name=txn_id]").click()
    decoded = page.locator(".o_paypal_ipn_content")
    for text in (walk.buyer["address_street"], walk.buyer["payer_email"], "118.00"):
        expect(decoded).to_contain_text(text)
    look("message of a sale", MESSAGE, STORY)

    page.click("button[name=action_open_moves]")
    page.locator(".o_data_row", has_text="INV/").locator("td[name=name]").click()
    expect(page.locator(".ribbon span")).to_have_text(PAID[walk.lang])
    look("invoice that is paid", INVOICE, BUTTON)
    [caused] = walk.bench.outcomes([body])
    with page.expect_download() as download:
        page.click("button[name=action_print_pdf]")
    mail = walk.mail_to(walk.buyer["payer_email"])
    walk.look_at_mail("receipt by mail", mail)
    [(_name, mailed)] = mail.attachments
    for pdf in (download.value.path().read_bytes(), mailed):
        assert caused["documents"][0]["name"] in text_of(pdf)
        assert caused["txn_id"] in text_of(pdf)
    assert complaints(walk.bench.odoo.log()[logged:]) == []


# === A RECEIPT THAT WAS REFUSED === #


def test_support_finds_a_refused_receipt_by_a_name_and_sends_it_again(page, walk):
    walk.bench.sink.fault = "refuse"
    try:
        walk.bench.send([walk.now()])
    finally:
        walk.bench.sink.fault = None
    look = walk.eyes.look
    log_in(
        page,
        walk.url,
        walk.person("support", "caspit_paypal_ipn.group_paypal_ipn_manager"),
    )
    open_my_caspit(page, walk)
    card = page.locator(".o_caspit_undelivered")
    expect(card).to_contain_text(walk.name)
    expect(card).to_contain_text("550")
    look("My Caspit with a receipt not delivered", MY_CASPIT)

    page.goto(walk.url + INBOX)
    search = page.locator(".o_searchview_input")
    search.fill("nobody of that name")
    search.press("Enter")
    page.wait_for_selector(".o_nocontent_help .o_view_nocontent_empty_folder")
    look("a search that finds nothing", [".o_nocontent_help"])
    page.locator(".o_facet_remove").click()
    search.fill(walk.name.lower())
    search.press("Enter")
    row = page.locator(".o_data_row:has([name=receipt_status] .text-bg-danger)")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(walk.name)
    look("a receipt that is found", LIST, [], [LAPTOP])
    row.locator("td[name=txn_id]").click()
    page.wait_for_selector("[name=undelivered] button")
    look("message of a receipt not delivered", MESSAGE, STORY)

    page.locator("[name=undelivered] button").click()
    page.wait_for_selector(".modal [name=address] input")
    look("another address", WIZARD, [".modal .alert", ".modal .o_group"])
    page.fill(".modal [name=address] input", f"again-{walk.lang[:2]}@example.com")
    page.click(".modal button[name=action_send]")
    expect(page.locator("[name=undelivered]")).to_have_count(0)
    walk.bench.settle()
    assert walk.mail_to(f"again-{walk.lang[:2]}@example.com").attachments
    look("message of a receipt sent again", MESSAGE, STORY)
    open_my_caspit(page, walk)
    expect(card).to_have_count(0)
    page.set_viewport_size(PHONE)
    page.goto(walk.url + INBOX)
    page.wait_for_selector(".o_kanban_record:not(.o_kanban_ghost)")
    look("messages on a phone", [".o_kanban_renderer"], [], [PHONE])


# === A CHARGEBACK === #


def test_a_merchant_from_the_mail_of_a_chargeback_to_the_credit_note(page, walk):
    txn_id = new_txn_id()
    pulled = walk.now(
        txn_type="",
        payment_status="Reversed",
        reason_code="chargeback",
        parent_txn_id=txn_id,
        mc_gross="-118.00",
        mc_fee="-4.20",
    )
    walk.bench.send([walk.now(txn_id=txn_id), pulled])
    look = walk.eyes.look
    merchant = walk.person(
        "accountant",
        "account.group_account_manager",
        "caspit_paypal_ipn.group_paypal_ipn_manager",
    )
    log_in(page, walk.url, merchant)
    links = walk.look_at_mail(
        "a chargeback by mail", walk.mail_to("orders@example.com")
    )
    page.goto(links[-1])
    credit = page.locator("button[name=action_credit_note]")
    expect(credit).to_be_visible()
    expect(page.locator(".o_paypal_story")).to_contain_text(re.compile("4[.,]20"))
    look("message of a chargeback", MESSAGE, STORY)
    open_my_caspit(page, walk)
    case = page.locator(".o_caspit_cases")
    expect(case).to_contain_text(walk.name)
    look("My Caspit with a dispute", MY_CASPIT)
    case.locator(".o_caspit_case button").click()
    page.click("button[name=action_open_original]")
    expect(page.locator(".o_form_sheet h1")).to_have_text(txn_id)
    page.click("button[name=action_open_moves]")
    page.locator(".o_data_row", has_text="INV/").locator("td[name=name]").click()
    expect(
        page.locator(".ribbon.text-bg-danger, .ribbon .text-bg-danger")
    ).to_be_visible()
    look("invoice that is owed again", INVOICE, BUTTON)

    page.goto(links[-1])
    credit.click()
    look("a credit note to confirm", WIZARD)
    page.click(".modal .btn-primary")
    expect(credit).to_have_count(0)
    look("message of a chargeback that is credited", MESSAGE, STORY)
    walk.bench.settle()
    mail = walk.mail_to(walk.buyer["payer_email"])
    walk.look_at_mail("credit note by mail", mail)
    [(_name, pdf)] = mail.attachments
    assert "RINV/" in text_of(pdf)
    assert CREDITED[walk.lang] in mail.subject
    open_my_caspit(page, walk)
    expect(case).to_have_count(0)


# === WHO KEEPS THE BOOKS === #


def test_a_bookkeeper_sees_the_messages_of_his_company_and_changes_none(page, walk):
    body, nobodys = walk.now(), walk.now(receiver_id="NOBODY0000001", business="")
    walk.bench.send([body, nobodys])
    [caused, _nothing] = walk.bench.outcomes([body, nobodys])
    [document] = caused["documents"]
    look = walk.eyes.look
    log_in(page, walk.url, walk.person("bookkeeper", BOOKKEEPERS[walk.lang]))
    page.goto(walk.url + INVOICES)
    row = page.locator(".o_data_row", has_text=document["name"])
    row.locator("td[name=name]").click()
    page.wait_for_selector(".ribbon")
    look("invoice of a bookkeeper", INVOICE, BUTTON)
    page.click("button[name=action_open_paypal_messages]")
    expect(page.locator(".o_form_sheet h1")).to_have_text(caused["txn_id"])
    page.wait_for_selector(".o_paypal_ipn_content")
    assert page.locator(".o_form_statusbar button[name^=action_]").count() == 0
    assert page.locator("a.nav-link[name=raw], a.nav-link[name=technical]").count() == 0
    assert (
        page.locator(".o_form_sheet input:not([readonly]):not([disabled])").count() == 0
    )
    look("message of a bookkeeper", MESSAGE, STORY)
    page.goto(walk.url + INBOX)
    ours = page.locator(".o_data_row", has_text=caused["txn_id"])
    expect(ours).to_be_visible()
    with walk.bench.session.environment() as env:
        [theirs] = (
            env["paypal.ipn"].search([("company_id", "=", False)]).mapped("txn_id")[:1]
        )
    assert page.locator(".o_data_row", has_text=theirs).count() == 0
    page.set_viewport_size(LAPTOP)
    page.goto(f"{walk.url}/odoo/my-caspit")
    page.wait_for_selector(".o_caspit_page[aria-busy=false]")
    look("My Caspit of a bookkeeper", MY_CASPIT)


# === A CUSTOMER === #


def test_a_customer_from_the_mail_to_the_portal_to_the_pdf(browser, walk):
    walk.bench.send([walk.now()])
    mail = walk.mail_to(walk.buyer["payer_email"])
    links = walk.look_at_mail("a customer's receipt by mail", mail)
    [link] = [each for each in links if "/my/invoices/" in each]
    with watched_page(browser, locale=walk.lang.replace("_", "-")) as page:
        eyes = Looker(page, walk.lang, walk.eyes.names, walk.eyes.faults)
        page.goto(link)
        frame = page.frame_locator("iframe#invoice_html")
        expect(frame.locator(".o_receipt")).to_contain_text(walk.name)
        eyes.look("the portal", ["iframe#invoice_html"], [])
        with page.expect_download() as download:
            page.click("a.o_download_btn")
        [(_name, mailed)] = mail.attachments
        assert download.value.path().read_bytes() == mailed
        page.goto(re.sub(r"\?", "?report_type=html&", link))
        eyes.look("the document on the portal", DOCUMENT)
