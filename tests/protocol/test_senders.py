"""What the address that a message came from tells."""

import pytest
from paypal.senders import (
    is_published,
    sender_of,
    tells_something,
)


@pytest.mark.parametrize(
    ("address", "sender"),
    [
        ("173.0.81.1", "173.0.81.1"),
        ("::ffff:173.0.81.1", "173.0.81.1"),
        ("2001:4860:4860::8888", "2001:4860:4860::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unix:", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_sender_is_an_address_or_the_network_of_an_ipv6_host(address, sender):
    assert sender_of(address) == sender


@pytest.mark.parametrize(
    ("sender", "is_one_of_paypals", "tells"),
    [
        ("173.0.81.1", True, True),
        ("64.4.255.255", True, True),
        ("64.5.0.0", False, True),
        ("2001:4860:4860::/64", False, True),
        ("127.0.0.1", False, False),
        ("10.0.0.1", False, False),
        ("", False, False),
    ],
)
def test_a_public_address_tells_senders_apart(sender, is_one_of_paypals, tells):
    assert is_published(sender) is is_one_of_paypals
    assert tells_something(sender) is tells
