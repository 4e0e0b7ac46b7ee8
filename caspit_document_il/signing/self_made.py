# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A certificate that a business makes for itself.

It shows who signed and that nothing changed. That the signer is who he says rests on
the business alone: no authority vouches for it.
"""

from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

YEARS = 3
#: Clocks differ: a document signed right away is within the certificate's time.
EARLIER = timedelta(days=1)
#: What else a key could be for (RFC 5280, 4.2.1.3).
OTHER_USES = (
    *("key_encipherment", "data_encipherment", "key_agreement"),
    *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)
COMMON_NAME_LENGTH = 64  # RFC 5280, ub-common-name and ub-organization-name


def self_made_certificate(key, name, number, country, now):
    """Make a certificate for a key, signed by that very key.

    :param key: a private key of ``cryptography``
    :param str name: the business
    :param str number: its number with the authorities
    :param str country: two letters, as in ISO 3166
    :param datetime.datetime now: UTC, with its time zone
    :rtype: cryptography.x509.Certificate
    """
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, country),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name[:COMMON_NAME_LENGTH]),
            # ETSI EN 319 412-1, 5.1.4: the register, the country, the number.
            x509.NameAttribute(
                NameOID.ORGANIZATION_IDENTIFIER, f"VAT{country}-{number}"
            ),
            x509.NameAttribute(NameOID.COMMON_NAME, name[:COMMON_NAME_LENGTH]),
        ]
    )
    public = key.public_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - EARLIER)
        .not_valid_after(now + timedelta(days=366 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                **dict.fromkeys(OTHER_USES, False),
            ),
            critical=True,
        )
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(public), critical=False
        )
    )
    return builder.sign(key, hashes.SHA256())
