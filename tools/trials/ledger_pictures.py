"""Pictures of PayPal's list and ledger: what is asked, entered, undone, proved.

python -m tools.trials.ledger_pictures [--folder FOLDER] [--only ledger]
"""

import argparse
import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from tools.environment.browser import chromium, log_in, open_modules_tab, speak
from tools.standin.api_webhooks import WEBHOOKS_SCOPE
from tools.trials.demo import EXAMPLE_MESSAGES, EXAMPLES, LOST, SHOP
from tools.trials.ledger import Ledger
from tools.trials.ledger_messages import move_of
from tools.trials.list_pictures import take_lists
from tools.trials.pictures import FOLDER, LANGUAGES, other_world
from tools.trials.workbench import workbench

#: What a merchant has on his desk, and in his hand.
SIZES = {"": {"width": 1366, "height": 860}, "-390": {"width": 390, "height": 844}}
HANDS = (
    "ledger-new",
    "ledger-tab",
    "ledger-secret",
    "ledger-connected",
    "webhooks-on",
    "webhooks-trouble",
    "ledger-proved",
    "ledger-differs",
)
CORRECTION = {
    "transaction_info": {
        "transaction_id": "7CR78901BC234567D",
        "transaction_event_code": "T1200",
        "transaction_initiation_date": "2026-11-24T12:00:00Z",
        "transaction_amount": {"currency_code": "ILS", "value": "12.50"},
        "transaction_status": "S",
    }
}


def main(arguments=None):
    """Write all pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--only", action="append", choices=PARTS)
    options = parser.parse_args(arguments)
    folder = options.folder
    folder.mkdir(parents=True, exist_ok=True)
    with workbench(replace(SHOP, sandbox=False)) as bench, chromium() as browser:
        pictures = Pictures(bench, browser, folder)
        for part in options.only or PARTS:
            PARTS[part](bench, pictures)


def take_ledger(bench, pictures):
    """What a merchant sees of PayPal's own ledger."""
    bodies = [
        other_world((EXAMPLES / each.file).read_bytes())
        for each in EXAMPLE_MESSAGES
        if not each.forged
    ]
    bench.send(bodies)
    pictures.take("ledger-tab-new", show_tab)
    pictures.take("ledger-new", open_from_tab)
    trial = Ledger(bench, moves_of(bench, bodies))
    bench.paypal.api.scopes = ()
    trial.connect()
    pictures.take("ledger-permission", show_ledger)
    bench.paypal.api.scopes = pictures.scopes
    secret, bench.paypal.api.secret = bench.paypal.api.secret, "another"
    connect_again(bench)
    pictures.take("ledger-secret", show_ledger)
    pictures.take("ledger-tab", show_findings)
    bench.paypal.api.secret = secret
    account, bench.paypal.api.account_id = (
        bench.paypal.api.account_id,
        "STRANGER00001",
    )
    connect_again(bench)
    pictures.take("ledger-other-account", show_ledger)
    bench.paypal.api.account_id = account
    trial.walk()
    trial.told()
    pictures.take("ledger-connected", show_ledger)
    take_webhooks(bench, pictures)
    pictures.take("ledger-tab-connected", show_findings)
    pictures.take("ledger-proved", show_my_caspit)
    pictures.take("ledger-proofs", show_proofs)
    bench.paypal.api.moves = [*trial.moves, CORRECTION]
    replan(bench, trial)
    trial.walk()
    trial.told()
    pictures.take("ledger-differs", show_my_caspit)
    pictures.take("ledger-costs", show_costs)


def take_webhooks(bench, pictures):
    """What a merchant sees of the webhooks: in trouble, switched on, one missed."""
    api = bench.paypal.api
    api.scopes = [scope for scope in pictures.scopes if scope != WEBHOOKS_SCOPE]
    switch_webhooks(bench)
    pictures.take("webhooks-trouble", show_webhooks)
    pictures.take("webhooks-tab", show_findings)
    api.scopes = pictures.scopes
    switch_webhooks(bench)
    miss_event(bench)
    pictures.take("webhooks-on", show_webhooks)
    pictures.take("webhooks-missed", show_missed)


def take_history(bench, pictures):
    """What a merchant sees while the past is read."""
    Ledger(bench, []).connect()
    half_a_history(bench)
    pictures.take("ledger-history", show_ledger)


def moves_of(bench, bodies):
    """What PayPal's ledger has: everything that was booked, and one that was lost."""
    outcomes = bench.outcomes(bodies)
    booked = {
        body: None
        for body, outcome in zip(bodies, outcomes, strict=True)
        if outcome["payments"]
    }
    lost = json.loads((EXAMPLES / LOST).read_text("utf-8"))
    return [*filter(None, map(move_of, booked)), *lost["transaction_details"]]


