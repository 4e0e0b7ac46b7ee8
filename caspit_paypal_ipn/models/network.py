# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What went wrong on the way to somebody else, in the reader's language."""

import re

from odoo.tools import LazyTranslate

from .words import in_words

_lt = LazyTranslate(__name__)

#: By what the protocol library says.
SAID = {
    "TLS failure": _lt("TLS failure"),
    "proxy failure": _lt("proxy failure"),
    "connection failed": _lt("connection failed"),
    "no proper HTTP exchange": _lt("no proper HTTP exchange"),
    "neither VERIFIED nor INVALID": _lt("neither VERIFIED nor INVALID"),
    "the name leads into a private network": _lt(
        "the name leads into a private network"
    ),
    "not an https address of the internet": _lt("not an https address of the internet"),
}
NO_ANSWER = re.compile(r"no answer within (?P<seconds>[\d.]+) s")


def trouble(env, said):
    """
    :param env: the reader's environment
    :param str said: by the protocol library, or by anybody else
    :return: the same in the reader's language, as far as it is known
    """
    if said in SAID:
        return in_words(env, SAID[said])
    if late := NO_ANSWER.fullmatch(said or ""):
        return env._("no answer within %s s", late["seconds"])
    return said
