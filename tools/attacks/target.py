"""What is attacked: a running Odoo, over HTTP and RPC, its rows, its mails, its log."""

import hashlib
import http.client
import itertools
import time
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

import requests

from tools.attacks.person import PASSWORD, Person
from tools.bench.flood import post
from tools.bench.sales import SHOP, sale

#: Seconds that anything may take which is to happen.
PATIENCE = 60
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
FATE = """
    SELECT state, id, document_id FROM paypal_ipn
     WHERE body_hash = %s AND state IN %s
"""
_numbers = itertools.count(1)


class Fate(NamedTuple):
    """Where a message stands, and what came of it."""

    state: str
    id: int | None
    document: int | None

    @property
    def is_booked(self):
        return self.state in ("booked", "done")


def hash_of(body):
    """:return: what a message is known by in the database"""
    return hashlib.sha256(body).hexdigest()


class Target:
    """A running add-on, seen from outside.

    :param tools.trials.workbench.Workbench bench: the servers
    """

    def __init__(self, bench):
        self.url = bench.odoo.url
        self.database = bench.odoo.database
        self.listener = urlsplit(f"{self.url}/PayPal/IPN")
        self.paypal = bench.paypal
        self.sink = bench.sink
        self.log = bench.odoo.log
        self._server = bench.server
        self.http = self.browser()
        self.shop = SHOP.merchant_id
        self.admin = Person(self, "admin", "admin")
        [[self.company]] = self.sql("SELECT min(id) FROM res_company")

    # === WHAT STANDS THERE === #

    def sql(self, statement, *parameters):
        """:return: the rows, an empty list for a statement that has none"""
        return self._server.execute(statement, parameters or None, self.database)

    def one(self, statement, *parameters):
        """:return: the only value of the only row"""
        [[value]] = self.sql(statement, *parameters)
        return value

    def wait(self, holds, seconds=PATIENCE):
        """Wait until something holds, but not for long.

        :param holds: called again and again
        :return: what it gave last
        """
        end = time.monotonic() + seconds
        while not (found := holds()) and time.monotonic() < end:
            time.sleep(0.1)
        return found

    def fate(self, body, *states):
        """Wait until a message stands where nothing more happens to it, or for long.

        :param bytes body: it
        :param states: where it is waited for
        :return: its :class:`Fate`
        """
        states = states or ("booked", "done", "ignored", "refused", "attention")
        found = self.wait(lambda: self.sql(FATE, hash_of(body), states))
        return Fate(*found[0]) if found else Fate("nowhere", None, None)

    # === WHO DOES SOMETHING === #

    def browser(self):
        """:return: a session that asks this machine directly"""
        session = requests.Session()
        session.trust_env = False
        return session

    def person(self, name, *roles, groups=(), company=None):
        """Let the administrator make a user.

        :param str name: his login
        :param roles: external ids of groups
        :param groups: ids of more of them
        :param int company: the only one that he sees; by default the shop
        """
        ids = [*map(self.reference, roles), *groups]
        company = company or self.company
        values = {
            "name": name,
            "login": name,
            "email": f"{name}@example.com",
            "password": PASSWORD,
            "group_ids": [(6, 0, ids)],
            "company_id": company,
            "company_ids": [(6, 0, [company])],
        }
        self.admin.call("res.users", "create", values)
        return Person(self, name)

    def reference(self, name):
        """:return: the id that an external id stands for"""
        module, _dot, name = name.partition(".")
        statement = "SELECT res_id FROM ir_model_data WHERE module = %s AND name = %s"
        return self.one(statement, module, name)

    def set_parameter(self, name, value):
        self.admin.call("ir.config_parameter", "set_param", name, value)

    def run_cron(self, name):
        """Run a scheduled action, again when it runs already."""
        cron = [self.reference(name)]
        self.wait(lambda: self.admin.tries("ir.cron", "method_direct_trigger", cron))

    # === MESSAGES === #

    def body(self, **changes):
        """Make a message, never the same twice.

        :param changes: fields; with None it lacks the field
        :rtype: bytes
        """
        fields = dict(parse_qsl(sale("ATTACK").decode(), keep_blank_values=True))
        # Each is another buyer's, unless it says more.
        number = next(_numbers)
        fields |= {"payer_id": f"ATTACKER{number}", "last_name": f"Levi {number}"}
        fields |= {"payer_email": f"attack{number}@example.com"} | changes
        fields = {name: text for name, text in fields.items() if text is not None}
        return urlencode(fields).encode()

    def post(self, body, sender="20.1.2.3"):
        """:return: the HTTP status of a message that PayPal did not send"""
        return post(self.listener, body, sender)

    def genuine(self, *states, **changes):
        """Have PayPal send a message that it stands by, and wait what becomes of it.

        :return: its :class:`Fate`
        """
        body = self.body(**changes)
        self.paypal.send(body)
        return self.fate(body, *states)

    def chunked(self, body):
        """:return: the HTTP status of a body that comes in pieces, without a length"""
        connection = http.client.HTTPConnection(
            self.listener.hostname, self.listener.port, timeout=PATIENCE
        )
        pieces = (body[start : start + 8000] for start in range(0, len(body), 8000))
        try:
            connection.request(
                "POST", self.listener.path, pieces, FORM, encode_chunked=True
            )
            return connection.getresponse().status
        except OSError:
            return None
        finally:
            connection.close()
