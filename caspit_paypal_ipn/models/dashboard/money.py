# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from ..kinds import MONEY_IN, RETURNS

FIGURES = (MONEY_IN, RETURNS, "fees")
BOOKED = Domain("state", "in", ("booked", "done")) | (
    Domain("state", "=", "attention") & Domain("resume_state", "=", "booked")
)


class CaspitMoney(models.AbstractModel):
    """What moved in PayPal, summed up by the database for each currency."""

    _name = "caspit.money"
    _description = "My Caspit: Money"

    @api.model
    def _read_money(self, companies, span):
        """Sum up what is booked.

        :param companies: whose money, all of one PayPal environment
        :param Period span: the days
        :return: a dictionary: figures for each currency, and the chart
        """
        now, before = defaultdict(float), defaultdict(float)
        columns = defaultdict(float)
        for column, currency, figure, amount in self._moved(
            companies, span.days, span.unit
        ):
            now[currency, figure] += amount
            columns[currency, figure, column] += amount
        for _column, currency, figure, amount in self._moved(
            companies, span.earlier_days, span.unit
        ):
            before[currency, figure] += amount
        balances = self._balances(companies)
        currencies = {currency for currency, _figure in (*now, *before)}
        currencies.update(balances)
        ordered = (
            self.env["res.currency"]
            .union(*currencies)
            .sorted(
                lambda currency: (
                    currency != self.env.company.currency_id,
                    currency.name,
                )
            )
        )
        return {
            "currencies": [
                {
                    "id": currency.id,
                    "name": currency.name,
                    "balance": currency.round(balances.get(currency, 0.0)),
                    "now": self._figures(now, currency),
                    "before": self._figures(before, currency),
                }
                for currency in ordered
            ],
            "chart": self._chart(columns, span),
        }

    def _figures(self, sums, currency):
        return {name: currency.round(sums[currency, name]) for name in FIGURES}

    def _chart(self, columns, span):
        """A column for each day or month, by currency."""
        days = span.columns
        currencies = {currency for currency, _figure, _day in columns}
        return {
            "unit": span.unit,
            "days": [day.isoformat() for day in days],
            "series": {
                currency.id: {
                    figure: [
                        currency.round(columns.get((currency, figure, day), 0.0))
                        for day in days
                    ]
                    for figure in FIGURES
                }
                for currency in currencies
            },
        }

    # === MESSAGES === #

    def _moved(self, companies, days, unit):
        """Let the database sum up the messages of a span of days.

        A message counts on the day that its payment is booked on: PayPal's, in the
        company's time zone, or that of its reception where PayPal names none.

        :return: an iterator of (first day of the unit, currency, figure, amount)
        """
        ipns = self.env["paypal.ipn"]
        table = ipns._kinds()
        for zone, group in companies.grouped(type(companies)._paypal_tz).items():
            for moment, domain in self._domains(group, days):
                rows = ipns.with_context(tz=zone.zone)._read_group(
                    domain,
                    [f"{moment}:{unit}", "kind", "currency_id"],
                    ["gross:sum", "fee:sum"],
                )
                for start, kind, currency, gross, fee in rows:
                    for figure, amount in self._signed(table[kind], gross, fee):
                        yield start.date(), currency, figure, amount

    def _domains(self, companies, days):
        """What is summed up in one go: by the moment that dates it, and by its sign.

        The signs apart, because PayPal's simulator writes a refund positive.

        :param companies: of one time zone
        :param days: the first and the last
        """
        first, last = days
        start, end = (
            companies[0]._paypal_midnight(day)
            for day in (first, last + timedelta(days=1))
        )
        table = self.env["paypal.ipn"]._kinds()
        kinds = [code for code, kind in table.items() if kind.figure]
        mine = (
            BOOKED
            & Domain("company_id", "in", companies.ids)
            & Domain("kind", "in", kinds)
            & Domain("currency_id", "!=", False)
            & Domain("is_sandbox", "=", companies[0].paypal_environment == "sandbox")
        )
        for moment, dated in (
            ("payment_date", Domain("payment_date", "!=", False)),
            ("received_at", Domain("payment_date", "=", False)),
        ):
            within = Domain(moment, ">=", start) & Domain(moment, "<", end)
            for sign in (">", "<"):
                yield moment, mine & dated & within & Domain("gross", sign, 0)

    def _signed(self, kind, gross, fee):
        """:return: what sums of one sign add to which figures

        :param Kind kind: the row of the table of kinds
        """
        if kind.figure == MONEY_IN:
            yield MONEY_IN, gross
        else:
            yield RETURNS, abs(gross) if kind.is_outbound(gross) else -abs(gross)
        yield "fees", kind.charged_fee(gross, fee)

    # === BOOKS === #

    def _balances(self, companies):
        """What the books say is in the PayPal account now, in each currency.

        Read for users without rights in accounting too, of their own companies.
        """
        accounts = {company: company._paypal_account() for company in companies.sudo()}
        mine = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("account_id", "=", account.id)
            for company, account in accounts.items()
            if account
        )
        rows = (
            self.env["account.move.line"]
            .sudo()
            ._read_group(
                mine & Domain("parent_state", "=", "posted"),
                ["currency_id"],
                ["amount_currency:sum"],
            )
        )
        return {
            currency.with_env(self.env): amount
            for currency, amount in rows
            if not currency.is_zero(amount)
        }
