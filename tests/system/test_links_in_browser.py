"""A merchant walks from everything to everything, and retries many messages at once."""

import time

import pytest
from messages import SHOP, new_txn_id, sale
from playwright.sync_api import expect

from tools.environment.browser import log_in
from tools.trials.workbench import workbench

RETRY_LIMIT = 180_000  # milliseconds; a PDF takes its second, and there are many
MAIL_LIMIT = 30  # seconds
MANY = 21
ALL_ARRIVE = 5.0  # seconds
INBOX = "/odoo/action-caspit_paypal_ipn.paypal_ipn_action"
PROBLEMS = "הודעות PayPal שדורשות את טיפולכם"


@pytest.fixture(scope="module")
def own_bench():
    """An Odoo in which no merchant has been told of a problem yet."""
    with workbench(SHOP) as bench:
        yield bench


def test_everything_leads_to_everything(page, own_bench):
    log_in(page, own_bench.odoo.url)
    sale_id, refund_id = new_txn_id(), new_txn_id()
    refund = sale(
        txn_id=refund_id,
        parent_txn_id=sale_id,
        payment_status="Refunded",
        payment_date="03:15:21 Nov 24, 2026 PST",
        mc_gross="-18.00",
        mc_fee="-0.60",
    )
    own_bench.send([sale(txn_id=sale_id), refund])
    page.goto(own_bench.odoo.url + INBOX)
    page.locator(".o_data_row", has_text=sale_id).locator("td[name=txn_id]").click()
    _expect_message(page, sale_id)

    _press(page, "action_open_moves")
    page.locator(".o_data_row", has_text="INV/").locator("td[name=name]").click()
    expect(page.locator(".ribbon span")).to_have_text("Paid")
    messages = page.locator("button[name=action_open_paypal_messages]")
    expect(messages).to_contain_text("2")
    messages.click()
    page.locator(".o_data_row", has_text=sale_id).locator("td[name=txn_id]").click()
    _expect_message(page, sale_id)

    _press(page, "action_open_payments")
    payment_id = page.locator("[name=paypal_txn_id]")
    expect(payment_id).to_contain_text(sale_id)
    _press(page, "action_open_paypal_ipn")
    _expect_message(page, sale_id)

    _press(page, "action_open_partner")
    expect(page.locator(".o_last_breadcrumb_item")).to_have_text("Noa Peretzky")
    page.click("a.nav-link[name=paypal]")
    page.locator(".o_data_row", has_text=refund_id).locator("td[name=kind]").click()
    _expect_message(page, refund_id)

    page.click("a.nav-link[name=timeline]")
    timeline = page.locator("[name=timeline_ids] .o_data_row")
    expect(timeline.locator("td[name=kind]")).to_have_text(["Sale", "Refund"])
    timeline.first.locator("td[name=kind]").click()
    _expect_message(page, sale_id)
    _press(page, "action_open_followers")
    _expect_message(page, refund_id)
    _press(page, "action_open_original")
    _expect_message(page, sale_id)


def test_a_message_opens_its_transaction_at_paypal_in_a_new_tab(page, own_bench):
    log_in(page, own_bench.odoo.url)
    txn_id = new_txn_id()
    own_bench.send([sale(txn_id=txn_id)])
    address = f"https://www.paypal.com/activity/payment/{txn_id}"
    page.context.route(address, lambda route: route.fulfill(body="PayPal"))
    page.goto(own_bench.odoo.url + INBOX)
    page.locator(".o_data_row", has_text=txn_id).locator("td[name=txn_id]").click()
    with page.expect_popup() as popup:
        _press(page, "action_open_at_paypal")
    expect(popup.value.locator("body")).to_have_text("PayPal")
    assert popup.value.url == address


def test_many_messages_are_retried_with_one_press_to_the_end(page, own_bench):
    log_in(page, own_bench.odoo.url)
    bodies = [sale(mc_currency="GBP") for _number in range(MANY)]
    # All of them are there before PayPal has answered the first, so it is one burst.
    own_bench.paypal.change(latency=ALL_ARRIVE)
    own_bench.send(bodies, in_turn=False)
    own_bench.paypal.change(latency=0.0)
    _expect_one_mail_about_problems(own_bench)

    page.goto(f"{own_bench.odoo.url}{INBOX}_attention")
    expect(page.locator(".o_data_row")).to_have_count(MANY)
    with own_bench.session.environment() as env:
        pounds = env.ref("base.GBP")
        pounds.active = True
        env["res.currency.rate"].create(
            {"currency_id": pounds.id, "name": "2026-11-23", "rate": 0.2}
        )
    page.locator("thead .o_list_record_selector input").click()
    page.click("button[name=action_retry]")

    expect(page.locator(".o_form_sheet h1")).to_contain_text(f"{MANY}")
    progress = page.locator("[name=progress]")
    expect(progress).to_contain_text("100", timeout=RETRY_LIMIT)
    expect(page.locator("[name=done]")).to_have_text(f"{MANY}")
    expect(page.locator("[name=under_way]")).to_have_text("0")
    _press(page, "action_open_messages")
    states = page.locator(".o_data_row td[name=state]")
    expect(states).to_have_text(["Done"] * MANY)
    own_bench.settle()
    assert len(_mails_about_problems(own_bench)) == 1


def _press(page, name):
    page.click(f"button[name={name}]")


def _expect_message(page, txn_id):
    expect(page.locator(".o_form_sheet h1")).to_have_text(txn_id)
    expect(page.locator("a.nav-link[name=timeline]")).to_be_visible()


def _expect_one_mail_about_problems(bench):
    deadline = time.monotonic() + MAIL_LIMIT
    while not (mails := _mails_about_problems(bench)):
        assert time.monotonic() < deadline, "no mail about problems has come"
        time.sleep(0.2)
    [mail] = mails
    assert f"{MANY}" in mail.subject
    assert mail.recipients == ("orders@example.com",)


def _mails_about_problems(bench):
    return [mail for mail in bench.sink.mails if PROBLEMS in mail.subject]
