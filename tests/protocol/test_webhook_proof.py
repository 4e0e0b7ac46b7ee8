"""What proves a webhook: what is signed, the headers, and the certificate's keeping."""

import base64
from datetime import datetime, timedelta, timezone

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from rest import (
    Certificates,
    NotGenuine,
    RestError,
    certificates,
    check_signature,
    const,
    signed_text,
)

NOW = datetime(2026, 11, 27, 12, tzinfo=timezone.utc)
DAY = timedelta(days=1)
URL = "https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594"
KEY = rsa.generate_private_key(65537, 2048)
BODY = b"123456789"  # whose CRC-32 stands in every description of it: CBF43926
HEADERS = {
    "paypal-transmission-id": "69cd13f0-d67a-11e5-baa3-778b53f4ae55",
    "paypal-transmission-time": "2026-11-27T12:00:00Z",
    "paypal-cert-url": URL,
    "paypal-auth-algo": "SHA256withRSA",
}


class Keys:
    """Certificates that are known to be good."""

    def __init__(self, key=KEY):
        self.public, self.asked = key.public_key(), []

    def key(self, url, moment):
        self.asked.append((url, moment))
        return self.public


def signed(**changed):
    headers = HEADERS | {name.replace("_", "-"): x for name, x in changed.items()}
    text = signed_text(BODY, headers, "8XY")
    signature = KEY.sign(text, padding.PKCS1v15(), hashes.SHA256())
    return {"paypal-transmission-sig": base64.b64encode(signature).decode(), **headers}


def refusal(headers, keys=None, received_at=NOW):
    """:return: why a message is refused; '' when it is PayPal's"""
    try:
        check_signature(BODY, headers, "8XY", received_at, keys or Keys())
    except NotGenuine as error:
        assert str(error) == error.code
        return error.code
    return ""


# === THE SIGNATURE === #


def test_what_is_signed_is_id_time_webhook_and_crc():
    text = b"69cd13f0-d67a-11e5-baa3-778b53f4ae55|2026-11-27T12:00:00Z|8XY|%d"
    assert signed_text(BODY, HEADERS, "8XY") == text % 0xCBF43926
    odd = HEADERS | {"paypal-transmission-id": "\u05d0\udcff"}
    assert signed_text(b"", odd, "8").startswith(b"\xd7\x90\xff|")


def test_the_certificate_is_asked_for_of_the_moment_of_arrival():
    keys = Keys()
    assert refusal(signed(), keys) == ""
    assert keys.asked == [(URL, NOW)]


@pytest.mark.parametrize("name", [*HEADERS, "paypal-transmission-sig"])
@pytest.mark.parametrize("text", ["", None, "x" * 501])
def test_a_header_that_is_missing_or_too_long_is_refused_unasked(name, text):
    keys = Keys()
    assert refusal(signed() | {name: text}, keys) == "headers"
    assert keys.asked == []


def test_an_id_has_fifty_letters_at_most():
    assert refusal(signed(paypal_transmission_id="x" * 50)) == ""
    assert refusal(signed(paypal_transmission_id="x" * 51)) == "headers"


def test_another_algorithm_and_no_time_are_refused():
    assert refusal(signed(paypal_auth_algo="SHA1withRSA")) == "headers"
    assert refusal(signed(paypal_transmission_time="noon")) == "headers"


@pytest.mark.parametrize(
    ("late", "code"),
    [
        (4 * DAY, ""),
        (4 * DAY + timedelta(seconds=1), "too_old"),
        (-timedelta(minutes=10), ""),
        (-timedelta(minutes=10, seconds=1), "too_old"),
    ],
)
def test_a_message_counts_for_four_days_and_clocks_differ(late, code):
    assert refusal(signed(), received_at=NOW + late) == code


def test_a_signature_is_base64_without_anything_else():
    headers = signed()
    text = headers["paypal-transmission-sig"]
    for wrong in (text + "\n", text[:-1], text.replace("=", "*"), "\u05d0"):
        headers["paypal-transmission-sig"] = wrong
        assert refusal(headers) == "signature"


def test_another_key_and_another_kind_of_key_are_refused():
    other = rsa.generate_private_key(65537, 2048)
    curve = ec.generate_private_key(ec.SECP256R1())
    assert refusal(signed(), Keys(other)) == "signature"
    assert refusal(signed(), Keys(curve)) == "signature"


# === THE CERTIFICATE === #


def named(name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def certificate(name, issuer, signer, key=KEY, dns=(), is_ca=False):
    """One that is good from yesterday till tomorrow."""
    builder = (
        x509.CertificateBuilder(named(issuer), named(name), key.public_key(), 7)
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + DAY)
        .add_extension(x509.BasicConstraints(is_ca, None), critical=True)
    )
    if dns:
        names = x509.SubjectAlternativeName([*map(x509.DNSName, dns)])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(signer, hashes.SHA256()).public_bytes(Encoding.PEM)


ROOT_KEY = ec.generate_private_key(ec.SECP256R1())
ROOT = certificate("Root", "Root", ROOT_KEY, ROOT_KEY, is_ca=True)
LEAF = certificate("a.paypal.com", "Root", ROOT_KEY)