def connect_again(bench):
    """Press the button once more."""
    with bench.session.environment() as env:
        env["paypal.api.connection"]._of(env.company).action_connect()


def switch_webhooks(bench):
    """Press the button that switches them on."""
    with bench.session.environment() as env:
        env["paypal.api.connection"]._of(env.company).action_webhooks_on()


def miss_event(bench):
    """Have PayPal tell of an event that did not come."""
    api = bench.paypal.api
    moment = api.now() - timedelta(hours=1)
    api.event(
        "PAYMENT.CAPTURE.COMPLETED",
        {"id": "1AB23456CD789012E"},
        create_time=f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        summary="Payment completed for ILS 118.00 ILS",
    )
    with bench.session.environment() as env:
        connection = env["paypal.api.connection"]._of(env.company)
        connection.webhook_since = connection.webhook_since - timedelta(days=1)
        connection.action_webhooks_missed()


def replan(bench, trial):
    """Have everything read once more."""
    with bench.session.environment() as env:
        connection = env["paypal.api.connection"]._of(env.company)
        now = datetime.now(timezone.utc).replace(tzinfo=None, microsecond=0)
        connection._plan("hour", trial.first.replace(tzinfo=None), now)


def half_a_history(bench):
    """A history of which a part is read, and the rest waits."""
    with bench.session.environment() as env:
        connection = env["paypal.api.connection"]._of(env.company)
        now = datetime.now(timezone.utc).replace(tzinfo=None, microsecond=0)
        connection.history_from = (now - timedelta(days=365)).date()
        connection._plan("history", now - timedelta(days=365), now)
        windows = connection.window_ids.filtered(lambda it: it.kind == "history")
        windows[:7].write({"state": "done", "row_count": 231, "page_count": 1})
        windows[7:].write({"next_try": now + timedelta(hours=1)})


class Pictures:
    """A browser before the bench, and where its pictures go."""

    def __init__(self, bench, browser, folder):
        self.bench, self.browser, self.folder = bench, browser, folder
        self.scopes = bench.paypal.api.scopes

    def take(self, name, show):
        """Take a picture of a screen in each language and size."""
        for lang, ending in LANGUAGES.items():
            speak(self.bench.session, lang)
            for hand, size in SIZES.items():
                if hand and name not in HANDS:
                    continue
                page = self.browser.new_page(viewport=size)
                log_in(page, self.bench.odoo.url)
                show(page, self.bench.odoo.url)
                page.mouse.move(0, 0)
                path = self.folder / f"{name}{hand}{ending}.png"
                page.screenshot(path=path, animations="disabled")
                page.close()


# === THE SCREENS OF THE LEDGER === #


def show_tab(page, url):
    """The Modules tab, at PayPal's ledger."""
    open_modules_tab(page, url)
    page.locator("[name=paypal_api] button").scroll_into_view_if_needed()


def show_findings(page, url):
    """The Modules tab, at what its checks say of the ledger and the webhooks."""
    open_modules_tab(page, url)
    step = page.locator("details[data-step=url]")
    if step.get_attribute("open") is None:
        step.locator("summary").click()
    step.scroll_into_view_if_needed()
    page.wait_for_timeout(500)


def open_from_tab(page, url):
    """The connection, by the button of the tab."""
    show_tab(page, url)
    page.click("button[name=action_paypal_api_open]")
    page.wait_for_selector("[name=new_secret]")
    page.wait_for_timeout(500)


def show_missed(page, url):
    """What did not come."""
    page.goto(f"{url}/odoo/action-caspit_paypal_api.paypal_api_event_action")
    page.wait_for_selector(".o_data_row")


def show_my_caspit(page, url):
    """The first screen."""
    page.goto(f"{url}/odoo/my-caspit")
    page.wait_for_selector(".o_caspit_proof")
    page.wait_for_timeout(1500)


def show_proofs(page, url):
    """What was proved."""
    page.goto(f"{url}/odoo/action-caspit_paypal_api.paypal_api_proof_action")
    page.wait_for_selector(".o_data_row")


def show_costs(page, url):
    """What PayPal costs."""
    page.goto(f"{url}/odoo/action-caspit_paypal_api.paypal_api_cost_action")
    page.wait_for_selector(".o_pivot table")


def show_ledger(page, url):
    """PayPal's ledger itself."""
    page.goto(f"{url}/odoo/action-caspit_paypal_api.paypal_api_connection_action")
    page.click(".o_data_row td[name=display_name]")
    page.wait_for_selector(".o_form_view .o_notebook")
    page.wait_for_timeout(1000)


def show_webhooks(page, url):
    """PayPal's ledger, at its webhooks."""
    show_ledger(page, url)
    page.locator("button[name^=action_webhooks]").last.scroll_into_view_if_needed()


PARTS = {"lists": take_lists, "ledger": take_ledger, "history": take_history}

if __name__ == "__main__":
    main()
