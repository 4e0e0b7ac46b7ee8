# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, fields
from odoo.tests import new_test_user

from ..common import PaypalIpnCase, message

SALE_TXN = "1AB23456CD789012E"
USER = "caspit_paypal_ipn.group_paypal_ipn_user"
MANAGER = "caspit_paypal_ipn.group_paypal_ipn_manager"


class MyCaspitCase(PaypalIpnCase):
    """What a user of the group reads on the first screen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.euro = cls.setup_other_currency("EUR", rates=[("2000-01-01", 0.25)])
        cls.shekel = cls.company.currency_id
        cls.reader = cls.new_user("reader", USER)

    @classmethod
    def new_user(cls, login, *groups, companies=None):
        companies = companies or cls.company
        return new_test_user(
            cls.env(user=1, su=True),
            login=login,
            groups=",".join(groups),
            company_id=companies[0].id,
            company_ids=[Command.set(companies.ids)],
        )

    def screen(self, period="month", user=None, companies=None):
        """Read the screen as one of the user group, who has no rights in accounting."""
        companies = companies or self.company
        return (
            self.env["caspit.dashboard"]
            .with_user(user or self.reader)
            .with_context(allowed_company_ids=companies.ids)
            .read_dashboard(period)
        )

    def figures(self, currency=None, which="now", **how):
        """What the screen says of one currency.

        :return: money in, refunds, fees
        """
        currency = currency or self.shekel
        [told] = [
            each
            for each in self.screen(**how)["currencies"]
            if each["id"] == currency.id
        ]
        return tuple(told[which][name] for name in ("money_in", "refunds", "fees"))

    def now(self, **changes):
        """A genuine message about money that moved just now."""
        moment = fields.Datetime.now().strftime("%H:%M:%S %b %d, %Y GMT")
        return message(**{"payment_date": moment, **changes})

    def refund(self, status="Refunded", gross="-59.00", fee="-1.00", **changes):
        values = {
            "txn_type": None,
            "payment_status": status,
            "parent_txn_id": SALE_TXN,
            "txn_id": "2RF00000000000001",
            "mc_gross": gross,
            "mc_fee": fee,
        }
        return self.now(**{**values, **changes})

    def waiting(self, count=1):
        """Refunds of sales that are not here: a person must look."""
        return self.take(
            *[
                self.refund(
                    parent_txn_id="0NOT0HERE00000000", txn_id=f"2RF0000000000002{n}"
                )
                for n in range(count)
            ]
        )
