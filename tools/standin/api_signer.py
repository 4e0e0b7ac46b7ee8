"""Who signs the stand-in's webhooks: a certificate authority of its own.

What PayPal does, and what somebody else might try: the certificate of another name,
one that is over, one that nobody trusts.
"""

import base64
import threading
import zlib
from datetime import datetime, timedelta, timezone
from functools import cache, wraps

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

NAME = "messageverificationcerts.paypal.com"
PATH = "/v1/notifications/certs/"
#: The certificates that there are: name, days from now until it begins and ends, and
#: who stands by it.
KINDS = {
    "good": (NAME, -30, 300, "root"),
    "other_name": ("messageverificationcerts.paypal.com.example.com", -30, 300, "root"),
    "expired": (NAME, -300, -1, "root"),
    "untrusted": (NAME, -30, 300, "stranger"),
}


_LOCK = threading.RLock()


def _made_once(make):
    """Keep what was made; of several threads one makes it, and the others wait.

    Else the first signatures could be of keys that no certificate is over.
    """
    kept = cache(make)

    @wraps(make)
    def made(owner):
        with _LOCK:
            return kept(owner)

    return made


@_made_once
def key_of(_owner: str) -> rsa.RSAPrivateKey:
    """Make a key once: it takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@_made_once
def root_of(owner: str) -> x509.Certificate:
    """The root of an authority."""
    name = f"Stand-in {owner}"
    return _certificate(name, -3000, 3000, owner, key_of(owner), name, is_root=True)


@_made_once
def tls_pem(name: str) -> bytes:
    """A certificate for a server of this name, and its key; the root stands by it."""
    key = key_of(name)
    certificate = _certificate(name, -1, 1, "root", key, "Stand-in root")
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return certificate.public_bytes(Encoding.PEM) + secret


@_made_once
def certificate_of(kind: str) -> x509.Certificate:
    """A certificate of :data:`KINDS`, over the key that signs.

    :raise KeyError: there is no such kind
    """
    name, begins, ends, owner = KINDS[kind]
    return _certificate(
        name, begins, ends, owner, key_of("signer"), f"Stand-in {owner}"
    )


def pem_of(kind: str) -> bytes:
    """What the address of a certificate answers: it, and what stands by it.

    :raise KeyError: there is no such kind
    """
    if kind == "root":
        return root_of("root").public_bytes(Encoding.PEM)
    chain = (certificate_of(kind), root_of(KINDS[kind][3]))
    return b"".join(each.public_bytes(Encoding.PEM) for each in chain)


def headers_of(
    body: bytes,
    webhook_id: str,
    transmission_id: str,
    sent_at: datetime,
    cert_url: str,
    key: str = "signer",
) -> dict[str, str]:
    """The headers that PayPal sends along with an event.

    :param key: whose key signs
    """
    moment = sent_at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    text = f"{transmission_id}|{moment}|{webhook_id}|{zlib.crc32(body)}".encode()
    signature = key_of(key).sign(text, padding.PKCS1v15(), hashes.SHA256())
    return {
        "Content-Type": "application/json",
        "PAYPAL-TRANSMISSION-ID": transmission_id,
        "PAYPAL-TRANSMISSION-TIME": moment,
        "PAYPAL-TRANSMISSION-SIG": base64.b64encode(signature).decode(),
        "PAYPAL-CERT-URL": cert_url,
        "PAYPAL-AUTH-ALGO": "SHA256withRSA",
    }


def _certificate(name, begins, ends, owner, key, issuer, is_root=False):
    today = datetime.now(timezone.utc)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today + timedelta(days=begins))
        .not_valid_after(today + timedelta(days=ends))
        .add_extension(x509.BasicConstraints(is_root, None), critical=True)
    )
    if not is_root:
        names = x509.SubjectAlternativeName([x509.DNSName(name)])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(key_of(owner), hashes.SHA256())


def _named(name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
