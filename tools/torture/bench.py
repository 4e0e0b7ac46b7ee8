"""What a torture run works on: everything real, and nothing shared with anybody."""

import contextlib
import os
import random
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from tools import ToolError
from tools.commands import check
from tools.environment import Environment
from tools.environment.databases import addon_template, scratch
from tools.environment.odoo_server import OdooServer
from tools.environment.odoo_session import OdooSession
from tools.environment.postgres import PrivateCluster, running
from tools.standin.mail_sink import MailSink
from tools.standin.paypal import PayPalStandIn
from tools.trials.workbench import STANDIN_VARIABLE

#: PayPal's clock in the run: resends come after 1, 2, 4 … seconds.
SPEED = 10.0
#: How long a statement is tried again while PostgreSQL is down.
DATABASE_PATIENCE = 30.0


@dataclass
class TortureBench:
    """The servers of a run.

    :ivar cluster: the database cluster
    :ivar odoo: the running :class:`OdooServer`
    :ivar paypal: the :class:`PayPalStandIn`
    :ivar sink: the :class:`MailSink`
    """

    cluster: PrivateCluster
    odoo: OdooServer
    paypal: PayPalStandIn
    sink: MailSink

    def sql(self, statement, *parameters):
        """Run a statement, again while the server is down.

        :return: the rows
        """
        deadline = time.monotonic() + DATABASE_PATIENCE
        while True:
            try:
                database = self.odoo.database
                with (
                    self.cluster.server.connection(database) as connection,
                    connection.cursor() as cursor,
                ):
                    # Also while the servers find the database read only.
                    cursor.execute("SET default_transaction_read_only = off")
                    cursor.execute(statement, parameters or None)
                    return cursor.fetchall() if cursor.description else []
            except (psycopg2.Error, ToolError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def wake_crons(self):
        """Tell Odoo's cron processes that something is due, as a trigger of its own."""
        with contextlib.suppress(psycopg2.Error, ToolError):
            name = self.odoo.database
            self.cluster.server.execute("SELECT pg_notify('cron_trigger', %s)", [name])

    def filestores(self):
        """:return: the folders of the attachments of this database, if there are any"""
        folder = Environment().data_dir / "filestore" / self.odoo.database
        return [folder] if folder.parent.is_dir() else []

    def children(self):
        """The processes that Odoo works with, without the one that minds them."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                parent = stat.read_text().rpartition(")")[2].split()[1]
                if int(parent) == self.odoo.pid:
                    found.append(int(stat.parent.name))
        return sorted(found)

    def kill_one(self, pick: random.Random, how=signal.SIGKILL):
        """Kill one of Odoo's processes, as the kernel does when memory is short."""
        if children := self.children():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pick.choice(children), how)


@contextlib.contextmanager
def torture_bench(shop):
    """Start everything on a database cluster of the run's own.

    :param tools.trials.shop.Shop shop: how the company is set up
    :return: in ``with … as bench``: a :class:`TortureBench`
    """
    env = Environment()
    with contextlib.ExitStack() as stack:
        shared = stack.enter_context(running(env))
        template = addon_template(env, shared)
        database = stack.enter_context(scratch(env, shared, template))
        cluster = stack.enter_context(cluster_of_its_own(env))
        _copy_database(shared, cluster.server, database)
        with OdooSession(env, cluster.server, database).environment() as odoo_env:
            shop.set_up(odoo_env)
        sink = stack.enter_context(MailSink())
        odoo = OdooServer(
            env, cluster.server, database, cron_threads=2, smtp_port=sink.port
        )
        paypal = PayPalStandIn(f"{odoo.url}/PayPal/IPN", speed=SPEED)
        odoo.environ[STANDIN_VARIABLE] = paypal.url
        stack.enter_context(paypal)
        stack.enter_context(odoo)
        yield TortureBench(cluster, odoo, paypal, sink)


@contextlib.contextmanager
def cluster_of_its_own(env):
    """Have a private cluster that nobody else uses, to maltreat it.

    It is deleted afterwards, as are those that killed processes have left.

    :param Environment env: whose it is
    :return: in ``with … as cluster``: a running :class:`PrivateCluster`
    """
    shared = PrivateCluster(env).folder
    for left in shared.parent.glob(f"{shared.name}-[0-9]*"):
        name = left.name[len(shared.name) :]
        if not Path("/proc", name[1:]).exists():
            PrivateCluster(env, name).remove()
    cluster = PrivateCluster(env, f"-{os.getpid()}")
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.remove()


def _copy_database(origin, target, name):
    """Copy a database into another cluster; the files of both are the same."""
    target.create_database(name)
    dump = Environment().run_dir / name / "torture.dump"
    dump.parent.mkdir(parents=True, exist_ok=True)
    common = ["--no-password", f"--dbname={name}"]
    pairs = (("pg_dump", origin, "--format=custom"), ("pg_restore", target, "--jobs=2"))
    for program, server, option in pairs:
        arguments = [option, f"--file={dump}"] if program == "pg_dump" else [option]
        arguments += [dump] if program == "pg_restore" else []
        environ = Environment().environ(server.environ)
        check([program, *common, *arguments], "copy a database", env=environ)
    dump.unlink()
