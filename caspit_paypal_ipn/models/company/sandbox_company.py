# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from itertools import chain, count

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from ..inbox.paypal_ipn import MANAGER

#: What a test company takes over of the real one beside its PayPal settings.
LIKE_THE_REAL_ONE = (
    "company_registry",
    "email",
    "external_report_layout_id",
    "font",
    "layout_background",
    "paperformat_id",
    "phone",
    "primary_color",
    "report_footer",
    "report_header",
    "secondary_color",
    "website",
)
ADDRESS = ("street", "street2", "city", "zip", "state_id", "country_id", "vat")
MODULES_TAB = "caspit_paypal_ipn.res_company_action_modules"


class ResCompany(models.Model):
    """Trying PayPal out: in a company made for it, which runs beside the real one.

    It has a chart of accounts, journals, numbers and customers of its own, so that a
    try uses no legal number, stands in no return and changes nobody's record.
    """

    _inherit = "res.company"

    paypal_real_company_id = fields.Many2one(
        "res.company",
        "Test Company of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The real company, beside which this one tries PayPal's sandbox.",
    )
    paypal_test_company_id = fields.Many2one(
        "res.company", "Test Company", compute="_compute_paypal_test_company_id"
    )

    _paypal_test_unique = models.UniqueIndex(
        "(paypal_real_company_id) WHERE paypal_real_company_id IS NOT NULL AND active",
        "There is a test company already.",
    )

    # === COMPUTE METHODS === #

    def _compute_paypal_test_company_id(self):
        tests = self.sudo().search([("paypal_real_company_id", "in", self.ids)])
        by_real = {test.paypal_real_company_id: test for test in tests}
        for company in self:
            company.paypal_test_company_id = by_real.get(company._origin.sudo())

    # === ACTIONS === #

    def action_paypal_try_sandbox(self):
        """Open the test company, and make it if there is none.

        :raise UserError: this is a test company itself, or lacks a chart of accounts
        :raise AccessError: for who does not manage PayPal here
        """
        self._paypal_check_manager()
        if self._paypal_is_test():
            raise UserError(self.env._("%s is a test company already.", self.name))
        self.sudo().lock_for_update(allow_referencing=True)
        self.invalidate_recordset(["paypal_test_company_id"])
        test = self.paypal_test_company_id or self.sudo()._paypal_make_test_company()
        test = test.sudo()
        if self.env.user not in test._paypal_managers_of(test):
            self.env.user.sudo().company_ids = [Command.link(test.id)]
        return test._paypal_open_alone()

    def _paypal_check_manager(self):
        """Let through who manages PayPal in this company.

        :raise AccessError: the user does not
        """
        self.ensure_one()
        user = self.env.user
        # Also of a company that could not be removed, and was archived.
        companies = user.with_context(active_test=False).company_ids
        if not (self.env.su or (user.has_group(MANAGER) and self in companies)):
            raise AccessError(
                self.env._("Only who manages PayPal in %s may do this.", self.name)
            )

    def _paypal_open_alone(self):
        """Let the browser open this company's Modules tab, with no other one active."""
        if request:
            request.future_response.set_cookie("cids", str(self.id))
        return {
            "type": "ir.actions.act_url",
            "url": f"/odoo/action-{MODULES_TAB}/{self.id}",
            "target": "self",
        }

    # === MAKING IT === #

    def _paypal_make_test_company(self):
        """Make a company that differs from this one by its books alone.

        :return: the ``res.company``
        :raise UserError: this company has no chart of accounts
        """
        self.ensure_one()
        chart = self.chart_template or self.root_id.chart_template
        if not chart:
            self._paypal_setup()  # says so
        test = self.create([self._paypal_test_values()])
        test.partner_id.write(
            {
                # Odoo writes codes of journals in the company's language, and cut to
                # five letters two of the Hebrew ones are the same.
                "lang": False,
                "tz": self.partner_id.tz,
                "company_id": test.id,  # in nobody else's list of contacts
            }
        )
        for licence in test.caspit_licence_ids:
            own = self.caspit_licence_ids.filtered(
                lambda it, module=licence.module: it.module == module
            )
            licence.write({"licensed": own.licensed, "date_end": own.date_end})
        users = self._paypal_managers_of(self) | self.paypal_user_id
        users.write({"company_ids": [Command.link(test.id)]})
        self.env["account.chart.template"].try_loading(chart, test, install_demo=False)
        test.partner_id.lang = self.partner_id.lang
        test._paypal_take_rates(self)
        test._paypal_setup()
        return test

    def _paypal_test_values(self):
        """The values of the test company.

        An extension point: a module whose settings are not taken over by themselves.
        Those are whose names begin with ``paypal_``, unless they are ``copy=False``,
        as what belongs to the PayPal account itself, or lead to other records.
        """
        settings = {
            name: self[name]
            for name, field in self._fields.items()
            if name.startswith("paypal_")
            and field.store
            and field.copy
            and not field.relational
        }
        like = self._paypal_same_values((*LIKE_THE_REAL_ONE, *ADDRESS))
        return {
            **like,
            **settings,
            "name": self._paypal_test_name(),
            "currency_id": self.currency_id.id,
            "logo": self.logo,
            "paypal_environment": "sandbox",
            "paypal_real_company_id": self.id,
            "paypal_user_id": self.paypal_user_id.id,
            "paypal_sandbox_to_buyer": False,
        }

    def _paypal_same_values(self, names):
        """:return: the values of fields, as ``create`` takes them"""
        return {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in names
            if name in self._fields
        }

    def _paypal_test_name(self):
        """:return: a name that says what it is, and that nobody has"""
        numbered = (
            self.env._("%(name)s (TEST %(n)s)", name=self.name, n=n) for n in count(2)
        )
        names = chain([self.env._("%s (TEST)", self.name)], numbered)
        companies = self.with_context(active_test=False)
        return next(
            name for name in names if not companies.search_count([("name", "=", name)])
        )

    @api.model
    def _paypal_managers_of(self, company):
        """:return: the ``res.users`` who manage PayPal in a company"""
        return self.env["res.users"].search(
            [
                ("company_ids", "in", company.ids),
                ("all_group_ids", "in", self.env.ref(MANAGER).ids),
            ]
        )

    def _paypal_take_rates(self, real):
        """Take the rates over, where the real company has its own.

        :param real: the real ``res.company``
        """
        rates = self.env["res.currency.rate"]
        rates.create(
            [
                {
                    "name": own.name,
                    "rate": own.rate,
                    "currency_id": own.currency_id.id,
                    "company_id": self.id,
                }
                for own in rates.search([("company_id", "=", real.root_id.id)])
            ]
        )
