# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.caspit_paypal_activity.models.make import MAX_TEXT
from odoo.addons.caspit_paypal_activity.models.source import ActivityFile

from .webhook.source import Webhook


class Ledger(ActivityFile):
    """PayPal's own ledger, read through the merchant's app: it is the confirmation.

    What happened since the connection is news, as a message would be; what is from
    before is history, as what is made from a file.
    """

    code = "ledger"
    label = "PayPal's ledger"

    def mails_customer(self, ipn):
        return ipn.activity_line_id._is_live() or super().mails_customer(ipn)

    def mails_merchant(self, ipn):
        return ipn.activity_line_id._is_live()

    def remark(self, ipn):
        return ipn.env._(
            "PayPal sent no message of this payment: it was found in PayPal's own "
            "ledger."
        )


#: What this add-on brings.
SOURCES = (Ledger, Webhook)


class PaypalIpn(models.Model):
    _inherit = "paypal.ipn"

    source = fields.Selection(
        selection_add=[(each.code, each.label) for each in SOURCES],
        ondelete={each.code: "set default" for each in SOURCES},
    )
    is_from_ledger = fields.Boolean(related="activity_file_id.is_ledger")
    ledger_line_ids = fields.Many2many(
        "paypal.activity.line", compute="_compute_ledger_line_ids"
    )
    ledger_seen_at = fields.Datetime(
        "Seen in PayPal's Ledger", compute="_compute_ledger_line_ids"
    )

    @api.model
    def _sources(self):
        return super()._sources() | {each.code: each() for each in SOURCES}

    @api.depends("txn_id", "company_id")
    def _compute_ledger_line_ids(self):
        lines = self.env["paypal.activity.line"].sudo()
        found = lines.search(
            [
                ("ledger_key", "!=", False),
                ("txn_id", "in", [txn for txn in self.mapped("txn_id") if txn]),
            ],
            order="seen_at",
        )
        by_txn = found.grouped(lambda line: (line.company_id, line.txn_id))
        for ipn in self:
            mine = by_txn.get((ipn.company_id, ipn.txn_id), lines)
            ipn.ledger_line_ids = mine
            ipn.ledger_seen_at = mine[:1].seen_at

    def _book(self):
        """Tell the ledger's rows what PayPal's own messages did to the books."""
        ready = self._await_details()
        result = super(PaypalIpn, ready)._book()
        ready._note_disputes()
        booked = self.filtered(lambda ipn: ipn.source != Ledger.code and ipn.txn_id)
        (booked.ledger_line_ids | booked.ledger_line_ids.pair_id)._compare()
        return result


class PaypalActivityLine(models.Model):
    """A row of the ledger says more than one of a file: buyer, ship-to, cart."""

    _inherit = "paypal.activity.line"

    def _message_values(self):
        values = super()._message_values()
        if self.activity_id.is_ledger:
            values["source"] = Ledger.code
        return values

    def _message_fields(self):
        fields_ = super()._message_fields()
        if not self.activity_id.is_ledger:
            return fields_
        details = self.details or {}
        more = {"recurring_payment_id": details.get("subscription")}
        if self.kind in ("sale", "refund", "reversal", "canceled_reversal"):
            more |= self._people_fields(details)
        if self.kind == "sale":
            more |= self._cart_fields(details)
        return fields_ | {
            name: str(text)[:MAX_TEXT] for name, text in more.items() if text
        }

    @staticmethod
    def _people_fields(details):
        return {
            "payer_id": details.get("payer_id"),
            "first_name": details.get("first_name"),
            "last_name": details.get("last_name"),
            "payer_business_name": details.get("business"),
            "contact_phone": details.get("phone"),
            "address_name": details.get("ship_name"),
            "address_country_code": details.get("ship_country"),
        }

    @staticmethod
    def _cart_fields(details):
        """The items in IPN's words; without amounts they are one item's name."""
        cart = details.get("cart") or []
        if not any(item["amount"] for item in cart):
            return {}
        fields_ = {"txn_type": "cart", "num_cart_items": len(cart)}
        for number, item in enumerate(cart, start=1):
            fields_ |= {
                f"item_name{number}": item["name"],
                f"item_number{number}": item["number"],
                f"quantity{number}": item["quantity"],
                f"mc_gross_{number}": item["amount"],
            }
        charges = details.get("charges") or {}
        return fields_ | {name: amount.lstrip("-") for name, amount in charges.items()}
