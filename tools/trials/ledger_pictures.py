"""Pictures of PayPal's list and ledger: what is asked, entered, undone, proved.

python -m tools.trials.ledger_pictures [--folder FOLDER] [--only ledger]
"""

import argparse
import base64
import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from tools.environment import CHECKOUT
from tools.environment.browser import chromium, log_in, open_modules_tab, speak
from tools.trials.activity_file import STYLES, write_activity
from tools.trials.activity_merchant import Merchant
from tools.trials.demo import EXAMPLE_MESSAGES, EXAMPLES, LOST, SHOP
from tools.trials.ledger import Ledger
from tools.trials.ledger_messages import move_of
from tools.trials.pictures import FOLDER, LANGUAGES, other_world
from tools.trials.workbench import workbench

SAMPLES = CHECKOUT / "caspit_paypal_activity" / "tests" / "samples" / "public"
#: What a merchant has on his desk, and in his hand.
SIZES = {"": {"width": 1366, "height": 860}, "-390": {"width": 390, "height": 844}}
HANDS = ("ledger-proved", "ledger-differs")
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
    pictures.take("ledger-new", show_tab)
    trial = Ledger(bench, moves_of(bench, bodies))
    bench.paypal.api.scopes = ()
    trial.connect()
    pictures.take("ledger-permission", show_tab)
    bench.paypal.api.scopes = pictures.scopes
    secret, bench.paypal.api.secret = bench.paypal.api.secret, "another"
    connect_again(bench)
    pictures.take("ledger-secret", show_tab)
    bench.paypal.api.secret = secret
    account, bench.paypal.api.account_id = (
        bench.paypal.api.account_id,
        "STRANGER00001",
    )
    connect_again(bench)
    pictures.take("ledger-other-account", show_tab)
    bench.paypal.api.account_id = account
    trial.walk()
    trial.told()
    pictures.take("ledger-connected", show_tab)
    pictures.take("ledger-proved", show_my_caspit)
    pictures.take("ledger-proofs", show_proofs)
    bench.paypal.api.moves = [*trial.moves, CORRECTION]
    replan(bench, trial)
    trial.walk()
    trial.told()
    pictures.take("ledger-differs", show_my_caspit)
    pictures.take("ledger-costs", show_costs)


def take_history(bench, pictures):
    """What a merchant sees while the past is read."""
    Ledger(bench, []).connect()
    half_a_history(bench)
    pictures.take("ledger-history", show_ledger)


def take_lists(bench, pictures):
    """What a merchant sees of a file that he uploads."""
    entries = Merchant(seed=3).entries(60)
    content = b"".join(write_activity(entries, STYLES["en-gb"]))
    asked = (SAMPLES / "nl_2026_statement_mdy_may_1_to_8.csv").read_bytes()
    upload(bench, "asked.csv", asked)
    pictures.take("list-question", show_file("asked.csv"))
    head, rest = content.split(b"\r\n", 1)
    strange = ",".join(f"Ѣ{chr(0x10D0 + n)}" for n in range(head.count(b",") + 1))
    upload(bench, "strange.csv", strange.encode() + b"\r\n" + rest)
    pictures.take("list-reading", show_file("strange.csv"))
    upload(bench, "Download.CSV", content)
    pictures.take("list-compared", show_file("Download.CSV"))
    pictures.take("list-enter", show_entering)
    make(bench, "Download.CSV")
    pictures.take("list-made", show_file("Download.CSV"))
    pictures.take("list-undo", show_undoing)
    pictures.take("list-accounts", show_accounts)
    with bench.session.environment() as env:
        activity = env["paypal.activity"].search([("name", "=", "Download.CSV")])
        activity.write({"state": "comparing", "compared_count": 21})
    pictures.take("list-progress", show_file("Download.CSV"))
    with bench.session.environment() as env:
        files = env["paypal.activity"].search([])
        files.search([("name", "=", "Download.CSV")]).write({"state": "ready"})
        files.search([("name", "=", "Download.CSV")])._made()._undo()
        files.unlink()


def upload(bench, name, content):
    """Upload a file, and have it compared."""
    with bench.session.environment() as env:
        activity = env["paypal.activity"].create(
            {"name": name, "file": base64.b64encode(content)}
        )
        activity.action_compare()


def make(bench, name):
    """Make what can be made, and enter the purchases on an account."""
    with bench.session.environment() as env:
        activity = env["paypal.activity"].search([("name", "=", name)])
        activity.action_make_all()
        account = env["account.account"].search(
            [("account_type", "=", "expense")], limit=1
        )
        rows = activity.line_ids.filtered(lambda row: row.kind == "outgoing")
        env["paypal.activity.enter"].create(
            {"line_ids": rows.ids, "account_id": account.id}
        ).action_enter()
    bench.settle()


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


# === THE SCREENS OF A FILE === #


def show_file(name):
    """:return: a function that opens a file"""

    def show(page, url):
        page.goto(f"{url}/odoo/action-caspit_paypal_activity.paypal_activity_action")
        page.click(f".o_data_row:has-text('{name}') td[name=display_name]")
        page.wait_for_selector(".o_form_view .oe_title")
        page.wait_for_timeout(500)

    return show


def show_entering(page, url):
    """What is asked of a purchase."""
    show_file("Download.CSV")(page, url)
    page.click(".o-form-buttonbox .o_button_more")
    page.click("button:has([name=by_hand_count])")
    page.click(".o_data_row:first-of-type .o_list_record_selector input")
    page.click("button[name=action_enter]")
    page.wait_for_selector(".modal button[name=action_enter]")
    page.wait_for_timeout(500)


def show_undoing(page, url):
    """What Undo would take away."""
    show_file("Download.CSV")(page, url)
    page.click("button[name=action_undo]")
    page.wait_for_selector(".modal .o_data_row")
    page.wait_for_timeout(500)


def show_accounts(page, url):
    """What is remembered of earlier purchases."""
    action = "caspit_paypal_activity.paypal_activity_account_action"
    page.goto(f"{url}/odoo/action-{action}")
    page.wait_for_selector(".o_data_row")


# === THE SCREENS OF THE LEDGER === #


def show_tab(page, url):
    """The Modules tab, at PayPal's ledger."""
    open_modules_tab(page, url)
    page.locator("[name=paypal_api]").scroll_into_view_if_needed()


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
    page.wait_for_selector("[name=window_ids]")
    page.wait_for_timeout(3000)


PARTS = {"lists": take_lists, "ledger": take_ledger, "history": take_history}

if __name__ == "__main__":
    main()
