"""One exchange with PayPal's API: what a good answer is, and what others say."""

import json
import time
from decimal import Decimal

import pytest
from rest import RestError, const
from rest.http import Http


@pytest.fixture
def calling(serving):
    """``calling(status, body, **headers)``: what a call of that answer comes to."""

    def call(status, body, **headers):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        waits = []
        with serving(lambda x: x.answer(body, status, **headers)) as server:
            http = Http(server.url.removesuffix("cgi-bin/webscr"), waits.append)
            try:
                answer = http.call("POST", "/v1/x", data={"a": "b"})
            except RestError as error:
                answer = error
            http.close()
        call.requests, call.waits = server.requests, waits
        return answer

    return call


def test_a_good_answer_is_an_object_whose_numbers_are_exact(calling):
    answer = calling(200, b'{"value": 0.10, "count": 7}')
    assert answer == {"value": Decimal("0.10"), "count": 7}
    assert str(answer["value"]) == "0.10"
    [(path, headers, body)] = calling.requests
    assert (path, body) == ("/v1/x", b"a=b")
    assert headers["User-Agent"] == "caspit_paypal_api"
    assert headers["Accept"] == "application/json"
    assert headers["Authorization"] is None


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html>"),
        (200, b"[1]"),
        (200, b"[" * 100_000),
        (203, {"value": 1}),
        (302, {"name": "INVALID_REQUEST"}),
        (399, b""),
    ],
)
def test_what_is_no_good_object_is_not_like_paypal(calling, status, body):
    error = calling(status, body, Location="/elsewhere")
    assert (error.code, error.detail) == (const.NO_ANSWER, "not like PayPal's API")
    assert error.status == status
    assert error.is_passing and len(calling.requests) == 1


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (400, {}, const.REFUSED),
        (401, {}, const.CREDENTIALS),
        (403, b"no JSON", const.PERMISSION),
        (404, [], const.REFUSED),
        (408, {}, const.BUSY),
        (429, {}, const.BUSY),
        (500, {}, const.BUSY),
        (502, {}, const.BUSY),
        (503, {}, const.BUSY),
        (504, {}, const.BUSY),
        (501, {}, const.REFUSED),
        (400, {"name": "RESULTSET_TOO_LARGE"}, const.TOO_MANY),
        (400, {"message": "The result set size is greater than"}, const.TOO_MANY),
        (401, {"error": "invalid_client"}, const.CREDENTIALS),
        (400, {"error": "invalid_client"}, const.CREDENTIALS),
        (400, {"name": "NOT_AUTHORIZED"}, const.PERMISSION),
        (400, {"details": [{"issue": "PERMISSION_DENIED"}]}, const.PERMISSION),
        (400, {"name": "RATE_LIMIT_REACHED"}, const.BUSY),
        (400, {"name": "INVALID_REQUEST"}, const.NOT_READY),
        (499, {"name": "INVALID_REQUEST"}, const.NOT_READY),
        # What is too much, or down, is so whatever words stand beside it.
        (500, {"name": "INVALID_REQUEST"}, const.BUSY),
        (408, {"name": "INVALID_REQUEST"}, const.BUSY),
        (429, {"name": "NOT_AUTHORIZED"}, const.BUSY),
    ],
)
def test_words_tell_what_is_wrong_and_then_the_status(calling, status, body, code):
    error = calling(status, body)
    assert (error.code, error.status) == (code, status)
    assert error.is_passing is (code in (const.BUSY, const.NO_ANSWER, const.NOT_READY))


def test_an_error_has_paypals_own_words_each_once(calling):
    error = calling(
        400,
        {
            "name": "INVALID_REQUEST",
            "error": 7,
            "message": "Request is not well-formed.",
            "error_description": "",
            "debug_id": "d" * 41,
            "details": [
                "odd",
                {"issue": "DATE_RANGE", "description": "Too long."},
                {"issue": "INVALID_REQUEST", "description": "x" * 400},
            ],
        },
        **{"PayPal-Debug-Id": "other", "Retry-After": "7"},
    )
    start = "INVALID_REQUEST: DATE_RANGE: Request is not well-formed.: Too long.: xxx"
    assert error.detail.startswith(start) and len(error.detail) == 300
    assert error.debug_id == "d" * 40
    assert error.retry_after == 7.0
    assert str(error) == f"{error.code} 400 {error.detail}"


def test_an_oauth_error_has_other_names(calling):
    error = calling(
        401, {"error": "invalid_client", "error_description": "Authentication failed"}
    )
    assert error.detail == "invalid_client: Authentication failed"
    assert (error.debug_id, error.retry_after) == ("", None)
    by_header = calling(403, {}, **{"PayPal-Debug-Id": "abc"})
    assert (by_header.detail, by_header.debug_id) == ("", "abc")


def test_an_error_may_say_nothing_but_its_code():
    bare = RestError(const.REFUSED)
    assert (bare.detail, bare.status, bare.debug_id) == ("", 0, "")
    assert bare.retry_after is None and str(bare) == "refused 0"


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("600", 600.0), (" 60 ", 60.0), ("86401", 86400.0), ("1.5", None), ("", None)],
)
def test_a_wait_is_in_seconds_and_a_day_at_most(calling, told, seconds):
    assert calling(429, {}, **{"Retry-After": told}).retry_after == seconds


