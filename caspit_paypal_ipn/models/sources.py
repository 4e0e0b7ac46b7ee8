# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where a message comes from, and all that differs by it.

A source says how its messages are read, what proves them, and who hears of them. What
comes after ``verified`` is the same for all. ``paypal.ipn._sources`` gives the table as
add-ons have extended it, by :attr:`Source.code`.
"""

from functools import lru_cache, partial

from ..paypal import Message, verify_many

#: Messages that a process has read lately: booking one asks for it eight times.
#: What they are read into cannot be changed.
READ_LATELY = 256
read_message = lru_cache(READ_LATELY)(Message.parse)


class Source:
    """One source, and the defaults of all.

    :cvar str code: of the selection ``paypal.ipn.source``
    :cvar str label: what it is called on the screen, in English
    :cvar tuple headers: names of the HTTP headers that are kept with the body
    :cvar bool needs_proof: somebody has to be asked whether a message is genuine; else
        the source itself is the proof, and a message begins at ``verified``
    :cvar bool is_forwarded: its bytes mean something to others, who may get them, too
    :cvar int rank: of messages that are due at once, a lower rank goes first
    """

    code = ""
    label = ""
    headers = ()
    needs_proof = False
    is_forwarded = False
    rank = 0

    def message_of(self, ipn):
        """Read a message from what was kept of it.

        :param ipn: one ``paypal.ipn``
        :rtype: paypal.message.Message
        :raise paypal.MalformedMessage: it cannot be read
        """
        return read_message(ipn._body_bytes())

    def fields_of(self, ipn):
        """What was kept of a message as fields of PayPal's, to show or to erase them.

        :param ipn: one ``paypal.ipn``
        :return: texts by name; also of what cannot be read as a message
        """
        return Message.decode(ipn._body_bytes())

    def proof(self, ipns):
        """Prepare to ask whether messages are genuine.

        :param ipns: ``paypal.ipn`` records of one company
        :return: a function without arguments that uses no database, and answers with
            an :class:`~..paypal.Answer` for each message, in their order. The detail
            of INVALID is a variant of that reason, see :mod:`.reasons`
        """
        raise NotImplementedError

    def mails_customer(self, ipn):
        """:return: whether the customer gets what is made of a message by mail"""
        return True

    def mails_merchant(self, ipn):
        """:return: whether the merchant may be told of a message as of news"""
        return True

    def remark(self, ipn):
        """:return: what the document says of where it is from, or nothing"""


class Ipn(Source):
    """PayPal's Instant Payment Notification: PayPal is asked back with its bytes."""

    code = "ipn"
    label = "PayPal's message"
    needs_proof = True
    is_forwarded = True

    def proof(self, ipns):
        url = ipns.company_id._paypal_postback_url()
        bodies = [ipn._body_bytes() for ipn in ipns]
        return partial(verify_many, bodies, url, ipns._connections())


#: What the main line knows; the first is where messages come from by default.
SOURCES = (Ipn(),)
DEFAULT = SOURCES[0].code
SELECTION = [(source.code, source.label) for source in SOURCES]
