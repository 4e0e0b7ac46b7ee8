# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import hashlib

from odoo import api, models


class PaypalIpn(models.Model):
    """A message on trial: what it would make, for a transaction that is rolled back."""

    _inherit = "paypal.ipn"

    # === ALONG THE LINE === #

    @api.model
    def _try_out(self, bodies):
        """Take messages along the whole line in this transaction, one after the other.

        Only PayPal's answer is left out. Nothing is committed here; the caller rolls
        back what came of it.

        :param bodies: messages, as PayPal would send them
        :return: the ``paypal.ipn`` of each, as far as they went: what follows one
            that is not done is not tried
        """
        tried = self.browse()
        for body in bodies:
            ipn = self._try_one(body)
            tried |= ipn
            if ipn.state != "done":
                break
        return tried

    @api.model
    def _try_one(self, body):
        """:return: the ``paypal.ipn``, where the line took it"""
        ipn = self._book_unasked(body)
        if ipn.state == "booked":
            ipn._deliver_or_wait()
        return ipn

    @api.model
    def _book_unasked(self, body):
        """Keep a message that we invented, and book it without asking PayPal.

        :param bytes body: of the test message, or of demonstration data
        :return: the ``paypal.ipn``, where the books took it
        """
        self._receive(body)
        body_hash = hashlib.sha256(body).hexdigest()
        ipn = self.search([("body_hash", "=", body_hash)])
        ipn._address()
        if ipn.state == "received":
            ipn._move_to("verified")
            ipn._book()
        return ipn

    # === WHAT CAME OF IT === #

    def _trial_outcome(self):
        """What a message made, as plain values that outlive the roll-back.

        :rtype: dict
        """
        self.ensure_one()
        document = self.document_id
        mails = {"receipt": self.receipt_mail_id, "notice": self.notice_mail_id}
        return {
            "kind": self._kind_label(),
            "state": self.state,
            "reason": self.reason,
            "sentence": self.explanation or "",
            "document": self._trial_document() if document else None,
            "payments": [
                {
                    "journal": payment.journal_id.name,
                    "amount": payment.amount,
                    "currency_id": payment.currency_id.id,
                    "outbound": payment.payment_type == "outbound",
                }
                for payment in self.payment_ids
            ],
            "fee": self._charged_fee() if document else 0.0,
            "currency_id": self.currency_id.id,
            "balance": self._trial_balance(),
            "company_currency_id": self.company_id.currency_id.id,
            "mails": [
                self._trial_mail(kind, mail.sudo())
                for kind, mail in mails.items()
                if mail
            ],
        }

    def _trial_balance(self):
        """By how much the message changes the PayPal balance in the books."""
        account = self._paypal_account()
        lines = (self.move_ids | self.payment_ids.move_id).line_ids.filtered(
            lambda line: line.account_id == account and line.parent_state == "posted"
        )
        return self.company_id.currency_id.round(sum(lines.mapped("balance")))

    def _trial_document(self):
        """The tax document as plain values."""
        move = self.document_id
        lines = move.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        labels = {
            field: dict(move._fields[field]._description_selection(self.env))
            for field in ("state", "payment_state")
        }
        return {
            "title": move.paypal_title(),
            "date": move.invoice_date.isoformat(),
            "customer": move.partner_id.name,
            "lang": move.partner_id.lang,
            "lines": [
                {
                    "name": line.name,
                    "quantity": line.quantity,
                    "taxes": ", ".join(line.tax_ids.mapped("name")),
                    "total": line.price_total,
                }
                for line in lines
            ],
            "untaxed": move.amount_untaxed,
            "tax": move.amount_tax,
            "total": move.amount_total,
            "currency_id": move.currency_id.id,
            "state": labels["state"][move.state],
            "payment_state": labels["payment_state"][move.payment_state],
        }

    @api.model
    def _trial_mail(self, kind, mail):
        """The mail as plain values.

        :param str kind: ``receipt`` or ``notice``
        :param mail: the ``mail.mail``
        """
        return {
            "kind": kind,
            "from": mail.email_from,
            "to": mail.email_to or ", ".join(mail.recipient_ids.mapped("email")),
            "subject": mail.subject,
            "body": mail.body_html,
            "attachments": mail.attachment_ids.mapped("name"),
        }
