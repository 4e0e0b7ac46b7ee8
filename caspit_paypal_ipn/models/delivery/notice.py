# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..locking import lock_and_reread

#: What is beyond these is told with the next mail.
TOLD_AT_ONCE = 1_000


class PaypalIpn(models.Model):
    """What people are told, beside receipts: notes, activities, problems, a first."""

    _inherit = "paypal.ipn"

    is_told = fields.Boolean(
        "Told to the Merchant",
        readonly=True,
        help="A mail told the merchant that this message needs attention.",
    )

    _attention_index = models.Index("(company_id) WHERE state = 'attention'")

    # === NOTES AND ACTIVITIES === #

    def _note(self, sale, what):
        """Write on the sale's document, or on the sale, what PayPal reports of it."""
        (sale.document_id or sale).message_post(
            body=self.env._(
                "PayPal: %(kind)s %(txn)s (%(what)s) %(amount)s",
                kind=self._kind_label(),
                txn=self.txn_id,
                what=what,
                amount=self._money(self._amount()) if self.gross else "",
            )
        )

    def _schedule(self, record, summary):
        """Ask the company's accountant to look at a document.

        The activity's own e-mail is left out: the list of activities is where he looks.

        :return: the ``mail.activity``
        """
        admin = self.env.ref("base.user_admin", raise_if_not_found=False)
        user = self.company_id.paypal_user_id or admin or self.env.user
        return record.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_todo", user_id=user.id, summary=summary
        )

    def _tell_once(self):
        """Tell the merchant of the first message of a type nobody knows."""
        seen_before = self.search_count(
            [
                ("id", "!=", self.id),
                ("company_id", "=", self.company_id.id),
                ("kind", "=", "unknown"),
                ("txn_type", "=", self.txn_type),
                ("state", "=", "ignored"),
            ],
            limit=1,
        )
        if not seen_before:
            self.notice_mail_id = self._mail_notice("mail_template_unknown")
            self._send_queued_mails()

    # === PROBLEMS === #

    @api.model
    def _work_problems(self):
        """Tell merchants of messages that need attention.

        :return: how many messages were told
        """
        return sum(self._tell_problems(company) for company in self._troubled())

    @api.model
    def _troubled(self):
        """:return: the companies for which a mail about problems is due"""
        now, companies = self.env.cr.now(), self.env["res.company"]
        waiting = self._read_group(
            [
                ("state", "=", "attention"),
                ("is_told", "=", False),
                ("company_id", "!=", False),
            ],
            ["company_id"],
            ["write_date:min"],
        )
        for company, since in waiting:
            if company._paypal_may_tell_problems(now, since):
                companies |= company
        return companies

    @api.model
    def _tell_problems(self, company):
        """Make one mail of all that is not told yet, and note that it is.

        Both in one transaction: a crash loses no problem and tells none twice.

        :return: how many messages were told
        """
        untold = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "attention"),
                ("is_told", "=", False),
            ],
            limit=TOLD_AT_ONCE,
        )
        untold = lock_and_reread(untold).filtered(lambda ipn: ipn.state == "attention")
        if not untold or not company.try_lock_for_update(allow_referencing=True):
            return 0
        # Also when the mail cannot be made: then it is tried again in an hour.
        company.paypal_problems_told_at = self.env.cr.now()
        told = company._paypal_mail(
            "mail_template_problems", paypal_problem_ids=untold.ids
        )
        if not told:
            return 0
        untold.is_told = True
        return len(untold)

    @api.model
    def _wake_to_tell(self):
        """Wake the scheduled action that tells, when there is something to tell."""
        if self._troubled():
            self._wake_delivery()
