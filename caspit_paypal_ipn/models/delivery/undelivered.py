# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..locking import lock_and_reread
from ..words import isolated

_logger = logging.getLogger(__name__)

#: The customer has not got his document, and somebody has to do something about it.
UNDELIVERED = ("no_address", "refused", "returned")
#: What the state of its mail says of a receipt.
BY_MAIL = {
    "outgoing": "waiting",
    "sent": "sent",
    "received": "sent",
    "exception": "refused",
    "cancel": "refused",
}
#: Characters that are shown of what a mail server said.
MOST_SAID = 400
MOST_LOOKED_AT = 1_000
#: A mail server's answer, as Odoo keeps it: (550, b'5.1.1 No such user here')
SERVER_SAID = re.compile(r"""\((?P<code>\d{3}), b?(['"])(?P<words>.*?)\2\)""")


class PaypalIpn(models.Model):
    """Whether the customer got his document: why not, and how he gets it after all."""

    _inherit = "paypal.ipn"

    receipt_status = fields.Selection(
        [
            ("waiting", "Going out"),
            ("sent", "Sent"),
            ("no_address", "No address"),
            ("refused", "Not accepted"),
            ("returned", "Came back"),
            ("other_way", "Delivered otherwise"),
        ],
        "Receipt",
        readonly=True,
        copy=False,
        help="How far the customer's document is. No address: he has none. Not "
        "accepted: the mail server did not take it. Came back: it was sent, and "
        "returned as undeliverable.",
    )
    receipt_problem = fields.Text(
        compute="_compute_receipt_problem",
        compute_sudo=True,
        help="Why the customer has not got his document.",
    )

    _undelivered_index = models.Index(
        "(company_id) WHERE receipt_status IN"
        " ('no_address', 'refused', 'returned', 'waiting')"
    )

    # === COMPUTE METHODS === #

    @api.depends("receipt_status", "receipt_mail_id.failure_reason")
    @api.depends_context("lang")
    def _compute_receipt_problem(self):
        for ipn in self:
            said = isolated(ipn.receipt_mail_id._paypal_failure())
            ipn.receipt_problem = {
                "no_address": self.env._("The customer has no e-mail address."),
                "refused": self.env._("The mail was not accepted: %s", said),
                "returned": self.env._("The mail came back: %s", said),
            }.get(ipn.receipt_status, False)

    # === BUSINESS METHODS === #

    def _take_receipt_status(self, status=None):
        """Note how far receipts are, and on the documents whether they were sent.

        :param str status: of the receipts; none: what the state of each mail says
        """
        for ipn in self:
            document, now = (
                ipn.document_id,
                status or BY_MAIL[ipn.receipt_mail_id.state],
            )
            # Odoo calls a document sent that was handed to the queue of mails.
            if now == "sent":
                document.is_move_sent = True
            elif now == "returned" and document.paypal_txn_id:
                document.is_move_sent = False
            ipn.receipt_status = now

    @api.model
    def _look_at_receipts(self):
        """Note of receipts that went out while their messages were in another hand."""
        self.search(
            [
                ("receipt_status", "=", "waiting"),
                ("receipt_mail_id.state", "not in", (False, "outgoing")),
            ],
            limit=MOST_LOOKED_AT,
        )._take_receipt_status()

    def _receipt_address(self):
        """:return: where the receipt went, or would go; '' for nowhere"""
        self.ensure_one()
        ipn = self.sudo()
        return ipn.receipt_mail_id.email_to or ipn.document_id.partner_id.email or ""

    def _undelivered_in_hand(self):
        """:return: the message, locked
        :raise UserError: another process has it, or the customer has his document
        """
        self.ensure_one()
        if not lock_and_reread(self):
            raise UserError(
                self.env._(
                    "The message is being worked right now. Look again in a minute."
                )
            )
        if self.receipt_status not in UNDELIVERED:
            raise UserError(self.env._("This receipt is on its way, or has arrived."))
        return self

    def _send_receipt_again(self, address):
        """Correct the customer's address, and send him the document he has not got.

        It is the same mail with the same document; where there was no address at all,
        it is made now.

        :param str address: where it goes
        :raise UserError: that is no address, or the customer has his document
        """
        address = address.strip()
        # Odoo reads a@@b as an address.
        if address.count("@") != 1 or not email_normalize(address):
            raise UserError(self.env._("“%s” is not an e-mail address.", address))
        ipn = self._undelivered_in_hand()
        mail = ipn.receipt_mail_id
        if mail.email_to:  # the merchant's own, of a test company
            mail.email_to = address
        else:
            ipn.document_id.partner_id.email = address
        if mail:
            mail.mark_outgoing()
        else:
            ipn.receipt_status = False
            ipn.receipt_mail_id = ipn.with_company(ipn.company_id)._mail_receipt()
        ipn._log_by(self.env._("Sent the receipt again, to %s", address))
        ipn._send_queued_mails()

    def _deliver_otherwise(self, note):
        """Note that the customer got his document in another way.

        :param str note: how
        """
        ipn = self._undelivered_in_hand()
        ipn.receipt_status = "other_way"
        ipn._log_by(self.env._("Delivered otherwise: %s", note))

    def _log_by(self, what):
        """Say on the message who did something."""
        said = self.env._("%(user)s: %(what)s", user=self.env.user.name, what=what)
        self._message_log(body=said)


class MailMail(models.Model):
    _inherit = "mail.mail"

    def mark_outgoing(self):
        done = super().mark_outgoing()
        self._paypal_tell_receipts()
        return done

    def cancel(self):
        done = super().cancel()
        self._paypal_tell_receipts()
        return done

    def _paypal_tell_receipts(self, status=None):
        """Note on the messages, and on the documents, how far these receipts are.

        :param str status: of the receipts; none: what the state of each mail says
        """
        ours = self.sudo().filtered(
            lambda mail: mail.is_paypal and mail.model == "account.move"
        )
        if not ours:
            return
        ipns = (
            self.env["paypal.ipn"]
            .sudo()
            .search(
                [
                    ("document_id", "in", ours.mapped("res_id")),
                    ("receipt_mail_id", "in", ours.ids),
                ]
            )
        )
        # The mail has left: what goes wrong here must not undo that, and send it twice.
        try:
            with self.env.cr.savepoint():
                lock_and_reread(ipns)._take_receipt_status(status)
        except Exception as error:  # whatever it is; it is noted within the hour
            name = type(error).__name__
            _logger.warning("PayPal IPN: a receipt's result is noted later: %s", name)

    def _paypal_failure(self):
        """:return: what the mail server said, as far as it is known"""
        labels = dict(self._fields["failure_type"]._description_selection(self.env))
        said = self.failure_reason or labels.get(self.failure_type) or "?"
        if answer := SERVER_SAID.search(said):
            said = f"{answer['code']} {answer['words']}"
        return " ".join(said.split())[:MOST_SAID]


class AccountMove(models.Model):
    _inherit = "account.move"

    def _paypal_went_out(self):
        """A person sent these documents himself: nothing is undelivered any more."""
        self.env["paypal.ipn"].sudo().search(
            [
                ("document_id", "in", self.ids),
                ("receipt_status", "in", UNDELIVERED),
            ]
        ).receipt_status = "other_way"
