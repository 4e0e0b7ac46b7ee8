"""The environment: Odoo 19, a virtual environment to run it in, and rtlcss.

``python3 -m tools.environment`` sets up what is missing and says nothing when nothing
is. Everything lies in one folder, ``.environment`` in the checkout, or where the
variable CASPIT_ENV points; checkouts that name the same packages can share one.
ODOO_SOURCE=/path uses an Odoo 19 of one's own in place of Debian's package.

Needs Python 3.10 and its standard library alone, for it runs before anything is there.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools import ToolError
from tools.commands import check, run, say
from tools.environment import debian

CHECKOUT = Path(__file__).resolve().parents[2]
ODOO_VERSION = "19.0"
PIN_FILES = ("odoo.txt", "test.txt", "lint.txt")
NODE_FILES = ("package.json", "package-lock.json", ".npmrc")
DATABASE_SERVER_VARIABLES = ("PGHOST", "PGHOSTADDR", "PGPORT", "PGUSER", "PGSERVICE")
#: Variables of the caller's shell that would change what Odoo or its Python do.
FOREIGN_VARIABLES = re.compile(
    r"PG[A-Z_]+|ODOO_.*|OPENERP_.*|PYTHON(PATH|HOME)|VIRTUAL_ENV|NODE_PATH"
)


class Environment:
    """Where everything is; :meth:`ensure` puts it there.

    :param root: the folder; by default CASPIT_ENV or ``.environment``
    :param odoo_source: an Odoo 19 source tree; by default ODOO_SOURCE or none
    :param extra_addons: more folders with addons, for Odoo's ``addons_path``
    :param checkout: whose add-ons are tried; by default this one's
    """

    def __init__(self, root=None, odoo_source=None, extra_addons=(), checkout=CHECKOUT):
        root = root or os.environ.get("CASPIT_ENV") or CHECKOUT / ".environment"
        source = odoo_source or os.environ.get("ODOO_SOURCE")
        self.root = Path(root).resolve()
        self.checkout = Path(checkout).resolve()
        #: Folders with addons besides Odoo's own.
        self.addons = (self.checkout, *extra_addons)
        #: Where Odoo is started.
        self.work_dir = CHECKOUT
        self.odoo_source = Path(source).resolve() if source else None
        self.python = self.root / "venv" / "bin" / "python"
        self.data_dir = self.root / "data"
        self.run_dir = self.root / "run"

    # === WHERE THINGS ARE === #

    @property
    def odoo_path(self):
        """The folder that Python imports ``odoo`` from."""
        return self.odoo_source or self.root / "odoo" / debian.PYTHON_FOLDER

    @property
    def odoo_command(self):
        """The start of every Odoo command line, as a list of arguments."""
        return [str(self.python), str(Path(__file__).with_name("odoo_bin.py"))]

    @property
    def addons_path(self):
        """The value of Odoo's ``addons_path``: :attr:`addons` and Odoo's own."""
        own = [self.odoo_path / "odoo" / "addons", self.odoo_path / "addons"]
        paths = [*self.addons, *own]
        return ",".join(str(path) for path in paths if path.is_dir())

    @property
    def bin_path(self):
        """What comes before the caller's PATH."""
        node = self.root / "node" / "node_modules" / ".bin"
        return os.pathsep.join((str(self.python.parent), str(node)))

    @property
    def odoo_identity(self):
        """A text that changes when this becomes another build of Odoo."""
        if not self.odoo_source:
            return (self.root / "odoo" / "VERSION").read_text().strip()
        head = ["git", "-C", str(self.odoo_source), "rev-parse", "HEAD"]
        return f"{self.odoo_source} {run(head).stdout.strip()}"

    @property
    def own_database_server(self):
        """Whether the caller's variables name a PostgreSQL server to use."""
        return any(os.environ.get(name) for name in DATABASE_SERVER_VARIABLES)

    def environ(self, *extra):
        """Make the variables for a child process.

        :param extra: mappings of more variables
        :return: the caller's variables without those that would lead Odoo or Python
            elsewhere (the database server's come from
            :mod:`tools.environment.postgres`)
        :rtype: dict[str, str]
        """
        environ = {
            name: value
            for name, value in os.environ.items()
            if not FOREIGN_VARIABLES.fullmatch(name)
        }
        environ["PATH"] = os.pathsep.join((self.bin_path, environ.get("PATH", "")))
        # The folders of this environment are the same for every tool that it starts.
        environ["CASPIT_ENV"] = str(self.root)
        if self.odoo_source:
            environ["ODOO_SOURCE"] = str(self.odoo_source)
        for mapping in extra:
            environ.update(mapping)
        return environ

    @contextlib.contextmanager
    def lock(self, name, shared=False, wait=True):
        """Hold a lock that all processes using this folder respect.

        It ends with the process, however that ends.

        :return: in ``with … as got``: False when not waiting and another holds it
        """
        self.root.mkdir(parents=True, exist_ok=True)
        mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        with open(self.root / f"{name}.lock", "a") as file:
            try:
                fcntl.flock(file, mode if wait else mode | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    # === SETTING UP === #

    def ensure(self):
        """Set up whatever is missing or out of date, telling so on standard error.

        :raise ToolError: when the machine lacks something that cannot be put there
        """
        spared = ["postgresql"] if self.own_database_server else ()
        debian.require_packages(except_for=spared)
        steps = [
            ("venv", f"{_python()} {_digest(CHECKOUT / 'requirements', PIN_FILES)}"),
            ("node", _digest(CHECKOUT, NODE_FILES)),
        ]
        if self.odoo_source:
            self._check_source()
        else:
            packages = debian.RELEASE_PACKAGES + debian.UNSTABLE_PACKAGES
            steps.append(("odoo", " ".join(packages)))
        if not all(self._is_current(*step) for step in steps):
            with self.lock("setup"):
                lacking = [step for step in steps if not self._is_current(*step)]
                # Each mostly waits for what it downloads, or for one of the cores.
                with ThreadPoolExecutor() as pool:
                    for built in [pool.submit(self._build, *step) for step in lacking]:
                        built.result()
        self._link_odoo()

    def remove(self):
        """Delete everything this class and the tools on top of it have made.

        :raise ToolError: when the database server is in use
        """
        if self.python.exists():
            command = [self.python, "-m", "tools.environment.postgres", "--remove"]
            check(command, "remove the database server", cwd=CHECKOUT)
        for name in ("venv", "node", "odoo", "beside", "data", "run"):
            shutil.rmtree(self.root / name, ignore_errors=True)
        for pattern in ("*.stamp", "*.lock"):
            for path in self.root.glob(pattern):
                path.unlink()
        with contextlib.suppress(OSError):
            self.root.rmdir()

    def _is_current(self, name, key):
        stamp = self.root / f"{name}.stamp"
        return stamp.is_file() and stamp.read_text() == key

    def _build(self, name, key):
        """Build one part and stamp it last, so that an interrupted one is redone."""
        folder, stamp = self.root / name, self.root / f"{name}.stamp"
        previous = stamp.read_text() if stamp.is_file() else ""
        stamp.unlink(missing_ok=True)
        if name == "venv":
            self._build_venv(folder, previous.startswith(f"{_python()} "))
        else:
            aside = self.root / f"{name}.new"
            shutil.rmtree(aside, ignore_errors=True)
            aside.mkdir()
            build = self._build_node if name == "node" else debian.unpack_odoo
            build(aside)
            shutil.rmtree(folder, ignore_errors=True)
            aside.rename(folder)
        stamp.write_text(key)

    def _build_venv(self, folder, is_whole):
        """Make the virtual environment in place, since it cannot be moved.

        A whole one of the same Python only gets other packages: an Odoo may be
        running in it.
        """
        say("installing Python packages")
        if not is_whole:
            shutil.rmtree(folder, ignore_errors=True)
        # From within the environment to be replaced, use the Python it was made from.
        python = getattr(sys, "_base_executable", None) or sys.executable
        check([python, "-m", "venv", folder], "make a virtual environment")
        pip = [folder / "bin" / "python", "-m", "pip"]
        pins = [f"--requirement={CHECKOUT / 'requirements' / x}" for x in PIN_FILES]
        # The files name every package, so that pip has nothing to choose.
        check([*pip, "install", "--no-deps", *pins], "install Python packages")

    def _build_node(self, folder):
        say("installing what npm has")
        for name in NODE_FILES:
            shutil.copy(CHECKOUT / name, folder)
        npm = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        check(npm, "install npm packages", cwd=folder)

    def _link_odoo(self):
        """Put Odoo on the path of the virtual environment's Python."""
        packages = next((self.root / "venv" / "lib").glob("python3.*/site-packages"))
        link = packages / "odoo_source.pth"
        if not link.is_file() or link.read_text() != f"{self.odoo_path}\n":
            link.write_text(f"{self.odoo_path}\n")

    def _check_source(self):
        """See that ODOO_SOURCE is a source tree of Odoo 19.

        :raise ToolError: when it is not
        """
        release = self.odoo_source / "odoo" / "release.py"
        if not release.is_file() or not (self.odoo_source / "addons").is_dir():
            raise ToolError(
                f"ODOO_SOURCE={self.odoo_source} is no Odoo source tree: it needs"
                " odoo/release.py and addons/."
            )
        found = re.search(r"^version_info = \((\d+), (\d+)", release.read_text(), re.M)
        version = ".".join(found.groups()) if found else "unknown"
        if version != ODOO_VERSION:
            raise ToolError(
                f"ODOO_SOURCE={self.odoo_source} is Odoo {version}; this add-on is for"
                f" Odoo {ODOO_VERSION}."
            )


def _python():
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _digest(folder, names):
    """Hash the files that decide what a part of the environment holds."""
    digest = hashlib.sha256()
    for name in names:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()
