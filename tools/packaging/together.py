"""``make together``: the add-on beside other people's modules, in one database.

It is installed with the modules that a shop has, sells and refunds through a real
server, whose job runner is OCA's, and is uninstalled. Then it must have left no trace
but the books, and the others must work as before. ``docs/OTHER_MODULES.md`` says in
words what happens with each of them.
"""

import contextlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools import ToolError
from tools.commands import say
from tools.environment.browser import chromium, log_in
from tools.environment.databases import (
    ADDON,
    GLUE,
    addon_template,
    beside_template,
    install,
    scratch,
    shell,
)
from tools.environment.odoo_server import OdooServer
from tools.environment.odoo_session import OdooSession
from tools.environment.postgres import running
from tools.packaging.beside import EnvironmentBeside
from tools.packaging.kept_secrets import keeps_secrets
from tools.packaging.traces import own_things, traces
from tools.run_tests import TestRun, run_in_odoo
from tools.standin.mail_sink import MailSink
from tools.standin.paypal import PayPalStandIn
from tools.trials.demo import EXAMPLES, SHOP
from tools.trials.protocol import Message
from tools.trials.workbench import STANDIN_VARIABLE, Workbench

MODULES = (
    "sale",
    "website_sale",
    "payment_paypal",
    "account_edi_ubl_cii",
    "l10n_us",
    "l10n_de",
    "account_statement_import_online_paypal",
    "queue_job",
)
WITH_JOBS = {"server_wide_modules": "base,rpc,web,queue_job"}
CHANNELS = {"ODOO_QUEUE_JOB_CHANNELS": "root:4,root.paypal:2"}
UNINSTALL = f"""
env["ir.module.module"].search([("name", "=", "{ADDON}")]).button_immediate_uninstall()
"""


class Table:
    """Looks at one thing after the other, and tells of each how it is.

    :ivar bool all_well: whether everything was as it has to be
    """

    def __init__(self):
        self.all_well = True

    def row(self, what, well, shows=""):
        """Print a row."""
        self.all_well &= bool(well)
        print(f"{'ok' if well else 'WRONG':<6} {what:<58} {shows}", flush=True)


@contextlib.contextmanager
def at_work(env, server, database, sink=None):
    """Serve the database, with OCA's job runner, and PayPal at the other end.

    :return: in ``with … as bench``: a :class:`Workbench`
    """
    session = OdooSession(env, server, database)
    odoo = OdooServer(
        env,
        server,
        database,
        workers=3,
        smtp_port=sink and sink.port,
        environ=CHANNELS,
        **WITH_JOBS,
    )
    with PayPalStandIn(f"{odoo.url}/PayPal/IPN") as paypal:
        odoo.environ[STANDIN_VARIABLE] = paypal.url
        with odoo:
            yield Workbench(server, odoo, paypal, sink, session)


# === WITH THE ADD-ON === #


def sell(table, bench):
    """A sale, its refund, a resend, and a sale that Odoo's provider has booked."""
    read = {name[:2]: (EXAMPLES / name).read_bytes() for name in _examples()}
    capture = Message.parse(read["01"]).txn_id
    transaction = pay_through_odoo(bench.session, capture)
    bodies = [read["09"], read["10"], read["09"], read["01"]]
    bench.send(bodies)
    sale, refund, resend, provider = bench.outcomes(bodies)
    is_documented(table, "sale", sale, "receipt")
    is_documented(table, "refund", refund, "refund")
    table.row("resend: nothing twice", resend["state"] and not resend["documents"])
    table.row(
        "sale of Odoo's own PayPal provider: its payment, our fee",
        (provider["state"], provider["reason"]) == ("done", "provider")
        and not provider["documents"]
        and provider["fees"]
        and transaction in provider["message"],
        provider["message"],
    )
    receipt_is_ours(table, bench.session)
    with bench.session.environment() as env:
        jobs = env["queue.job"].search([("method_name", "=", "_run_as_job")])
        states = set(jobs.mapped("state"))
    table.row("OCA's job runner did the work", states == {"done"}, f"{len(jobs)} jobs")


def is_documented(table, name, outcome, kind):
    """A message made one document, paid, and one mail with the document's PDF.

    :param str kind: the mail's
    """
    document = outcome["documents"][0] if outcome["documents"] else {}
    mailed = [x["attachments"] for x in outcome["mails"] if x["kind"] == kind]
    table.row(
        f"{name}: posted, paid, mailed with its PDF",
        (outcome["state"], document.get("payment_state")) == ("done", "paid")
        and mailed == [[document["pdf"]]],
        document.get("name", outcome["message"]),
    )


def _examples():
    return (
        "01_sale_ils_hebrew.ipn",
        "09_echeck_completed.ipn",
        "10_refund_of_a_part.ipn",
    )


def pay_through_odoo(session, capture):
    """Have Odoo's provider book a payment as it does when PayPal has answered.

    :param str capture: PayPal's id of it
    :return: the payment's name
    """
    with session.environment() as env:
        provider = env.ref("payment.payment_provider_paypal")
        provider.write(
            {
                "paypal_email_account": "shop@example.com",
                "paypal_client_id": "an-id",
                "paypal_client_secret": "a-secret",
                "state": "test",
            }
        )
        customer = env["res.partner"].create({"name": "Dana Levi"})
        transaction = env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": env.ref("payment.payment_method_paypal").id,
                "reference": "S00001",
                "amount": 118.0,
                "currency_id": env.ref("base.ILS").id,
                "partner_id": customer.id,
                "operation": "online_direct",
            }
        )
        answer = {"id": capture, "txn_type": "CAPTURE", "status": "COMPLETED"}
        answer["amount"] = {"value": "118.00", "currency_code": "ILS"}
        transaction._process("paypal", answer)
        transaction._post_process()
        return transaction.payment_id.name


