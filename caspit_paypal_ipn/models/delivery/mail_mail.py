# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.mail import formataddr

from ...log_filter import hidden
from .plain_text import plain_text
from .subject import subject

#: What separates or quotes in a header of a mail. Odoo's own log line fails on some of
#: it after the mail has left.
HEADER_SIGNS = re.compile(r"""[\x00-\x1f\x7f"\\<>@,;:()\[\]]+""")


def header_address(name, email):
    """Write an address as it stands in a header.

    :param str name: of whoever it is, with any letter in it
    :param str email: his address
    :return: ``"Name" <address>``, the name without signs that mean something there
    """
    return formataddr((" ".join(HEADER_SIGNS.sub(" ", name or "").split()), email))


class MailMail(models.Model):
    """What is different when one of our mails is sent, and of no other."""

    _inherit = "mail.mail"

    is_paypal = fields.Boolean(readonly=True, help="The PayPal messages made it.")

    def _send(self, *args, **kwargs):
        """Send ours apart, so that the log does not name to whom they go."""
        ours = self.filtered("is_paypal")
        others = self - ours
        if others or not ours:
            super(MailMail, others)._send(*args, **kwargs)
        if ours:
            with hidden(ours._paypal_addresses()):
                super(MailMail, ours)._send(*args, **kwargs)
        return True

    def _prepare_outgoing_list(self, *args, **kwargs):
        """Write ours so that they arrive as they were meant.

        The customer in the header is one address, and a name without signs; the
        subject keeps its blanks; who reads no HTML gets lines and addresses.
        """
        if self.is_paypal:
            self._paypal_check_files()
        emails = super()._prepare_outgoing_list(*args, **kwargs)
        for email in emails if self.is_paypal else ():
            email["subject"] = subject(email["subject"])
            email["body_alternative"] = plain_text(email["body"])
            partner, known = email.get("partner_id"), email["email_to_normalized"]
            if partner and known:
                email["email_to"] = [header_address(partner.name, known[0])]
                email["email_to_normalized"] = known[:1]
        return emails

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        """Keep a mail that left from leaving again.

        Odoo may fail after the mail server took a mail: its line of the log raises for
        some names. It then counts as failed, and would be queued once more.
        """
        left = success_pids or success_emails
        if left and failure_type and all(mail.is_paypal for mail in self):
            self.write(
                {"state": "sent", "failure_reason": False, "failure_type": False}
            )
            failure_reason, failure_type = False, None
        done = super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason, failure_type
        )
        self.exists()._paypal_tell_receipts()
        return done

    def _paypal_check_files(self):
        """Let no receipt leave without its document, when the filestore is away.

        Odoo reads a file that is not there as an empty one.

        :raise UserError: then the mail fails, and is tried again
        """
        for file in self.attachment_ids.sudo():
            if file.type == "binary" and file.file_size and not file.raw:
                raise UserError(
                    self.env._(
                        "The document cannot be read: is Odoo's filestore there?"
                    )
                )

    def _paypal_addresses(self):
        """:return: the addresses that these mails go to"""
        texts = [*self.mapped("email_to"), *self.recipient_ids.mapped("email")]
        return {text for text in texts if text}

    def _paypal_age_at_try(self):
        """:return: how old the mail was when it was last tried"""
        return self.write_date - self.create_date
