# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.tests import new_test_user

from ..common import PaypalIpnCase, message

SANDBOX_ID = "SANDBOXSELLER"
SANDBOX_EMAIL = "sandbox-seller@example.com"
#: The day of the payment in ``common.SALE``, and so of its document.
PAID = date(2025, 1, 15)
MANAGER = "caspit_paypal_ipn.group_paypal_ipn_manager"
#: What a test company and a try in it could leave behind.
TRACED = (
    "res.company",
    "account.move",
    "account.move.line",
    "account.payment",
    "account.payment.method.line",
    "account.journal",
    "account.account",
    "account.tax",
    "account.tax.group",
    "account.tax.repartition.line",
    "account.fiscal.position",
    "account.reconcile.model",
    "account.partial.reconcile",
    "product.template",
    "product.product",
    "res.partner",
    "res.currency.rate",
    "ir.sequence",
    "ir.default",
    "ir.model.data",
    "mail.mail",
    "mail.message",
    "mail.activity",
    "ir.attachment",
    "caspit.licence",
    "paypal.ipn",
)


def sandbox(**changes):
    """The body of a sale of PayPal's sandbox, to the test company's account."""
    account = {
        "receiver_id": SANDBOX_ID,
        "receiver_email": SANDBOX_EMAIL,
        "business": SANDBOX_EMAIL,
    }
    return message(**{"test_ipn": "1", **account, **changes})


def refund(body=sandbox, **changes):
    """The first sale goes back whole."""
    values = {
        "txn_id": "2RF23456CD789012E",
        "parent_txn_id": "1AB23456CD789012E",
        "payment_status": "Refunded",
        "mc_gross": "-118.00",
        "mc_fee": "-4.20",
    }
    return body(**{**values, **changes})


class TestCompanyCase(PaypalIpnCase):
    """A real company that works, and a manager without rights to the books."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.action_paypal_setup()
        cls.manager = new_test_user(
            cls.env, "manager", groups=MANAGER, company_id=cls.company.id
        )

    def try_out(self, user=None):
        """Press the button.

        :return: the test company
        """
        user = user or self.manager
        self.company.with_user(user).action_paypal_try_sandbox()
        self.company.invalidate_recordset(["paypal_test_company_id"])
        test = self.company.sudo().paypal_test_company_id
        test.write({"paypal_merchant_id": SANDBOX_ID, "paypal_email": SANDBOX_EMAIL})
        return test

    def remove(self, company, user=None):
        """Press the button of a test company.

        :return: the action that follows
        """
        return (
            company.with_user(user or self.manager)
            .with_context(allowed_company_ids=company.ids)
            .action_paypal_remove_test_company()
        )

    def count_all(self):
        """How many records there are of everything that a try can make."""
        self.env.flush_all()
        return {
            model: self.env[model]
            .sudo()
            .with_context(active_test=False)
            .search_count([])
            for model in TRACED
        }

    def sale(self, **changes):
        return self.take(sandbox(**changes))
