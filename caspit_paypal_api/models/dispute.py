# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models

from ..rest import const
from .walk import aware, naive

#: From one look to the next, and how far back the first one goes.
EVERY = timedelta(minutes=55)
FIRST_BACK = timedelta(days=180)
OVERLAP = timedelta(days=1)


class PaypalApiDispute(models.Model):
    """A case of PayPal's, with the day until which the merchant has to answer."""

    _name = "paypal.api.dispute"
    _description = "PayPal Dispute"
    _order = "is_open desc, due_at, id desc"
    _rec_name = "dispute_id"

    connection_id = fields.Many2one(
        "paypal.api.connection",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="connection_id.company_id", store=True)
    dispute_id = fields.Char("Case", required=True, readonly=True)
    stage = fields.Char(readonly=True)
    reason = fields.Char(readonly=True)
    status = fields.Char(readonly=True)
    outcome = fields.Char(readonly=True)
    amount = fields.Monetary(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    due_at = fields.Datetime("Answer Until", readonly=True)
    is_open = fields.Boolean("Open", readonly=True)
    txn_ids = fields.Json("Transactions", readonly=True)
    ipn_id = fields.Many2one("paypal.ipn", "Sale", readonly=True, index=True)
    activity_id = fields.Many2one("mail.activity", readonly=True, ondelete="set null")

    _dispute_unique = models.UniqueIndex("(connection_id, dispute_id)")

    @api.model
    def _take_dispute(self, connection, dispute):
        """Note what PayPal says of a case now.

        :param rest.disputes.Dispute dispute: the case
        """
        known = self.search(
            [
                ("connection_id", "=", connection.id),
                ("dispute_id", "=", dispute.dispute_id),
            ]
        )
        currencies = self.env["res.currency"].with_context(active_test=False)
        values = {
            "stage": dispute.stage,
            "reason": dispute.reason,
            "status": dispute.status,
            "outcome": dispute.outcome,
            "amount": float(dispute.amount or 0),
            "currency_id": currencies.search([("name", "=", dispute.currency)]).id,
            "due_at": dispute.due_at and naive(dispute.due_at),
            "is_open": dispute.is_open,
            "txn_ids": list(dispute.txn_ids),
        }
        if known:
            known.write(values)
        else:
            values |= {
                "connection_id": connection.id,
                "dispute_id": dispute.dispute_id,
            }
            known = self.create(values)
        known._follow()

    def _follow(self):
        """Find the sale, and keep its activity as the case stands."""
        if not self.ipn_id:
            self.ipn_id = self._sale()
        if not self.is_open:
            if self.activity_id:
                self.activity_id.action_feedback(
                    feedback=self.env._("PayPal: %s", self._words(self.outcome))
                )
            self._close_cases()
            return
        if self.ipn_id and not self.activity_id:
            self.activity_id = self._make_activity()
        if self.activity_id and self.due_at:
            day = self.company_id._paypal_local_date(self.due_at)
            self.activity_id.date_deadline = day

    def _close_cases(self):
        """PayPal's messages of this case ask nothing of anybody any more."""
        cases = self.ipn_id.follower_ids.filtered(
            lambda it: it.is_open_case and it.kind == "dispute"
        )
        cases._close_case(self.env._("PayPal: %s", self._words(self.outcome)))

    def _sale(self):
        """The sale that is disputed, as far as it is booked here."""
        return (
            self.env["account.payment"]
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("paypal_txn_id", "in", self.txn_ids or []),
                    ("paypal_ipn_id.is_sandbox", "=", self.connection_id.is_sandbox),
                ],
                limit=1,
            )
            .paypal_ipn_id
        )

    def _make_activity(self):
        """An activity on the sale's document; the one of PayPal's message is taken."""
        record = self.ipn_id.document_id or self.ipn_id
        admin = self.env.ref("base.user_admin", raise_if_not_found=False)
        user = self.company_id.paypal_user_id or admin or self.env.user
        said = self.env["paypal.ipn"]._case_summary()
        mine = record.activity_ids.filtered(lambda it: it.summary in said)[:1]
        summary = self.env._(
            "PayPal case %(case)s: answer it (%(reason)s)",
            case=self.dispute_id,
            reason=self._words(self.reason),
        )
        if mine:
            mine.summary = summary
            return mine
        return record.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_todo", user_id=user.id, summary=summary
        )

    @staticmethod
    def _words(code):
        """PayPal's code as words."""
        return (code or "–").replace("_", " ").capitalize()


class PaypalIpn(models.Model):
    _inherit = "paypal.ipn"

    def _case_due(self):
        """The day that PayPal names for a case about the same sale."""
        sale = self.original_id or self
        dispute = self.env["paypal.api.dispute"].search(
            [
                ("ipn_id", "=", sale.id),
                ("is_open", "=", True),
                ("due_at", "!=", False),
            ],
            order="due_at",
            limit=1,
        )
        if not dispute:
            return super()._case_due()
        return dispute.company_id._paypal_local_date(dispute.due_at)

    @api.model
    def _case_summary(self):
        """What the main line calls the activity of a case, in every active language."""
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        return {
            self.with_context(lang=code).env._("PayPal case: answer it")
            for code in codes
        }


class PaypalApiConnection(models.Model):
    _inherit = "paypal.api.connection"

    disputes_at = fields.Datetime("Disputes Read", readonly=True, copy=False)
    may_read_disputes = fields.Boolean(readonly=True, default=True, copy=False)
    dispute_ids = fields.One2many("paypal.api.dispute", "connection_id", readonly=True)

    def _step_disputes(self, _deadline):
        """Read the cases that changed, each hour.

        :raise RestError: PayPal does not answer well
        """
        now = self.env.cr.now()
        if self.state != "connected" or (
            self.disputes_at and now - self.disputes_at < EVERY
        ):
            return
        since = self.disputes_at - OVERLAP if self.disputes_at else now - FIRST_BACK
        self._commit()
        with self._paypal() as paypal:
            self.may_read_disputes = bool(paypal.connect() & set(const.SCOPES_DISPUTES))
            found = []
            if self.may_read_disputes:
                found = list(paypal.disputes(aware(since)))
        for dispute in found:
            self.env["paypal.api.dispute"]._take_dispute(self, dispute)
        self.disputes_at = now
