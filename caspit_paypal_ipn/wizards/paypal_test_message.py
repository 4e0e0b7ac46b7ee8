# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import io
import secrets
from urllib.parse import urlencode

from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html_sanitize
from odoo.tools.misc import format_date, formatLang
from odoo.tools.pdf import add_banner

SPECIMEN = "SPECIMEN"
BANNER = 30  # points; broad enough to read, narrow enough to leave the seller's name
#: A real message that is worked at the same moment can be in the way: both may make
#: the company's journal.
TRIES = 3
#: What PayPal keeps of a payment, more or less.
FEE_SHARE = 0.035
#: Where the invented customer lives: his country is the company's, or another one.
ABROAD = {"street": "1 Main St", "city": "San Jose", "state": "CA", "zip": "95131"}


class PaypalTestMessage(models.TransientModel):
    """A message that nobody sent, to see what a real one would make.

    It goes along the whole line, in a transaction of its own that is rolled back:
    neither books nor customers nor numbers nor mails are touched.
    """

    _name = "paypal.test.message"
    _description = "PayPal Test Message"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        [
            ("sale", "Sale in the company's currency"),
            ("foreign", "Sale in a foreign currency"),
            ("abroad", "Sale to a customer abroad"),
            ("refund", "Sale and its refund"),
        ],
        "Message",
        required=True,
        default="sale",
    )
    amount = fields.Float(required=True, default=118.0, digits="Product Price")
    currency_id = fields.Many2one(
        "res.currency", compute="_compute_currency_id", store=True, readonly=False
    )
    customer_name = fields.Char(
        required=True, default=lambda self: self.env._("Dana Levi")
    )
    customer_email = fields.Char("Customer E-mail", default="dana@example.com")
    outcome = fields.Json(readonly=True)
    outcome_html = fields.Html(
        "What It Would Make", compute="_compute_outcome_html", sanitize=False
    )
    pdf = fields.Binary("Document", attachment=False, readonly=True)
    pdf_name = fields.Char("PDF File Name", readonly=True)

    # === COMPUTE METHODS === #

    @api.depends("kind", "company_id")
    def _compute_currency_id(self):
        for test in self:
            own = test.company_id.currency_id
            test.currency_id = test._foreign_currency() if test._is_foreign() else own

    @api.depends("outcome")
    @api.depends_context("lang")
    def _compute_outcome_html(self):
        currencies = self.env["res.currency"]
        for test in self:
            test.outcome_html = test.outcome and self.env["ir.qweb"]._render(
                "caspit_paypal_ipn.paypal_test_outcome",
                {
                    "messages": test.outcome,
                    "last": test.outcome[-1],
                    "money": lambda amount, currency: formatLang(
                        self.env, amount, currency_obj=currencies.browse(currency)
                    ),
                    "day": lambda date: format_date(self.env, date),
                    "safe": lambda html: Markup(html_sanitize(html)),
                },
            )

    # === ACTIONS === #

    def action_run(self):
        """Try the message out, and show what it would have made.

        :raise UserError: the company has no PayPal account to send it to
        """
        self.ensure_one()
        self.company_id.check_access("read")
        company = self.company_id.sudo()
        if not (company.paypal_merchant_id or company.paypal_email):
            raise UserError(
                self.env._(
                    "Fill in the PayPal Merchant Account ID or the PayPal e-mail in "
                    "the company's Modules tab first: a message names the account "
                    "that it is for."
                )
            )
        if self.amount <= 0:
            raise UserError(self.env._("The amount has to be more than nothing."))
        outcome, pdf, name = self._run(self._bodies())
        self.write(
            {
                "outcome": outcome,
                "pdf": pdf and base64.b64encode(pdf),
                "pdf_name": name,
            }
        )
        return self._get_records_action(
            name=self.env._("Test Message"), target="new", context=self.env.context
        )

    # === BUSINESS METHODS === #

    def _is_foreign(self):
        """:return: whether the payment is in another currency than the company's"""
        return self.kind == "foreign"

    def _foreign_currency(self):
        """A foreign currency that can be booked, else one that shows why not."""
        currencies = self.env["res.currency"]
        foreign = currencies.search([("id", "!=", self.company_id.currency_id.id)])
        return foreign.filtered("rate_ids")[:1] or foreign[:1]

    def _run(self, bodies):
        """Take messages along the line, again when a real one got in the way.

        :param bodies: the messages
        :return: an outcome for each, the last document's PDF, and the file's name
        """
        for _attempt in range(TRIES):
            outcome, pdf, name = self._rehearse(bodies)
            if outcome[-1]["state"] != "verified":
                break
        self.env.invalidate_all()
        return outcome, pdf, name

    def _rehearse(self, bodies):
        """Take messages along the line in a transaction that nothing is left of.

        A cursor of its own, and not a savepoint: what the line leaves for after the
        commit (notices to browsers, a call to the scheduled actions) goes with it.

        :return: see :meth:`_run`
        """
        with self.env.registry.cursor() as cr:
            try:
                env = api.Environment(cr, SUPERUSER_ID, {})
                tried = env["paypal.ipn"]._try_out(bodies)
                tried = tried.with_context(lang=self.env.lang)
                outcome = [ipn._trial_outcome() for ipn in tried]
                return outcome, *self._specimen(tried[-1:].document_id)
            finally:
                cr.rollback()
                self.env.registry.reset_changes()  # caches know what is gone now

    @api.model
    def _specimen(self, document):
        """The document's PDF, marked so that nobody takes it for a real one.

        :return: its bytes and name, or twice False
        """
        attachment = document.invoice_pdf_report_id
        if not attachment:
            return False, False
        content = attachment.raw
        if content.startswith(b"%PDF"):
            content = add_banner(
                io.BytesIO(content), SPECIMEN, thickness=BANNER
            ).getvalue()
        return content, self.env._("SPECIMEN %s", attachment.name)

    # === THE MESSAGES === #

    def _bodies(self):
        """:return: the bodies of the messages to try, in order"""
        sale = self._sale()
        messages = [sale]
        if self.kind == "refund":
            messages.append(self._refund_of(sale))
        return [urlencode(message).encode("ascii") for message in messages]

    def _sale(self):
        """A sale as PayPal reports it.

        :return: the fields of the message
        """
        currency = self.currency_id or self.company_id.currency_id
        first_name, _space, last_name = self.customer_name.strip().partition(" ")
        return {
            **self._receiver(),
            **self._address(),
            "txn_type": "web_accept",
            "payment_status": "Completed",
            "payment_type": "instant",
            "payment_date": f"{fields.Datetime.now().isoformat()}Z",
            "txn_id": self._new_txn_id(),
            "mc_gross": self._amount(currency, self.amount),
            "mc_fee": self._amount(currency, self.amount * FEE_SHARE),
            "mc_currency": currency.name,
            "item_name": self.env._("Test item"),
            "quantity": "1",
            "payer_id": f"TEST{secrets.token_hex(4).upper()}",
            "payer_email": self.customer_email or "",
            "first_name": first_name,
            "last_name": last_name,
            "charset": "UTF-8",
        }

    def _refund_of(self, sale):
        """The refund of a whole sale.

        :param dict sale: the fields of its message
        """
        return {
            **sale,
            "txn_id": self._new_txn_id(),
            "parent_txn_id": sale["txn_id"],
            "payment_status": "Refunded",
            "reason_code": "refund",
            "mc_gross": f"-{sale['mc_gross']}",
            "mc_fee": f"-{sale['mc_fee']}",
        }

    def _receiver(self):
        """Whom the message is for: the company's PayPal account."""
        company = self.company_id.sudo()
        email = (company._paypal_emails() or [""])[0]
        return {
            "receiver_id": (company.paypal_merchant_id or "").strip(),
            "receiver_email": email,
            "business": email,
            "test_ipn": "1" if company.paypal_environment == "sandbox" else "",
        }

    def _address(self):
        """Where the invented customer lives."""
        company = self.company_id.sudo()
        country, address = company.country_id.code or "", {}
        if self.kind == "abroad":
            country = "US" if country != "US" else "GB"
            address = ABROAD if country == "US" else {"city": "London"}
        return {
            "address_name": self.customer_name,
            "address_street": address.get("street", "1 Market St"),
            "address_city": address.get("city", company.city or ""),
            "address_state": address.get("state", ""),
            "address_zip": address.get("zip", ""),
            "address_country_code": country,
            "residence_country": country,
        }

    @staticmethod
    def _new_txn_id():
        return f"TEST{secrets.token_hex(7)[:13].upper()}"

    @staticmethod
    def _amount(currency, amount):
        return f"{currency.round(amount):.{currency.decimal_places}f}"
