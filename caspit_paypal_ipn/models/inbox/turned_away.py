# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models

from ...paypal import Message

#: Anybody can send such bodies: so many are noted in an hour, and for so long.
AT_MOST = 20
KEPT_FOR = timedelta(days=30)


class PaypalIpnTurnedAway(models.Model):
    """What is over a bound is not kept, and leaves a trace that the merchant sees.

    The set-up check of the company's Modules tab tells of it.
    """

    _name = "paypal.ipn.turned.away"
    _description = "PayPal Message Turned Away"
    _order = "id desc"

    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade")
    received_at = fields.Datetime(readonly=True, index=True)
    txn_id = fields.Char("Transaction ID", readonly=True)
    error = fields.Char(readonly=True)

    @api.model
    def _note(self, body, error):
        """Note a body that is too long or has too many fields.

        :param bytes body: as much of it as was read
        :param str error: why it was turned away, without any of it
        """
        now = self.env.cr.now()
        latest = [("received_at", ">", now - timedelta(hours=1))]
        if self.search_count(latest, limit=AT_MOST) >= AT_MOST:
            return
        self.search([("received_at", "<", now - KEPT_FOR)]).unlink()
        self.create(
            {
                "company_id": self.env["paypal.ipn"]._company_of(body).id,
                "received_at": now,
                "txn_id": Message.decode(body).get("txn_id", "")[:40],
                "error": error,
            }
        )


class PaypalIpn(models.Model):
    _inherit = "paypal.ipn"

    @api.model
    def _company_of(self, body):
        """The company that bytes are for which cannot be read as a message.

        :return: a ``res.company``, or none. What names nobody, as a body that was not
            read for its length, is for the only company with a PayPal account
        """
        companies = self.env["res.company"].sudo()
        if Message.decode(body):
            return companies._paypal_find(Message.addressed(body))
        have = companies.search(
            ["|", ("paypal_merchant_id", "!=", False), ("paypal_email", "!=", False)],
            limit=2,
        )
        return have if len(have) == 1 else companies
