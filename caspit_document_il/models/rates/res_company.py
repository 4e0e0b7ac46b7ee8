# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.caspit_paypal_ipn.models.standins import standin_url
from odoo.addons.caspit_paypal_ipn.models.words import notification
from odoo.tools.misc import format_date

from ...rates import URL, NoRates, fetch

_logger = logging.getLogger(__name__)

#: A bank on this machine, for tests and demonstrations.
STANDIN_VARIABLE = "CASPIT_BANK_STANDIN_URL"
#: Longer than any holiday on which the bank sets no rates.
OLD_DAYS = 6


def bank_url():
    """:return: where the rates are

    :raise ValueError: the stand-in's address is not of this machine
    """
    return standin_url(STANDIN_VARIABLE) or URL


class ResCurrencyRate(models.Model):
    _inherit = "res.currency.rate"

    il_is_representative = fields.Boolean(
        "Bank of Israel",
        readonly=True,
        help="The representative rate, as the Bank of Israel set it for that day.",
    )

    def write(self, vals):
        """A rate that somebody changes by hand is no longer the bank's."""
        changed = {"rate", "company_rate", "inverse_company_rate", "name"} & set(vals)
        if changed and "il_is_representative" not in vals:
            vals = {**vals, "il_is_representative": False}
        return super().write(vals)


class ResCompany(models.Model):
    _inherit = "res.company"

    il_fetch_rates = fields.Boolean(
        "Bank of Israel's Rates",
        default=True,
        help="Fetch the representative rates each day, for the currencies that are "
        "active.",
    )

    # === ACTIONS === #

    def action_il_fetch_rates(self):
        """Fetch the rates now.

        :return: what to tell the user
        """
        self.check_access("write")
        try:
            made = self.sudo()._il_take_rates(fetch(bank_url()))
        except NoRates as error:
            kind, text = "danger", self.env._("The bank gave no rates: %s", error)
        else:
            kind, text = "success", self.env._("%s rates are new.", len(made))
        return notification(text, kind)

    # === BUSINESS METHODS === #

    @api.model
    def _cron_il_rates(self):
        """Fetch the rates for all companies that want them; nothing raises here."""
        companies = self.search([("il_fetch_rates", "=", True)]).filtered(
            lambda company: (
                company._il_is_israeli() and company.currency_id.name == "ILS"
            )
        )
        foreign = self.env["res.currency"].search([("name", "!=", "ILS")])
        if not companies or not foreign:
            return
        try:
            rates = fetch(bank_url())
        except NoRates as error:
            _logger.warning("Bank of Israel: no rates (%s); asked again later", error)
            return
        companies._il_take_rates(rates)

    def _il_take_rates(self, rates):
        """Enter rates; a day that has one, by whomever, keeps it.

        :param rates: :class:`~..rates.Rate` objects
        :return: the rates that are new
        """
        by_code = {rate.currency: rate for rate in rates}
        currencies = self.env["res.currency"].search([("name", "in", [*by_code])])
        made = self.env["res.currency.rate"]
        for company in self.root_id:
            for currency in currencies - company.currency_id:
                rate = by_code[currency.name]
                known = made.search_count(
                    [
                        ("currency_id", "=", currency.id),
                        ("company_id", "=", company.id),
                        ("name", "=", rate.day),
                    ],
                    limit=1,
                )
                if not known:
                    made |= made.with_company(company).create(
                        {
                            "currency_id": currency.id,
                            "company_id": company.id,
                            "name": rate.day,
                            "inverse_company_rate": float(rate.shekels),
                        }
                    )
        # Afterwards, since entering the rate counts as a change of it.
        made.il_is_representative = True
        return made

    def _il_see_rates(self):
        foreign = self.env["res.currency"].search([("id", "!=", self.currency_id.id)])
        if not foreign or self.currency_id.name != "ILS":
            return None
        if not self.il_fetch_rates:
            return "warn", self.env._(
                "The Bank of Israel's rates are not fetched: enter the representative "
                "rate of each day by hand, or tick them on the Documents (Israel) tab."
            )
        last = self.env["res.currency.rate"].search(
            [
                ("il_is_representative", "=", True),
                ("company_id", "=", self.root_id.id),
            ],
            order="name desc",
            limit=1,
        )
        if not last or last.name < fields.Date.today() - timedelta(days=OLD_DAYS):
            return "warn", self.env._(
                "No rates of the Bank of Israel came lately. Press “Fetch rates now” "
                "on the Documents (Israel) tab, and look at what it says."
            )
        day = format_date(self.env, last.name)
        return "ok", self.env._("The last rates of the Bank of Israel are of %s.", day)
