"""Who walks through the screens of an Odoo, in what language, and how he goes."""

import subprocess
from dataclasses import replace
from datetime import datetime, timezone
from typing import NamedTuple

from lxml import html
from messages import NEW_SHOP, SHOP, sale
from playwright.sync_api import expect
from screens import Looker, watched_page

#: No test has a public address: these two say so.
NEEDS_THE_INTERNET = {"address", "reach"}
#: What an Israeli merchant has to decide, fetch or connect himself.
NEEDS_THE_MERCHANT = {"doors", "exchange", "il_consent", "il_authority", "il_rates"}
NEEDS_A_MESSAGE = {"last_message", "charset"}
#: The sale is one of a Buy Now button.
CAME_BY_BUTTON = {"retired"}
NOT_GREEN = NEEDS_THE_INTERNET | NEEDS_THE_MERCHANT

#: The add-ons' own parts of a screen; below it those that axe-core is shown.
MY_CASPIT = [".o_caspit_page"]
MODULES_TAB = [".tab-pane.active"]
CHECKS = [".o_paypal_checks", "[name=paypal_check_buttons]", ".tab-pane.active .alert"]
LIST = [".o_list_renderer"]
MESSAGE = [".o_statusbar_buttons", ".o_form_sheet"]
STORY = [".o_paypal_story", ".o_paypal_ipn_content", ".oe_button_box", ".alert"]
INVOICE = [".ribbon", "button[name=action_open_paypal_messages]"]
BUTTON = ["button[name=action_open_paypal_messages]"]
WIZARD = [".modal-content"]
DOCUMENT = [".o_receipt"]
MAIL = ["body"]


class Walk(NamedTuple):
    """What a walk is about.

    :ivar bench: the :class:`tools.trials.workbench.Workbench`
    :ivar lang: what the person speaks
    :ivar buyer: who pays: PayPal's fields
    :ivar eyes: the :class:`screens.Looker`
    """

    bench: object
    lang: str
    buyer: dict
    eyes: Looker

    @property
    def url(self):
        return self.bench.odoo.url

    @property
    def name(self):
        """The customer's family name."""
        return self.buyer["last_name"]

    def person(self, what, *groups, company=None):
        """Let somebody work here, who speaks the language of the walk.

        :return: his login
        """
        login = f"{what}-{self.lang}"
        with self.bench.session.environment() as env:
            company = company or env.company.id
            env["res.users"].create(
                {
                    "name": login,
                    "login": login,
                    "password": login,
                    "lang": self.lang,
                    "group_ids": [(4, env.ref(group).id) for group in groups],
                    "company_id": company,
                    "company_ids": [(6, 0, [company])],
                }
            )
        return login

    def now(self, **fields):
        """A message about a payment that the customer made just now."""
        moment = datetime.now(timezone.utc).strftime("%H:%M:%S %b %d, %Y GMT")
        return sale(
            **{"charset": "UTF-8", "payment_date": moment, **self.buyer, **fields}
        )

    def mail_to(self, address):
        """:return: the last mail that came to somebody"""
        mails = self.bench.sink.mails
        return [mail for mail in mails if mail.recipients == (address,)][-1]

    def look_at_mail(self, name, mail):
        """Look at a mail as a mail program shows it.

        :return: where its links lead
        """
        text = mail.message.get_body(("html",)).get_content()
        with watched_page(self.eyes.page.context.browser) as page:
            page.set_content(text)
            Looker(page, self.lang, self.eyes.names, self.eyes.faults).look(name, MAIL)
        tree = html.fromstring(text)
        assert "<div" not in tree.text_content(), "the mail shows its own markup"
        return tree.xpath("//a/@href")


# === A FRESH COMPANY === #


def a_fresh_company(walk, number=1):
    """Make a company whose merchant has just installed the add-on.

    :param int number: of the company, as no two have one name or account
    :return: its shop, as PayPal will know it, and the company's id
    """
    letters = walk.lang[:2].upper()
    shop = replace(
        SHOP,
        merchant_id=f"FRESHSHOP{letters}{number:02}",
        merchant_email=f"fresh-{letters.lower()}-{number}@example.com",
    )
    name = f"Caspit Demo Shop {letters} {number}"
    fresh = replace(NEW_SHOP, name=name, lang=walk.lang, currencies={})
    with walk.bench.session.environment() as env:
        first = env.company
        company = first.create(
            {
                "name": fresh.name,
                "country_id": first.country_id.id,
                "currency_id": first.currency_id.id,
            }
        )
        # In Hebrew Odoo cuts the codes of two journals to the same letters.
        company.partner_id.lang = False
        charts = env["account.chart.template"]
        charts.try_loading(first.chart_template, company, install_demo=False)
        fresh.set_up(first.with_company(company).env)
        for currency in env["res.currency"].search([("name", "in", ("USD", "EUR"))]):
            currency.rate_ids.filtered(lambda rate: rate.company_id == first)[-1:].copy(
                {"company_id": company.id, "name": datetime.now(timezone.utc).date()}
            )
        return shop, company.id


# === ON THE WAY === #


def never_ran(walk):
    """:return: the check of the scheduled actions, while nobody has made them run"""
    with walk.bench.session.environment() as env:
        has_run = env.ref("caspit_paypal_ipn.ir_cron_paypal_ipn_work").lastcall
    return set() if has_run else {"crons"}


def open_my_caspit(page, walk):
    page.goto(f"{walk.url}/odoo/my-caspit")
    page.wait_for_selector(".o_caspit_page[aria-busy=false]")


def expect_not_green(page, codes):
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


def fill_in(page, shop):
    """Do the steps of the set-up."""
    row = page.locator("[name=caspit_licence_ids] .o_data_row")
    row.locator("td[name=licensed]").click()
    expect(row.locator("[name=licensed] input")).to_be_checked()
    page.fill("[name=paypal_merchant_id] input", shop.merchant_id)
    page.fill("[name=paypal_email] input", shop.merchant_email)
    page.click(".o_form_button_save")
    expect(page.locator(".o_form_button_save")).to_be_hidden()
    page.click("button[name=action_paypal_setup]")
    expect(page.locator("[name=paypal_journal_id] input")).to_have_value("PayPal")


def text_of(pdf):
    """:return: what a PDF says"""
    command = ["pdftotext", "-layout", "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def complaints(log):
    """Find the lines of Odoo's log that complain of something.

    Without a reverse proxy the bus has no websocket; that is told for each page.
    """
    return [
        line
        for line in log.splitlines()
        if (
            (" WARNING " in line or " ERROR " in line)
            and "odoo.http: Exception during request handling" not in line
        )
        or ('HTTP/1.1" 5' in line and "/websocket" not in line)
    ]
