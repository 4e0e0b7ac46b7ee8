# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import kinds, sources
from ..locking import lock_and_reread
from ..reasons import REASONS, REMARKS, sentence, told
from .sender import TRUSTED

LINE_STATES = ("received", "verified", "booked")
# Who may read the bytes themselves; the others read what they say.
MANAGER = "caspit_paypal_ipn.group_paypal_ipn_manager"
SIDE_STATES = ("ignored", "refused", "blocked", "attention")
#: More messages than these are retried in the background.
RETRY_AT_ONCE = 20

# From a state to the states it may go to. A side state goes back to where the
# message stood on the line: see :meth:`PaypalIpn._resume`.
TRANSITIONS = {
    "received": ("verified", "refused", "attention"),
    "verified": ("booked", "done", "ignored", "blocked", "attention"),
    "booked": ("done", "attention"),
    "done": ("booked",),  # a dispute is credited, and the credit note goes out
    "ignored": LINE_STATES,
    "refused": LINE_STATES,
    "blocked": LINE_STATES,
    # A person did it by hand, or says that nothing is to be done.
    "attention": (*LINE_STATES, "done", "ignored"),
}


class PaypalIpn(models.Model):
    """The inbox: one row for each distinct message that PayPal sent.

    The exact bytes are kept, and what is shown or booked is read from them. The
    other columns are there to search by and to say how far the message has come.
    """

    _name = "paypal.ipn"
    _inherit = ["caspit.facts", "mail.thread", "mail.activity.mixin"]
    _description = "PayPal IPN Message"
    _order = "id desc"
    _rec_name = "txn_id"

    # === THE MESSAGE === #
    body = fields.Binary(
        "Raw Body",
        attachment=False,
        readonly=True,
        required=True,
        groups=MANAGER,
    )
    body_hash = fields.Char("SHA-256 of the Body", readonly=True, required=True)
    source = fields.Selection(
        sources.SELECTION,
        required=True,
        readonly=True,
        default=sources.DEFAULT,
        help="Where the message comes from.",
    )
    headers = fields.Json(
        readonly=True,
        groups=MANAGER,
        help="The HTTP headers that it came with, where its source needs them.",
    )
    received_at = fields.Datetime("Received", readonly=True, required=True)
    resend_ids = fields.One2many("paypal.ipn.resend", "ipn_id", readonly=True)
    resend_count = fields.Integer("Resends", compute="_compute_resend_count")

    # === WHERE IT STANDS === #
    state = fields.Selection(
        [
            ("received", "Received"),
            ("verified", "Verified"),
            ("booked", "Booked"),
            ("done", "Done"),
            ("ignored", "Ignored"),
            ("refused", "Refused"),
            ("blocked", "Blocked"),
            ("attention", "Needs Attention"),
        ],
        required=True,
        readonly=True,
        default="received",
        help="Received: PayPal has not confirmed it yet. Verified: it is PayPal's. "
        "Booked: the books are made, the mails are not. Done: nothing is left to do. "
        "Ignored: genuine, with nothing to book. Refused: not PayPal's, or not for "
        "you. Blocked: it waits for a licence. Needs Attention: a person must look.",
    )
    resume_state = fields.Selection(
        [("received", "Received"), ("verified", "Verified"), ("booked", "Booked")],
        "Goes On From",
        readonly=True,
        help="Where on the line the message stood when it left it.",
    )
    reason = fields.Selection(REASONS, readonly=True)
    reason_values = fields.Json(readonly=True)
    remarks = fields.Json(readonly=True, help="What is said of it, as codes.")
    explanation = fields.Text(compute="_compute_explanation")
    traceback = fields.Text(readonly=True)
    attempts = fields.Integer(readonly=True)
    next_try = fields.Datetime(readonly=True)

    # === WHAT IT SAYS, TO SEARCH BY === #
    company_id = fields.Many2one("res.company", readonly=True)
    kind = fields.Selection(kinds.SELECTION, readonly=True)
    is_order = fields.Boolean(compute="_compute_table", search="_search_is_order")
    is_return = fields.Boolean(
        "Refund or Dispute", compute="_compute_table", search="_search_is_return"
    )
    txn_id = fields.Char("Transaction ID", readonly=True)
    parent_txn_id = fields.Char("Parent Transaction ID", readonly=True)
    txn_type = fields.Char("Transaction Type", readonly=True)
    subscription_id = fields.Char("Subscription ID", readonly=True)
    payer_id = fields.Char("PayPal Payer ID", readonly=True)
    payment_status = fields.Char(readonly=True)
    payment_date = fields.Datetime(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    gross = fields.Monetary(readonly=True, help="What the customer paid (mc_gross).")
    fee = fields.Monetary(readonly=True, help="What PayPal kept (mc_fee).")
    is_sandbox = fields.Boolean("Sandbox", readonly=True)
    content_html = fields.Html("Message", compute="_compute_content", sanitize=False)
    raw_text = fields.Text(
        "Bytes as Received", compute="_compute_content", groups=MANAGER
    )

    # === WHAT CAME OF IT === #
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, index="btree_not_null"
    )
    move_ids = fields.One2many("account.move", "paypal_ipn_id", readonly=True)
    document_id = fields.Many2one(
        "account.move",
        "Tax Document",
        readonly=True,
        index="btree_not_null",
        help="The tax document of this payment: made for it, or open and paid by it.",
    )
    original_id = fields.Many2one(
        "paypal.ipn",
        "Original Sale",
        readonly=True,
        index="btree_not_null",
        help="The sale that this refund, reversal or case belongs to.",
    )
    follower_ids = fields.One2many("paypal.ipn", "original_id", "Refunds and Disputes")
    credited = fields.Monetary(readonly=True, help="How much of the sale went back.")
    payment_ids = fields.One2many("account.payment", "paypal_ipn_id", readonly=True)
    receipt_mail_id = fields.Many2one("mail.mail", "Receipt E-mail", readonly=True)
    receipt_mail_state = fields.Selection(
        related="receipt_mail_id.state", string="Receipt Mail"
    )
    notice_mail_id = fields.Many2one("mail.mail", "Notice E-mail", readonly=True)
    notice_mail_state = fields.Selection(
        related="notice_mail_id.state", string="Notice Mail"
    )

    _body_unique = models.UniqueIndex("(body_hash)")
    _work_index = models.Index(
        "(state, next_try) WHERE state IN ('received', 'verified', 'booked')"
    )
    _parent_index = models.Index(
        "(company_id, parent_txn_id) WHERE parent_txn_id IS NOT NULL"
    )
    _payer_index = models.Index("(company_id, payer_id) WHERE payer_id IS NOT NULL")
    _txn_index = models.Index("(company_id, txn_id) WHERE txn_id IS NOT NULL")
    # My Caspit sums up by these.
    _paid_index = models.Index(
        "(company_id, payment_date) WHERE payment_date IS NOT NULL"
    )
    _undated_index = models.Index(
        "(company_id, received_at)"
        " WHERE payment_date IS NULL AND company_id IS NOT NULL"
    )

    # === COMPUTE METHODS === #

    @api.depends("txn_id")
    def _compute_display_name(self):
        for ipn in self:
            ipn.display_name = ipn.txn_id or self.env._("Message %s", ipn.id)

    @api.depends("resend_ids")
    def _compute_resend_count(self):
        counts = dict(
            self.env["paypal.ipn.resend"]._read_group(
                [("ipn_id", "in", self.ids)], ["ipn_id"], ["__count"]
            )
        )
        for ipn in self:
            ipn.resend_count = counts.get(ipn._origin, 0)

    @api.depends("reason", "reason_values", "remarks")
    @api.depends_context("lang")
    def _compute_explanation(self):
        """Why it left the line; of what was booked, what there is to say of it."""
        for ipn in self:
            remarks = [
                told(self.env, REMARKS[code], values)
                for code, values in ipn.remarks or []
            ]
            ipn.explanation = ipn.reason and sentence(
                self.env, ipn.reason, ipn.reason_values
            )
            ipn.explanation = ipn.explanation or "\n".join(remarks) or False

    def _remark(self, code, **values):
        """Say something of a message that is booked all the same.

        :param str code: of ``reasons.REMARKS``
        :param values: what its sentence names
        """
        self.ensure_one()
        others = [remark for remark in self.remarks or [] if remark[0] != code]
        self.remarks = [*others, [code, values]]

    @api.depends("body", "source")
    def _compute_content(self):
        for ipn in self:
            kept = ipn.sudo()
            ipn.raw_text = kept._body_bytes().decode("ascii", "backslashreplace")
            ipn.content_html = self.env["ir.qweb"]._render(
                "caspit_paypal_ipn.paypal_ipn_content",
                {"fields": kept._source().fields_of(kept), "lang": self.env.lang},
            )

    # === TRANSITIONS === #

    def _move_to(self, state, reason=None, values=None, **columns):
        """The one guard for every change of state.

        :param str state: where the messages go
        :param str reason: a code of ``REASONS`` when that is a side state
        :param dict values: what the reason's sentence names
        :param columns: other columns to write along
        :raise ValueError: a message may not go there from where it stands
        """
        for ipn in self:
            if state not in TRANSITIONS[ipn.state]:
                raise ValueError(f"paypal.ipn {ipn.id}: {ipn.state} -> {state}")
            # From one side to another, it still left the line where it did.
            left = ipn.resume_state if ipn.state in SIDE_STATES else ipn.state
            ipn.write(
                {
                    "state": state,
                    "resume_state": left if state in SIDE_STATES else False,
                    "reason": reason,
                    "reason_values": values,
                    "attempts": 0,
                    "next_try": self.env.cr.now() if state in LINE_STATES else False,
                    "traceback": False,
                    # Whoever comes to attention once more is told once more.
                    "is_told": False,
                    **columns,
                }
            )

    def _resume(self):
        """Put messages back on the line, where they left it, and work them."""
        for resume_state, ipns in self.grouped("resume_state").items():
            # Whoever asks for a message wants to see it now, whoever sent it.
            ipns._move_to(resume_state, lane=TRUSTED)
        if self:
            self._wake_worker()

    # === ACTIONS === #

    def action_retry(self):
        """Try again from where the message stopped, or send its mails again.

        :return: the action that says what happened; for many messages, the one that
            shows how far the retry is
        :raise UserError: another worker has one of the messages in hand, or one was
            erased
        """
        self._check_may_press()
        self._refuse_erased()
        if len(self) > RETRY_AT_ONCE:
            return self._retry_many()
        if lock_and_reread(self.sudo()) != self:
            raise UserError(
                self.env._(
                    "The message is being worked right now. Look again in a minute."
                )
            )
        return self._retry_told(*self.sudo()._retry_now())
