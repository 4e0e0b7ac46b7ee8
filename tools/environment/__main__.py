"""``python3 -m tools.environment`` sets up what is missing; ``--remove`` deletes it."""

import sys

from tools import ToolError
from tools.commands import say
from tools.environment import Environment


def main(arguments):
    """Set everything up, or with ``--remove`` delete it.

    :param list arguments: of the command line
    :return: the exit status
    """
    if sys.version_info < (3, 10):  # noqa: UP036 (this is where it is told)
        say("Python 3.10 or later is needed.")
        return 1
    try:
        if arguments == ["--remove"]:
            Environment().remove()
        else:
            Environment().ensure()
    except (ToolError, OSError) as problem:
        say(problem)
        return 1
    return 0


sys.exit(main(sys.argv[1:]))
