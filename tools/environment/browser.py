"""A real Chromium at the screens of a running Odoo."""

import contextlib
import shutil

from playwright.sync_api import sync_playwright

from tools import ToolError
from tools.environment import Environment

AXE = Environment().root / "node" / "node_modules" / "axe-core" / "axe.min.js"
#: The browser runs as any user, and calls nobody but the page it shows.
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextlib.contextmanager
def chromium():
    """Start the machine's own Chromium, without a window.

    :return: in ``with … as browser``: Playwright's ``Browser``
    :raise ToolError: there is none
    """
    path = shutil.which("chromium")
    if path is None:
        raise ToolError("There is no chromium on the PATH.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=list(CHROMIUM_ARGUMENTS)
        )
        try:
            yield browser
        finally:
            browser.close()


def log_in(page, url, login="admin"):
    """Log in.

    :param page: Playwright's ``Page``
    :param str url: of the Odoo server
    :param str login: of a user whose password it is as well
    """
    page.goto(f"{url}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", login)
    page.press("input[name=password]", "Enter")
    page.wait_for_selector(".o_main_navbar")


def speak(session, lang):
    """Set the administrator's language, for the running server as well.

    :param tools.environment.odoo_session.OdooSession session: on the server's database
    :param str lang: its code
    """
    with session.environment() as env:
        env.ref("base.user_admin").lang = lang


def accessibility_faults(page, parts):
    """Look whether parts of a screen can be read and used by everybody.

    axe-core looks for the rules of WCAG 2.1, levels A and AA, that a program can check:
    labels, names of buttons, contrast, roles, order of headings.

    :param page: Playwright's ``Page``
    :param parts: CSS selectors of the parts to look at
    :return: a line for each fault: rule, element, what is wrong
    :rtype: list[str]
    """
    if not page.evaluate("Boolean(window.axe)"):
        page.add_script_tag(path=AXE)
    found = page.evaluate(
        """async (include) => await axe.run(
            {include: include.map((selector) => [selector])},
            {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})""",
        list(parts),
    )
    return [
        f"{fault['id']}: {node['html'][:160]} ({node['failureSummary']})"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def open_modules_tab(page, url, company_id=1):
    """Open a company's Modules tab."""
    page.goto(f"{url}/odoo/action-base.action_res_company_form/{company_id}")
    page.click("a.nav-link[name=caspit_modules]")
    page.wait_for_selector("[name=paypal_merchant_id] input")
    # Looked over when the tab is there already, and the rest moves down.
    page.wait_for_selector(".o_paypal_checks")
