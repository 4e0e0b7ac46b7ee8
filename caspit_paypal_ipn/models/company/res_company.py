# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from .licence import PAYPAL_MODULE


class ResCompany(models.Model):
    _inherit = "res.company"

    caspit_licence_ids = fields.One2many("caspit.licence", "company_id", "Modules")
    paypal_licence_status = fields.Selection(
        [("none", "No licence"), ("active", "Active"), ("expired", "Expired")],
        compute="_compute_paypal_licence_status",
    )
    paypal_merchant_id = fields.Char(
        "PayPal Merchant Account ID",
        copy=False,
        groups="base.group_user",
        help="13 letters and digits. In PayPal: Account settings → Business "
        "information → PayPal Merchant ID.",
    )
    paypal_email = fields.Char(
        "PayPal E-mail",
        copy=False,
        groups="base.group_user",
        help="The address of the PayPal account. Several are separated by commas.",
    )
    paypal_environment = fields.Selection(
        [("live", "Live"), ("sandbox", "Sandbox")],
        "PayPal Environment",
        required=True,
        default="live",
        copy=False,
        help="Live takes real payments only. Sandbox makes it a test company: it takes "
        "only those of PayPal's sandbox. Messages of the other one are refused.",
    )
    paypal_ipn_url = fields.Char(
        "IPN URL",
        compute="_compute_paypal_ipn_url",
        help="Enter it in PayPal under Account settings → Notifications → Instant "
        "payment notifications.",
    )
    paypal_notify_email = fields.Char(
        "Notices to",
        groups="base.group_user",
        help="Who hears of a new order. Empty: the company's address.",
    )
    paypal_customer_lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Customer Language",
        help="For new customers whose country does not tell their language.",
    )

    _paypal_merchant_unique = models.UniqueIndex(
        "(upper(btrim(paypal_merchant_id)), paypal_environment) "
        "WHERE paypal_merchant_id IS NOT NULL",
        "Another company has this PayPal Merchant Account ID already.",
    )

    # === COMPUTE METHODS === #

    @api.depends("caspit_licence_ids.licensed", "caspit_licence_ids.date_end")
    def _compute_paypal_licence_status(self):
        for company in self:
            licence = company.sudo().caspit_licence_ids.filtered(
                lambda licence: licence.module == PAYPAL_MODULE
            )
            company.paypal_licence_status = licence.status or "none"

    def _compute_paypal_ipn_url(self):
        for company in self:
            company.paypal_ipn_url = company.get_base_url() + "/PayPal/IPN"

    # === CONSTRAINTS === #

    @api.constrains("paypal_email", "paypal_environment")
    def _check_paypal_email(self):
        for company in self.filtered("paypal_email"):
            emails = set(company._paypal_emails())
            others = self.sudo().search(
                [
                    ("id", "!=", company.id),
                    ("paypal_email", "!=", False),
                    ("paypal_environment", "=", company.paypal_environment),
                ]
            )
            for other in others:
                shared = emails.intersection(other._paypal_emails())
                if shared:
                    raise ValidationError(
                        self.env._(
                            "%(company)s has the PayPal account %(email)s already.",
                            company=other.name,
                            email=shared.pop(),
                        )
                    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._paypal_cleaned(vals) for vals in vals_list]
        companies = super().create(vals_list)
        companies._caspit_create_licences()
        return companies

    def write(self, vals):
        """Let the PayPal manager configure PayPal, and nothing else of a company.

        Nobody calls a company a test company by hand, since such a one can be removed.

        :raise AccessError: he writes another field, and has no other right to
        """
        if "paypal_real_company_id" in vals and not self.env.su:
            raise AccessError(self.env._("Only Odoo itself makes a test company."))
        others = [name for name in vals if not self._paypal_is_setting(name)]
        if others and self._paypal_writes_as_manager_alone():
            raise AccessError(
                self.env._(
                    "You may change the PayPal settings of a company only. Ask an "
                    "administrator to change the rest."
                )
            )
        if vals.get("paypal_notice") == "daily":
            self.sudo()._paypal_begin_summaries()
        if vals.get("paypal_environment"):
            self._paypal_change_environment(vals["paypal_environment"])
        return super().write(self._paypal_cleaned(vals))

    @api.model
    def _paypal_is_setting(self, name):
        """:return: whether a field is one that the PayPal manager sets"""
        field = self._fields.get(name)
        return name.startswith("paypal_") and not (field and field.readonly)

    @api.model
    def _paypal_writes_as_manager_alone(self):
        """Whether this user writes companies by the right that our group gives.

        Whoever has it from another group, Odoo's or anybody's, has all of it.
        """
        if self.env.su:
            return False
        ours = "caspit_paypal_ipn.access_res_company_paypal_manager"
        ours = self.env.ref(ours).sudo()
        return (
            not self.env["ir.model.access"]
            .sudo()
            .search_count(
                [
                    ("id", "!=", ours.id),
                    ("model_id", "=", ours.model_id.id),
                    ("perm_write", "=", True),
                    ("group_id", "in", [False, *self.env.user.all_group_ids.ids]),
                ],
                limit=1,
            )
        )

    def _caspit_create_licences(self):
        """Make the row of each module for companies that are new to it."""
        self.env["caspit.licence"].sudo().create(
            [
                {"company_id": company.id, "module": module}
                for company in self
                for module, _label in self.env["caspit.licence"]
                ._fields["module"]
                .selection
                if module not in company.sudo().caspit_licence_ids.mapped("module")
            ]
        )
