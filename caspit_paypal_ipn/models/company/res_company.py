# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
from datetime import datetime, time
from urllib.parse import urlsplit

import pytz

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools.mail import email_split

from ...paypal import const
from .licence import PAYPAL_MODULE
from .pasted import MERCHANT_ID
from .quiet import WATCH_TEMPLATE

# A PayPal stand-in on this machine, for tests and demonstrations.
STANDIN_VARIABLE = "CASPIT_PAYPAL_STANDIN_URL"


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

    # === WHO A MESSAGE IS FOR === #

    def _paypal_emails(self):
        """The addresses of the company's PayPal account, in lower case."""
        self.ensure_one()
        return [email.lower() for email in email_split(self.paypal_email or "")]

    @api.model
    def _paypal_find(self, message):
        """Find the company whose PayPal account a message is for.

        PayPal's ``receiver_id`` is stable, the e-mail addresses are not: so the id
        decides where both sides have one, and one that contradicts refuses. A
        message without a receiver is an account's own (an adjustment, a mass pay):
        there the payer is the merchant. So he is where he bought something himself.

        :param paypal.message.Message message: the message
        :return: the company, or none
        """
        account = message.receiver
        if account.is_empty:
            account = message.payer_account
        companies = self.sudo().search(
            ["|", ("paypal_merchant_id", "!=", False), ("paypal_email", "!=", False)]
        )
        environment = "sandbox" if message.is_sandbox else "live"
        matches = companies.filtered(lambda company: company._paypal_is_mine(account))
        if not matches:  # PayPal also tells the merchant of what he bought himself
            account = message.payer_account
            matches = companies.filtered(lambda it: it._paypal_is_mine(account))
        return matches.sorted(
            lambda company: (
                company.paypal_environment != environment,
                (company.paypal_merchant_id or "").upper() != account.merchant_id,
                company.id,
            )
        )[:1]

    def _paypal_is_mine(self, account):
        """Whether an account that a message names is this company's.

        ``business`` echoes what a button passed: next to PayPal's own id it counts only
        where PayPal names no address itself.

        :param paypal.people.Receiver account: the account
        """
        self.ensure_one()
        merchant_id = (self.paypal_merchant_id or "").strip().upper()
        if merchant_id and account.merchant_id:
            return merchant_id == account.merchant_id
        emails = account.emails[:1] if account.merchant_id else account.emails
        return bool(set(emails).intersection(self._paypal_emails()))

    def _paypal_learn_merchant_id(self, message):
        """Take PayPal's id of the account from the first message that it confirms.

        From then on the id decides, and a message that names another one is refused.

        :param paypal.message.Message message: confirmed, and for this company
        """
        self.ensure_one()
        merchant_id = message.receiver.merchant_id
        if self.paypal_merchant_id or not MERCHANT_ID.fullmatch(merchant_id):
            return
        self.paypal_merchant_id = merchant_id
        self._paypal_mail(WATCH_TEMPLATE, paypal_learned_id=merchant_id)

    def _paypal_kind(self, message):
        """The kind of a message, as seen from this company.

        An extension point: a module that adds a kind looks at the message first, and
        leaves every other one to ``super()``. The company may be none.

        :param paypal.message.Message message: the message
        :return: ``outgoing`` for a payment that the merchant made himself, whatever
            its type; else the message's own kind
        """
        if not (self and self._paypal_is_mine(message.payer_account)):
            return message.kind
        is_sale = message.kind in (const.KIND_SALE, const.KIND_PENDING)
        receiver = message.receiver
        if is_sale or not (receiver.is_empty or self._paypal_is_mine(receiver)):
            return const.KIND_OUTGOING  # a refund of what he bought, too
        return message.kind

    def _paypal_postback_url(self):
        """Where PayPal is asked whether it sent a message.

        The company's setting alone decides, nothing in a message can. A stand-in is
        taken from the server's own environment, and only on this machine.

        :raise ValueError: the stand-in's address is not of this machine
        """
        self.ensure_one()
        standin = os.environ.get(STANDIN_VARIABLE)
        if standin:
            if urlsplit(standin).hostname not in ("127.0.0.1", "localhost", "::1"):
                raise ValueError(f"{STANDIN_VARIABLE} is not an address of this host")
            return standin
        return const.POSTBACK_URLS[self.paypal_environment]

    # === LOCALE === #

    def _paypal_tz(self):
        """The time zone that turns PayPal's moments into this company's days."""
        self.ensure_one()
        zones = pytz.country_timezones.get(self.country_id.code or "", ["UTC"])
        return pytz.timezone(self.partner_id.tz or zones[0])

    def _paypal_local_date(self, moment):
        """:return: the day at this company of a UTC moment without time zone"""
        return pytz.utc.localize(moment).astimezone(self._paypal_tz()).date()

    def _paypal_midnight(self, day):
        """:return: when a day begins at this company: a UTC moment without time zone"""
        begins = self._paypal_tz().localize(datetime.combine(day, time.min))
        return begins.astimezone(pytz.utc).replace(tzinfo=None)

    def _paypal_today(self):
        """The day it is at this company."""
        return self._paypal_local_date(fields.Datetime.now())

    def _paypal_lang(self, country):
        """The language to write to a new customer in.

        :param country: the customer's country, or none
        :return: the code of an active language: the customer's country's own, else
            English abroad, else the company's default
        """
        self.ensure_one()
        active = [code for code, _name in self.env["res.lang"].get_installed()]
        default = (
            self.paypal_customer_lang
            or self.partner_id.lang
            or self.env.lang
            or "en_US"
        )
        if country:
            own = [code for code in active if code.endswith(f"_{country.code}")]
            if own:
                return default if default in own else own[0]
            if country != self.country_id and "en_US" in active:
                return "en_US"
        return default
