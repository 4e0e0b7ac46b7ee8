"""What comes from Debian: packages installed on the machine, and Odoo 19 unpacked.

Odoo is not on PyPI. Debian unstable carries it as ``odoo-19``; it is downloaded and
unpacked into the environment folder, never installed on the machine. The mirror is
the one that the machine's own apt configuration names.
"""

import glob
import importlib.util
import os
import shutil
from pathlib import Path

from tools import ToolError
from tools.commands import check, run, say, tail

PACKAGE_LIST = Path(__file__).resolve().parents[2] / "requirements" / "debian.txt"

#: Taken from Debian unstable, because Odoo's package needs them in that version.
UNSTABLE_PACKAGES = ("odoo-19", "fonts-montserrat")
#: Taken from the machine's own release. Odoo's package links to files in them; Font
#: Awesome has to be 4.7, whose file names unstable no longer has.
RELEASE_PACKAGES = (
    "fonts-font-awesome",
    "fonts-glyphicons-halflings",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
)
#: Debian strips this file (it has no source), yet Odoo's backend loads it: without it
#: every page logs an error in the browser's console.
STRIPPED_FILE = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
PYTHON_FOLDER = Path("usr/lib/python3/dist-packages")


def required_packages(text):
    """Read the format of ``requirements/debian.txt``.

    :param str text: lines of package, probe and ``# reason``
    :return: pairs of package and probe, in the order of the file
    :rtype: list[tuple[str, str]]
    """
    lines = (line.partition("#")[0].split() for line in text.splitlines())
    return [(words[0], words[1]) for words in lines if words]


def is_present(probe):
    """Tell whether what a probe looks for is on this machine.

    :param str probe: ``command:NAME``, ``file:GLOB`` or ``module:NAME``
    """
    kind, _colon, what = probe.partition(":")
    if kind == "command":
        return shutil.which(what) is not None
    if kind == "file":
        return bool(glob.glob(what))
    if kind == "module":
        return importlib.util.find_spec(what) is not None
    raise ValueError(f"unknown kind of probe: {probe}")


def require_packages(except_for=()):
    """Install the Debian packages that are missing, as far as that is allowed.

    :param except_for: packages that are not needed this time
    :raise ToolError: naming them, when they are missing and this is not root
    """
    missing = [
        package
        for package, probe in required_packages(PACKAGE_LIST.read_text())
        if package not in except_for and not is_present(probe)
    ]
    if not missing:
        return
    names = " ".join(missing)
    if os.geteuid() != 0:
        raise ToolError(
            f"These Debian packages are missing: {names} - install them as root with"
            f" `apt-get install --no-install-recommends {names}` and try again."
        )
    say(f"installing from Debian: {names}")
    _install(missing)


def _install(packages):
    """Run ``apt-get install``, once more with fresh package lists if that fails."""
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--no-install-recommends"]
    install += ["-o", "DPkg::Lock::Timeout=300", *packages]
    if run(install, env=environ).returncode:
        run(["apt-get", "update"], env=environ)
        check(install, "install Debian packages", env=environ)


class PrivateApt:
    """apt-get with lists and caches of its own, so that it needs no root.

    :param Path folder: where it keeps them
    :param str sources: a source in deb822 format; without it the machine's own
    """

    def __init__(self, folder, sources=None):
        self.folder = folder
        for name in ("state/lists/partial", "cache/archives/partial"):
            (folder / name).mkdir(parents=True)
        self.options = [
            f"Dir::State={folder / 'state'}",
            f"Dir::Cache={folder / 'cache'}",
            "Dir::State::status=/var/lib/dpkg/status",
            "Acquire::Languages=none",
            "APT::Sandbox::User=root",
        ]
        if sources:
            path = folder / "private.sources"
            path.write_text(sources)
            self.options += [f"Dir::Etc::sourcelist={path}", "Dir::Etc::sourceparts=-"]

    def run(self, *arguments, cwd=None):
        options = [word for option in self.options for word in ("-o", option)]
        return run(["apt-get", *options, *arguments], cwd=cwd)

    def debian_mirror(self):
        """Find the mirror that the machine takes Debian itself from.

        :return: its address, or None when there is none (another distribution)
        """
        wanted = "$(ORIGIN) $(LABEL) $(COMPONENT) $(REPO_URI)"
        listed = self.run("indextargets", "--format", wanted, "Created-By: Packages")
        for line in listed.stdout.splitlines():
            if line.startswith("Debian Debian main "):
                return line.split(" ", 3)[3]
        return None

    def download(self, packages, folder):
        """Download packages into a folder.

        :raise ToolError: with the end of what apt-get said
        """
        done = self.run("download", *packages, cwd=folder)
        if done.returncode:
            raise ToolError(
                f"Debian's mirror did not give {' '.join(packages)}; an Odoo 19 of your"
                f" own serves as well: set ODOO_SOURCE to it.\n{tail(done.stdout)}"
            )


def unpack_odoo(target):
    """Download Odoo 19 and everything its package links to, and unpack it.

    :param Path target: an empty folder
    :raise ToolError: when Debian's mirror is out of reach or does not have it
    """
    work = target.with_name(target.name + ".apt")
    shutil.rmtree(work, ignore_errors=True)
    debs = work / "debs"
    debs.mkdir(parents=True)
    say("downloading Odoo 19 from Debian unstable (about 125 MB)")
    release = PrivateApt(work / "release")
    release.run("update")
    mirror = release.debian_mirror()
    if mirror is None:
        raise ToolError(
            "This machine's apt knows no reachable Debian mirror, where Odoo 19 would"
            " come from: set ODOO_SOURCE to an Odoo 19 of your own."
        )
    release.download(RELEASE_PACKAGES, debs)
    unstable = PrivateApt(work / "unstable", _unstable_source(mirror))
    unstable.run("update")
    unstable.download(UNSTABLE_PACKAGES, debs)
    say("unpacking Odoo 19 (about 1.2 GB)")
    for deb in sorted(debs.glob("*.deb")):
        check(["dpkg-deb", "--extract", deb, target], f"unpack {deb.name}")
    _complete(target)
    version = ["dpkg-deb", "--field", *debs.glob("odoo-19_*.deb"), "Version"]
    (target / "VERSION").write_text(check(version, "read Odoo's package"))
    shutil.rmtree(work)


def _unstable_source(mirror):
    """Describe Debian unstable on a mirror, in deb822 format."""
    keyrings = glob.glob("/usr/share/keyrings/debian-archive-keyring.[gp][pg]*")
    if not keyrings:
        raise ToolError("The Debian package debian-archive-keyring is missing.")
    return (
        f"Types: deb\nURIs: {mirror}\nSuites: sid\nComponents: main\n"
        f"Signed-By: {sorted(keyrings)[0]}\n"
    )


def _complete(target):
    """Add the file that Debian strips, and see that no link points nowhere."""
    addons = target / PYTHON_FOLDER / "odoo" / "addons"
    stripped = addons / STRIPPED_FILE
    stripped.parent.mkdir(parents=True, exist_ok=True)
    stripped.touch()
    dangling = check(["find", addons, "-xtype", "l"], "look through Odoo")
    if dangling:
        raise ToolError(
            "Odoo's package from Debian links to files that are in none of the packages"
            f" downloaded with it:\n{dangling}"
        )
