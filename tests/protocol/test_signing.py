"""A signed PDF, read by pyHanko; and the certificate that a business makes itself."""

import asyncio
import io
from datetime import datetime, timedelta, timezone

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.x509.oid import ExtensionOID, NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from reportlab.pdfgen.canvas import Canvas
from signing import Key, UnusableKey, self_made_certificate, sign
from signing import pdf as signing

PEM = serialization.Encoding.PEM
NOW = datetime.now(timezone.utc).replace(microsecond=0)
RSA = rsa.generate_private_key(65537, 2048)
CURVE = ec.generate_private_key(ec.SECP256R1())


def certificate(key, name="Caspit Ltd"):
    return self_made_certificate(key, name, "514444447", "IL", NOW)


def key_of(key, secret=None, cert=None, **more):
    encryption = (
        serialization.BestAvailableEncryption(secret)
        if secret
        else serialization.NoEncryption()
    )
    pem = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, encryption)
    return Key(pem, (cert or certificate(key)).public_bytes(PEM), **more)


@pytest.fixture(scope="module")
def pdf():
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.drawString(100, 700, "Receipt 1")
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize("private", [RSA, CURVE])
def test_a_signed_pdf_holds_and_says_who_and_why(pdf, private):
    signed = sign(pdf, key_of(private), "Caspit Ltd", "Original")
    assert signed.startswith(pdf)
    [found] = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    assert found.field_name == "Signature1"
    told = found.sig_object
    assert (told["/Name"], told["/Reason"]) == ("Caspit Ltd", "Original")
    assert told["/SubFilter"] == "/ETSI.CAdES.detached"
    assert found.docmdp_level == MDPPerm.NO_CHANGES
    own = found.signer_cert
    trust = ValidationContext(trust_roots=[own])
    status = validate_pdf_signature(found, trust)
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert status.md_algorithm == "sha256"


def test_one_changed_byte_shows(pdf):
    signed = sign(pdf, key_of(CURVE), "Caspit Ltd", "Original")
    at = signed.index(b"stream") + 10
    broken = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
    [found] = PdfFileReader(io.BytesIO(broken)).embedded_signatures
    trust = ValidationContext(trust_roots=[found.signer_cert])
    assert not validate_pdf_signature(found, trust).intact


def test_the_certificates_above_come_along(pdf):
    above = certificate(RSA, "Above").public_bytes(serialization.Encoding.DER)
    signed = sign(pdf, key_of(CURVE, chain=(above,)), "Caspit Ltd", "Original")
    [found] = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    assert [each.dump() for each in found.other_embedded_certs] == [above]


def test_an_encrypted_key_opens_with_its_password_alone(pdf):
    assert sign(pdf, key_of(CURVE, b"secret", password=b"secret"), "x", "y")
    for password in (b"wrong", None):
        with pytest.raises(UnusableKey):
            sign(pdf, key_of(CURVE, b"secret", password=password), "x", "y")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Key(b"x", certificate(RSA).public_bytes(PEM)), "PEM"),
        (lambda: Key(key_of(RSA).key, b"x"), "PEM"),
        (lambda: key_of(RSA, cert=certificate(CURVE)), "^the certificate is of anothe"),
    ],
)
def test_what_cannot_sign_says_so(pdf, make, words):
    with pytest.raises(UnusableKey, match=words):
        sign(pdf, make(), "x", "y")


def test_other_kinds_of_keys_do_not_sign(pdf):
    key = ed25519.Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=1))
        .sign(key, None)
    )
    with pytest.raises(UnusableKey, match="^only RSA and elliptic curves sign docu"):
        sign(pdf, key_of(key, cert=made), "x", "y")


def test_a_pdf_that_counts_its_bytes_wrong_by_one_is_signed(pdf):
    start, _, place = pdf[: pdf.rindex(b"%%EOF")].rpartition(b"startxref\n")
    askew = start + b"startxref\n%d\n%%%%EOF\n" % (int(place) + 1)
    signed = sign(askew, key_of(CURVE), "Caspit Ltd", "Original")
    assert signed.startswith(askew) and len(signed) > len(askew)


def test_the_digest_is_the_one_that_is_named(pdf, monkeypatch):
    assert signing.DIGEST == "sha256"
    monkeypatch.setattr(signing, "DIGEST", "sha512")
    signed = sign(pdf, key_of(CURVE), "Caspit Ltd", "Original")
    [found] = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    trust = ValidationContext(trust_roots=[found.signer_cert])
    assert validate_pdf_signature(found, trust).md_algorithm == "sha512"


def test_a_signature_is_as_long_as_was_said_before(pdf):
    signer = key_of(RSA).signer
    dry = asyncio.run(signer.async_sign_raw(b"x", "sha256", dry_run=True))
    made = asyncio.run(signer.async_sign_raw(b"x", "sha256"))
    assert dry == bytes(256) and len(made) == 256
    RSA.public_key().verify(made, b"x", padding.PKCS1v15(), hashes.SHA256())


# === A CERTIFICATE OF ONE'S OWN === #


def test_a_certificate_names_the_business_and_its_number():
    made = certificate(RSA, "n" * 65)
    names = [(each.oid, each.value) for each in made.subject]
    assert names == [
        (NameOID.COUNTRY_NAME, "IL"),
        (NameOID.ORGANIZATION_NAME, "n" * 64),
        (NameOID.ORGANIZATION_IDENTIFIER, "VATIL-514444447"),
        (NameOID.COMMON_NAME, "n" * 64),
    ]
    assert made.issuer == made.subject
    assert made.public_key() == RSA.public_key()
    assert made.serial_number != certificate(RSA).serial_number
    assert isinstance(made.signature_hash_algorithm, hashes.SHA256)
    made.verify_directly_issued_by(made)


def test_a_certificate_is_good_for_three_years_from_yesterday_on():
    made = certificate(CURVE)
    assert made.not_valid_before_utc == NOW - timedelta(days=1)
    assert made.not_valid_after_utc == NOW + timedelta(days=3 * 366)


def test_a_certificate_signs_documents_and_nothing_else():
    made = certificate(CURVE)
    usage = made.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value == x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    basic = made.extensions.get_extension_for_class(x509.BasicConstraints)
    assert basic.critical and basic.value == x509.BasicConstraints(False, None)
    own = made.extensions.get_extension_for_oid(ExtensionOID.SUBJECT_KEY_IDENTIFIER)
    assert not own.critical
    assert own.value == x509.SubjectKeyIdentifier.from_public_key(CURVE.public_key())
