# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, time

import pytz

from odoo import fields, models


class ResCompany(models.Model):
    """The day it is at a company, and the language it writes in."""

    _inherit = "res.company"

    def _paypal_tz(self):
        """The time zone that turns PayPal's moments into this company's days."""
        self.ensure_one()
        zones = pytz.country_timezones.get(self.country_id.code or "", ["UTC"])
        return pytz.timezone(self.partner_id.tz or zones[0])

    def _paypal_local_date(self, moment):
        """:return: the day at this company of a UTC moment without time zone"""
        return pytz.utc.localize(moment).astimezone(self._paypal_tz()).date()

    def _paypal_midnight(self, day):
        """:return: when a day begins at this company: a UTC moment without time zone"""
        begins = self._paypal_tz().localize(datetime.combine(day, time.min))
        return begins.astimezone(pytz.utc).replace(tzinfo=None)

    def _paypal_today(self):
        """The day it is at this company."""
        return self._paypal_local_date(fields.Datetime.now())

    def _paypal_lang(self, country):
        """The language to write to a new customer in.

        :param country: the customer's country, or none
        :return: the code of an active language: the customer's country's own, else
            English abroad, else the company's default
        """
        self.ensure_one()
        active = [code for code, _name in self.env["res.lang"].get_installed()]
        default = (
            self.paypal_customer_lang
            or self.partner_id.lang
            or self.env.lang
            or "en_US"
        )
        if country:
            own = [code for code in active if code.endswith(f"_{country.code}")]
            if own:
                return default if default in own else own[0]
            if country != self.country_id and "en_US" in active:
                return "en_US"
        return default