def receipt_is_ours(table, session):
    """Where modules put XML into invoice PDFs, the mailed one is still the receipt."""
    with session.environment() as env:
        move = env["account.move"].search(
            [("paypal_txn_id", "!=", False), ("move_type", "=", "out_invoice")], limit=1
        )
        pdf, name = move.invoice_pdf_report_id.raw, move.name
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        text = subprocess.run(
            ["pdftotext", file.name, "-"], capture_output=True, text=True, check=True
        ).stdout
    table.row("the PDF is the receipt, with its number", name in text, name)


# === WITH AND WITHOUT IT === #


def others_work(table, bench, when):
    """The web client loads, the shop is open, and an invoice can be made and sent."""
    complaints = []
    with chromium() as browser:
        page = browser.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        log_in(page, bench.odoo.url)
        page.goto(f"{bench.odoo.url}/odoo/action-account.action_move_out_invoice_type")
        page.wait_for_selector(".o_list_view, .o_view_nocontent, .o_kanban_view")
        table.row(
            f"{when}: the web client loads", not complaints, "; ".join(complaints)
        )
        status = page.goto(f"{bench.odoo.url}/shop").status
        table.row(f"{when}: the shop is open", status == 200, status)
    with bench.session.environment() as env:
        invoice = env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": env["res.partner"].create({"name": "Noa Cohen"}).id,
                "invoice_line_ids": [(0, 0, {"name": "Chair", "price_unit": 100.0})],
            }
        )
        invoice.action_post()
        sender = env["account.move.send"]
        sender._generate_and_send_invoices(invoice, sending_methods=["manual"])
        well = invoice.state == "posted" and invoice.invoice_pdf_report_id
        table.row(f"{when}: an invoice is made and printed", well, invoice.name)


def books(env, server, database):
    """:return: every document, entry and payment, as far as others see it"""
    return server.execute(
        """SELECT name, move_type, state, payment_state, amount_total, journal_id
             FROM account_move UNION ALL
           SELECT name, payment_type, state, '', amount, journal_id
             FROM account_payment ORDER BY 1, 2""",
        database=database,
    )


def uninstall(table, env, server, database):
    """Uninstall the add-on and what joined it to the others, and look for traces."""
    before, own = books(env, server, database), own_things(server, database)
    shell(env, server, database, UNINSTALL)
    left = traces(server, database, own)
    had = f"{len(own.tables)} tables and {len(own.columns)} columns are gone"
    table.row("uninstalled: no trace of it", own.tables and not left, left or had)
    kept = books(env, server, database) == before
    table.row("uninstalled: the books are as they were", kept, f"{len(before)} rows")


def main():
    """:return: the exit status: 0 if everything was as it has to be"""
    env, table, start = EnvironmentBeside(), Table(), time.monotonic()
    env.ensure_beside()
    with running(env) as server:
        test_glue(table, env, server)
        table.row("OCA's server_environment has secrets", keeps_secrets(env, server))
        lint(table, env, server)
        with scratch(env, server, addon_template(env, server)) as database:
            say(f"installing {', '.join(MODULES)}")
            install(env, server, database, *MODULES)
            joined = "SELECT name FROM ir_module_module WHERE state = 'installed'"
            names = {name for (name,) in server.execute(joined, database=database)}
            table.row("all installed in one database", {*MODULES} <= names)
            table.row("what joins them came by itself", {*GLUE} <= names)
            with OdooSession(env, server, database).environment() as odoo_env:
                SHOP.set_up(odoo_env)
            with MailSink() as sink, at_work(env, server, database, sink) as bench:
                sell(table, bench)
                others_work(table, bench, "with it")
            uninstall(table, env, server, database)
            with at_work(env, server, database) as bench:
                others_work(table, bench, "without it")
    print(f"{time.monotonic() - start:.0f} seconds")
    return 0 if table.all_well else 1


def lint(table, env, server):
    """Run Odoo's own checks of what is installed: every add-on, and its glue."""
    with tempfile.TemporaryDirectory() as folder:
        run = TestRun(env, Path(folder), ["-q"])
        with scratch(env, server, addon_template(env, server)) as database:
            install(env, server, database, *GLUE.values())
            run_in_odoo(run, server, "tests/odoo_lint/registry", database)
    table.row("Odoo's own checks of models", run.passed and not run.failed, run.passed)


def test_glue(table, env, server):
    """Run the tests of what joins the add-on to OCA's job queue."""
    with tempfile.TemporaryDirectory() as folder:
        run = TestRun(env, Path(folder), ["-q"])
        template = beside_template(env, server, "queue_job")
        run_in_odoo(run, server, f"{ADDON}_queue_job", template)
    table.row("tests with OCA's job queue", run.passed and not run.failed, run.passed)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ToolError as error:
        sys.exit(f"make together: {error}")
