"""An older add-on becomes this one, a copy becomes harmless, and all of it may go."""

import contextlib
import subprocess

import pytest
from messages import SHOP, sale

from tools.commands import check, tail
from tools.environment import CHECKOUT, Environment
from tools.environment.databases import ADDON, base_template, scratch
from tools.environment.odoo_config import write_config
from tools.trials.demo import EXAMPLES

#: The first release's add-on, from which everybody can come.
FIRST = "b23f427"
#: The last one of a single add-on, before PayPal's list became one of its own.
ONE_ADDON = "068d784"
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
env.ref("caspit_paypal_ipn.mail_template_credit_note").body_html = "<p>Ours</p>"
env.cr.commit()
"""
#: An activity file with a sale that is made, and a withdrawal that is not.
ACTIVITY = """
import base64
activity = env["paypal.activity"].create(
    {{"name": "activity.csv", "file": base64.b64encode({csv!r})}}
)
activity.action_compare()
activity.line_ids.filtered(lambda row: row.kind == "sale")[:1].action_make()
with_company = env["paypal.ipn"].with_company(env.company)
made = with_company.search([("source", "=", "file")])
made._book()
made._deliver_or_wait()
env.cr.commit()
"""
UNINSTALL = f"""
env["ir.module.module"].search([("name", "=", "{ADDON}")]).button_immediate_uninstall()
"""
#: Prints the indexes on the add-ons' tables that no model names.
INDEXES = """
from odoo.tools.sql import index_exists
tables = [m._table for m in env.values() if m._module and m._table
          and m._name.startswith(("paypal.", "caspit.")) and m._auto]
env.cr.execute("SELECT indexname FROM pg_indexes WHERE tablename = ANY(%s)", [tables])
found = {name for [name] in env.cr.fetchall()}
named = set()
for model in env.values():
    if model._table in tables:
        named.add(f"{model._table}_pkey")
        named |= {o.full_name(model) for o in model._table_objects.values()}
        named |= {f"{model._table}__{f.name}_index" for f in model._fields.values()
                  if f.index and f.store}
print("INDEXES", sorted(found - named))
"""
SETTINGS = """SELECT paypal_merchant_id, paypal_email, paypal_environment,
                     paypal_notify_email FROM res_company WHERE id = 1"""
INBOX = """SELECT body_hash, encode(body, 'escape'), state, {resume_state}, reason,
                  reason_values::text, attempts, txn_id, gross, document_id
             FROM paypal_ipn ORDER BY id"""
ROWS = """SELECT a.name, a.state, row.line, row.txn_id, row.kind, row.result, row.gross,
                 row.ipn_id, row.payment_id, ipn.source, ipn.kind
            FROM paypal_activity a
            JOIN paypal_activity_line row ON row.activity_id = a.id
            LEFT JOIN paypal_ipn ipn ON ipn.activity_line_id = row.id
           ORDER BY row.id"""
#: Prints what the company decides by now, and whether its books are the ones it had.
DECISIONS = """
company = env.company
before = company.paypal_fee_account_id, company.paypal_tax_id, company.paypal_journal_id
company._paypal_setup()
after = company.paypal_fee_account_id, company.paypal_tax_id, company.paypal_journal_id
print("DECISIONS", company.paypal_document_day, company.paypal_rate_days,
      company.paypal_named_invoice, company.paypal_item_products,
      company.paypal_fee_tax_id.id, company.paypal_sales_tax_account_id.id,
      company.paypal_fee_partner_id.name, before == after and all(after),
      company.paypal_followed_tax_id == company.account_sale_tax_id)
