# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The set-up looks itself over: what works, what does not, and how to mend it."""

import time
from typing import NamedTuple

from odoo import fields, models
from odoo.tools import LazyTranslate

from ..words import in_words

_lt = LazyTranslate(__name__)

#: From good to bad. Each has a sign and a word of its own beside its colour.
LEVELS = ("ok", "warn", "error")

STEPS = {
    "licence": _lt("Licence"),
    "fields": _lt("PayPal account, accounting and e-mail"),
    "url": _lt("IPN URL in PayPal"),
    "encoding": _lt("Encoding in PayPal"),
    "worker": _lt("Background work"),
}


class Check(NamedTuple):
    """One thing that is looked at.

    :ivar code: its name
    :ivar step: a key of :data:`STEPS`
    :ivar title: what it is called on the screen
    :ivar method: of ``res.company``; see :meth:`ResCompany._paypal_checks`
    """

    code: str
    step: str
    title: str
    method: str


# In the order in which they are shown. A new check is a row here and a method.
CHECKS = (
    Check("licence", "licence", _lt("Marketing module"), "_paypal_see_licence"),
    Check("account", "fields", _lt("PayPal account"), "_paypal_see_account"),
    Check("environment", "fields", _lt("Environment"), "_paypal_see_environment"),
    Check("traces", "fields", _lt("PayPal's sandbox"), "_paypal_see_traces"),
    Check("issuer", "fields", _lt("Company details"), "_paypal_see_issuer"),
    Check("books", "fields", _lt("Accounting"), "_paypal_see_books"),
    Check("journal", "fields", _lt("PayPal journal"), "_paypal_see_journal"),
    Check("positions", "fields", _lt("Customers Abroad"), "_paypal_see_positions"),
    Check("exchange", "fields", _lt("Exchange Gains"), "_paypal_see_exchange"),
    Check("currencies", "fields", _lt("Currencies"), "_paypal_see_currencies"),
    Check("sender", "fields", _lt("Sender of the e-mails"), "_paypal_see_sender"),
    Check("mail_server", "fields", _lt("Mail server"), "_paypal_see_mail_server"),
    Check("pdf", "fields", _lt("PDF"), "_paypal_see_pdf"),
    Check("address", "url", _lt("Address"), "_paypal_see_address"),
    Check("reach", "url", _lt("Answer"), "_paypal_see_reach"),
    Check("last_message", "url", _lt("Messages"), "_paypal_see_last_message"),
    Check("turned_away", "url", _lt("Turned away"), "_paypal_see_turned_away"),
    Check("retired", "url", _lt("What PayPal retires"), "_paypal_see_retired"),
    Check("charset", "encoding", _lt("Character set"), "_paypal_see_charset"),
    Check("crons", "worker", _lt("Scheduled actions"), "_paypal_see_crons"),
    Check("waiting", "worker", _lt("Waiting messages"), "_paypal_see_waiting"),
)

#: Where something can be mended, and what the link there says.
LINKS = {
    "account.action_account_config": _lt("Open the accounting settings"),
    "account.action_account_journal_form": _lt("Open the journals"),
    "account.action_account_fiscal_position_form": _lt("Open the fiscal positions"),
    "base.action_currency_form": _lt("Open the currencies"),
    "base.action_ir_mail_server_list": _lt("Open the mail servers"),
    "base.ir_cron_act": _lt("Open the scheduled actions"),
    "caspit_paypal_ipn.paypal_ipn_action": _lt("Open the messages"),
}


class Mend(NamedTuple):
    """What the button of a finding does.

    :ivar label: of the button
    :ivar method: of ``res.company`` that mends it, or none
    :ivar field: of the company that the button goes to, or none
    :ivar group: that may do it, beside who may write the company; none: everybody
    :ivar confirm: what is asked first, or none
    """

    label: str
    method: str | None = None
    field: str | None = None
    group: str | None = None
    confirm: str | None = None


#: What mends a finding that is not in order, by the code of the check.
MENDS = {
    "books": Mend(_lt("Set up accounting"), "action_paypal_setup"),
    "reach": Mend(_lt("Check now"), "action_paypal_check_reach"),
    "exchange": Mend(
        _lt("Mend exchange gains"),
        "action_paypal_exchange_account",
        group="base.group_erp_manager",
    ),
    "traces": Mend(
        _lt("Remove everything of the sandbox"),
        "action_paypal_remove_sandbox",
        group="caspit_paypal_ipn.group_paypal_ipn_manager",
        confirm=_lt(
            "All messages of PayPal's sandbox are deleted, with every document, "
            "payment, fee, e-mail and customer that was made for them. Nothing that is "
            "real is touched. This cannot be undone."
        ),
    ),
    "account": Mend(_lt("Fill in the PayPal account"), field="paypal_merchant_id"),
    "sender": Mend(_lt("Fill in the e-mail"), field="email"),
    "issuer": Mend(_lt("Fill in the details"), field="vat"),
}


