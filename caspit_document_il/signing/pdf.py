# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A PAdES signature (profile B-B, ETSI EN 319 142-1) over a whole PDF."""

from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

FIELD = "Signature1"
DIGEST = "sha256"


class UnusableKey(ValueError):
    """Key or certificate cannot be read, or one is not the other's."""


@dataclass(frozen=True)
class Key:
    """What a document is signed with.

    :ivar bytes key: the private key, as PEM
    :ivar bytes certificate: the signer's certificate, as PEM
    :ivar tuple chain: the certificates above it, as DER; those that are known
    :ivar bytes password: of the key, if it is encrypted
    """

    key: bytes
    certificate: bytes
    chain: tuple = ()
    password: bytes | None = None

    @cached_property
    def signer(self):
        """What pyHanko signs with.

        The primes of an RSA key are not tried anew for each document, which takes
        longer than all the rest: that key and certificate fit is seen from both.

        :raise UnusableKey: it cannot be read
        """
        try:
            key = serialization.load_pem_private_key(
                self.key, self.password, unsafe_skip_rsa_key_validation=True
            )
            certificate = x509.load_pem_x509_certificate(self.certificate)
        except (TypeError, ValueError) as error:
            raise UnusableKey(str(error)) from error
        if key.public_key() != certificate.public_key():
            raise UnusableKey("the certificate is of another key")
        store = SimpleCertificateStore()
        store.register_multiple(Certificate.load(each) for each in self.chain)
        if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            raise UnusableKey("only RSA and elliptic curves sign documents here")
        own = Certificate.load(certificate.public_bytes(Encoding.DER))
        return _Signer(key, signing_cert=own, cert_registry=store)


class _Signer(signers.Signer):
    """Signs with a key that was loaded once; pyHanko's own loads it twice a document.

    :param key: a private key of ``cryptography``
    """

    def __init__(self, key, **parts):
        super().__init__(**parts)
        self._key = key

    async def async_sign_raw(self, data, digest_algorithm, dry_run=False):
        digest = getattr(hashes, digest_algorithm.upper())()
        if isinstance(self._key, rsa.RSAPrivateKey):
            if dry_run:  # only the length is asked for
                return bytes(self._key.key_size // 8)
            return self._key.sign(data, padding.PKCS1v15(), digest)
        return self._key.sign(data, ec.ECDSA(digest))


def sign(pdf, key, name, reason):
    """Sign a PDF so that no byte of it can change unnoticed.

    It is a certification signature: readers also say of it that nothing may be added.
    Its time is what the signer's clock says; no time stamp authority is asked.

    :param bytes pdf: the document
    :param Key key: whose signature it is
    :param str name: who signs, for people
    :param str reason: why, for people
    :return: the signed PDF; the document's own bytes are its beginning
    :rtype: bytes
    :raise UnusableKey: the key cannot be read
    """
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        name=name,
        reason=reason,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    signer = signers.PdfSigner(metadata, signer=key.signer)
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
    return signer.sign_pdf(writer).getvalue()
