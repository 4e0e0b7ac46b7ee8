"""The add-on where people put it: in site-packages, or in a folder of addons.

Each function here installs it under a folder outside the checkout, and gives the
environment in which Odoo runs with it. Nothing of the checkout is on a path there.
"""

import shutil
import zipfile
from importlib import metadata

from tools.commands import check
from tools.environment import CHECKOUT, ODOO_VERSION, Environment
from tools.environment.databases import ADDON, GLUE, PRODUCT

PINS = CHECKOUT / "requirements" / "installations.txt"
ADDONS = (*PRODUCT, *GLUE)
#: Those whose every requirement is there; OCA's job queue is not.
INSTALLED = (*PRODUCT, f"{ADDON}_payment")


class InstalledEnvironment(Environment):
    """As :class:`Environment`; Odoo is started outside the checkout and without it.

    :param Path folder: an empty place for it
    :param addons: folders with addons besides Odoo's own
    :param Path python: the Python that runs it; by default the environment's
    """

    def __init__(self, folder, addons=(), python=None):
        super().__init__()
        self.addons = tuple(addons)
        self.python = python or self.python
        self.work_dir = folder / "work"
        # Beside the original lie the tools, where Python would find them.
        self.odoo_bin = folder / "bin" / "odoo-bin"
        for path in (self.work_dir, self.odoo_bin.parent):
            path.mkdir()
        shutil.copy(CHECKOUT / "tools" / "environment" / "odoo_bin.py", self.odoo_bin)

    @property
    def addon(self):
        """The folder that Odoo has to find the add-on in."""
        installed = site_packages(self.python) / "odoo" / "addons"
        return (self.addons[0] if self.addons else installed) / ADDON

    @property
    def odoo_command(self):
        return [str(self.python), str(self.odoo_bin)]


# === IN A FOLDER OF ADDONS === #


def copy_addon(target, name=ADDON):
    """Copy an add-on, as it would be checked out, into a folder.

    :return: the copy
    """
    target.mkdir(parents=True, exist_ok=True)
    aside = shutil.ignore_patterns("__pycache__")
    return shutil.copytree(CHECKOUT / name, target / name, ignore=aside)


def zip_addon(folder):
    """Make an archive of the add-on, as a release has it.

    :return: its path
    """
    copy_addon(folder / "release")
    return shutil.make_archive(folder / ADDON, "zip", folder / "release", ADDON)


def in_addons_path(folder):
    """Copy the add-on's folder into one of ``addons_path``.

    :rtype: InstalledEnvironment
    """
    copy_addon(folder / "addons")
    return InstalledEnvironment(folder, [folder / "addons"])


def unzipped(folder):
    """Unpack the add-on's archive into a folder of ``addons_path``.

    :rtype: InstalledEnvironment
    """
    shutil.unpack_archive(zip_addon(folder), folder / "addons")
    return InstalledEnvironment(folder, [folder / "addons"])


# === AS A WHEEL === #


def by_pip(folder):
    """Build wheels, and install them with pip in a fresh virtual environment.

    pip has to find all that they require there without an index. No folder is added
    to ``addons_path``: ``odoo.addons`` is a namespace package, in which Odoo 19 finds
    what pip has put into ``site-packages/odoo/addons``.

    :rtype: InstalledEnvironment
    """
    env, wheels = Environment(), folder / "wheels"
    build_wheels(env, folder, wheels)
    wheel_of_odoo(env, wheels)
    venv = folder / "venv"
    check([env.python, "-m", "venv", venv], "make a virtual environment")
    python = venv / "bin" / "python"
    pip = [python, "-m", "pip", "install", "--no-index", f"--find-links={wheels}"]
    options = {"cwd": folder, "env": env.environ()}
    # Odoo is there first, as for everybody; then the add-on finds it as a requirement.
    check([*pip, f"odoo=={ODOO_VERSION}"], "install Odoo", **options)
    names = [distribution_of(name) for name in INSTALLED]
    check([*pip, *names], "install the wheels", **options)
    return InstalledEnvironment(folder, python=python)


def build_wheels(env, folder, wheels):
    """Build a wheel of each add-on, from a copy of its folder alone.

    :param Environment env: whose pip does it
    :param Path folder: to work in
    :param Path wheels: the folder that they are put into
    """
    backend = folder / "backend"
    pip = [env.python, "-m", "pip"]
    target = [f"--target={backend}", f"--requirement={PINS}"]
    check([*pip, "install", "--no-deps", *target], "install what builds wheels")
    options = ["--no-deps", "--no-build-isolation", f"--wheel-dir={wheels}"]
    copies = [copy_addon(folder / "sources", name) for name in ADDONS]
    check(
        [*pip, "wheel", *options, *copies],
        "build wheels",
        cwd=folder,
        env=env.environ({"PYTHONPATH": str(backend)}),
    )


def wheel_of_odoo(env, wheels):
    """Make a wheel by which pip knows the Odoo of the environment as installed.

    Its metadata is all that it carries; the code stays where it is, and so do the
    packages that Odoo imports.

    :param Environment env: whose Odoo it is
    :param Path wheels: the folder that it is put into
    """
    paths = [env.odoo_path, site_packages(env.python)]
    info = f"odoo-{ODOO_VERSION}.dist-info"
    files = {
        "odoo_elsewhere.pth": [str(path) for path in paths],
        f"{info}/METADATA": [
            "Metadata-Version: 2.1",
            "Name: odoo",
            f"Version: {ODOO_VERSION}",
        ],
        f"{info}/WHEEL": [
            "Wheel-Version: 1.0",
            "Generator: caspit",
            "Root-Is-Purelib: true",
            "Tag: py3-none-any",
        ],
    }
    files[f"{info}/RECORD"] = [f"{name},," for name in (*files, f"{info}/RECORD")]
    with zipfile.ZipFile(wheels / f"odoo-{ODOO_VERSION}-py3-none-any.whl", "w") as file:
        for name, lines in files.items():
            file.writestr(name, "\n".join([*lines, ""]))


def distribution_of(name):
    """:return: the name that pip knows an add-on by"""
    return f"odoo-addon-{name}"


def requirements_of(place, name):
    """Read what an add-on requires, as pip does.

    :param Path place: a wheel, or a folder that pip has installed it into
    :rtype: list[str]
    """
    [found] = metadata.distributions(name=distribution_of(name), path=[str(place)])
    return found.requires


def site_packages(python):
    """:return: the folder of a virtual environment that pip installs into"""
    return next((python.parent.parent / "lib").glob("python3.*/site-packages"))
