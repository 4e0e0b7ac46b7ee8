"""``make pictures``: the screens and receipts of the documentation, from real ones.

The demonstration's examples are sent to a fresh Odoo, and what a merchant then sees
is written to ``docs/pictures``.
"""

import base64
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageChops

from tools import ToolError
from tools.commands import say
from tools.environment import CHECKOUT
from tools.environment.browser import chromium, log_in, open_modules_tab, speak
from tools.trials.demo import EXAMPLE_MESSAGES, EXAMPLES, SHOP
from tools.trials.workbench import workbench

FOLDER = CHECKOUT / "docs" / "pictures"
SIZE = {"width": 1280, "height": 860}
#: Ends of file names by language.
LANGUAGES = {"en_US": "", "he_IL": "-he"}
RECEIPT_DPI = 80
SANDBOX_MARK = b"&test_ipn=1"
CHART_MILLISECONDS = 1500  # until Chart.js has drawn
MARGIN = 24  # pixels left under the last line of a receipt


# === THE SCREENS === #


def open_inbox(page, url):
    """Open the list of messages."""
    page.goto(f"{url}/odoo/action-caspit_paypal_ipn.paypal_ipn_action")
    page.wait_for_selector(".o_list_view .o_data_row")


def open_first_message(page, url):
    """Open the oldest message, which the demonstration's first example is."""
    open_inbox(page, url)
    page.click(".o_data_row:last-of-type td[name=txn_id]")
    page.wait_for_selector(".o_paypal_ipn_content")


def open_my_caspit(page, url):
    """Open the first screen, for the whole year, so that every example counts."""
    page.goto(f"{url}/odoo/my-caspit")
    page.click("[data-period=year]")
    page.wait_for_selector("[data-period=year][aria-pressed=true]")
    page.wait_for_selector(".o_caspit_page[aria-busy=false]")
    page.wait_for_timeout(CHART_MILLISECONDS)


def open_analysis(page, url):
    """Open the graph of what was booked."""
    page.goto(f"{url}/odoo/action-caspit_paypal_ipn.paypal_ipn_action_analysis")
    page.wait_for_selector(".o_graph_renderer canvas")
    page.wait_for_timeout(CHART_MILLISECONDS)


def open_cards(page, url):
    """Open the inbox as cards."""
    open_inbox(page, url)
    page.click(".o_switch_view.o_kanban")
    page.wait_for_selector(".o_kanban_record")


def open_timeline(page, url):
    """Open what PayPal reported of one transaction."""
    open_inbox(page, url)
    page.click(".o_data_row:has-text('8HB10000AA000011K') td[name=txn_id]")
    page.click("a.nav-link[name=timeline]")
    page.wait_for_selector("[name=timeline_ids] .o_data_row")


def open_invoice(page, url):
    """Open the document of the first message."""
    open_first_message(page, url)
    page.click("button[name=action_open_moves]")
    page.locator(".o_data_row", has_text="INV/").locator("td[name=name]").click()
    page.wait_for_selector(".o_form_view .ribbon")


def open_test_message(page, url):
    """Open what a test message would make."""
    open_modules_tab(page, url)
    page.click("[name=paypal_check_buttons] button:not([name^=action_])")
    page.click(".modal button[name=action_run]")
    page.wait_for_selector(".modal [data-outcome]")


def open_attention(page, url):
    """Open the message that a person must look at."""
    page.goto(f"{url}/odoo/action-caspit_paypal_ipn.paypal_ipn_action_attention")
    page.click(".o_data_row td[name=txn_id]")
    page.wait_for_selector(".o_paypal_ipn_content")


def open_reversal(page, url):
    """Open the reversal, which can be credited if the dispute is lost."""
    open_inbox(page, url)
    page.click(".o_data_row:has-text('8HB10000AA000011K') td[name=txn_id]")
    page.wait_for_selector(".o_paypal_ipn_content")


def open_reconcile(page, url):
    """Open the activity file that was compared with the books."""
    page.goto(f"{url}/odoo/action-caspit_paypal_activity.paypal_activity_action")
    page.click(".o_data_row td[name=display_name]")
    page.wait_for_selector("[name=balance_html] table")