"""
BOOKS = """SELECT name, move_type, state, payment_state, amount_total
             FROM account_move ORDER BY id"""
MAILS = """SELECT data.name, body_html->>'en_US' AS en, body_html->>'he_IL' AS he
             FROM mail_template template
             JOIN ir_model_data data
               ON data.model = 'mail.template' AND data.res_id = template.id
            WHERE data.module = 'caspit_paypal_ipn'"""
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


@contextlib.contextmanager
def installed(bench, folder, commit):
    """A database with an older add-on in use.

    :param bench: whose database server it is
    :param Path folder: an empty one, for the older add-on
    :param str commit: where the add-on is to be taken from
    """
    archive = folder / "old.tar"
    git = ["git", "-C", CHECKOUT, "archive", f"--output={archive}", commit, ADDON]
    check(git, "take an older add-on out of the history")
    check(["tar", "-xf", archive, "-C", folder], "unpack it")
    env, server = Environment(), bench.server
    with scratch(env, server, base_template(env, server)) as database:
        installation = Installation(server, database)
        installation.odoo(
            folder, "server", "--stop-after-init", "--no-http", f"--init={ADDON}"
        )
        script = SET_UP.format(
            merchant_id=SHOP.merchant_id,
            merchant_email=SHOP.merchant_email,
            bodies=[sale(test_ipn="0") for _ in range(8)],
        )
        installation.odoo(folder, "shell", "--no-http", script=script)
        yield installation


@pytest.fixture(scope="module")
def installation(whole_bench, tmp_path_factory):
    """A database with the last single add-on, messages and an activity file."""
    folder = tmp_path_factory.mktemp("old")
    with installed(whole_bench, folder, ONE_ADDON) as installation:
        csv = (EXAMPLES / "activity.csv").read_bytes()
        script = ACTIVITY.format(csv=csv)
        installation.odoo(folder, "shell", "--no-http", script=script)
        yield installation


def test_an_upgrade_keeps_inbox_settings_books_and_activity_files(installation):
    asked = (SETTINGS, INBOX, BOOKS, PAYMENTS, ROWS)
    before = [
        installation.sql(statement.format(resume_state="stopped_at"))
        for statement in asked
    ]
    states = [row[2] for row in before[1]]
    assert states[:3] == ["booked", "refused", "attention"]
    assert {"sale", "withdrawal"} <= {row[4] for row in before[4]}
    assert ("file", "sale") in {row[-2:] for row in before[4]}

    upgrade(installation)

    after = [
        installation.sql(statement.format(resume_state="resume_state"))
        for statement in asked
    ]
    assert after == before
    # Old messages are found by what they say, as new ones are.
    found = installation.sql(
        "SELECT buyer_email, search_text FROM paypal_ipn WHERE source = 'ipn'"
    )
    assert found and all(email and email in text for email, text in found)
    [[state]] = installation.sql(
        "SELECT state FROM ir_module_module WHERE name = 'caspit_paypal_activity'"
    )
    assert state == "installed"
    assert superseded_indexes(installation) == "INDEXES []"
    assert_mails_are_renewed_but_the_merchants_own(installation)
    assert said(installation, DECISIONS) == (
        "DECISIONS payment 7 ask True False False PayPal True True"
    )


def test_the_first_release_becomes_this_one(whole_bench, tmp_path):
    asked = (SETTINGS, INBOX, BOOKS, PAYMENTS)
    with installed(whole_bench, tmp_path, FIRST) as first:
        before = [first.sql(each.format(resume_state="stopped_at")) for each in asked]
        upgrade(first)
        after = [first.sql(each.format(resume_state="resume_state")) for each in asked]
        assert superseded_indexes(first) == "INDEXES []"
        assert_mails_are_renewed_but_the_merchants_own(first)
    assert [row[2] for row in before[1]][:3] == ["booked", "refused", "attention"]
    assert after == before


def assert_mails_are_renewed_but_the_merchants_own(installation):
    mails = {name: texts for name, *texts in installation.sql(MAILS)}
    for name, english, hebrew in (
        ("mail_template_receipt", "View online", "צפייה באתר"),
        ("mail_template_notice", "Open in Odoo", "פתיחה ב-Odoo"),
    ):
        assert english in mails[name][0] and hebrew in mails[name][1], name
        assert english not in mails[name][1], name
    ours, hebrew = mails["mail_template_credit_note"]
    assert ours == "<p>Ours</p>"
    assert "צפייה באתר" not in hebrew


def superseded_indexes(installation):
    """:return: a line with the indexes on the add-ons' tables that no model names"""
    return said(installation, INDEXES)


def said(installation, script):
    """Run a script that prints one line, which begins with the name of the script.

    :return: the line
    """
    log = installation.odoo(CHECKOUT, "shell", "--no-http", script=script)
    [line] = [
        line for line in log.splitlines() if line.startswith(("INDEXES ", "DECISIONS "))
    ]
    return line


def upgrade(installation):
    """Run the upgrade of the main add-on, as an administrator does."""
    installation.odoo(
        CHECKOUT, "server", "--stop-after-init", "--no-http", f"--update={ADDON}"
    )


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
