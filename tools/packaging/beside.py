"""The environment with other people's add-ons, in a folder of their own.

They come as packages that lie in ``odoo/addons``, and ask for an Odoo that pip itself
has installed. So pip is told every name and resolves nothing.
"""

import shutil

from tools.commands import check, say
from tools.environment import Environment

PINS = "beside.txt"


class EnvironmentBeside(Environment):
    """As :class:`Environment`; Odoo finds the OCA's add-ons in it, too."""

    @property
    def beside(self):
        """The folder that the packages are in."""
        return self.root / "beside"

    @property
    def addons_path(self):
        return f"{super().addons_path},{self.beside / 'odoo' / 'addons'}"

    def environ(self, *extra):
        # Beside add-ons there are Python packages that these import.
        return super().environ({"PYTHONPATH": str(self.beside)}, *extra)

    def ensure_beside(self):
        """Install what the pins name, unless it is there.

        :raise tools.ToolError: pip cannot
        """
        pins = self.checkout / "requirements" / PINS
        stamp, key = self.beside / "stamp", pins.read_text()
        with self.lock("beside"):
            if stamp.is_file() and stamp.read_text() == key:
                return
            say("installing add-ons of the OCA")
            shutil.rmtree(self.beside, ignore_errors=True)
            pip = [self.python, "-m", "pip", "install", "--no-deps"]
            target = [f"--target={self.beside}", f"--requirement={pins}"]
            check([*pip, *target], "install add-ons of the OCA")
            stamp.write_text(key)
