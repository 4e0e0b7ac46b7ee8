# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keep people's addresses out of the log.

Odoo logs the address of a mail that the mail server refuses, and its traceback repeats
it. The record of the mail has it, where access rules guard it; a log has none.
"""

import logging
import re

LOGGERS = (
    "odoo.addons.mail.models.mail_mail",
    "odoo.addons.base.models.ir_mail_server",
)
ADDRESS = re.compile(r"[^\s<>()\[\]{}'\",;:]+@[^\s<>()\[\]{}'\",;:]+")


class AddressFilter(logging.Filter):
    """Masks e-mail addresses in a record's message and traceback."""

    def filter(self, record):
        record.msg, record.args = masked(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            text = logging.Formatter().formatException(record.exc_info)
            record.exc_text = masked(text)
        return True


def masked(text):
    """:return: the text without the addresses in it"""
    return ADDRESS.sub("***@***", text)


def install():
    """Filter the loggers that name addresses; once in each process."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(known, AddressFilter) for known in logger.filters):
            logger.addFilter(AddressFilter())
