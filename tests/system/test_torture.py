"""A short torture run, as `make torture` does it for a thousand messages."""

import re
import subprocess
import sys

from tools.environment import CHECKOUT, Environment

LIMIT = 300  # seconds


def test_nothing_is_lost_and_nothing_doubled_whatever_dies():
    # A process of its own: its database is in another cluster than the other tests'.
    command = [sys.executable, "-m", "tools.torture"]
    command += ["--messages=40", "--every=7", "--flood=0", "--doors=0"]
    done = subprocess.run(
        command,
        cwd=CHECKOUT,
        env=Environment().environ(),
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )

    figures = dict(re.findall(r"^(\S.*?) {2,}(\S+)$", done.stdout, re.M))
    assert done.returncode == 0, done.stdout + done.stderr
    assert (figures["lost"], figures["doubled"], figures["different"]) == ("0",) * 3
    assert int(figures["messages"]) >= 40
    assert int(figures["kills"]) >= 2
    assert figures["database restarts"] == "1"
    assert figures["account"] == figures["account expected"]
