"""``make installations``: the add-on installed in each way that people do it.

Each way begins with a plain Odoo 19 that has never heard of the add-on, and ends with
a message through a real server, which runs outside the checkout and does not have it
on any path. Uploading the archive within Odoo cannot work; there Odoo has to refuse,
and to be afterwards as it was before.
"""

import contextlib
import inspect
import sys
import tempfile
import time
from pathlib import Path

import tools.trials.shop
from tools import ToolError
from tools.commands import say
from tools.environment import CHECKOUT, ODOO_VERSION, Environment
from tools.environment.databases import (
    ADDON,
    SCRIPTS,
    base_template,
    install,
    run_odoo,
    scratch,
)
from tools.environment.odoo_server import OdooServer
from tools.environment.postgres import running
from tools.packaging.installed import (
    INSTALLED,
    InstalledEnvironment,
    by_pip,
    distribution_of,
    in_addons_path,
    requirements_of,
    site_packages,
    unzipped,
    zip_addon,
)
from tools.packaging.rating import misses
from tools.standin.mail_sink import MailSink
from tools.standin.paypal import PayPalStandIn
from tools.trials.demo import EXAMPLES, SHOP
from tools.trials.workbench import STANDIN_VARIABLE, Workbench

MESSAGE = "01_sale_ils_hebrew.ipn"
#: What the wheel of each add-on has to require, among others.
REQUIREMENTS = {
    ADDON: "requests",
    "caspit_document_il": "pyHanko",
    f"{ADDON}_payment": f"{distribution_of(ADDON)}=={ODOO_VERSION}.*",
    f"{ADDON}_queue_job": f"{distribution_of('queue_job')}=={ODOO_VERSION}.*",
}
#: The checkout's add-ons, by which the template's list of modules knows them.
FORGET = """
    DELETE FROM ir_model_data WHERE model = 'ir.module.module'
       AND res_id IN (SELECT id FROM ir_module_module WHERE name LIKE 'caspit%');
    DELETE FROM ir_module_module WHERE name LIKE 'caspit%'
"""
#: Run by Odoo's shell, in which there are no tools to import.
SET_UP = f"""
import sys
from odoo.modules.module import Manifest

found = Manifest.for_addon("{ADDON}").path
if found != {{addon!r}} or "{CHECKOUT}" in [*sys.path, *odoo.addons.__path__]:
    raise SystemExit("Odoo has the add-on from " + found + ", or the checkout as well")
{{shop}}
{{values!r}}.set_up(env)
env.cr.commit()
"""
BECAME = """
    SELECT ipn.state, move.name, move.state, move.payment_state, note.message_id
      FROM paypal_ipn ipn
      LEFT JOIN account_move move ON move.id = ipn.document_id
      LEFT JOIN mail_mail mail ON mail.id = ipn.receipt_mail_id
      LEFT JOIN mail_message note ON note.id = mail.mail_message_id
"""
#: What an upload could leave, half done.
LEFT = f"""
    SELECT 'module', name FROM ir_module_module WHERE name = '{ADDON}' UNION ALL
    SELECT model, name FROM ir_model_data WHERE module = '{ADDON}' UNION ALL
    SELECT 'file', url FROM ir_attachment WHERE url LIKE '/{ADDON}/%' UNION ALL
    SELECT 'table', relname FROM pg_class WHERE relname LIKE 'paypal_ipn%'
"""


def try_wheel(server, base, folder):
    """Install wheels with pip, and look at what they require and say of themselves.

    :return: what to show of it
    """
    installed = by_pip(folder)
    rated = misses(
        Environment(), folder / "backend", (folder / "wheels").glob("odoo_addon_*.whl")
    )
    for name, requirement in REQUIREMENTS.items():
        [wheel] = (folder / "wheels").glob(f"odoo_addon_{name}-*.whl")
        if requirement not in requirements_of(wheel, name):
            raise ToolError(f"{wheel.name} does not require {requirement}.")
    for name in INSTALLED:
        if not (installed.addon.parent / name / "__manifest__.py").is_file():
            raise ToolError(f"pip did not put {name} into {installed.addon.parent}.")
    requires = requirements_of(site_packages(installed.python), ADDON)
    became = use(installed, server, base)
    return f"{became}; requires {', '.join(requires)}; pyroma rated {rated} wheels"


