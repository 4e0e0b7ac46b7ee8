# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ...paypal import MalformedMessage
from ..company.licence import PAYPAL_MODULE
from ..delivery.undelivered import UNDELIVERED
from .period import Period

ATTENTION_LIMIT = 10
#: Receipts that did not arrive, and disputes, that are listed one by one.
CARD_LIMIT = 5

# What the first screen counts, each under the inbox's filter of the same name.
FILTERS = {
    "attention": ("attention",),
    "on_the_way": ("received", "verified", "booked"),
    "done": ("done",),
    "ignored": ("ignored",),
    "refused": ("refused",),
    "blocked": ("blocked",),
}
#: What has a card of its own, each with the inbox's filter of the same name.
CARDS = {
    "undelivered": Domain("receipt_status", "in", UNDELIVERED),
    "open_cases": Domain("is_open_case", "=", True),
}


class CaspitDashboard(models.AbstractModel):
    """What the first screen of Caspit, My Caspit, shows.

    Everything is read as the user, so that he sees what the inbox would show him. The
    balance of the PayPal account alone is read for him: who sees the payments may see
    what they sum up to, also without rights in accounting.
    """

    _name = "caspit.dashboard"
    _description = "My Caspit"

    @api.model
    def read_dashboard(self, period="month"):
        """Read the whole screen.

        :param str period: one of ``period.PERIODS``
        :return: a dictionary that can be sent as JSON
        :raise AccessError: the user may not see messages
        :raise ValueError: there is no such period
        """
        ipns = self.env["paypal.ipn"]
        ipns.check_access("read")
        company = self.env.company
        counted = self.env.companies.filtered(
            lambda each: each.paypal_environment == company.paypal_environment
        )
        left_out = self.env.companies - counted
        span = Period(period, company._paypal_today())
        money = self.env["caspit.money"]._read_money(counted, span)
        return {
            "company": company.name,
            "is_test": company.paypal_environment == "sandbox",
            "left_out": left_out.mapped("name"),
            "licence": self._licence(),
            "period": period,
            "dates": self._dates(*span.days),
            "earlier_dates": self._dates(*span.earlier_days),
            **money,
            "attention": self._attention(),
            "undelivered": self._undelivered(),
            "cases": self._cases(),
            "counts": self._counts(),
            "card_counts": self._card_counts(),
            "is_empty": not ipns.search_count(self._mine(), limit=1),
            "can_retry": ipns._may_press(),
            "can_set_up": company.has_access("write"),
            "company_id": company.id,
            "currency_id": company.currency_id.id,
        }

    @api.model
    def open_messages(self, name):
        """Open the inbox on exactly the messages that were counted.

        :param str name: a filter of ``FILTERS`` or ``CARDS``, or ''
        :return: the action
        :raise AccessError: the user may not see messages
        """
        self.env["paypal.ipn"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "caspit_paypal_ipn.paypal_ipn_action"
        )
        action["domain"] = list(self._mine() & self._in_environment())
        known = name in FILTERS or name in CARDS
        action["context"] = {f"search_default_{name}": 1} if known else {}
        return action

    # === WHAT IS COUNTED === #

    def _mine(self):
        """The messages of the active companies, and for administrators nobody's."""
        return Domain("company_id", "in", [False, *self.env.companies.ids])

    def _in_environment(self):
        """Leave out what a company received while it tried PayPal out.

        A refused message stays: that it came from the other environment is why.
        """
        sandbox = self.env.companies.filtered(
            lambda company: company.paypal_environment == "sandbox"
        )
        live = self.env.companies - sandbox
        return (
            (Domain("company_id", "in", sandbox.ids) & Domain("is_sandbox", "=", True))
            | (Domain("company_id", "in", live.ids) & Domain("is_sandbox", "=", False))
            | Domain("company_id", "=", False)
            | Domain("state", "=", "refused")
        )

    def _counts(self):
        by_state = dict(
            self.env["paypal.ipn"]._read_group(
                self._mine() & self._in_environment(), ["state"], ["__count"]
            )
        )
        return {
            name: sum(by_state.get(state, 0) for state in states)
            for name, states in FILTERS.items()
        }

    def _card_counts(self):
        return {
            name: self.env["paypal.ipn"].search_count(
                self._mine() & self._in_environment() & domain
            )
            for name, domain in CARDS.items()
        }

    # === PARTS OF THE SCREEN === #

    def _licence(self):
        company = self.env.company
        licence = company.sudo().caspit_licence_ids.filtered(
            lambda licence: licence.module == PAYPAL_MODULE
        )
        labels = company._fields["paypal_licence_status"]
        status = company.paypal_licence_status
        return {
            "status": status,
            "label": dict(labels._description_selection(self.env))[status],
            "last_day": licence.date_end and format_date(self.env, licence.date_end),
        }

    def _dates(self, first, last):
        """Name a span of days; one day by itself alone."""
        days = [first] if first == last else [first, last]
        return " – ".join(format_date(self.env, day) for day in days)

    def _attention(self):
        """The newest messages that a person must look at."""
        ipns = self.env["paypal.ipn"].search(
            self._mine() & self._in_environment() & Domain("state", "=", "attention"),
            limit=ATTENTION_LIMIT,
            order="id desc",
        )
        reasons, kinds = (
            dict(ipns._fields[name]._description_selection(self.env))
            for name in ("reason", "kind")
        )
        return [
            {
                "id": ipn.id,
                "name": ipn.display_name,
                "customer": self._customer(ipn),
                "kind": kinds.get(ipn.kind, ""),
                "amount": ipn._amount(),
                "currency_id": ipn.currency_id.id,
                "currency": ipn.currency_id.name,
                "reason": reasons.get(ipn.reason, ""),
                "explanation": ipn.explanation or "",
            }
            for ipn in ipns
        ]

    def _card(self, name):
        """:return: the newest messages of a card"""
        return self.env["paypal.ipn"].search(
            self._mine() & self._in_environment() & CARDS[name],
            limit=CARD_LIMIT,
            order="id desc",
        )

    def _undelivered(self):
        """Whose document has not arrived, and why."""
        return [
            {
                "id": ipn.id,
                "customer": self._customer(ipn),
                "document": ipn.sudo().document_id.name or "",
                "address": ipn._receipt_address(),
                "problem": ipn.receipt_problem or "",
            }
            for ipn in self._card("undelivered")
        ]

    def _cases(self):
        """Disputes that are not settled; the newest message of each sale.

        :return: a dictionary for each; ``due`` is the day to answer by, if it is known
        """
        kinds = dict(
            self.env["paypal.ipn"]._fields["kind"]._description_selection(self.env)
        )
        newest = self._card("open_cases").grouped("original_id")
        return [
            {
                "id": cases[0].id,
                "sale_id": sale.id,
                "customer": self._customer(cases[0]),
                "document": sale.sudo().document_id.name or sale.txn_id or "",
                "kind": kinds.get(cases[0].kind, ""),
                "what": cases[0].sudo()._what(),
                "amount": cases[0]._amount() or sale._amount(),
                "currency_id": sale.currency_id.id,
                "due": self._case_day(cases[0]),
            }
            for sale, cases in newest.items()
        ]

    def _case_day(self, case):
        """:return: until when a case has to be answered, in words, or nothing"""
        due = case.sudo()._case_due()
        return due and format_date(self.env, due)

    def _customer(self, ipn):
        """Who a message is about, also before there is a customer record."""
        if ipn.partner_id:
            return ipn.sudo().partner_id.name or ""
        try:
            buyer = ipn.sudo()._message().buyer
        except MalformedMessage:
            return ""
        return buyer.business_name or buyer.name or buyer.email
