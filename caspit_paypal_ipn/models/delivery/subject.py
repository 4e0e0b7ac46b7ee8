# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from email.header import Header


class Subject(str):
    """A subject that every mail program shows as it was written.

    Python's own way of folding (``email.headerregistry``) loses a blank where a line
    ends between two encoded words: RFC 2047, section 6.2, has the blank between them
    ignored. Here the blanks stand inside the encoded words.
    """

    #: As the policy of a message asks of a header that is ready.
    name = "Subject"

    def fold(self, *, policy):
        """Write the header, as the policy of a message has it done.

        :param email.policy.Policy policy: of the message
        :return: its lines, each of at most 75 signs, with their ends
        """
        text = Header(str(self), "utf-8", header_name=self.name)
        return f"{self.name}: {text.encode(linesep=policy.linesep)}{policy.linesep}"


def subject(text):
    """
    :param str text: the subject, in whatever language
    :return: what an e-mail message takes for its subject; plain English stays as it is
    """
    text = " ".join((text or "").split())
    return text if text.isascii() else Subject(text)
