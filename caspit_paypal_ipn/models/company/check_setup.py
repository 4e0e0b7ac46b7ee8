# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import config
from odoo.tools.misc import format_date

from .licence import PAYPAL_MODULE

RENEWAL_DAYS = 30
OWN_MAIL_SERVER = "localhost"  # Odoo's default when nobody chose one


class ResCompany(models.Model):
    """The first two steps of the set-up, looked over: see :mod:`.res_company_check`."""

    _inherit = "res.company"

    # === THE LICENCE === #

    def _paypal_see_licence(self):
        licence = self.caspit_licence_ids.filtered(
            lambda licence: licence.module == PAYPAL_MODULE
        )
        end = licence.date_end
        day = end and format_date(self.env, end)
        if not licence or licence.status == "none":
            return "error", self.env._(
                "There is no licence, so messages from PayPal wait. The system "
                "administrator ticks Licensed in the list of modules above."
            )
        if licence.status == "expired":
            return "error", self.env._(
                "The licence ended on %(day)s, so messages from PayPal wait. Renew it.",
                day=day,
            )
        today = fields.Date.context_today(self)
        if end and end < today + timedelta(days=RENEWAL_DAYS):
            return "warn", self.env._(
                "The licence ends in %(days)s days, on %(day)s. Renew it in time.",
                days=(end - today).days,
                day=day,
            )
        if end:
            return "ok", self.env._("Licensed until %(day)s.", day=day)
        return "ok", self.env._("Licensed without an end.")

    # === THE FIELDS === #

    def _paypal_see_account(self):
        if self.paypal_merchant_id and self._paypal_emails():
            return "ok", self.env._("Merchant Account ID and e-mail are filled in.")
        if self.paypal_merchant_id:
            return "warn", self.env._(
                "Fill in the PayPal e-mail below as well: some messages name the "
                "account by its e-mail alone."
            )
        if self._paypal_emails():
            return "warn", self.env._(
                "Fill in the PayPal Merchant Account ID below: it stays when the "
                "e-mail of the account changes."
            )
        return "error", self.env._(
            "Fill in the PayPal Merchant Account ID and the PayPal e-mail below. "
            "Without them no message is known to be yours."
        )

    def _paypal_see_environment(self):
        if self.paypal_environment == "sandbox":
            return "warn", self.env._(
                "Sandbox: this is a test company. It takes the payments of PayPal's "
                "sandbox only."
            )
        return "ok", self.env._("Live: real payments are taken.")

    # === THE BOOKS === #

    def _paypal_see_books(self):
        if not self.chart_template:
            return (
                "error",
                self.env._(
                    "The company has no chart of accounts. Choose one under "
                    "Invoicing → Configuration → Settings → Fiscal Localization."
                ),
                "account.action_account_config",
            )
        try:
            self._paypal_check_accounting()
        except UserError as error:
            return "error", str(error)
        missing = self._paypal_missing_books()
        if missing:
            return "warn", self.env._(
                "Not there yet: %(what)s. Press “Set up PayPal accounting”, or choose "
                "below.",
                what=", ".join(missing),
            )
        return "ok", self.env._("Journals, product, VAT and fee account are there.")

    def _paypal_missing_books(self):
        """:return: the labels of the parts of the accounting that are empty"""
        parts = [
            "paypal_journal_id",
            "paypal_sale_journal_id",
            "paypal_product_id",
            "paypal_fee_account_id",
        ]
        if not self._paypal_without_vat():
            parts.append("paypal_tax_id")
        return [
            self._fields[part]._description_string(self.env)
            for part in parts
            if not self[part]
        ]

    def _paypal_see_journal(self):
        journal = self.paypal_journal_id
        if not journal:
            return None
        methods = (
            journal.inbound_payment_method_line_ids[:1],
            journal.outbound_payment_method_line_ids[:1],
        )
        if not all(method.payment_account_id for method in methods):
            return (
                "error",
                self.env._(
                    "The journal %s makes no entries: give its payment methods an "
                    "account.",
                    journal.name,
                ),
                "account.action_account_journal_form",
            )
        if journal.currency_id:
            return (
                "warn",
                self.env._(
                    "The journal %(journal)s is kept in %(currency)s: payments in "
                    "other currencies cannot be booked. Take the currency off it.",
                    journal=journal.name,
                    currency=journal.currency_id.name,
                ),
                "account.action_account_journal_form",
            )
        if self._paypal_counts_twice(journal):
            return (
                "warn",
                self.env._(
                    "Statements are imported into the journal %s, and payments hit its "
                    "account as well: the money counts twice. Give its payment "
                    "methods, in and out, one outstanding account; the statements are "
                    "then reconciled with it.",
                    journal.name,
                ),
                "account.action_account_journal_form",
            )
        return "ok", self.env._("The journal %s makes entries.", journal.name)

    def _paypal_counts_twice(self, journal):
        """:return: whether statements book once more what payments have booked"""
        return self._paypal_account() == (journal.default_account_id) and self.env[
            "account.bank.statement.line"
        ].search_count([("journal_id", "=", journal.id)], limit=1)

    def _paypal_see_currencies(self):
        foreign = self.env["res.currency"].search([("id", "!=", self.currency_id.id)])
        rates = self.env["res.currency.rate"]._read_group(
            [
                ("currency_id", "in", foreign.ids),
                ("company_id", "in", (False, self.root_id.id)),
            ],
            ["currency_id"],
        )
        with_rate = self.env["res.currency"].union(*[currency for [currency] in rates])
        without = foreign - with_rate
        if without:
            return (
                "warn",
                self.env._(
                    "No exchange rate: %(currencies)s. Payments in them wait until a "
                    "rate is entered.",
                    currencies=", ".join(without.mapped("name")),
                ),
                "base.action_currency_form",
            )
        return (
            "ok",
            self.env._(
                "Payments in %(currencies)s can be booked. Others have to be activated "
                "first, with a rate.",
                currencies=", ".join((self.currency_id | with_rate).mapped("name")),
            ),
            "base.action_currency_form",
        )

    # === E-MAIL AND PDF === #

    def _paypal_see_sender(self):
        if self.email:
            return "ok", self.env._("Receipts and notices come from %s.", self.email)
        if self.paypal_notify_email:
            return "warn", self.env._(
                "The company has no e-mail, so receipts come from another sender. "
                "Fill it in on the General Information tab."
            )
        return "error", self.env._(
            "The company has no e-mail: receipts lack their sender, and nobody gets "
            "the notices. Fill it in on the General Information tab."
        )

    def _paypal_see_mail_server(self):
        action = "base.action_ir_mail_server_list"
        server = self.env["ir.mail_server"].search([], limit=1)
        if server:
            return "ok", self.env._("E-mails leave through %s.", server.name), action
        host = config["smtp_server"]
        if not host or host == OWN_MAIL_SERVER:
            return (
                "warn",
                self.env._(
                    "No outgoing mail server is set up. Odoo tries this very machine; "
                    "receipts may not leave."
                ),
                action,
            )
        return (
            "ok",
            self.env._("E-mails leave through %s, as the server's settings say.", host),
            action,
        )

    def _paypal_see_pdf(self):
        state = self.env["ir.actions.report"].get_wkhtmltopdf_state()
        if state == "ok":
            return "ok", self.env._("The program that prints PDFs is there.")
        sentences = {
            "upgrade": self.env._(
                "The program that prints PDFs, wkhtmltopdf, is too old."
            ),
            "workers": self.env._("Odoo needs at least two workers to print PDFs."),
            "broken": self.env._(
                "The program that prints PDFs, wkhtmltopdf, does not start."
            ),
        }
        missing = self.env._(
            "The program that prints PDFs, wkhtmltopdf, is not installed on the "
            "server: no receipt can be made."
        )
        level = "warn" if state == "upgrade" else "error"
        return level, sentences.get(state, missing)
