# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class PaypalIpn(models.Model):
    """What people are told, beside receipts: notes, activities, a first of its kind."""

    _inherit = "paypal.ipn"

    def _note(self, sale, what):
        """Write on the sale's document what PayPal reports of it."""
        sale.document_id.message_post(
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
        """
        admin = self.env.ref("base.user_admin", raise_if_not_found=False)
        user = self.company_id.paypal_user_id or admin or self.env.user
        record.with_context(mail_activity_quick_update=True).activity_schedule(
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
