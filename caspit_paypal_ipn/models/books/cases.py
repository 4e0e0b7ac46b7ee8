# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import fields, models
from odoo.tools.misc import format_date

from ...paypal import MalformedMessage
from ..failures import is_beyond_the_message
from ..log_line import log_line

_logger = logging.getLogger(__name__)


class PaypalIpn(models.Model):
    """Cases and pulled money as something to do: told at once, open, and settled."""

    _inherit = "paypal.ipn"

    is_open_case = fields.Boolean(
        "Open Dispute",
        readonly=True,
        copy=False,
        help="A case or a payment that was pulled back, which is not settled yet and "
        "nobody has ticked off.",
    )
    todo_id = fields.Many2one(
        "mail.activity",
        "Activity of the Dispute",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        help="What the accountant was asked to do about it.",
    )

    _open_case_index = models.Index("(company_id) WHERE is_open_case IS TRUE")

    # === OPEN === #

    def _open_case(self, summary):
        """Ask the accountant to act, and tell the merchant at once.

        :param str summary: what the accountant is asked
        """
        self.todo_id = self._schedule(self.original_id.document_id or self, summary)
        self.is_open_case = True
        if self._source().mails_merchant(self):
            self._tell_of_case()

    def _tell_of_case(self):
        """Mail the merchant; a spoilt template keeps nothing from the books."""
        try:
            with self.env.cr.savepoint():
                self.notice_mail_id = self._mail_notice("mail_template_case")
        except Exception as error:  # whatever a template does
            if is_beyond_the_message(error):
                raise
            line = log_line("not told", self, failed_with=type(error).__name__)
            _logger.warning("%s", line)
        self._send_queued_mails()

    def paypal_case(self):
        """What the mail about a case says.

        Odoo tries a template with whatever message there is, also with one that is no
        case, cannot be read, or is of a source whose add-on is not there yet.

        :return: a dictionary: subject, sentence, advice
        """
        self.ensure_one()
        sale, due = self.original_id, self._case_due()
        moved = self if self.gross else sale
        try:
            what = self._what()
        except (MalformedMessage, KeyError):
            what = "–"
        about = {
            "customer": self.partner_id.name or self.buyer_name or "–",
            "document": sale.document_id.name or sale.txn_id or "–",
            "amount": moved._story_amount(moved.gross),
            "what": what,
        }
        if self.kind == "dispute":
            subject = self.env._("PayPal case: %(customer)s, %(amount)s", **about)
            sentence = self.env._(
                "%(customer)s has a case at PayPal about %(document)s, %(amount)s "
                "(%(what)s). No money has moved yet.",
                **about,
            )
        else:
            subject = self.env._(
                "PayPal took money back: %(customer)s, %(amount)s", **about
            )
            sentence = self.env._(
                "PayPal took %(amount)s for %(document)s out of your account "
                "(%(what)s). It is booked, and %(customer)s owes it again.",
                **about,
            )
        advice = self.env._(
            "Answer in PayPal's Resolution Center as soon as you can: who does not "
            "answer in time loses."
        )
        if due:
            day = format_date(self.env, due)
            advice = self.env._(
                "Answer in PayPal's Resolution Center until %s: who does not answer in "
                "time loses.",
                day,
            )
        return {"subject": subject, "sentence": sentence, "advice": advice}

    def _case_due(self):
        """Until when the merchant has to answer, which no message of PayPal's tells.

        An extension point: who asks PayPal knows.

        :return: a day of the company, or None
        """
        self.ensure_one()

    # === SETTLED === #

    def _close_settled(self):
        """Tick off what is settled of these sales: nobody has to look any more."""
        for case in self.follower_ids.filtered("is_open_case"):
            if case._is_settled():
                case._close_case(self.env._("Settled"))

    def _is_settled(self):
        """Whether what was pulled is back, credited or paid.

        A case moves no money: it is settled with what was pulled after it, or when the
        whole sale went back to the customer.
        """
        self.ensure_one()
        if self.kind != "dispute":
            return not self._receivable(*self.payment_ids.move_id)
        sale = self.original_id
        pulls = sale.follower_ids.filtered(
            lambda it: it.id > self.id and it.kind != "refund" and it.payment_ids
        )
        if pulls:
            return not self._receivable(*pulls.payment_ids.move_id)
        left = sale.gross - sale.credited
        return sale.currency_id.compare_amounts(left, 0.0) <= 0

    def _is_owed_again(self):
        """:return: whether PayPal pulled money that the customer owes since"""
        self.ensure_one()
        return (
            self.kind != "refund"
            and self._is_outbound()
            and bool(self._receivable(*self.payment_ids.move_id))
        )

    def _close_case(self, feedback):
        """:param str feedback: what the activity says of how it ended"""
        for case in self:
            case.is_open_case = False
            todo = case.todo_id
            if todo.active:
                todo.action_feedback(feedback=feedback)

    def _close_all_settled(self):
        """What a merchant settled in the books himself is settled, too."""
        self.search([("is_open_case", "=", True)]).original_id._close_settled()


class MailActivity(models.Model):
    """Whoever ticks off the activity of a case has seen to it."""

    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        self._paypal_seen_to()
        return super()._action_done(feedback, attachment_ids)

    def unlink(self):
        self._paypal_seen_to()
        return super().unlink()

    def _paypal_seen_to(self):
        self.env["paypal.ipn"].sudo().search(
            [("todo_id", "in", self.ids), ("is_open_case", "=", True)]
        ).is_open_case = False
