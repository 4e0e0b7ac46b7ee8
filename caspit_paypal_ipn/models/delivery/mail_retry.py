# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
from datetime import timedelta

from odoo import api, models

# As long as PayPal itself goes on; after that a person presses Retry.
KEEP_TRYING = timedelta(days=4)
FIRST_WAIT = timedelta(minutes=2)
BATCH = 50
# What the mail server said for good (RFC 5321: 5yz), and what no second try would mend.
FOR_GOOD = re.compile(r"\b5\d\d\b")
HOPELESS = (
    "mail_email_invalid",
    "mail_email_missing",
    "mail_from_invalid",
    "mail_from_missing",
)


class PaypalIpn(models.Model):
    """Mails that failed because the mail server was away go out when it is back."""

    _inherit = "paypal.ipn"

    @api.model
    def _requeue_failed_mails(self):
        """Queue failed mails again, each time after twice as long.

        A mail has waited long enough when its last try is as long ago as that was
        after the mail was made. So nothing needs to be counted.
        """
        now = self.env.cr.now()
        failed = (
            self.env["mail.mail"]
            .sudo()
            .search(
                [
                    ("model", "in", ("paypal.ipn", "account.move")),
                    ("state", "=", "exception"),
                    ("failure_type", "not in", HOPELESS),
                    ("create_date", ">", now - KEEP_TRYING),
                    ("write_date", "<=", now - FIRST_WAIT),
                ],
                order="id",
            )
            .filtered(lambda mail: now - mail.write_date >= mail._paypal_age_at_try())
            .filtered(lambda mail: not FOR_GOOD.search(mail.failure_reason or ""))
        )
        ours = self.sudo().search(
            [
                "|",
                ("receipt_mail_id", "in", failed.ids),
                ("notice_mail_id", "in", failed.ids),
            ],
            limit=BATCH,
            order="id",
        )
        again = failed & (ours.receipt_mail_id | ours.notice_mail_id)
        if again:
            again.mark_outgoing()
            self._send_queued_mails()
