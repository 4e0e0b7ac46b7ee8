"""Documents that go to somebody else than the buyer, or with another tax."""

import re

from tools.attacks.person import PASSWORD, Person, Refused
from tools.attacks.table import Tried

CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
ADDRESS = {
    "address_type": "billing",
    "street": "9 Side Street",
    "city": "Haifa",
    "zip": "3100001",
    "phone": "04-1234567",
    "required_fields": "name,email",
}
SEEN = [("move_type", "=", "out_invoice")]
#: What says on a message that item numbers brought other taxes than usual.
TOLD = """
    SELECT count(*) FROM mail_message
     WHERE model = 'paypal.ipn' AND res_id = %s AND body LIKE '%%' || %s || '%%'
"""
NO_TAX = "SELECT count(*) FROM account_move WHERE id = %s AND amount_tax = 0"


def attacks(target):
    target.set_parameter("auth_signup.invitation_scope", "b2c")
    yield namesake(target)
    yield entered_address(target)
    yield from item_numbers(target)


class Stranger:
    """Somebody who registers by himself, with any name and address.

    :param Target target: where
    """

    def __init__(self, target, name, email):
        self.http = target.browser()
        self.url = target.url
        self.submit(
            "/web/signup",
            {
                "login": email,
                "name": name,
                "password": PASSWORD,
                "confirm_password": PASSWORD,
            },
        )
        self.person = Person(target, email)

    def submit(self, page, form, to=None):
        """Fill in a page's form."""
        text = self.http.get(f"{self.url}{page}", timeout=60).text
        token = CSRF.search(text)
        form = {"csrf_token": token and token[1], **form}
        answer = self.http.post(f"{self.url}{to or page}", data=form, timeout=60)
        answer.raise_for_status()
        return answer

    def sees(self):
        """:return: how many documents stand in his portal"""
        try:
            return self.person.call("account.move", "search_count", SEEN)
        except Refused:
            return 0


def buys(target, name, email, **more):
    """A verified buyer pays who has not been here before."""
    first, _blank, last = name.partition(" ")
    names = {"first_name": first, "last_name": last, "payer_email": email}
    return target.genuine(**names, payer_status="verified", **more)


def namesake(target):
    """He registers with the buyer's name and address."""
    buyer = ("Ruth Oren", "ruth@example.com")
    stranger = Stranger(target, *buyer)
    buys(target, *buyer)
    what = "a login with the buyer's name and address, unproved: documents seen"
    return Tried("5", what, stranger.sees(), 1)


def entered_address(target):
    """He enters the buyer's name and address among his own, in the portal."""
    buyer = ("Noa Barak", "noa@example.com")
    stranger = Stranger(target, "Mal Stranger", "mal@example.com")
    form = {**ADDRESS, "name": buyer[0], "email": buyer[1]}
    form["country_id"] = str(target.reference("base.il"))
    stranger.submit("/my/address", form, "/my/address/submit")
    entered = "SELECT count(*) FROM res_partner WHERE email = %s"
    if not target.one(entered, buyer[1]):
        raise RuntimeError("Odoo's portal did not take the address.")
    buys(target, *buyer)
    what = "the buyer's name and address entered in a portal: documents seen"
    return Tried("5", what, stranger.sees(), 1)


def item_numbers(target):
    """The buyer writes an item number into a plain button."""
    for name, number, is_sold in (
        ("Parking", "1", False),
        ("Exempt service", "2", True),
    ):
        values = {
            "name": name,
            "default_code": number,
            "sale_ok": is_sold,
            "taxes_id": [(6, 0, [])],
        }
        target.admin.call("product.product", "create", values)
        fate = target.genuine(item_number=number)
        untaxed = target.one(NO_TAX, fate.document)
        if is_sold:
            untold = untaxed and not target.one(TOLD, fate.id, name)
            what = "item number of a product with another tax: sold, and nothing said"
            yield Tried("6", what, int(untold), 1)
        else:
            what = "item number of a product that is not for sale: sold without tax"
            yield Tried("6", what, untaxed, 1)
