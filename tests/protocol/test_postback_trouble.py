"""The post-back, when the network or the other side misbehaves."""

import socket
import ssl
import threading
import time
from datetime import datetime, timedelta, timezone
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from paypal import Answer, PayPalSession, Verdict, verify, verify_many
from requests import exceptions

VERIFIED = Answer(Verdict.VERIFIED)
BODY = b"txn_id=1&memo=%EC%E5%E9"
THREAD_NAME = "paypal-postback"


# === TIME === #


def hang(handler):
    handler.server.released.wait(10)


def drip_body(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    drip(handler, b"VERIFIED" + b" " * 992)


def drip_headers(handler):
    drip(handler, b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 1000)


def drip_chunk_size(handler):
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    drip(handler, b"0" * 1000)


def drip(handler, octets):
    for octet in octets:
        if handler.server.released.wait(0.02):
            return
        handler.wfile.write(bytes([octet]))


@pytest.mark.parametrize("reply", [hang, drip_body, drip_headers, drip_chunk_size])
def test_the_deadline_holds_for_everything(serving, reply):
    with serving(reply) as server:
        before = time.monotonic()
        answer = verify(BODY, server.url, deadline=0.3)
        assert time.monotonic() - before < 1
    assert answer == Answer(Verdict.NO_ANSWER, "no answer within 0.3 s")


def test_one_that_hangs_does_not_spoil_the_others(serving):
    def mostly(handler):
        if b"hang" in handler.body:
            hang(handler)
        else:
            handler.answer(b"VERIFIED")

    bodies = [b"a=1", b"a=hang", b"a=3"]
    with serving(mostly) as server:
        answers = verify_many(bodies, server.url, connections=1, deadline=0.3)
    late = Answer(Verdict.NO_ANSWER, "no answer within 0.3 s")
    assert answers == [VERIFIED, late, VERIFIED]


@pytest.mark.parametrize("trouble", [drip_body, hang])
def test_no_server_keeps_a_thread(serving, trouble):
    def left():
        return [x for x in threading.enumerate() if x.name == THREAD_NAME]

    with serving(trouble) as server:
        verify(BODY, server.url, deadline=0.1)
        patience = time.monotonic() + 5
        while left() and time.monotonic() < patience:
            time.sleep(0.01)
        assert not left()


def test_a_time_out_of_the_connection_is_told_like_any_other():
    class Late(PayPalSession):
        def send(self, request, **options):
            raise exceptions.ConnectTimeout

    answer = verify(BODY, "http://paypal.example/", Late(), deadline=7)
    assert answer == Answer(Verdict.NO_ANSWER, "no answer within 7 s")


def test_a_fault_of_our_own_is_no_word_of_paypals():
    class Faulty(PayPalSession):
        def send(self, request, **options):
            raise AttributeError("a fault")

    with pytest.raises(AttributeError, match="a fault"):
        verify(BODY, "http://paypal.example/", Faulty())


def test_the_thread_has_a_name_and_keeps_no_process_from_ending(serving):
    seen = []

    def look(handler):
        seen.extend(x.daemon for x in threading.enumerate() if x.name == THREAD_NAME)
        handler.answer(b"VERIFIED")

    with serving(look) as server:
        assert verify(BODY, server.url) == VERIFIED
    assert seen == [True]


def test_a_word_that_comes_in_pieces_in_time_is_read(serving):
    def slowly(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "8")
        handler.end_headers()
        drip(handler, b"VERIFIED")

    with serving(slowly) as server:
        assert verify(BODY, server.url) == VERIFIED


def test_a_huge_answer_is_not_read_to_its_end(serving):
    sent = []

    def flood(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(1 << 30))
        handler.end_headers()
        for _ in range(1 << 10):
            handler.wfile.write(b" " * (1 << 20))
            sent.append(1)

    with serving(flood) as server:
        answer = verify(BODY, server.url)
    assert answer == Answer(Verdict.NO_ANSWER, "neither VERIFIED nor INVALID")
    assert len(sent) < 20


# === BROKEN CONNECTIONS === #


def test_a_refused_connection_is_no_answer():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        answer = verify(BODY, f"http://127.0.0.1:{port}/")
    assert answer == Answer(Verdict.NO_ANSWER, "connection failed")


def test_a_proxy_that_is_not_there_is_no_answer(serving, monkeypatch):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        proxy = f"http://127.0.0.1:{unused.getsockname()[1]}"
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        answer = verify(BODY, "http://paypal.example/")
    assert answer == Answer(Verdict.NO_ANSWER, "proxy failure")


def test_what_is_broken_in_the_middle_is_no_http(serving):
    def garble(handler):
        handler.wfile.write(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
        )
        handler.close_connection = True

    with serving(garble) as server:
        answer = verify(BODY, server.url)
    assert answer == Answer(Verdict.NO_ANSWER, "no proper HTTP exchange")


def test_an_unknown_host_is_no_answer():
    answer = verify(BODY, "http://paypal.invalid/", deadline=10)
    assert answer.verdict is Verdict.NO_ANSWER


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"VERIFIED",
        b"SSH-2.0-x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 8, 9\r\n\r\nVERIFIED",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nVERIFIED",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nVERIFIED",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\nVERIFIED",
    ],
)
def test_what_is_no_proper_http_is_no_answer(serving, raw):
    def garble(handler):
        handler.wfile.write(raw)
        handler.close_connection = True

    with serving(garble) as server:
        answer = verify(BODY, server.url)
    assert answer.verdict is Verdict.NO_ANSWER
    assert answer.detail in ("connection failed", "no proper HTTP exchange")


@pytest.mark.parametrize("url", ["", "paypal", "http://", "ftp://x/", "http://[/"])
def test_a_url_that_is_none_is_our_own_mistake(url):
    with pytest.raises(ValueError):
        verify(BODY, url)
    with pytest.raises(ValueError):
        verify_many([BODY], url, connections=1)


# === TLS === #


@pytest.fixture
def tls(tmp_path):
    """A server's TLS, with a certificate that nobody knows, in cert.pem."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(timezone.utc)
    address = x509.IPAddress(ip_address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder(
            name, name, key.public_key(), x509.random_serial_number()
        )
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (tmp_path / "cert.pem").write_bytes(certificate.public_bytes(pem))
    (tmp_path / "key.pem").write_bytes(
        key.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    return context


def test_a_certificate_that_nobody_knows_is_no_answer(serving, tls):
    with serving(lambda handler: handler.answer(b"VERIFIED"), tls) as server:
        answer = verify(BODY, server.url)
        assert server.requests == []
    assert answer == Answer(Verdict.NO_ANSWER, "TLS failure")


def test_a_certificate_of_the_environments_bundle_is_trusted(
    serving, tls, tmp_path, monkeypatch
):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "cert.pem"))
    with serving(lambda handler: handler.answer(b"VERIFIED"), tls) as server:
        assert verify(BODY, server.url) == VERIFIED
