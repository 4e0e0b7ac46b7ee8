# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The certificate that a webhook's signature is checked with, from PayPal alone.

Its address stands in the message, so nothing is asked that is not PayPal's own host;
and what is given has to have a chain to a root that this machine trusts, and PayPal's
name. Sources: https://developer.paypal.com/api/rest/webhooks/rest/, last checked
2026-11-27; that the name ends like this is what PayPal's own libraries look at.
"""

import re
import threading
import time
from datetime import datetime

import requests.certs
from cryptography import x509
from cryptography.x509.oid import NameOID
from OpenSSL import crypto

from . import const
from .http import Http, RestError

_PEM = re.compile(
    rb"-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----"
)
#: Such as CERT-360caa42-fca2a594-5edc0ebc.
_NAME = re.compile(r"[A-Za-z0-9_-]{1,200}", re.ASCII)
#: OpenSSL's codes: the certificate is not valid yet, or not any longer.
_OUTDATED = frozenset({9, 10})


class NotGenuine(Exception):
    """What a message came with proves that it is not PayPal's.

    :ivar code: why, one of ``const.WEBHOOK_REFUSALS``
    """

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class Certificates:
    """Certificates of one environment, kept by their address.

    :param origins: the hosts that may have them, as ``https://…``
    :param root_path: where a stand-in has the root of its own; none: the roots that
        this machine trusts
    """

    def __init__(self, origins: tuple[str, ...], root_path: str = ""):
        self._origins = origins
        self._root_path = root_path
        self._kept: dict[str, tuple[float, bytes]] = {}
        self._lock = threading.Lock()

    def key(self, url: str, moment: datetime):
        """The public key that a certificate stands by.

        :param url: as the message names it
        :param moment: when the certificate has to be valid, in UTC
        :raise NotGenuine: it is not PayPal's
        :raise RestError: it cannot be had now
        """
        origin, path = self._place(url)
        leaf, *others = _certificates(self._content(origin, path))
        self._check_chain(origin, leaf, others, moment)
        found = leaf.to_cryptography()
        if not any(map(_is_paypals, _names(found))):
            raise NotGenuine("certificate_name")
        return found.public_key()

    def _place(self, url: str) -> tuple[str, str]:
        """:raise NotGenuine: an address that is none of PayPal's certificates"""
        for origin in self._origins:
            name = url.removeprefix(origin + const.CERTIFICATES_PATH)
            if name != url and _NAME.fullmatch(name):
                return origin, const.CERTIFICATES_PATH + name
        raise NotGenuine("host")

    def _content(self, origin: str, path: str) -> bytes:
        """:raise RestError: there is no answer, or none with a certificate"""
        now = time.monotonic()
        with self._lock:
            kept = self._kept.get(origin + path)
        if kept and now < kept[0]:
            return kept[1]
        http = Http(origin, timeout=const.WEBHOOK_TIMEOUT)
        try:
            content = http.fetch(path, const.MAX_CERTIFICATE_BYTES)
        finally:
            http.close()
        _certificates(content)  # what is none is not kept
        with self._lock:
            if len(self._kept) >= const.CERTIFICATES_KEPT:
                self._kept.clear()
            self._kept[origin + path] = now + const.CERTIFICATES_FOR, content
        return content

    def _check_chain(self, origin, leaf, others, moment) -> None:
        """:raise NotGenuine: no trusted root stands by it at that moment"""
        store = crypto.X509Store()
        if self._root_path:
            for root in _certificates(self._content(origin, self._root_path)):
                store.add_cert(root)
        else:
            store.load_locations(requests.certs.where())
        store.set_time(moment)
        try:
            crypto.X509StoreContext(store, leaf, others).verify_certificate()
        except crypto.X509StoreContextError as error:
            outdated = error.errors[0] in _OUTDATED
            code = "certificate_expired" if outdated else "certificate_chain"
            raise NotGenuine(code) from None


def _certificates(content: bytes) -> list[crypto.X509]:
    """:raise RestError: there is none"""
    try:
        found = [
            crypto.load_certificate(crypto.FILETYPE_PEM, pem)
            for pem in _PEM.findall(content)
        ]
    except (crypto.Error, ValueError):
        found = []
    if not found:
        raise RestError(const.NO_ANSWER, "no certificate")
    return found


def _names(certificate: x509.Certificate) -> list[str]:
    """Whose certificate it is: its names in the DNS, else its common name."""
    try:
        extension = certificate.extensions.get_extension_for_class(
            x509.SubjectAlternativeName
        )
    except (x509.ExtensionNotFound, ValueError):
        subject = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return [str(each.value) for each in subject]
    return extension.value.get_values_for_type(x509.DNSName)


def _is_paypals(name: str) -> bool:
    return name.lower().endswith(".paypal.com")
