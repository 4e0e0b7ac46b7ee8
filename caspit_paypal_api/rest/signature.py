# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether PayPal signed a webhook: checked here, without asking PayPal.

What is signed is ``transmission id|time|webhook id|CRC-32 of the raw bytes``, with RSA
and SHA-256. The webhook's id is the one that PayPal gave when the address was
subscribed: never one that stands in a message.
https://developer.paypal.com/api/rest/webhooks/rest/, last checked 2026-11-27.
"""

import base64
import binascii
import zlib
from collections.abc import Mapping
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from . import const, values
from .certificates import Certificates, NotGenuine

_ALGORITHM = "SHA256withRSA"


def check_signature(
    body: bytes,
    headers: Mapping[str, str],
    webhook_id: str,
    received_at: datetime,
    certificates: Certificates,
) -> None:
    """Take a message for PayPal's, or not.

    :param body: the bytes as they came
    :param headers: those of ``const.WEBHOOK_HEADERS``, by their names in lower case
    :param webhook_id: of the subscription, from the configuration
    :param received_at: when the message came, in UTC
    :raise NotGenuine: it is not PayPal's, or too old to be told from a replay
    :raise RestError: the certificate cannot be had now
    """
    told = {name: str(headers.get(name) or "") for name in const.WEBHOOK_HEADERS}
    if not all(told.values()) or any(
        len(text) > const.WEBHOOK_HEADERS[name] for name, text in told.items()
    ):
        raise NotGenuine("headers")
    if told["paypal-auth-algo"] != _ALGORITHM:
        raise NotGenuine("headers")
    _check_time(told["paypal-transmission-time"], received_at)
    key = certificates.key(told["paypal-cert-url"], received_at)
    _check(key, told, signed_text(body, told, webhook_id))


def signed_text(body: bytes, headers: Mapping[str, str], webhook_id: str) -> bytes:
    """What PayPal signs of a message."""
    return "|".join(
        (
            headers["paypal-transmission-id"],
            headers["paypal-transmission-time"],
            webhook_id,
            str(zlib.crc32(body)),
        )
    ).encode("utf-8", "surrogateescape")


def _check_time(text: str, received_at: datetime) -> None:
    """:raise NotGenuine: it was sent too long before it came, or after it"""
    sent_at = values.moment(text)
    if sent_at is None:
        raise NotGenuine("headers")
    age = received_at - sent_at
    if not -const.CLOCKS_DIFFER <= age <= const.WEBHOOK_MAX_AGE:
        raise NotGenuine("too_old")


def _check(key, told: Mapping[str, str], text: bytes) -> None:
    """:raise NotGenuine: another text was signed, or by somebody else"""
    try:
        signature = base64.b64decode(told["paypal-transmission-sig"], validate=True)
        if not isinstance(key, rsa.RSAPublicKey):
            raise InvalidSignature
        key.verify(signature, text, padding.PKCS1v15(), hashes.SHA256())
    except (binascii.Error, ValueError, InvalidSignature):
        raise NotGenuine("signature") from None
