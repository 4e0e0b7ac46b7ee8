# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.tests import new_test_user
from odoo.tools import config

from ..common import PaypalIpnCase

CRONS = ("ir_cron_paypal_ipn_work", "ir_cron_paypal_ipn_deliver")


class SetupCheckCase(PaypalIpnCase):
    def found(self, code, company=None):
        """What a check finds now, or None."""
        self.env.flush_all()
        self.env.invalidate_all()
        findings = (company or self.company)._paypal_checks()
        return next((each for each in findings if each["code"] == code), None)

    def assert_level(self, code, level, *words):
        """The check is at this level, and its sentence has these words."""
        finding = self.found(code)
        self.assertEqual(finding["level"], level, finding["sentence"])
        for word in words:
            self.assertIn(word, finding["sentence"])
        return finding

    def base_url(self, url):
        self.env["ir.config_parameter"].sudo().set_param("web.base.url", url)

    def bare_company(self):
        """A company that has nothing yet."""
        return self.env["res.company"].create({"name": "Bare Ltd"})

    # === WHAT IS CHANGED === #

    def configure(self, option, value):
        """Set an option of the server for one test."""
        self.addCleanup(config.__setitem__, option, config[option])
        config[option] = value

    def cron(self, name):
        return self.env.ref(f"caspit_paypal_ipn.{name}").sudo()

    def last_run(self, moment):
        for name in CRONS:
            self.cron(name).lastcall = moment

    def person(self, login, group):
        return new_test_user(
            self.env,
            login,
            groups=group,
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
