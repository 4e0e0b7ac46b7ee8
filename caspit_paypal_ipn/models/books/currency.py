# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import models

from ..reasons import Aside


class PaypalIpn(models.Model):
    """A foreign currency has to have a rate, and one that means something."""

    _inherit = "paypal.ipn"

    def _check_currency(self, currency, code):
        """Refuse a currency without a rate of the payment's days.

        Odoo would count a currency without any rate as 1.0, and take the rate of any
        day before the payment, or even the first one after it.

        :param currency: a ``res.currency``, or none
        :param str code: what PayPal calls it
        :raise Aside: it is inactive, has no rate, or only one that is too old
        """
        company = self.company_id
        if currency.active and currency == company.currency_id:
            return
        latest = self._latest_rate(currency) if currency.active else None
        if not latest:
            raise Aside("attention", "currency", currency=code or "?")
        paid, days = self._payment_date(), company.paypal_rate_days
        if days and latest.name < paid - timedelta(days=days):
            raise Aside(
                "attention",
                "currency",
                variant="old",
                currency=code,
                day=latest.name.isoformat(),
                paid=paid.isoformat(),
                days=days,
            )

    def _latest_rate(self, currency):
        """:return: the ``res.currency.rate`` that counts on the day of the payment"""
        return (
            self.env["res.currency.rate"]
            .sudo()
            .search(
                [
                    ("currency_id", "=", currency.id),
                    ("company_id", "in", (False, self.company_id.root_id.id)),
                    ("name", "<=", self._payment_date()),
                ],
                order="name desc, company_id, id desc",
                limit=1,
            )
        )
