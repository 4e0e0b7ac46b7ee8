"""Databases to work in: copies of templates, so that each is there within seconds.

Two layers of templates: Odoo with one country's accounting, made once; and on top of
it the add-on, made anew whenever the add-on's files change. Work is done in a copy,
which is dropped afterwards.
"""

import ast
import contextlib
import hashlib
import os
import secrets
import shutil
from pathlib import Path

from tools import ToolError
from tools.commands import run, say, tail
from tools.environment.odoo_config import write_config
from tools.environment.place import CHECKOUT

ADDON = "caspit_paypal_ipn"
#: What a merchant installs: the main line, and what stands on it.
PRODUCT = (ADDON, "caspit_paypal_activity", "caspit_paypal_api", "caspit_document_il")
#: What a merchant of one country alone installs; it needs that country's accounting.
OF_COUNTRY = {"caspit_document_il": "IL"}
#: The add-ons beside it, and the module that each installs itself along with.
GLUE = {
    f"{ADDON}_payment": "payment_paypal",
    f"{ADDON}_queue_job": "queue_job",
    f"{ADDON}_sale": "sale",
}
SCRIPTS = Path(__file__).resolve().parent / "odoo_shell"
#: Templates that are kept of each kind and country: checkouts that share an
#: environment each have their own.
KEPT_TEMPLATES = 10


def base_template(env, server, country="IL", say=say):
    """Provide a template of Odoo with a country's chart of accounts in company 1.

    English and Hebrew are installed; there is no demo data.

    :param tools.environment.Environment env: whose Odoo it is
    :param tools.environment.postgres.Server server: where it lies
    :param str country: two letters, as in ISO 3166
    :param say: called with a line of progress
    :return: the database's name
    :raise ToolError: when Odoo cannot be installed
    """
    script = (SCRIPTS / "set_up_company.py").read_text()
    key = _key(env.odoo_identity, script)
    family = f"caspit_base_{country.lower()}_"

    def build(aside):
        say(f"installing Odoo with the accounting of {country}, once (about a minute)")
        run_odoo(env, server, aside, "--init=base")
        run_odoo(env, server, aside, script=script, CASPIT_COUNTRY=country.upper())

    return _template(env, server, family, key, "template0", build)


def product_for(country):
    """:return: the names of the add-ons that a merchant of a country installs"""
    return tuple(
        name
        for name in PRODUCT
        if OF_COUNTRY.get(name, country).upper() == country.upper()
    )


def addon_template(env, server, country="IL", say=say, addons=()):
    """Provide a template with add-ons as they are in the checkout.

    :param addons: their names; by default all that a merchant of the country installs
    :return: the database's name
    :raise ToolError: with Odoo's log, when the add-on cannot be installed or when its
        installation logs an error, or a warning about the add-on
    """
    addons = addons or product_for(country)
    if env.checkout != CHECKOUT:  # it may be of a time when there were fewer
        addons = [name for name in addons if (env.checkout / name).is_dir()]
    if needs := _ours_needed_by(env, addons):
        # Its own template, so that its change makes a new one of these as well.
        origin = addon_template(env, server, country, say, needs)
    else:
        origin = base_template(env, server, country, say)
    digests = [_addon_digest(env.checkout / name) for name in addons]
    key = _key(origin, _WARM_UP, *addons, *digests)
    family = f"caspit_addon_{country.lower()}_{_key(*addons)[:4]}_"
    build = _installer(env, server, *addons)
    return _template(env, server, family, key, origin, build)


def _ours_needed_by(env, addons):
    """:return: the names of our add-ons that these stand on, without these"""
    needed = set()
    for name in addons:
        manifest = env.checkout / name / "__manifest__.py"
        needed |= {*ast.literal_eval(manifest.read_text())["depends"]}
    return tuple(name for name in PRODUCT if name in needed and name not in addons)


def beside_template(env, server, module, say=say):
    """Provide a template with the add-on and another module, and what joins them.

    :param str module: one of the values of :data:`GLUE`
    :return: the database's name
    :raise ToolError: as :func:`addon_template` does
    """
    origin = addon_template(env, server, say=say)
    [glue] = (name for name, other in GLUE.items() if other == module)
    key = _key(origin, _addon_digest(env.checkout / glue))
    build = _installer(env, server, module)
    return _template(env, server, f"caspit_beside_{module}_", key, origin, build)


#: Charts of accounts beside the ones of Odoo itself that the add-on is tried in, and
#: what gives goods a cost.
CHARTS = ("l10n_de", "l10n_il", "l10n_jp", "l10n_uk", "stock_account")


def charts_template(env, server, say=say):
    """Provide a template with the add-on and several countries' charts of accounts.

    :return: the database's name
    :raise ToolError: as :func:`addon_template` does
    """
    origin = addon_template(env, server, say=say, addons=(ADDON,))
    key = _key(origin, *CHARTS)
    build = _installer(env, server, *CHARTS)
    return _template(env, server, "caspit_charts_", key, origin, build)


_WARM_UP = (SCRIPTS / "warm_up.py").read_text()