def try_addons_path(server, base, folder):
    """:return: what to show of it"""
    return use(in_addons_path(folder), server, base)


def try_archive(server, base, folder):
    """:return: what to show of it"""
    return use(unzipped(folder), server, base)


def try_upload(server, base, folder):
    """Upload the archive within Odoo, and see that nothing of it stays.

    Odoo takes data from an upload and no Python, so that it misses the add-on's models.

    :return: what Odoo said
    :raise ToolError: it said something else, or something of the upload stays
    """
    archive, plain = zip_addon(folder), InstalledEnvironment(folder)
    script = (SCRIPTS / "import_zip.py").read_text()
    with plain_odoo(plain, server, base) as database:
        log = run_odoo(plain, server, database, script=script, CASPIT_ZIP=archive)
        said = log.partition("ODOO SAID ")[2].partition("\n")[0]
        left = server.execute(LEFT, database=database)
    if left or f"{ADDON}.model_" not in said:
        raise ToolError(f"Odoo said {said!r}, and {len(left)} things stay: {left[:9]}")
    return (
        f"cannot work: Odoo refused, nothing stays; it runs no uploaded Python: {said}"
    )


WAYS = {
    "wheel, with pip in a fresh virtual environment": try_wheel,
    "folder in addons_path": try_addons_path,
    "archive unpacked into addons_path": try_archive,
    "archive uploaded in Odoo (Apps, Import Module)": try_upload,
}


@contextlib.contextmanager
def plain_odoo(env, server, base):
    """Have a database of Odoo alone.

    :return: in ``with … as database``: its name
    """
    with scratch(env, server, base) as database:
        server.execute(FORGET, database=database)
        yield database


def use(env, server, base):
    """Install the add-on in a fresh database and send one message through it.

    :param InstalledEnvironment env: where the add-on is
    :param server: the database server
    :param str base: the template of the database
    :return: what became of the message
    :raise ToolError: it became something else
    """
    with plain_odoo(env, server, base) as database:
        install(env, server, database, ADDON)
        shop = inspect.getsource(tools.trials.shop)
        script = SET_UP.format(addon=str(env.addon), shop=shop, values=SHOP)
        run_odoo(env, server, database, script=script)
        with MailSink() as sink:
            odoo = OdooServer(env, server, database, smtp_port=sink.port)
            with PayPalStandIn(f"{odoo.url}/PayPal/IPN") as paypal:
                odoo.environ[STANDIN_VARIABLE] = paypal.url
                with odoo:
                    bench = Workbench(server, odoo, paypal, sink, None)
                    bench.send([(EXAMPLES / MESSAGE).read_bytes()])
                complaints = [x for x in odoo.log().splitlines() if " ERROR " in x]
            if complaints:
                raise ToolError("\n".join(["The server logged errors:", *complaints]))
            return what_became(server, database, sink)


def what_became(server, database, sink):
    """Look at the one message, its document and its receipt.

    :return: a sentence on it
    :raise ToolError: it is not booked, paid and mailed
    """
    [(*states, mail_id)] = server.execute(BECAME, database=database)
    state, name, document, payment = states
    receipts = [mail for mail in sink.mails if mail.message_id == mail_id]
    if (state, document, payment) != ("done", "posted", "paid"):
        raise ToolError(f"The message became {states}.")
    if len(receipts) != 1 or not receipts[0].attachments:
        raise ToolError(f"{len(receipts)} receipts of {name} were mailed.")
    return f"{name} posted, paid, mailed"


def main():
    """:return: the exit status: 0 if each way went as it has to"""
    env, all_well = Environment(), True
    with running(env) as server:
        base = base_template(env, server)
        for name, attempt in WAYS.items():
            say(f"trying: {name}")
            start = time.monotonic()
            with tempfile.TemporaryDirectory() as folder:
                try:
                    shows, well = attempt(server, base, Path(folder)), True
                except ToolError as error:
                    say(error)
                    shows, well = str(error).splitlines()[0], False
            all_well &= well
            seconds = f"{time.monotonic() - start:.0f} s"
            word = "ok" if well else "FAILED"
            print(f"{word:<6} {name:<48} {seconds:>6}  {shows}", flush=True)
    return 0 if all_well else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ToolError as error:
        sys.exit(f"make installations: {error}")
