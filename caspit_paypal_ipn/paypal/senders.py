# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where a message was sent from, as far as an address tells.

An address proves nothing, and nothing is refused for it: it says who is served first
when more comes than can be worked.
"""

from functools import lru_cache
from ipaddress import ip_address, ip_network

#: Address blocks known as PayPal's servers' (AS 17012); not confirmed by a page
#: of PayPal's, and no proof of anything: they only decide who goes first. What is
#: missing here is learnt from the first message that PayPal confirms.
PUBLISHED = tuple(
    map(
        ip_network,
        (
            "64.4.240.0/20",
            "66.211.168.0/22",
            "91.243.72.0/23",
            "173.0.80.0/20",
            "185.177.52.0/22",
            "192.160.215.0/24",
            "198.54.216.0/23",
        ),
    )
)
#: Of an IPv6 address the network counts: a single host has the rest for itself.
IPV6_PREFIX = 64
#: PayPal sends from few addresses, and reading one takes as long as keeping a message.
KEPT_ANSWERS = 1024


@lru_cache(KEPT_ANSWERS)
def sender_of(address):
    """Bring an address into the form by which a sender is known.

    :param str address: of the request, as the server or its proxy tells
    :return: an IPv4 address, or the network of an IPv6 address; '' for what is none
    """
    try:
        ip = ip_address(address or "")
    except ValueError:
        return ""
    if ip.version == 6:
        if ip.ipv4_mapped is None:
            return str(ip_network((ip, IPV6_PREFIX), strict=False))
        ip = ip.ipv4_mapped
    return str(ip)


@lru_cache(KEPT_ANSWERS)
def is_published(sender):
    """:return: whether PayPal publishes a sender's address as its own"""
    return any(_host(sender) in block for block in PUBLISHED) if sender else False


@lru_cache(KEPT_ANSWERS)
def tells_something(sender):
    """:return: whether an address tells senders apart; that of a proxy does not"""
    return bool(sender) and _host(sender).is_global


def _host(sender):
    return ip_address(sender.partition("/")[0])
