# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keep the addresses of our mails out of the log.

Odoo hides to whom a mail went, but not whom the mail server refused: that line, and its
traceback, name the recipient. The record of the mail has him, where access rules guard
it; a log has none. Only the recipients of our own mails are hidden, while they are
sent, and in the thread that sends them: nobody else's log changes.
"""

import contextlib
import logging
import re
from contextvars import ContextVar

LOGGERS = (
    "odoo.addons.mail.models.mail_mail",
    "odoo.addons.base.models.ir_mail_server",
)
ADDRESS = re.compile(r"[^\s<>()\[\]{}'\",;:]+@[^\s<>()\[\]{}'\",;:]+")
MASK = "***@***"

#: Addresses of the mails that are being sent, in lower case.
_hidden = ContextVar("caspit_paypal_ipn_hidden", default=frozenset())


class AddressFilter(logging.Filter):
    """Masks the recipients that are hidden now in a record's message and traceback."""

    def filter(self, record):
        if not _hidden.get():
            return True
        text = record.getMessage()
        if (without := masked(text)) != text:
            record.msg, record.args = without, ()
        if record.exc_info and not record.exc_text:
            trace = logging.Formatter().formatException(record.exc_info)
            if (without := masked(trace)) != trace:
                record.exc_text = without
        return True


def masked(text):
    """:return: the text without the addresses in it that are hidden now"""
    return ADDRESS.sub(
        lambda found: MASK if found[0].lower() in _hidden.get() else found[0], text
    )


@contextlib.contextmanager
def hidden(texts):
    """Hide addresses from the log.

    :param texts: what holds the addresses, with names or without
    """
    found = {each.lower() for text in texts for each in ADDRESS.findall(text)}
    token = _hidden.set(_hidden.get() | found)
    try:
        yield
    finally:
        _hidden.reset(token)


def install():
    """Filter the loggers that name addresses; once in each process."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(known, AddressFilter) for known in logger.filters):
            logger.addFilter(AddressFilter())
