"""Payments by IPN and webhook at once, in short; see :mod:`tools.torture.doors`."""

import re
import subprocess
import sys

from tools.environment import CHECKOUT, Environment

LIMIT = 300  # seconds


def test_each_payment_is_booked_once_whichever_door_it_comes_through():
    command = [sys.executable, "-m", "tools.torture.doors"]
    done = subprocess.run(
        [*command, "--messages=45", "--kills=2"],
        cwd=CHECKOUT,
        env=Environment().environ(),
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    figures = dict(re.findall(r"^(\S.*?) {2,}(\S+)$", done.stdout, re.M))
    assert (figures["faults"], figures["kills"]) == ("0", "2")
    assert int(figures["transactions"]) >= 25
