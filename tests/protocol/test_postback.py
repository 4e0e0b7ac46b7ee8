"""The post-back, against real HTTP servers on this machine: what is an answer."""

import threading

import pytest
from paypal import Answer, PayPalSession, Verdict, const, verify, verify_many

VERIFIED = Answer(Verdict.VERIFIED)
INVALID = Answer(Verdict.INVALID)
BODY = b"txn_id=1&memo=%EC%E5%E9"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (b"VERIFIED", VERIFIED),
        (b"INVALID", INVALID),
        (b"\r\n VERIFIED \n", VERIFIED),
        (b"INVALID\n", INVALID),
        (b"\tVERIFIED\t", VERIFIED),
        (b"VERIFIED" + b" " * 1016, VERIFIED),
    ],
)
def test_paypals_two_words_are_its_two_verdicts(saying, text, answer):
    with saying(text) as server:
        assert verify(BODY, server.url) == answer


def test_verdicts_have_these_names_and_need_no_detail():
    assert [verdict.value for verdict in Verdict] == [
        "verified",
        "invalid",
        "no_answer",
    ]
    assert Answer(Verdict.VERIFIED).detail == ""


@pytest.mark.parametrize(
    "text",
    [
        b"xVERIFIEDx",
        b"UNVERIFIED",
        b"verified",
        b"VERIFIED INVALID",
        b"VERI FIED",
        b"VERIFIED\x00",
        b"\xa0VERIFIED",
        b"<html><body>VERIFIED</body></html>",
        b"",
        b"VERIFIED" + b" " * 2000 + b"not",
        b"VERIFIED" + b" " * 1017,
        b"XXVERIFIED",
        b"xVERIFIED",
        b"VERIFIED\x0c",
    ],
)
def test_any_other_text_is_no_answer(saying, text):
    with saying(text) as server:
        answer = verify(BODY, server.url)
    assert answer == Answer(Verdict.NO_ANSWER, "neither VERIFIED nor INVALID")


@pytest.mark.parametrize("status", [201, 204, 302, 403, 404, 500, 503])
def test_any_status_but_200_is_no_answer_whatever_the_text(saying, status):
    with saying(b"" if status == 204 else b"VERIFIED", status) as server:
        answer = verify(BODY, server.url)
    assert answer == Answer(Verdict.NO_ANSWER, f"HTTP {status}")


@pytest.mark.parametrize("location", ["/elsewhere", "http://[", "ftp://x", "\xff"])
def test_a_redirect_is_not_followed(saying, location):
    with saying(b"VERIFIED", 302, Location=location) as server:
        answer = verify(BODY, server.url)
        assert answer == Answer(Verdict.NO_ANSWER, "HTTP 302")
        assert len(server.requests) == 1


@pytest.mark.parametrize("prefix", ["02_", "04_", "13_"])
def test_the_message_goes_back_byte_for_byte(saying, sample_bytes, prefix):
    body = sample_bytes(prefix)
    with saying(b"VERIFIED") as server:
        verify(body, server.url)
        ((path, headers, sent),) = server.requests
    assert sent == b"cmd=_notify-validate&" + body
    assert path == "/cgi-bin/webscr"
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert headers["User-Agent"] == const.USER_AGENT
    assert headers["Accept-Encoding"] == "identity"


def test_bytes_that_are_no_form_go_back_as_well(saying):
    body = bytes(range(256))
    with saying(b"INVALID") as server:
        assert verify(body, server.url) == INVALID
        assert server.requests[0][2] == b"cmd=_notify-validate&" + body


def test_credentials_and_cookies_are_kept_to_oneself(saying, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with saying(b"VERIFIED", **{"Set-Cookie": "a=b"}) as server:
        verify_many([BODY, BODY], server.url, connections=1)
        assert len(server.requests) == 2
        for _path, headers, _body in server.requests:
            assert headers["Authorization"] is None
            assert headers["Cookie"] is None


def test_a_proxy_of_the_environment_is_used(saying, monkeypatch):
    with saying(b"VERIFIED") as proxy:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.server_port}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        assert verify(BODY, "http://paypal.example/webscr") == VERIFIED
        assert proxy.requests[0][0] == "http://paypal.example/webscr"


# === MANY === #


def test_many_are_answered_in_their_order_over_kept_connections(serving):
    def by_number(handler):
        handler.answer(b"VERIFIED" if b"=even" in handler.body else b"INVALID")

    bodies = [b"n=even", b"n=odd"] * 20
    with serving(by_number) as server:
        answers = verify_many(bodies, server.url, connections=1)
        assert answers == [VERIFIED, INVALID] * 20
        assert len(server.peers) == 1


def test_many_are_asked_at_the_same_time(serving):
    together = threading.Barrier(4, timeout=5)

    def meet(handler):
        together.wait()
        handler.answer(b"VERIFIED")

    with serving(meet) as server:
        assert verify_many([BODY] * 4, server.url, connections=4) == [VERIFIED] * 4


def test_as_many_connections_are_kept_as_are_open_at_a_time(serving):
    together = threading.Barrier(12, timeout=20)

    def meet(handler):
        together.wait()
        handler.answer(b"VERIFIED")

    with serving(meet) as server:
        verify_many([BODY] * 24, server.url, connections=12)
        assert len(server.peers) == 12


def test_what_is_set_for_one_scheme_is_set_for_the_other():
    with PayPalSession(7) as session:
        plain = session.get_adapter("http://127.0.0.1/")
        assert session.get_adapter("https://ipnpb.paypal.com/") is plain


def test_none_at_all_are_no_answers():
    assert verify_many([], const.POSTBACK_URLS["live"], connections=3) == []


def test_a_session_can_be_shared(saying):
    with saying(b"VERIFIED") as server, PayPalSession() as session:
        assert verify(BODY, server.url, session) == VERIFIED
        assert verify(BODY, server.url, session) == VERIFIED
        assert len(server.peers) == 1