SCREENS = {
    "my-caspit": open_my_caspit,
    "modules-tab": open_modules_tab,
    "test-message": open_test_message,
    "inbox": open_inbox,
    "message": open_first_message,
    "attention": open_attention,
    "reversal": open_reversal,
    "timeline": open_timeline,
    "invoice": open_invoice,
    "analysis": open_analysis,
    "cards": open_cards,
    "reconcile": open_reconcile,
}


def compare_activity(bench):
    """Compare an activity file of PayPal's with what was booked.

    :param tools.trials.workbench.Workbench bench: its messages have been worked
    """
    content = base64.b64encode((EXAMPLES / "activity.csv").read_bytes())
    with bench.session.environment() as env:
        activity = env["paypal.activity"].create(
            {"name": "Download.CSV", "file": content}
        )
        activity.action_compare()


def take_screens(bench, folder):
    """Take a picture of each screen in each language.

    :param tools.trials.workbench.Workbench bench: its messages have been worked
    :param Path folder: to write to
    """
    with chromium() as browser:
        for lang, ending in LANGUAGES.items():
            speak(bench.session, lang)
            page = browser.new_page(viewport=SIZE)
            log_in(page, bench.odoo.url)
            for name, open_screen in SCREENS.items():
                open_screen(page, bench.odoo.url)
                page.mouse.move(0, 0)
                picture = folder / f"{name}{ending}.png"
                page.screenshot(path=picture, animations="disabled")
            page.close()


# === THE DOCUMENTS === #


PRINTED = {"out_invoice": "receipt", "out_refund": "credit-note"}


def print_documents(bench, folder):
    """Make a picture of the first receipt and credit note in each language.

    :param tools.trials.workbench.Workbench bench: its messages have been worked
    :param Path folder: to write to
    """
    with bench.session.environment() as env:
        moves = env["account.move"].search(
            [("paypal_txn_id", "!=", False)], order="id desc"
        )
        # The oldest of each comes last, and so is the one that stays.
        for move in moves:
            name = f"{PRINTED[move.move_type]}-{move.partner_id.lang[:2]}.png"
            draw_first_page(move.invoice_pdf_report_id.raw, folder / name)


def draw_first_page(pdf, picture):
    """Draw the first page of a PDF, as far down as something is on it.

    :param bytes pdf: the document
    :param Path picture: to write
    """
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch, "page")
        subprocess.run(
            ["pdftoppm", "-r", str(RECEIPT_DPI), "-png", "-singlefile", "-", page],
            input=pdf,
            check=True,
        )
        with Image.open(page.with_suffix(".png")) as image:
            paper = image.convert("RGB")
    blank = Image.new("RGB", paper.size, "white")
    _left, _top, _right, bottom = ImageChops.difference(paper, blank).getbbox()
    height = min(bottom + MARGIN, paper.height)
    paper.crop((0, 0, paper.width, height)).save(picture, optimize=True)


def other_world(body):
    """Turn a message of PayPal's sandbox into one of the live PayPal, and back.

    The pictures show real work, and the examples are a try.
    """
    without = body.replace(SANDBOX_MARK, b"")
    return body + SANDBOX_MARK if without == body else without


def main():
    """Write all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    say("starting Odoo, PayPal's stand-in and a mail server")
    with workbench(replace(SHOP, sandbox=False)) as bench:
        bodies = [
            other_world((EXAMPLES / each.file).read_bytes())
            for each in EXAMPLE_MESSAGES
        ]
        forged = [
            body
            for body, each in zip(bodies, EXAMPLE_MESSAGES, strict=True)
            if each.forged
        ]
        bench.send(bodies, forged)
        compare_activity(bench)
        take_screens(bench, FOLDER)
        print_documents(bench, FOLDER)
    say(f"the pictures are in {FOLDER}")


if __name__ == "__main__":
    try:
        main()
    except ToolError as error:
        sys.exit(f"make pictures: {error}")
