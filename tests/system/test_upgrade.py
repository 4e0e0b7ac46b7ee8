"""An older add-on becomes this one, a copy becomes harmless, and all of it may go."""

import subprocess

import pytest
from messages import SHOP, sale

from tools.commands import check, tail
from tools.environment import CHECKOUT, Environment
from tools.environment.databases import ADDON, base_template, scratch
from tools.environment.odoo_config import write_config

#: The first release's add-on, from which everybody can come.
OLD = "b23f427"
SET_UP = """
env.company.write({{
    "paypal_merchant_id": {merchant_id!r}, "paypal_email": {merchant_email!r},
    "paypal_environment": "live", "paypal_notify_email": "orders@example.com",
}})
env.company.caspit_licence_ids.licensed = True
inbox = env["paypal.ipn"]
for number, body in enumerate({bodies!r}):
    inbox._receive(body)
ipns = inbox.search([], order="id")
[ipn._read() for ipn in ipns]
ipns[0]._move_to("verified")
ipns[0]._isolated(type(ipns)._check_licence)
ipns[0].with_company(env.company)._book_sale()
ipns[1]._move_to("refused", "invalid")
ipns[2]._move_to("attention", "total_mismatch", {{"total": "1.00", "gross": "2.00"}})
ipns[3].write({{"attempts": 3, "reason": "no_answer"}})
env.cr.commit()
"""
UNINSTALL = f"""
env["ir.module.module"].search([("name", "=", "{ADDON}")]).button_immediate_uninstall()
"""
SETTINGS = """SELECT paypal_merchant_id, paypal_email, paypal_environment,
                     paypal_notify_email FROM res_company WHERE id = 1"""
INBOX = """SELECT body_hash, encode(body, 'escape'), state, stopped_at, reason,
                  reason_values::text, attempts, txn_id, gross, document_id
             FROM paypal_ipn ORDER BY id"""
BOOKS = """SELECT name, move_type, state, payment_state, amount_total
             FROM account_move ORDER BY id"""
PAYMENTS = "SELECT name, state, amount FROM account_payment ORDER BY id"


class Installation:
    """A database, and an Odoo that works on it for as long as a command takes."""

    def __init__(self, server, database):
        self.env, self.server, self.database = Environment(), server, database

    def odoo(self, addons, *arguments, script=None):
        """Run Odoo to its end with the add-on of a folder.

        :return: its log
        """
        path = f"{addons},{self.env.addons_path.partition(',')[2]}"
        folder = self.env.run_dir / self.database
        config = write_config(
            folder / "upgrade.conf",
            self.env,
            self.server,
            db_name=self.database,
            addons_path=path,
        )
        command = [*self.env.odoo_command, *arguments[:1], f"--config={config}"]
        done = subprocess.run(
            [*command, *arguments[1:]],
            cwd=CHECKOUT,
            env=self.env.environ(self.server.environ),
            input=script or "",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        log = done.stdout
        assert done.returncode == 0, tail(log, 60)
        assert not [x for x in log.splitlines() if " ERROR " in x or "Error:" in x], log
        return log

    def sql(self, statement):
        return self.server.execute(statement, database=self.database)


@pytest.fixture(scope="module")
def installation(whole_bench, tmp_path_factory):
    """A database with an older add-on in use."""
    old = tmp_path_factory.mktemp("old")
    archive = old / "old.tar"
    git = ["git", "-C", CHECKOUT, "archive", f"--output={archive}", OLD, ADDON]
    check(git, "take an older add-on out of the history")
    check(["tar", "-xf", archive, "-C", old], "unpack it")
    env, server = Environment(), whole_bench.server
    with scratch(env, server, base_template(env, server)) as database:
        installation = Installation(server, database)
        installation.odoo(
            old, "server", "--stop-after-init", "--no-http", f"--init={ADDON}"
        )
        script = SET_UP.format(
            merchant_id=SHOP.merchant_id,
            merchant_email=SHOP.merchant_email,
            bodies=[sale(test_ipn="0") for _ in range(5)],
        )
        installation.odoo(old, "shell", "--no-http", script=script)
        yield installation


def test_an_upgrade_keeps_inbox_settings_and_books(installation):
    asked = (SETTINGS, INBOX, BOOKS, PAYMENTS)
    before = [installation.sql(statement) for statement in asked]
    states = [row[2] for row in before[1]]
    assert states == ["booked", "refused", "attention", "received", "received"]

    installation.odoo(
        CHECKOUT, "server", "--stop-after-init", "--no-http", f"--update={ADDON}"
    )

    assert [installation.sql(statement) for statement in asked] == before


def test_a_copy_asks_no_live_paypal_and_mails_nobody(installation):
    books = installation.sql(BOOKS)

    installation.odoo(CHECKOUT, "neutralize")

    assert installation.sql("SELECT DISTINCT paypal_environment FROM res_company") == [
        ("sandbox",)
    ]
    # Odoo's own part: one mail server that takes nothing comes before all others.
    servers = installation.sql(
        "SELECT smtp_host FROM ir_mail_server WHERE active ORDER BY sequence, id"
    )
    assert servers == [("invalid",)]
    assert installation.sql(BOOKS) == books


def test_uninstalling_leaves_invoices_and_payments(installation):
    books, payments = installation.sql(BOOKS), installation.sql(PAYMENTS)
    assert payments

    installation.odoo(CHECKOUT, "shell", "--no-http", script=UNINSTALL)

    assert installation.sql(BOOKS) == books
    assert installation.sql(PAYMENTS) == payments
    gone = "SELECT count(*) FROM information_schema.tables WHERE table_name = %s"
    database = installation.database
    [(count,)] = installation.server.execute(gone, ["paypal_ipn"], database)
    assert count == 0
