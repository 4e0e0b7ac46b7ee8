"""The database server: the caller's own, or a private one that runs while it is used.

With PGHOST (or another variable of libpq that names a server) set, that server is
used as it is. Otherwise a private cluster is made once and started for as long as
somebody uses it: it has no TCP port, only a socket in a folder that nobody else may
enter. PostgreSQL refuses to run as root, so that for root it runs as the system's
user ``postgres``, in a folder that this user can reach.
"""

import contextlib
import glob
import hashlib
import os
import re
import shutil
import sys
import time
from pathlib import Path

import psycopg2
from psycopg2 import sql

from tools import ToolError
from tools.commands import check, run, tail
from tools.environment import Environment

SUPERUSER = "odoo"
SOCKET_PATH_LIMIT = 100
#: Test data may be lost in a power cut, hence no fsync; commits stay synchronous so
#: that what a killed Odoo had committed is there afterwards.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "on",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "jit": "off",
}


class Server:
    """A PostgreSQL server that answers.

    :param dict environ: the variables of libpq that lead to it
    :param bool private: whether it is ours alone
    """

    def __init__(self, environ, private):
        self.environ = environ
        self.private = private

    @property
    def odoo_options(self):
        """The options of an Odoo configuration file that lead to it."""
        names = {
            "PGHOST": "db_host",
            "PGPORT": "db_port",
            "PGUSER": "db_user",
            "PGPASSWORD": "db_password",
        }
        environ = self.environ
        return {names[name]: environ[name] for name in names if environ.get(name)}

    @contextlib.contextmanager
    def connection(self, database="postgres"):
        """Open a connection in which every statement commits at once.

        :param str database: to connect to
        :raise ToolError: when the server does not answer
        """
        names = {"PGHOST": "host", "PGHOSTADDR": "hostaddr", "PGPORT": "port"}
        names |= {"PGUSER": "user", "PGPASSWORD": "password", "PGSERVICE": "service"}
        given = {names[k]: v for k, v in self.environ.items() if k in names and v}
        try:
            connection = psycopg2.connect(dbname=database, **given)
        except psycopg2.OperationalError as error:
            raise ToolError(f"PostgreSQL does not answer: {error}") from error
        connection.autocommit = True
        try:
            yield connection
        finally:
            connection.close()

    def execute(self, statement, parameters=None, database="postgres"):
        """Run one statement.

        :param statement: SQL text or a composed statement
        :param parameters: for the placeholders in it
        :return: the rows, an empty list for a statement that has none
        """
        with self.connection(database) as connection, connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []

    def databases(self, pattern):
        """List databases, the newest first.

        :param str pattern: for SQL's LIKE
        """
        found = (
            "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC"
        )
        return [name for (name,) in self.execute(found, [pattern])]

    def create_database(self, name, template="template0"):
        """Create a database, as a copy of another one."""
        self._on_database(
            "CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'", name, template
        )

    def drop_database(self, name):
        """Drop a database, whoever is connected to it."""
        self._on_database("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def seal_database(self, name, final_name):
        """Give a database its final name and let nobody connect to it any more."""
        self._on_database("ALTER DATABASE {} ALLOW_CONNECTIONS false", name)
        self._on_database("ALTER DATABASE {} RENAME TO {}", name, final_name)

    def _on_database(self, statement, *names):
        self.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextlib.contextmanager
def running(env):
    """Have a database server for the length of a ``with`` block.

    The private one is shared by all that use it at the same time, and stopped by the
    last of them.

    :param Environment env: whose server it is
    :return: in ``with … as server``: a :class:`Server`
    :raise ToolError: when there is none
    """
    if env.own_database_server:
        yield _own_server()
        return
    cluster = PrivateCluster(env)
    try:
        with contextlib.ExitStack() as use:
            with env.lock("postgres"):
                use.enter_context(env.lock("postgres-use", shared=True))
                cluster.start()
            yield cluster.server
    finally:
        with env.lock("postgres"), env.lock("postgres-use", wait=False) as is_last:
            if is_last:
                cluster.stop()


def remove_cluster(env):
    """Delete the private cluster of an environment, with every database in it.

    :raise ToolError: when somebody uses it
    """
    with env.lock("postgres"), env.lock("postgres-use", wait=False) as is_free:
        if not is_free:
            raise ToolError("The database server is in use: end what uses it first.")
        PrivateCluster(env).remove()


def _own_server():
    """Take the server that the caller's variables name, if it is fit for Odoo."""
    # PGDATABASE would name the database that Odoo serves.
    environ = {k: v for k, v in os.environ.items() if re.fullmatch(r"PG[A-Z]+", k)}
    environ.pop("PGDATABASE", None)
    server = Server(environ, private=False)
    [(user, may_create)] = server.execute(
        "SELECT rolname, rolcreatedb OR rolsuper FROM pg_roles"
        " WHERE rolname = current_user"
    )
    if user == "postgres" or not may_create:
        raise ToolError(
            f"The database user {user!r} does not serve: Odoo needs one that may create"
            " databases and is not called postgres (set PGUSER)."
        )
    return server


class PrivateCluster:
    """A PostgreSQL cluster of this environment's own.

    :param Environment env: whose it is
    :param str name: of another one beside the one that all share
    """

    def __init__(self, env, name=""):
        self.root = os.geteuid() == 0
        if self.root:
            key = hashlib.sha256(str(env.root).encode()).hexdigest()[:10]
            self.folder = Path("/var/lib/caspit-postgres") / f"{key}{name}"
        else:
            self.folder = env.root / f"postgres{name}"
        self.binaries = _binaries()
        major = check([self.binaries / "postgres", "--version"], "ask PostgreSQL")
        self.data = self.folder / f"data-{re.search(r'[0-9]+', major)[0]}"
        self.log = self.folder / "log"
        environ = {"PGHOST": str(self.folder), "PGUSER": SUPERUSER}
        self.server = Server(environ, private=True)
        if len(f"{self.folder}/.s.PGSQL.5432") > SOCKET_PATH_LIMIT:
            raise ToolError(
                f"{self.folder} is too long a path for PostgreSQL's socket: set"
                " CASPIT_ENV to a shorter one."
            )

    def start(self):
        """Make the cluster if need be, and start it unless it runs.

        :raise ToolError: with the end of PostgreSQL's log
        """
        if not self.data.is_dir():
            self._create()
        if self._control("status").returncode == 0:
            return
        settings = {**SETTINGS, "unix_socket_directories": self.folder}
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        start = ["start", "--wait", f"--log={self.log}", f"--options={options}"]
        # After a kill -9 the server's children take a moment to notice and go.
        for _attempt in range(10):
            if self._control(*start).returncode == 0:
                return
            time.sleep(1)
        log = tail(run(["cat", self.log]).stdout)
        raise ToolError(f"PostgreSQL does not start (`make clean` begins anew):\n{log}")

    def stop(self):
        """Stop the server, whoever is connected."""
        self._control("stop", "--wait", "--mode=fast")

    def crash(self):
        """End the server at once, as a power cut would; :meth:`start` recovers it."""
        self._control("stop", "--wait", "--mode=immediate")

    def remove(self):
        """Stop the server and delete the cluster with everything in it."""
        if self.data.is_dir():
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _create(self):
        """Make the cluster aside and move it into place."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        if self.root:
            shutil.chown(self.folder, "postgres", "postgres")
        aside = self.folder / "data.new"
        shutil.rmtree(aside, ignore_errors=True)
        initdb = [self.binaries / "initdb", f"--pgdata={aside}", "--auth=trust"]
        initdb += [f"--username={SUPERUSER}", "--encoding=UTF8", "--locale=C.UTF-8"]
        command = [*self._as_owner(), *initdb, "--no-sync"]
        check(command, "make a database cluster", cwd="/")
        aside.rename(self.data)

    def _control(self, *arguments):
        control = [self.binaries / "pg_ctl", f"--pgdata={self.data}", *arguments]
        return run([*self._as_owner(), *control], cwd="/")

    def _as_owner(self):
        """Begin a command line that runs as the cluster's owner."""
        if not self.root:
            return []
        user = ["--reuid=postgres", "--regid=postgres", "--init-groups"]
        return ["setpriv", *user]


def _binaries():
    """Find PostgreSQL's server programs, the newest release first.

    :raise ToolError: when there are none
    """
    folders = glob.glob("/usr/lib/postgresql/*/bin")
    folders.sort(key=lambda path: int(Path(path).parent.name), reverse=True)
    for folder in [*folders, *os.environ.get("PATH", "").split(os.pathsep)]:
        if (Path(folder) / "initdb").exists():
            return Path(folder)
    raise ToolError("PostgreSQL's server is missing: install the package postgresql.")


if __name__ == "__main__":
    # What `python3 -m tools.environment --remove` calls.
    if sys.argv[1:] != ["--remove"]:
        sys.exit("python3 -m tools.environment.postgres --remove")
    remove_cluster(Environment())
