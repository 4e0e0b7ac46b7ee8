"""A database seen through Odoo's ORM, in this process, beside the running server."""

import contextlib
import logging

import odoo
from odoo.api import SUPERUSER_ID, Environment
from odoo.orm.registry import Registry

from tools.environment.odoo_config import write_config


class OdooSession:
    """Reads and prepares one database; requests and cron stay with the server.

    :param tools.environment.Environment env: whose Odoo it is
    :param tools.environment.postgres.Server server: the database server
    :param str database: to look into
    """

    def __init__(self, env, server, database):
        self.database = database
        config = env.run_dir / database / "session.conf"
        write_config(config, env, server, db_name=database, log_level="warn")
        odoo.tools.config.parse_config(["--config", str(config)], setup_logging=False)
        logging.getLogger("odoo").setLevel(logging.ERROR)

    @contextlib.contextmanager
    def environment(self):
        """Open a transaction, committed at the end.

        :return: in ``with … as env``: an ``odoo.api.Environment`` of the superuser
        """
        registry = Registry(self.database).check_signaling()
        with registry.cursor() as cursor:
            yield Environment(cursor, SUPERUSER_ID, {})
        registry.signal_changes()  # the server drops what it had cached
