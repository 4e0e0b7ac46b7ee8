# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The program that prints PDFs, bounded: it ends in time, and with its worker.

Odoo waits for wkhtmltopdf for ever, and a worker that is killed leaves it running.
While a receipt is printed it gets a time-out, a process group that is killed as a
whole, and Linux's word to end when its parent does. Whatever else Odoo prints is left
alone.
"""

import contextlib
import ctypes
import functools
import os
import signal
import subprocess
from contextvars import ContextVar

from odoo.addons.base.models import ir_actions_report

#: Seconds that one receipt may take; two are usual, and a worker of Odoo has 120.
TIMEOUT = 90
PR_SET_PDEATHSIG = 1  # linux/prctl.h

_bound = ContextVar("caspit_paypal_ipn_pdf", default=None)


class EngineTooSlow(Exception):
    """The program has not printed a receipt in time, and was ended."""


@contextlib.contextmanager
def bounded(seconds=TIMEOUT):
    """Bound the PDF engine.

    :param float seconds: after so long it is ended
    """
    token = _bound.set(seconds)
    try:
        yield
    finally:
        _bound.reset(token)


def run(original, args):
    """Run the engine as Odoo does, bounded if we are the ones who print.

    :param original: Odoo's own function
    :param list args: of the command line
    :rtype: subprocess.CompletedProcess
    :raise EngineTooSlow: it takes too long
    """
    seconds = _bound.get()
    if seconds is None:
        return original(args)
    return run_in_time([ir_actions_report._wkhtml().bin, *args], seconds)


def run_in_time(command, seconds):
    """Run a program to its end, or end it with all that it has started.

    :param list command: the program and its arguments
    :param float seconds: that it may take
    :rtype: subprocess.CompletedProcess
    :raise EngineTooSlow: it takes longer
    """
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=_end_with_parent,
    ) as process:
        try:
            out, err = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise EngineTooSlow(
                f"the program that prints PDFs took more than {seconds} seconds"
            ) from None
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    return subprocess.CompletedProcess(command, process.returncode, out, err)


_prctl = getattr(ctypes.CDLL(None), "prctl", None)


def _end_with_parent():
    if _prctl:
        _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def install():
    """Stand before Odoo's function; once in each process."""
    original = ir_actions_report._run_wkhtmltopdf
    if getattr(original, "func", None) is not run:
        ir_actions_report._run_wkhtmltopdf = functools.partial(run, original)