@pytest.fixture
def host(monkeypatch):
    """What PayPal's host has, by path; ``asked`` is what was fetched."""

    class Host(dict):
        asked, open_calls = [], 0

    host = Host({URL[22:]: LEAF, "/root": ROOT})
    host.asked = []

    class Http:
        def __init__(self, origin, timeout):
            assert (origin, timeout) == ("https://api.paypal.com", 10)
            host.open_calls += 1

        def fetch(self, path, limit):
            assert limit == 65_536
            host.asked.append(path)
            return host[path]

        def close(self):
            host.open_calls -= 1

    monkeypatch.setattr(certificates, "Http", Http)
    return host


def kept():
    return Certificates(("https://api.paypal.com",), "/root")


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(certificates.time, "monotonic", lambda: now[0])
    return now


def code_of(content, host, moment=NOW):
    host[URL[22:]] = content
    try:
        assert kept().key(URL, moment) == KEY.public_key()
    except NotGenuine as error:
        return error.code
    return ""


def test_a_certificate_is_fetched_anew_after_six_hours(host, clock):
    keeping = kept()
    for _each in range(2):
        assert keeping.key(URL, NOW) == KEY.public_key()
    clock[0] += 21_599
    keeping.key(URL, NOW)
    assert host.asked == [URL[22:], "/root"] and host.open_calls == 0
    clock[0] += 1
    keeping.key(URL, NOW)
    assert host.asked == [URL[22:], "/root"] * 2


def test_as_many_are_kept_as_are_said(host, monkeypatch):
    monkeypatch.setattr(const, "CERTIFICATES_KEPT", 2)
    keeping = kept()
    host[URL[22:] + "2"] = LEAF
    keeping.key(URL, NOW)
    keeping.key(URL, NOW)
    assert host.asked == [URL[22:], "/root"]
    keeping.key(URL + "2", NOW)  # the two go, and the root is asked for again
    assert host.asked == [URL[22:], "/root", URL[22:] + "2", "/root"]


BROKEN = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"


@pytest.mark.parametrize("content", [b"", b"<html>", BROKEN, BROKEN + b"\n" + LEAF])
def test_what_is_no_certificate_is_no_answer_and_not_kept(host, content):
    host[URL[22:]], keeping = content, kept()
    with pytest.raises(RestError) as caught:
        keeping.key(URL, NOW)
    error = caught.value
    assert (error.code, error.detail) == ("no_answer", "no certificate")
    assert host.open_calls == 0
    host[URL[22:]] = LEAF
    assert keeping.key(URL, NOW) == KEY.public_key()


def test_a_fetch_that_fails_closes_its_connection(host):
    del host[URL[22:]]
    with pytest.raises(KeyError):
        kept().key(URL, NOW)
    assert host.open_calls == 0


@pytest.mark.parametrize(
    ("name", "dns", "code"),
    [
        ("a.PayPal.com", (), ""),
        ("a.paypal.com", ("shop.example.com",), "certificate_name"),
        ("shop.example.com", ("shop.example.com", "a.paypal.com"), ""),
        ("paypal.com", (), "certificate_name"),
        ("evilpaypal.com", (), "certificate_name"),
    ],
)
def test_the_names_of_the_dns_count_before_the_common_one(host, name, dns, code):
    assert code_of(certificate(name, "Root", ROOT_KEY, dns=dns), host) == code


def test_a_certificate_is_over_or_has_not_begun(host):
    assert code_of(LEAF, host, NOW + 2 * DAY) == "certificate_expired"
    assert code_of(LEAF, host, NOW - 2 * DAY) == "certificate_expired"


def test_a_certificate_between_may_stand_by_it(host):
    key = ec.generate_private_key(ec.SECP256R1())
    middle = certificate("Middle", "Root", ROOT_KEY, key, is_ca=True)
    leaf = certificate("a.paypal.com", "Middle", key)
    assert code_of(leaf + middle, host) == ""
    assert code_of(leaf, host) == "certificate_chain"


def test_without_a_root_of_ones_own_the_machines_count(host, monkeypatch, tmp_path):
    roots = tmp_path / "roots.pem"
    roots.write_bytes(ROOT)
    trusting = Certificates(("https://api.paypal.com",))
    with pytest.raises(NotGenuine, match="certificate_chain"):
        trusting.key(URL, NOW)
    monkeypatch.setattr(certificates.requests.certs, "where", lambda: str(roots))
    assert trusting.key(URL, NOW) == KEY.public_key()
    assert host.asked == [URL[22:]]


@pytest.mark.parametrize(
    ("name", "code"),
    [("C" * 200, ""), ("C" * 201, "host"), ("a/b", "host"), ("", "host")],
)
def test_the_name_of_a_certificate_is_one_word(host, name, code):
    path = "/v1/notifications/certs/"
    host[path + name] = LEAF
    try:
        kept().key(f"https://api.paypal.com{path}{name}", NOW)
        assert code == ""
    except NotGenuine as error:
        assert error.code == code
