# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whose fault an error is: the message's, another worker's, or the database's.

What a message causes is put aside with that message. Whatever else goes wrong says
nothing about it: the transaction is given up, and the claim brings the message back.
"""

import traceback

from psycopg2 import Error, InterfaceError, InternalError, OperationalError

from odoo.exceptions import ConcurrencyError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

#: Another worker was faster: no fault, and the next look sees what it has left.
CONFLICTS = (*PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, ConcurrencyError)
#: Classes of SQLSTATE that the values in hand cause, and nothing around them: data
#: exception, integrity, program limit exceeded (an index row that is too long).
#: https://www.postgresql.org/docs/current/errcodes-appendix.html
OF_THE_VALUES = ("22", "23", "54")
#: What PostgreSQL raises when it, or the connection, is not well: it shuts down, is
#: read only, the disk is full, or the transaction is over.
OF_THE_DATABASE = (OperationalError, InternalError, InterfaceError)


def is_beyond_the_message(error):
    """Whether an error says nothing about the message that was in hand.

    :param Exception error: what a step raised
    :return: whether the whole transaction has to be given up, and tried again
    """
    if isinstance(error, ConcurrencyError):
        return True
    if isinstance(error, Error) and (error.pgcode or "")[:2] in OF_THE_VALUES:
        return False
    return isinstance(error, OF_THE_DATABASE)


def details_of(error):
    """:return: the traceback of an exception, as the Technical tab shows it"""
    return "".join(traceback.format_exception(error))