@pytest.mark.parametrize(
    ("status", "told", "waits"),
    [
        (429, "5", [5.0, 5.0]),
        (503, "0", [0.0, 0.0]),
        (429, "6", []),
        (429, "", []),
        (403, "1", []),
    ],
)
def test_only_a_short_wait_that_paypal_names_is_waited(calling, status, told, waits):
    calling(status, {}, **{"Retry-After": told})
    assert calling.waits == waits
    assert len(calling.requests) == 1 + len(waits)


def test_an_answer_is_as_large_as_it_may_be(calling, monkeypatch):
    body = b'{"a": "' + b"x" * 91 + b'"}'
    monkeypatch.setattr(const, "MAX_ANSWER_BYTES", len(body))
    assert calling(200, body) == {"a": "x" * 91}
    monkeypatch.setattr(const, "MAX_ANSWER_BYTES", len(body) - 1)
    error = calling(200, body)
    assert (error.code, error.detail) == (const.NO_ANSWER, "the answer is too large")


def test_an_answer_lasts_as_long_as_it_may(serving, monkeypatch):
    monkeypatch.setattr(const, "DEADLINE", 0.2)

    def drip(handler):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for _ in range(50):
            handler.wfile.write(b"1\r\n{\r\n")
            time.sleep(0.02)

    with serving(drip) as server, pytest.raises(RestError) as caught:
        Http(server.url).call("POST", "")
    assert caught.value.detail == "the answer takes too long"
    assert caught.value.code == const.NO_ANSWER


def test_a_connection_that_fails_is_told_by_its_name_alone():
    with pytest.raises(RestError) as caught:
        Http("http://127.0.0.1:9").call("POST", "/secret", data={"a": "secret"})
    error = caught.value
    assert (error.code, error.detail, error.status) == (
        const.NO_ANSWER,
        "ConnectionError",
        0,
    )


def test_credentials_of_a_netrc_and_cookies_stay_at_home(
    serving, monkeypatch, tmp_path
):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    headers = {"Set-Cookie": "a=b"}
    with serving(lambda x: x.answer(b"{}", 200, **headers)) as server:
        http = Http(server.url)
        http.call("POST", "")
        http.call("POST", "")
        http.close()
    for _path, sent, _body in server.requests:
        assert sent["Authorization"] is None and sent["Cookie"] is None


def test_pieces_of_an_answer_count_together(calling, monkeypatch):
    body = json.dumps({"a": "x" * 150_000}).encode()
    monkeypatch.setattr(const, "MAX_ANSWER_BYTES", 100_000)
    assert calling(200, body).detail == "the answer is too large"


def test_a_host_may_end_in_a_slash(serving):
    with serving(lambda x: x.answer(b"{}")) as server:
        host = server.url.removesuffix("cgi-bin/webscr")
        assert host.endswith("/")
        Http(host).call("POST", "/v1/x")
        assert [path for path, _headers, _body in server.requests] == ["/v1/x"]


def test_a_proxy_of_the_environment_is_asked_for_the_same_address(serving, monkeypatch):
    with serving(lambda x: x.answer(b"{}")) as server:
        monkeypatch.setenv("http_proxy", server.url)
        Http("http://api.LYNX/").call("POST", "/v1/x")
        [(address, _headers, _body)] = server.requests
        assert address == "http://api.lynx/v1/x"


# === WHAT IS NO JSON === #


def fetched(serving, reply, limit=8, timeout=5):
    """What is got of an address that answers so; or the error."""
    with serving(reply) as server:
        server.RequestHandlerClass = type(
            "Getting", (server.RequestHandlerClass,), {"do_GET": lambda self: get(self)}
        )
        http = Http(server.url.removesuffix("/cgi-bin/webscr"), timeout=timeout)
        try:
            return http.fetch("/v1/cert", limit)
        except RestError as error:
            return error
        finally:
            http.close()


def get(handler):
    handler.server.requests.append(handler.path)
    handler.server.reply(handler)


def test_a_file_is_got_byte_for_byte(serving):
    assert fetched(serving, lambda x: x.answer(b"\x00{x}\xff")) == b"\x00{x}\xff"


@pytest.mark.parametrize("status", [201, 204, 302, 404, 500])
def test_a_file_that_is_not_there_is_told_by_its_status(serving, status):
    body = b"" if status == 204 else b"x"
    error = fetched(serving, lambda x: x.answer(body, status, Location="/y"))
    assert (error.code, error.detail) == (const.NO_ANSWER, f"HTTP {status}")
    assert error.status == status


def test_a_file_is_as_large_as_it_may_be(serving):
    assert fetched(serving, lambda x: x.answer(b"x" * 8)) == b"x" * 8
    error = fetched(serving, lambda x: x.answer(b"x" * 9))
    assert (error.code, error.detail) == (const.NO_ANSWER, "the answer is too large")


def test_a_file_is_asked_for_once_however_busy_paypal_is(serving):
    asked = []

    def busy(handler):
        asked.append(handler.path)
        handler.answer(b"", 503, **{"Retry-After": "0"})

    assert fetched(serving, busy).status == 503
    assert asked == ["/v1/cert"]
