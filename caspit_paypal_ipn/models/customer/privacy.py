# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Forget who paid, and keep what was paid.

The documents, and the customer's own record, are Odoo's to erase: its privacy tool
knows how. What PayPal sent stands in the messages, which this is about.
"""

import base64
import re
from urllib.parse import urlencode

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..words import RELOAD, notification

# What the books and a later refund rest on, and nothing about a person. Receivers are
# the merchant himself.
KEPT = re.compile(
    r"(parent_)?txn_id|txn_type|payment_(status|date|type|fee|gross)|test_ipn"
    r"|mc_\w+|settle_\w+|exchange_rate|tax\w*|shipping|handling_amount|discount\w*"
    r"|quantity\d*|num_cart_items|pending_reason|reason_code|case_(id|type)"
    r"|subscr_id|recurring_payment_id|receiver_(id|email)|business|invoice"
)
UNDER_WAY = ("received", "verified", "booked", "blocked", "attention")


class PaypalIpn(models.Model):
    _inherit = "paypal.ipn"

    erased_at = fields.Datetime("Personal Data Erased", readonly=True, copy=False)

    def _refuse_erased(self):
        """:raise UserError: a message was erased, and PayPal would not know it"""
        if any(ipn.erased_at for ipn in self):
            raise UserError(
                self.env._(
                    "The personal data of this message was erased: PayPal cannot be "
                    "asked about it any more."
                )
            )

    def _erase_personal_data(self):
        """Blank what the messages say of people.

        The hash of the bytes stays, so that a resend is still known as one.
        """
        for ipn in self.filtered(lambda ipn: not ipn.erased_at):
            said = ipn._source().fields_of(ipn)
            kept = {name: text for name, text in said.items() if KEPT.fullmatch(name)}
            body = urlencode(kept | {"charset": "UTF-8"}).encode("ascii")
            ipn.write(
                {
                    "body": base64.b64encode(body),
                    "payer_id": False,
                    "buyer_name": False,
                    "buyer_email": False,
                    "item": False,
                    "traceback": False,
                    "erased_at": self.env.cr.now(),
                }
            )
        notices = self.notice_mail_id.filtered(lambda mail: mail.state == "sent")
        notices.unlink()


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_paypal_erase(self):
        """Erase what PayPal's messages say of these customers.

        :raise AccessError: somebody else presses it
        :raise UserError: a message is under way, or waits for a person
        """
        if not self.env.user.has_group("caspit_paypal_ipn.group_paypal_ipn_manager"):
            raise AccessError(
                self.env._("Only a PayPal manager may erase PayPal data.")
            )
        self.check_access("write")
        inbox = self.env["paypal.ipn"].sudo()
        known = [name for name in self.sudo().mapped("paypal_payer_id") if name]
        companies = self.env.companies.ids
        ipns = inbox.search(
            [
                ("company_id", "in", companies),
                "|",
                ("partner_id", "in", self.ids),
                ("payer_id", "in", known),
            ]
        )
        open_ipns = ipns.filtered(lambda ipn: ipn.state in UNDER_WAY)
        if open_ipns:
            raise UserError(
                self.env._(
                    "%(count)s messages of this customer are not finished, for "
                    "example %(name)s. Finish them first.",
                    count=len(open_ipns),
                    name=open_ipns[0].display_name,
                )
            )
        ipns._erase_personal_data()
        said = self.env._(
            "PayPal messages whose personal data was erased: %s", len(ipns)
        )
        return notification(said, next=RELOAD)
