# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools.misc import format_date, format_datetime, formatLang

from ..reasons import told
from ..words import isolated
from .paypal_ipn import LINE_STATES


class PaypalIpn(models.Model):
    """A message as a story: who bought what for how much, what was done, what waits."""

    _inherit = "paypal.ipn"

    story_html = fields.Html(
        "Story",
        compute="_compute_story_html",
        compute_sudo=True,
        sanitize=False,
        help="What happened, what was done about it, and what waits.",
    )

    # === COMPUTE METHODS === #

    @api.depends("state", "reason", "receipt_status", "is_open_case")
    @api.depends_context("lang")
    def _compute_story_html(self):
        for ipn in self:
            ipn.story_html = self.env["ir.qweb"]._render(
                "caspit_paypal_ipn.paypal_ipn_story",
                {
                    "happened": ipn._story_of_event(),
                    "done": ipn._story_of_books() + ipn._story_of_receipt(),
                    "waits": ipn._story_of_what_waits(),
                },
            )

    # === WHAT HAPPENED === #

    def _story_of_event(self):
        """:return: who did what for how much, in one sentence"""
        who = self.partner_id.name or self.buyer_name or self.env._("Somebody")
        values = {
            "kind": self._kind().code,
            "who": isolated(who),
            "amount": isolated(self._story_amount(self.gross)),
            "item": isolated(self.item or self.original_id.item or "–"),
        }
        text = told(self.env, self._kind().story, values)
        if self.state in ("received", "refused"):
            doubt = self.env._("What was sent says, and PayPal has not confirmed it:")
            text = f"{doubt} {text}"
        return text

    def _story_amount(self, amount):
        currency = self.currency_id
        if currency:
            return formatLang(self.env, abs(amount), currency_obj=currency)
        return f"{abs(amount):.2f} {self.currency_code or ''}".strip()

    # === WHAT WAS DONE === #

    def _story_of_books(self):
        """:return: sentences about the books"""
        said = []
        if self.document_id:
            said.append(
                self.env._(
                    "Document: %(name)s of %(day)s, %(amount)s.",
                    name=isolated(self.document_id.name or "–"),
                    day=isolated(format_date(self.env, self.document_id.invoice_date)),
                    amount=isolated(
                        formatLang(
                            self.env,
                            self.document_id.amount_total,
                            currency_obj=self.document_id.currency_id,
                        )
                    ),
                )
            )
        for payment in self.payment_ids:
            amount = formatLang(
                self.env, payment.amount, currency_obj=payment.currency_id
            )
            values = {
                "amount": isolated(amount),
                "journal": isolated(payment.journal_id.name),
            }
            said.append(
                self.env._("Booked: %(amount)s out of %(journal)s.", **values)
                if payment.payment_type == "outbound"
                else self.env._("Booked: %(amount)s into %(journal)s.", **values)
            )
        if self.fee and self.payment_ids:
            fee = isolated(self._story_amount(self.fee))
            said.append(
                self.env._("PayPal gave its fee back: %s.", fee)
                if self._charged_fee() < 0
                else self.env._("PayPal's fee: %s.", fee)
            )
        return said

    def _story_of_receipt(self):
        """:return: sentences about the customer's document"""
        address = isolated(self._receipt_address())
        return {
            "sent": [self.env._("Sent to the customer: %s.", address)],
            "waiting": [self.env._("Going out to the customer: %s.", address)],
            "other_way": [self.env._("The customer got his document another way.")],
        }.get(self.receipt_status, [])

    # === WHAT WAITS === #

    def _story_of_what_waits(self):
        """:return: what is still to come, beside the reason that stands above it"""
        waits = []
        if self.state in LINE_STATES and self.next_try:
            moment = format_datetime(self.env, self.next_try, dt_format="short")
            waits.append(self.env._("It goes on by itself. Next try: %s.", moment))
        if self.is_open_case:
            due = self._case_due()
            day = due and format_date(self.env, due)
            waits.append(
                self.env._("Answer PayPal until %s.", day)
                if day
                else self.env._("Answer PayPal: the dispute is open.")
            )
        return waits
