# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from lxml import etree

from odoo import Command
from odoo.tests import new_test_user
from odoo.tools.safe_eval import safe_eval

from ..common import PaypalIpnCase, message

USER = "caspit_paypal_ipn.group_paypal_ipn_user"
MANAGER = "caspit_paypal_ipn.group_paypal_ipn_manager"


class InboxScreenCase(PaypalIpnCase):
    """What a user and a manager of one company see of its messages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = cls.new_user("reader", USER)
        cls.manager = cls.new_user("manager", MANAGER)

    @classmethod
    def new_user(cls, login, *groups):
        return new_test_user(
            cls.env(user=1, su=True),
            login=login,
            groups=",".join(groups),
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            tz="Asia/Jerusalem",
        )

    def ours(self, count=1):
        """Messages for our company that nobody worked yet."""
        bodies = [message(txn_id=f"1AB23456CD789000{n}") for n in range(count)]
        ipns = self.inbox.union(*[self.receive(body) for body in bodies])
        ipns.company_id = self.company
        return ipns

    def arch(self, view_type):
        views = (
            self.env["paypal.ipn"]
            .with_user(self.reader)
            .get_views([(False, view_type)])
        )
        return etree.fromstring(views["views"][view_type]["arch"])

    def filtered_by(self, name):
        """The messages that a filter of the search shows to a user."""
        [node] = self.arch("search").xpath(f"//filter[@name='{name}']")
        domain = safe_eval(node.get("domain"), {"uid": self.reader.id})
        return self.env["paypal.ipn"].with_user(self.reader).search(domain)

    def searched_for(self, text, field, number=0):
        """The messages that a search for a text in a field shows to a user."""
        node = self.arch("search").xpath(f"//search/field[@name='{field}']")[number]
        domain = [(field, "ilike", text)]
        if node.get("filter_domain"):
            domain = safe_eval(node.get("filter_domain"), {"self": text})
        return self.env["paypal.ipn"].with_user(self.reader).search(domain)
