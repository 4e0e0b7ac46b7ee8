# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the authority answers, and what it means for a document."""

from dataclasses import dataclass

#: The dealer has to choose: cancel, go on without, object, or reverse charge.
REFUSALS = ("460", "461")


@dataclass(frozen=True)
class Answer:
    """The authority gave a number.

    :ivar str number: the whole of it
    """

    number: str


class AuthorityError(Exception):
    """There is no number.

    :param str code: the authority's, or ''
    :param str text: what it says, in its own words
    """

    def __init__(self, code="", text=""):
        super().__init__(code, text)
        self.code = code
        self.text = text


class Away(AuthorityError):
    """It did not answer, or not now: asking again later may help."""


class NotAllowed(AuthorityError):
    """The permission is missing or has ended: the dealer has to connect again."""


class Refused(AuthorityError):
    """It gives no number, and the dealer has to choose what to do."""


class Faulty(AuthorityError):
    """Something in the request is wrong; a person has to mend it."""


def read(status, answer):
    """Read what the authority answers to a request for a number.

    ``200`` with the number 0 is a no, and the reasons lie in ``message``.

    :param int status: HTTP's
    :param answer: the JSON, or None
    :rtype: Answer
    :raise AuthorityError: there is no number
    """
    if status == 200 and isinstance(answer, dict):
        number = str(answer.get("confirmation_number") or "0")
        if number.strip("0"):
            return Answer(number)
        code, text = _error(answer)
        raise (Refused if code in REFUSALS else Faulty)(code, text)
    code, text = _error(answer)
    if status in (401, 403, 406):
        raise NotAllowed(str(status), text)
    if status in (400, 404, 422):
        raise Faulty(code or str(status), text)
    raise Away(str(status), text)


def _error(answer):
    """:return: the code and the words of the first error in an answer"""
    message = answer.get("message") if isinstance(answer, dict) else None
    for part in message if isinstance(message, list) else [message]:
        for error in part.get("errors") or [] if isinstance(part, dict) else []:
            return str(error.get("code") or ""), str(error.get("message") or "")
    return "", message if isinstance(message, str) else ""
