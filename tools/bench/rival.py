"""django-paypal under gunicorn: what a Python shop would use without the add-on.

It asks PayPal back inside the request that brings the message.
"""

import contextlib
import subprocess
import time
import urllib.request

from tools import ToolError
from tools.commands import check, say, tail
from tools.environment.odoo_server import free_ports

PINS = "rival.txt"
APP = """
import os
from django.conf import settings
settings.configure(
    SECRET_KEY="bench", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField", PAYPAL_TEST=False,
    INSTALLED_APPS=["paypal.standard.ipn"],
    DATABASES={"default": {
        "ENGINE": "django.db.backends.postgresql", "NAME": os.environ["RIVAL_DATABASE"],
        "CONN_MAX_AGE": None}},
)
import django
django.setup()
import paypal.standard.ipn.models as models
models.PayPalIPN.get_endpoint = lambda self: os.environ["RIVAL_PAYPAL"]
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import include, path
urlpatterns = [
    path("ipn/", include("paypal.standard.ipn.urls")),
    path("health", lambda request: HttpResponse("ok")),
]
application = get_wsgi_application()
if __name__ == "__main__":
    call_command("migrate", verbosity=0)
"""


@contextlib.contextmanager
def rival(world, paypal):
    """Run it with two workers, on a database of its own in the same PostgreSQL.

    :param world: a :class:`World`, for its environment
    :param PayPalStandIn paypal: whom it asks back
    :return: in ``with … as url``: where it takes messages
    :raise ToolError: it does not start
    """
    env, server = world.env, world.server
    python = _venv(env)
    database = f"{world.database}_rival"
    folder = env.run_dir / world.database / "rival"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rival.py").write_text(APP)
    environ = env.environ(
        server.environ, {"RIVAL_DATABASE": database, "RIVAL_PAYPAL": paypal.url}
    )
    server.create_database(database)
    try:
        migrate = [python, "rival.py"]
        check(migrate, "set up django-paypal", cwd=folder, env=environ)
        [port] = free_ports(1)
        command = [python, "-m", "gunicorn", "--workers=2", "--log-level=warning"]
        command += [f"--bind=127.0.0.1:{port}", "rival:application"]
        with open(folder / "log", "wb") as log:
            process = subprocess.Popen(
                command, cwd=folder, env=environ, stdout=log, stderr=log
            )
        try:
            _wait_for(f"http://127.0.0.1:{port}/health", process, folder / "log")
            yield f"http://127.0.0.1:{port}/ipn/"
        finally:
            process.terminate()
            process.wait()
    finally:
        server.drop_database(database)


def _wait_for(url, process, log):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + 30
    while True:
        with contextlib.suppress(OSError), opener.open(url, timeout=5):
            return
        if process.poll() is not None or time.monotonic() > deadline:
            raise ToolError(f"gunicorn does not start:\n{tail(log.read_text())}")
        time.sleep(0.1)


def _venv(env):
    """:return: the Python of a virtual environment with django-paypal and gunicorn"""
    folder = env.root / "rival"
    pins = env.checkout / "requirements" / PINS
    python, stamp = folder / "bin" / "python", folder / "stamp"
    if not stamp.is_file() or stamp.read_text() != pins.read_text():
        say("installing django-paypal and gunicorn")
        check([env.python, "-m", "venv", "--clear", folder], "make an environment")
        pip = [python, "-m", "pip", "install", "--no-deps", f"--requirement={pins}"]
        check(pip, "install django-paypal")
        stamp.write_text(pins.read_text())
    return python
