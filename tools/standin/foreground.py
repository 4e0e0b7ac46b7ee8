"""What the command line tools share: serving until somebody ends them."""

import contextlib
import signal
import sys
from collections.abc import Callable


def run_in_foreground(serve: Callable[[], None]) -> None:
    """Run ``serve`` until Ctrl-C or SIGTERM, which end the program with success.

    A missing file, a taken port or a wrong value ends it with one line of explanation.

    :param serve: does not return by itself; cleans up on :class:`KeyboardInterrupt`
    """
    # SIGINT too: a shell starts background jobs with it ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        try:
            serve()
        except (OSError, ValueError) as error:
            sys.exit(str(error))