def _installer(env, server, *modules):
    """:return: a function that installs modules in the database of that name"""

    def build(aside):
        say(f"installing {', '.join(modules)}")
        install(env, server, aside, *modules)
        run_odoo(env, server, aside, script=_WARM_UP)

    return build


@contextlib.contextmanager
def scratch(env, server, template, keep=False):
    """Work in a copy of a template.

    :param str template: name of the database to copy
    :param bool keep: leave the copy there afterwards
    :return: in ``with … as name``: the copy's name
    """
    _drop_abandoned(env, server)
    kind = "kept" if keep else "scratch"
    name = f"caspit_{kind}_{os.getpid()}_{secrets.token_hex(4)}"
    with env.lock("databases", shared=True):
        _copy(env, server, template, name)
    try:
        yield name
    finally:
        if not keep:
            drop(env, server, name)


def drop(env, server, name):
    """Drop a database and all files that belong to it."""
    server.drop_database(name)
    shutil.rmtree(_filestore(env, name), ignore_errors=True)
    shutil.rmtree(env.run_dir / name, ignore_errors=True)


def _template(env, server, family, key, origin, build):
    """Provide a template, building it aside unless it is there.

    :param str family: what its name begins with; of each family a few are kept
    :param str key: what its name ends with
    :param str origin: name of the database to begin with
    :param build: called with the name of a copy of it to work on
    :return: the template's name
    """
    name = family + key
    # One at a time makes a template of a family; others are copied meanwhile.
    with env.lock(family + "template"):
        if name in server.databases(name):
            return name
        for interrupted in server.databases(f"{family}%_new"):
            drop(env, server, interrupted)
        aside = f"{name}_new"
        with env.lock("databases", shared=True):
            _copy(env, server, origin, aside)
        build(aside)
        with env.lock("databases"):
            shutil.rmtree(_filestore(env, name), ignore_errors=True)
            with contextlib.suppress(FileNotFoundError):
                _filestore(env, aside).rename(_filestore(env, name))
            server.seal_database(aside, name)
            for old in server.databases(f"{family}%")[KEPT_TEMPLATES:]:
                drop(env, server, old)
        shutil.rmtree(env.run_dir / aside, ignore_errors=True)
    return name


def _copy(env, server, origin, name):
    """Copy a database and its files."""
    server.create_database(name, origin)
    files = _filestore(env, origin)
    if files.is_dir():
        # Odoo writes such a file once and only ever deletes it, so that a link serves.
        shutil.copytree(files, _filestore(env, name), copy_function=os.link)


def _drop_abandoned(env, server):
    """Drop the copies of processes that ended without doing so."""
    if not server.private:
        return  # Another machine may work there, whose processes we do not see.
    for name in server.databases("caspit_scratch_%"):
        if not Path("/proc", name.split("_")[2]).exists():
            drop(env, server, name)


def _filestore(env, database):
    return env.data_dir / "filestore" / database


def install(env, server, database, *modules):
    """Install modules in a database.

    :raise ToolError: as :func:`addon_template` does
    """
    _refuse_complaints(run_odoo(env, server, database, f"--init={','.join(modules)}"))


def shell(env, server, database, script):
    """Run a script in Odoo's shell, on a database.

    :return: Odoo's log
    :raise ToolError: with the end of the log, when the script fails
    """
    return run_odoo(env, server, database, script=script)


def run_odoo(env, server, database, *arguments, script=None, **environ):
    """Run Odoo on a database until it ends.

    :param arguments: of its command line
    :param str script: for Odoo's shell, which is run then in place of the server
    :param environ: more variables
    :return: its log
    :raise ToolError: with the end of its log, when it fails
    """
    subcommand = ["shell"] if script else ["server", "--stop-after-init"]
    folder = env.run_dir / database
    config = write_config(folder / "odoo.conf", env, server, db_name=database)
    command = [*env.odoo_command, *subcommand, f"--config={config}", "--no-http"]
    done = run(
        [*command, *arguments],
        cwd=env.work_dir,
        env=env.environ(server.environ, environ),
        input=script or "",
    )
    if done.returncode or " CRITICAL " in done.stdout:
        raise ToolError(f"Odoo failed:\n{tail(done.stdout, 60)}")
    return done.stdout


def _refuse_complaints(log):
    """Refuse an installation that logged an error, or a warning about the add-on."""
    complaints = [
        line
        for line in log.splitlines()
        if " ERROR " in line or (" WARNING " in line and "caspit" in line)
    ]
    if complaints:
        shown = "\n".join(complaints)
        raise ToolError(f"Odoo installed {ADDON} with complaints:\n{shown}")


def _addon_digest(folder):
    """Hash the add-on's files as far as its installation depends on them.

    :raise ToolError: when there is no add-on
    """
    if not (folder / "__manifest__.py").is_file():
        raise ToolError(f"There is no add-on in {folder}.")
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        if path.is_file() and not {"tests", "__pycache__"} & set(inner.parts):
            digest.update(f"{inner}\n{path.stat().st_size}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _key(*parts):
    """Make a short key that changes when one of the parts does."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10]
