"""What the command line tools share: saying something, running other programs."""

import subprocess
import sys
from pathlib import Path

from tools import ToolError


def say(line):
    """Tell the person at the terminal something that is no result."""
    print(line, file=sys.stderr, flush=True)


def run(command, **options):
    """Run a command to its end, keeping everything it prints in one text.

    :param command: a list of arguments
    :param options: those of :func:`subprocess.run`; ``input=`` is its standard input,
        which is empty otherwise
    :rtype: subprocess.CompletedProcess
    """
    if "input" not in options:
        options["stdin"] = subprocess.DEVNULL
    return subprocess.run(
        [str(word) for word in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **options,
    )


def check(command, purpose, **options):
    """Run a command that has to succeed.

    :param str purpose: what it was to do, for the message
    :return: what it printed
    :rtype: str
    :raise ToolError: with the end of what it printed, when it fails
    """
    done = run(command, **options)
    if done.returncode:
        name = Path(str(command[0])).name
        raise ToolError(f"Could not {purpose}; {name} said:\n{tail(done.stdout)}")
    return done.stdout


def tail(text, lines=30):
    """Give the last lines of a text."""
    return "\n".join(text.splitlines()[-lines:])
