# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo import fields, models

#: Countries far from one another: of these, one is abroad and outside every union.
FAR_AWAY = ("US", "JP")
INCOME = ("income", "income_other")
DIRECT_COST = "expense_direct_cost"
EXCHANGE = re.compile(r"exchange|currency", re.IGNORECASE)


class ResCompany(models.Model):
    """What a chart of accounts leaves to be set right before PayPal's money comes."""

    _inherit = "res.company"

    paypal_exchange_offer_id = fields.Many2one(
        "account.account",
        compute="_compute_paypal_exchange_offer_id",
        groups="base.group_erp_manager",
        help="Where exchange gains belong, while they go elsewhere.",
    )

    # === COMPUTE METHODS === #

    def _compute_paypal_exchange_offer_id(self):
        for company in self:
            own = company._origin.sudo().with_company(company._origin)
            company.paypal_exchange_offer_id = (
                not own._paypal_exchange_is_right() and own._paypal_exchange_account()
            )

    # === ACTIONS === #

    def action_paypal_exchange_account(self):
        """Book exchange gains to the account that the check offers."""
        self.ensure_one()
        self.check_access("write")
        company = self.sudo()
        if company.paypal_exchange_offer_id:
            company.income_currency_exchange_account_id = (
                company.paypal_exchange_offer_id
            )

    # === CHECKS === #

    def _paypal_see_positions(self):
        """Whether a customer abroad finds a fiscal position by himself."""
        if not self.paypal_tax_id or self._paypal_without_vat():
            return None
        if self.paypal_vat_policy != "by_country":
            return None
        action = "account.action_account_fiscal_position_form"
        code = next(code for code in FAR_AWAY if code != self.country_id.code)
        country = self.env["res.country"].search([("code", "=", code)])
        positions = self.env["account.fiscal.position"]
        customer = self.env["res.partner"].new({"country_id": country.id})
        found = positions._get_fiscal_position(customer)
        if found:
            return "ok", self.env._("Customers abroad get “%s”.", found.name), action
        asleep = positions.search(
            [
                *positions._check_company_domain(self),
                ("auto_apply", "=", False),
                ("country_id", "in", (False, country.id)),
            ]
        )
        return (
            "warn",
            self.env._(
                "A customer in a country like %(country)s gets no fiscal position, so "
                "he is charged the VAT of home. Tick “Detect Automatically” on the one "
                "that fits him, or make one. Not applied by themselves: %(positions)s.",
                country=country.name,
                positions=", ".join(asleep.mapped("name")) or "–",
            ),
            action,
        )

    def _paypal_see_exchange(self):
        """Whether exchange gains are shown as what they are."""
        if self._paypal_exchange_is_right():
            return None
        gains = self.income_currency_exchange_account_id
        better = self._paypal_exchange_account()
        if gains:
            sentence = self.env._(
                "Exchange gains go to %s, which is among the cost of goods sold.",
                gains.display_name,
            )
        else:
            sentence = self.env._(
                "The company has no account for exchange gains: payments that PayPal "
                "converts cannot be booked."
            )
        remedy = self.env._("Choose another account under Default Accounts.")
        if better and self.env.user.has_group("base.group_erp_manager"):
            remedy = self.env._(
                "“Mend exchange gains” sends them to %s.", better.display_name
            )
        return "warn", f"{sentence} {remedy}", "account.action_account_config"

    def _paypal_exchange_is_right(self):
        gains = self.income_currency_exchange_account_id
        return bool(gains) and gains.account_type != DIRECT_COST

    def _paypal_exchange_account(self):
        """:return: the account of the chart that exchange gains belong to, or none:
        one of income, else the one of gains and losses, else that of losses
        """
        accounts = self.env["account.account"].search(
            [
                *self.env["account.account"]._check_company_domain(self),
                ("account_type", "in", (*INCOME, "expense", "expense_other")),
            ],
            order="code",
        )
        named = accounts.filtered(
            lambda account: EXCHANGE.search(
                account.with_context(lang="en_US").name or ""
            )
        )
        income = named.filtered(lambda account: account.account_type in INCOME)
        both = named.filtered(
            lambda account: "gain" in account.with_context(lang="en_US").name.lower()
        )
        return (income or both or named)[:1]
