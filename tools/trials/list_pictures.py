"""Pictures of PayPal's list: what is asked, compared, entered, undone.

A part of :mod:`tools.trials.ledger_pictures`, which takes them.
"""

import base64

from tools.environment import CHECKOUT
from tools.trials.activity_file import STYLES, write_activity
from tools.trials.activity_merchant import Merchant

SAMPLES = CHECKOUT / "caspit_paypal_activity" / "tests" / "samples" / "public"


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
