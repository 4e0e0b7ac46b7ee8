# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import email_normalize

#: What a row says of people, or may say; amounts and transactions stay.
PERSONAL = ("name", "email", "item", "details")


class PaypalActivityLine(models.Model):
    _inherit = "paypal.activity.line"

    def _erase_personal_data(self):
        """Blank what the rows say of people."""
        self.write(dict.fromkeys(PERSONAL, False))


class PaypalIpn(models.Model):
    _inherit = "paypal.ipn"

    def _erase_personal_data(self):
        """Erase the rows of activity files along with the messages."""
        result = super()._erase_personal_data()
        rows = self.env["paypal.activity.line"].sudo()
        rows.search([("ipn_id", "in", self.ids)])._erase_personal_data()
        return result


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_paypal_erase(self):
        """Erase what activity files say of these customers, too.

        Rows that no message belongs to are known by the customer's address alone, and
        so are the accounts that are remembered for him.
        """
        action = super().action_paypal_erase()
        emails = [email_normalize(email) for email in self.mapped("email") if email]
        rows = self.env["paypal.activity.line"].sudo()
        accounts = self.env["paypal.activity.account"].sudo()
        accounts.search(
            [
                ("company_id", "in", self.env.companies.ids),
                ("counterparty", "in", list(filter(None, emails))),
            ]
        ).unlink()
        for email in filter(None, emails):
            rows.search(
                [
                    ("activity_id.company_id", "in", self.env.companies.ids),
                    ("email", "=ilike", email.replace("_", r"\_")),
                ]
            )._erase_personal_data()
        return action
