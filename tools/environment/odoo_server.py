"""A real Odoo server on one database, as separate processes, on ports of its own."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from tools import ToolError
from tools.commands import tail
from tools.environment.odoo_config import NOWHERE_PORT, write_config

START_LIMIT = 120  # seconds
STOP_LIMIT = 10  # seconds
#: Local addresses are asked directly, whatever proxy the machine uses.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class OdooServer:
    """An Odoo that serves exactly one database, for the length of a ``with`` block.

    :meth:`start`, :meth:`stop` and :meth:`kill` may be called in between; the ports
    and the log stay the same.

    :param tools.environment.Environment env: whose Odoo it is
    :param tools.environment.postgres.Server server: the database server
    :param str database: to serve
    :param int workers: processes that answer requests; 0 is one process with threads
    :param int cron_threads: processes (or threads) for scheduled actions
    :param int smtp_port: of the mail server on this machine; without one no mail leaves
    :param dict environ: more variables for Odoo
    :param str log_level: as Odoo names them
    :param options: more of Odoo's options, by their names in its configuration file
    """

    def __init__(
        self,
        env,
        server,
        database,
        workers=2,
        cron_threads=1,
        smtp_port=None,
        environ=None,
        log_level="info",
        **options,
    ):
        self.env = env
        self.server = server
        self.database = database
        self.environ = env.environ(server.environ, environ or {})
        self.port, gevent_port = free_ports(2)
        self.url = f"http://127.0.0.1:{self.port}"
        folder = env.run_dir / database
        self.log_path = folder / f"odoo-{self.port}.log"
        self.process = None
        self.config = write_config(
            folder / f"odoo-{self.port}.conf",
            env,
            server,
            admin_passwd=secrets.token_urlsafe(),
            db_name=database,
            http_port=self.port,
            gevent_port=gevent_port,
            workers=workers,
            max_cron_threads=cron_threads,
            smtp_port=smtp_port or NOWHERE_PORT,
            log_level=log_level,
            limit_time_cpu=120,
            limit_time_real=240,
            **options,
        )

    def __enter__(self):
        self._set_addresses()
        try:
            self.start()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(self, *_error):
        self.stop()

    @property
    def pid(self):
        """Process id of the server, which is that of its process group too."""
        return self.process.pid

    def log(self):
        """Give everything the server has logged so far."""
        return self.log_path.read_text(errors="replace")

    def start(self):
        """Start the server and wait until it answers.

        :raise ToolError: with the end of its log, when it ends or takes too long
        """
        command = [*self.env.odoo_command, f"--config={self.config}"]
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.env.work_dir,
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_LIMIT
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise ToolError(f"Odoo does not start:\n{tail(self.log(), 60)}")
            time.sleep(0.1)

    def stop(self):
        """Let the server finish what it is doing, but not for long."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self):
        """End all processes of the server at once, as a power cut would."""
        if self.process is None or self.process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _answers(self):
        try:
            with DIRECT.open(f"{self.url}/web/health", timeout=5) as response:
                return response.status == 200
        except (OSError, urllib.error.URLError):
            return False

    def _set_addresses(self):
        """Tell the database where it is served; printing PDFs depends on it."""
        statement = """
            INSERT INTO ir_config_parameter (key, value, create_date, write_date)
            VALUES (%s, %s, now(), now())
            ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value
        """
        for key in ("web.base.url", "report.url"):
            self.server.execute(statement, [key, self.url], self.database)


def free_ports(count):
    """Find TCP ports of 127.0.0.1 that nobody uses.

    :return: a list of as many different ports
    """
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