class ResCompany(models.Model):
    _inherit = "res.company"

    paypal_look = fields.Char(
        compute="_compute_paypal_look",
        help="Another one at each reading: the screen looks the set-up over anew.",
    )
    paypal_checks_html = fields.Html(
        "Set-up Check",
        compute="_compute_paypal_checks_html",
        sanitize=False,
        groups="base.group_erp_manager,caspit_paypal_ipn.group_paypal_ipn_manager",
    )

    # === COMPUTE METHODS === #

    def _compute_paypal_checks_html(self):
        """Look everything over anew each time that the form is read."""
        for company in self:
            company.paypal_checks_html = self.env["ir.qweb"]._render(
                "caspit_paypal_ipn.paypal_checks",
                {"steps": company._paypal_check_steps()},
            )

    def _compute_paypal_look(self):
        self.paypal_look = str(time.time_ns())

    def paypal_read_checks(self):
        """:return: the findings as HTML, for the tab that shows them
        :raise AccessError: they are not for this user
        """
        self.ensure_one()
        return self.paypal_checks_html

    # === BUSINESS METHODS === #

    def _paypal_check_table(self):
        """What is looked at, in the order in which it is shown.

        An extension point: a module adds rows of its own, and a method for each.

        :return: a list of :class:`Check`
        """
        return list(CHECKS)

    def _paypal_checks(self):
        """Look the set-up over. This asks no network and changes nothing.

        Each method of the table returns a level, a sentence and, where there is
        one, the XML id of the action that opens what mends it; or None when there is
        nothing to look at yet.

        :return: a dictionary for each finding: code, step, level, title, sentence,
            and link, which is None or has url and label
        """
        self.ensure_one()
        company = self._origin.sudo().with_company(self._origin)
        findings = []
        for check in company._paypal_check_table():
            found = getattr(company, check.method)()
            if found:
                level, sentence, *action = found
                findings.append(
                    {
                        "code": check.code,
                        "step": check.step,
                        "level": level,
                        "title": in_words(self.env, check.title),
                        "sentence": sentence,
                        "link": self._paypal_check_link(*action),
                        "mend": self._paypal_check_mend(check.code, level),
                    }
                )
        return findings

    def _paypal_check_steps(self):
        """The findings by step, for the screen.

        :return: a dictionary for each step: title, number (None for what is no step
            of the set-up), level, which is that of its worst finding, and findings
        """
        findings, steps = self._paypal_checks(), []
        for number, (code, title) in enumerate(STEPS.items(), start=1):
            own = [finding for finding in findings if finding["step"] == code]
            steps.append(
                {
                    "code": code,
                    "title": in_words(self.env, title),
                    "number": None if code == "worker" else number,
                    "level": max(
                        (finding["level"] for finding in own), key=LEVELS.index
                    ),
                    "findings": own,
                }
            )
        return steps

    def _paypal_check_link(self, action=None):
        """A link to what mends a finding, for a reader who may open it.

        :param str action: the XML id of a window action of :data:`LINKS`
        """
        if not action:
            return None
        model = self.env.ref(action).sudo().res_model
        if not self.env[model].has_access("read"):
            return None
        label = self._paypal_check_links()[action]
        return {"url": f"/odoo/action-{action}", "label": in_words(self.env, label)}

    def _paypal_check_mend(self, code, level):
        """A button that mends a finding, for a reader who may press it.

        :param str code: of the check
        :param str level: of the finding; what is in order has no button
        :return: a dictionary: label, method or field, and confirm; or None
        """
        mend = self._paypal_check_mends().get(code)
        if level == "ok" or not mend or not self.has_access("write"):
            return None
        if mend.group and not self.env.user.has_group(mend.group):
            return None
        if mend.field and not self._paypal_may_fill(mend.field):
            return None
        return {
            "label": in_words(self.env, mend.label),
            "method": mend.method,
            "field": mend.field,
            "confirm": mend.confirm and in_words(self.env, mend.confirm),
        }

    def _paypal_may_fill(self, name):
        """:return: whether this user may write a field of the company"""
        is_ours = self._paypal_is_setting(name)
        return is_ours or not self._paypal_writes_as_manager_alone()

    def _paypal_check_mends(self):
        """:return: the :class:`Mend` of findings by code of the check; extensible"""
        return dict(MENDS)

    def _paypal_check_links(self):
        """:return: what the links say, by the XML id of their action; extensible"""
        return dict(LINKS)
