# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools.mail import email_split

from ...paypal import const
from ..standins import standin_url
from .pasted import MERCHANT_ID
from .quiet import WATCH_TEMPLATE

# A PayPal stand-in on this machine, for tests and demonstrations.
STANDIN_VARIABLE = "CASPIT_PAYPAL_STANDIN_URL"


class ResCompany(models.Model):
    """Which company a message is for, what it is to it, and who is asked for proof."""

    _inherit = "res.company"

    def _paypal_emails(self):
        """The addresses of the company's PayPal account, in lower case."""
        self.ensure_one()
        return [email.lower() for email in email_split(self.paypal_email or "")]

    @api.model
    def _paypal_find(self, message):
        """Find the company whose PayPal account a message is for.

        PayPal's ``receiver_id`` is stable, the e-mail addresses are not: so the id
        decides where both sides have one, and one that contradicts refuses. A
        message without a receiver is an account's own (an adjustment, a mass pay):
        there the payer is the merchant. So he is where he bought something himself.

        :param paypal.message.Message message: the message
        :return: the company, or none
        """
        account = message.receiver
        if account.is_empty:
            account = message.payer_account
        companies = self.sudo().search(
            ["|", ("paypal_merchant_id", "!=", False), ("paypal_email", "!=", False)]
        )
        environment = "sandbox" if message.is_sandbox else "live"
        matches = companies.filtered(lambda company: company._paypal_is_mine(account))
        if not matches:  # PayPal also tells the merchant of what he bought himself
            account = message.payer_account
            matches = companies.filtered(lambda it: it._paypal_is_mine(account))
        return matches.sorted(
            lambda company: (
                company.paypal_environment != environment,
                (company.paypal_merchant_id or "").upper() != account.merchant_id,
                company.id,
            )
        )[:1]

    def _paypal_is_mine(self, account):
        """Whether an account that a message names is this company's.

        ``business`` echoes what a button passed: next to PayPal's own id it counts only
        where PayPal names no address itself.

        :param paypal.people.Receiver account: the account
        """
        self.ensure_one()
        merchant_id = (self.paypal_merchant_id or "").strip().upper()
        if merchant_id and account.merchant_id:
            return merchant_id == account.merchant_id
        emails = account.emails[:1] if account.merchant_id else account.emails
        return bool(set(emails).intersection(self._paypal_emails()))

    def _paypal_learn_merchant_id(self, message):
        """Take PayPal's id of the account from the first message that it confirms.

        From then on the id decides, and a message that names another one is refused.

        :param paypal.message.Message message: confirmed, and for this company
        """
        self.ensure_one()
        merchant_id = message.receiver.merchant_id
        if self.paypal_merchant_id or not MERCHANT_ID.fullmatch(merchant_id):
            return
        self.paypal_merchant_id = merchant_id
        self._paypal_mail(WATCH_TEMPLATE, paypal_learned_id=merchant_id)

    def _paypal_kind(self, message):
        """The kind of a message, as seen from this company.

        An extension point: a module that adds a kind looks at the message first, and
        leaves every other one to ``super()``. The company may be none.

        :param paypal.message.Message message: the message
        :return: ``outgoing`` for a payment that the merchant made himself, whatever
            its type; else the message's own kind
        """
        if not (self and self._paypal_is_mine(message.payer_account)):
            return message.kind
        is_sale = message.kind in (const.KIND_SALE, const.KIND_PENDING)
        receiver = message.receiver
        if is_sale or not (receiver.is_empty or self._paypal_is_mine(receiver)):
            return const.KIND_OUTGOING  # a refund of what he bought, too
        return message.kind

    def _paypal_postback_url(self):
        """Where PayPal is asked whether it sent a message.

        The company's setting alone decides, nothing in a message can. A stand-in is
        taken from the server's own environment, and only on this machine.

        :raise ValueError: the stand-in's address is not of this machine
        """
        self.ensure_one()
        theirs = const.POSTBACK_URLS[self.paypal_environment]
        return standin_url(STANDIN_VARIABLE) or theirs
