# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import html2plaintext


class MailThread(models.AbstractModel):
    """A receipt that comes back has not arrived."""

    _inherit = "mail.thread"

    @api.model
    def _routing_handle_bounce(self, email_message, message_dict):
        """Note on our mail that it came back, beside what Odoo does about a bounce."""
        done = super()._routing_handle_bounce(email_message, message_dict)
        bounced = message_dict["bounced_message"]
        if bounced:
            mails = self.env["mail.mail"].sudo()
            mails.search(
                [("mail_message_id", "in", bounced.ids), ("is_paypal", "=", True)]
            )._paypal_came_back(html2plaintext(message_dict.get("body") or ""))
        return done


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _paypal_came_back(self, said):
        """Count mails as failed that were sent and returned.

        :param str said: by whoever returned them
        """
        if not self:
            return
        # Of Odoo's types the one that no second try mends; see mail_retry.HOPELESS.
        self.write(
            {
                "state": "exception",
                "failure_type": "mail_email_invalid",
                "failure_reason": said,
            }
        )
        self._paypal_tell_receipts("returned")
