# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
from datetime import date
from unittest.mock import patch

from odoo.addons.caspit_paypal_ipn.tests.common import message

from tools.standin.bank import BankStandIn

from ...models.rates.res_company import STANDIN_VARIABLE
from ..common import DocumentIlCase


class TestRates(DocumentIlCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank = cls.enterClassContext(BankStandIn())
        cls.startClassPatcher(patch.dict(os.environ, {STANDIN_VARIABLE: cls.bank.url}))
        cls.usd = cls.env.ref("base.USD")
        cls.usd.active = True
        cls.usd.rate_ids.unlink()

    def setUp(self):
        super().setUp()
        self.bank.fault = None

    def rates(self):
        return self.env["res.currency.rate"].search(
            [("currency_id", "=", self.usd.id), ("company_id", "=", self.company.id)]
        )

    def test_the_banks_rate_is_entered_on_its_day_and_once(self):
        self.env["res.company"].sudo()._cron_il_rates()
        self.env["res.company"].sudo()._cron_il_rates()
        [rate] = self.rates()
        self.assertEqual(rate.name, date(2026, 11, 27))
        self.assertAlmostEqual(rate.inverse_company_rate, 3.271, 6)
        self.assertTrue(rate.il_is_representative)

    def test_a_rate_that_somebody_entered_stays(self):
        self.env["res.currency.rate"].create(
            {
                "currency_id": self.usd.id,
                "company_id": self.company.id,
                "name": date(2026, 11, 27),
                "inverse_company_rate": 3.5,
            }
        )
        self.env["res.company"].sudo()._cron_il_rates()
        self.assertAlmostEqual(self.rates().inverse_company_rate, 3.5, 6)
        self.assertFalse(self.rates().il_is_representative)

    def test_a_bank_that_is_away_disturbs_nothing(self):
        self.bank.fault = "down"
        with self.assertLogs("odoo.addons.caspit_document_il", "WARNING"):
            self.env["res.company"].sudo()._cron_il_rates()
        self.assertFalse(self.rates())
        told = self.company.action_il_fetch_rates()
        self.assertEqual(told["params"]["type"], "danger")

    def test_a_foreign_document_tells_the_rate_and_its_day(self):
        self.company.action_il_fetch_rates()
        self.env["res.currency.rate"].search([("currency_id", "=", self.usd.id)]).write(
            {"name": date(2025, 1, 14), "il_is_representative": True}
        )
        ipn = self.take(message(mc_currency="USD"))
        text = self.text(ipn)
        self.assertIn("3.2710", text)
        self.assertRegex(text, r"בנק ישראל[^\n]*14[^\n]*בינו׳ 2025")
