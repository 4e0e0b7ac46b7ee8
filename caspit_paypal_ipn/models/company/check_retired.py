# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models

from ..sources import DEFAULT

#: How far back payments are counted.
BACK = timedelta(days=90)
#: Buy Now and Add to Cart buttons, deprecated since January 2026; they "may be retired
#: any time after 1 January 2027". A cart of PayPal's checkout is called so, too.
#: https://developer.paypal.com/limited-release/multiparty/wps-deprecation, last checked
#: 2026-11-27
BUTTONS = ("web_accept", "cart")
#: Subscriptions begun with buttons or the older API: no webhook tells of them.
PROFILES = (
    "recurring_payment",
    "recurring_payment_outstanding_payment",
    "subscr_payment",
)


class ResCompany(models.Model):
    """Which payments come through what PayPal is about to retire."""

    _inherit = "res.company"

    def _paypal_see_retired(self):
        counts = dict(
            self.env["paypal.ipn"]._read_group(
                [
                    *self._paypal_received(),
                    ("source", "=", DEFAULT),
                    ("kind", "in", self.env["paypal.ipn"]._kinds_with_money()),
                    ("payment_date", ">=", fields.Datetime.now() - BACK),
                    ("txn_type", "!=", False),
                ],
                ["txn_type"],
                ["__count"],
            )
        )
        if not counts:
            return None
        buttons = sum(counts.get(name, 0) for name in BUTTONS)
        profiles = sum(counts.get(name, 0) for name in PROFILES)
        keep = profiles and self.env._(
            "Of subscriptions came %s: leave IPN switched on in PayPal, as nothing "
            "else tells of those that were begun with buttons.",
            profiles,
        )
        if not buttons:
            said = self.env._(
                "No payment of the last 90 days came through a button that PayPal is "
                "about to retire."
            )
            return "ok", " ".join(filter(None, (said, keep)))
        said = self.env._(
            "%(count)s of %(total)s payments of the last 90 days came through Buy Now "
            "or Add to Cart buttons (%(names)s), which PayPal may retire after 1 "
            "January 2027. Move them to PayPal Checkout or to Payment Links and "
            "Buttons in good time; their messages come here just the same.",
            count=buttons,
            total=sum(counts.values()),
            names=", ".join(name for name in BUTTONS if counts.get(name)),
        )
        return "warn", " ".join(filter(None, (said, keep)))
