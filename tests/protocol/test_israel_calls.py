"""What Israel's authority is asked, to the word, and what its tokens are taken for."""

import json
from datetime import datetime, timedelta

import authority as il
import pytest
import rates
import requests
from authority import client, http

NOW = datetime(2026, 11, 27, 12, 0)
TOKENS = il.Tokens("old", NOW, "again", NOW + timedelta(days=2))
REQUEST = {
    "invoice_id": "db-1",
    "vat_number": 514444447,
    "invoice_reference_number": "INV1",
    "payment_amount": 100.0,
}
BACK = "https://shop.example.com/back"


@pytest.fixture
def asking(monkeypatch):
    """``asking(status, answer)``: the authority, and the list of what it is asked."""

    def make(status, answer):
        calls = []

        def post(url, **arguments):
            calls.append((url, arguments))
            return status, answer

        monkeypatch.setattr(client.http, "post", post)
        return il.Authority(("https://tokens", "https://services"), "id", "se"), calls

    return make


def asked_of_tokens(**data):
    arguments = {"auth": ("id", "se"), "data": {"scope": "scope", **data}}
    return [("https://tokens/token", arguments)]


# === WHERE === #


@pytest.mark.parametrize(
    ("arguments", "urls"),
    [
        (
            ("production",),
            (
                "https://openapi.taxes.gov.il/shaam/production/longtimetoken/oauth2",
                "https://ita-api.taxes.gov.il/shaam/production",
            ),
        ),
        (
            ("tsandbox", "http://127.0.0.1:7/"),
            (
                "http://127.0.0.1:7/shaam/tsandbox/longtimetoken/oauth2",
                "http://127.0.0.1:7/shaam/tsandbox",
            ),
        ),
    ],
)
def test_where_tokens_and_services_are(arguments, urls):
    assert il.urls_of(*arguments) == urls


def test_the_browser_is_sent_with_everything_that_the_dealer_permits(asking):
    authority, _calls = asking(200, {})
    assert authority.authorise_url(BACK, "a b") == (
        "https://tokens/authorize?response_type=code&client_id=id&scope=scope"
        "&redirect_uri=https%3A%2F%2Fshop.example.com%2Fback&state=a+b"
    )


# === TOKENS === #


def test_a_code_is_turned_into_tokens(asking):
    authority, calls = asking(
        200,
        {
            "access_token": "new",
            "expires_in": "300",
            "refresh_token": "then",
            "refresh_token_expires_in": 86400,
        },
    )
    assert authority.exchange("c0", BACK, NOW) == il.Tokens(
        "new", NOW + timedelta(minutes=5), "then", NOW + timedelta(days=1)
    )
    assert calls == asked_of_tokens(
        grant_type="authorization_code", code="c0", redirect_uri=BACK
    )


def test_what_the_authority_does_not_say_of_tokens_is_ten_minutes_and_thirty_days(
    asking,
):
    authority, _calls = asking(200, {"access_token": "new"})
    assert authority.exchange("c0", BACK, NOW) == il.Tokens(
        "new", NOW + timedelta(minutes=10), "", NOW + timedelta(days=30)
    )


def test_a_renewal_without_another_refresh_token_keeps_the_one_it_had(asking):
    authority, calls = asking(200, {"access_token": "new", "expires_in": 60})
    assert authority.renew(TOKENS, NOW) == il.Tokens(
        "new", NOW + timedelta(minutes=1), "again", NOW + timedelta(days=2)
    )
    assert calls == asked_of_tokens(grant_type="refresh_token", refresh_token="again")
    authority, _calls = asking(200, {"access_token": "new", "refresh_token": "then"})
    renewed = authority.renew(TOKENS, NOW)
    assert renewed.refresh == "then"
    assert renewed.refresh_until == NOW + timedelta(days=30)


def test_tokens_are_renewed_a_minute_before_their_end(asking):
    authority, calls = asking(200, {"access_token": "new"})
    minute = timedelta(seconds=60)
    assert authority.fresh(TOKENS, NOW - minute - timedelta(seconds=1)) is TOKENS
    assert calls == []
    assert authority.fresh(TOKENS, NOW - minute).access == "new"


@pytest.mark.parametrize(
    ("status", "answer", "kind", "text"),
    [
        (400, {"error": "bad", "error_description": "worse"}, il.NotAllowed, "worse"),
        (401, {"error": "bad"}, il.NotAllowed, "bad"),
        (403, None, il.NotAllowed, ""),
        (200, {"error": "odd"}, il.NotAllowed, "odd"),
        (200, {"access_token": ""}, il.NotAllowed, ""),
        (200, ["access_token"], il.NotAllowed, ""),
        (404, {"error": "gone"}, il.Away, "gone"),
        (500, None, il.Away, ""),
        (201, {"access_token": "new"}, il.Away, ""),
    ],
)
def test_without_a_token_it_is_said_why(asking, status, answer, kind, text):
    authority, _calls = asking(status, answer)
    with pytest.raises(il.AuthorityError) as caught:
        authority.renew(TOKENS, NOW)
    error = caught.value
    assert (type(error), error.code, error.text) == (kind, str(status), text)


# === NUMBERS === #


def test_a_number_is_asked_for(asking):
    authority, calls = asking(200, {"confirmation_number": 7})
    assert authority.approve(TOKENS, REQUEST) == il.Answer("7")
    told = {"token": "old", "json": REQUEST}
    assert calls == [("https://services/Invoices/v2/Approval", told)]


def test_an_emergency_number_is_reported_beside_the_request(asking):
    authority, calls = asking(200, {"confirmation_number": 7})
    assert authority.report_emergency(TOKENS, REQUEST, "E1") == il.Answer("7")
    told = {**REQUEST, "emergency_confirmation_number": "E1"}
    url = "https://services/emergency-invoices/v1/Approval"
    assert calls == [(url, {"token": "old", "json": told})]


@pytest.mark.parametrize(
    ("decision", "path"),
    [
        (il.Decision.CANCEL, "Cancel"),
        (il.Decision.CONTINUE, "Continue"),
        (il.Decision.OBJECT, "FurtherObjection"),
    ],
)
def test_a_decision_names_the_document_and_nothing_else(asking, decision, path):
    authority, calls = asking(200, None)
    authority.decide(TOKENS, decision, REQUEST)
    authority.decide(TOKENS, decision, {"invoice_id": "db-1"})
    url = f"https://services/InvoiceDecisionApi/v1/{path}"
    named = {name: REQUEST[name] for name in [*REQUEST][:3]}
    assert calls == [
        (url, {"token": "old", "json": named}),
        (url, {"token": "old", "json": {"invoice_id": "db-1"}}),
    ]


def test_a_decision_that_is_not_taken_is_told(asking):
    authority, _calls = asking(400, {"message": "no"})
    with pytest.raises(il.Faulty) as caught:
        authority.decide(TOKENS, il.Decision.CANCEL, REQUEST)
    assert (caught.value.code, caught.value.text) == ("400", "no")


# === OVER HTTP === #


def test_a_request_carries_the_token_and_asks_for_json(saying):
    with saying(b'{"a": 1}', 201) as server:
        assert http.post(server.url, token="abc", json={"b": 2}) == (201, {"a": 1})
        assert http.post(server.url, auth=("id", "se"), data={"c": "3"})[0] == 201
    [(_path, headers, body), (_other, without, form)] = server.requests
    assert json.loads(body) == {"b": 2} and form == b"c=3"
    assert headers["Authorization"] == "Bearer abc"
    assert headers["Accept"] == "application/json"
    assert headers["User-Agent"] == "caspit-document-il"
    assert without["Authorization"] == "Basic aWQ6c2U="


def test_what_is_no_json_is_none_and_no_redirect_is_followed(saying):
    with saying(b"<html>", 302, Location="/elsewhere") as server:
        assert http.post(server.url) == (302, None)
        assert len(server.requests) == 1


def test_who_is_not_there_is_named_by_what_happened():
    with pytest.raises(il.Away) as caught:
        http.post("http://127.0.0.1:9/")
    assert (caught.value.code, caught.value.text) == ("", "ConnectionError")


def test_silence_ends(serving, monkeypatch):
    assert http.TIMEOUT == 20
    monkeypatch.setattr(http, "TIMEOUT", 0.2)

    def hang(handler):
        handler.server.released.wait(10)

    with serving(hang) as server, pytest.raises(il.Away) as caught:
        http.post(server.url)
    assert caught.value.text == "ReadTimeout"


def test_the_bank_is_asked_by_name_and_not_for_ever(monkeypatch):
    asked = []

    def get(url, **arguments):
        asked.append((url, arguments))
        raise requests.ConnectionError

    monkeypatch.setattr(requests, "get", get)
    with pytest.raises(rates.NoRates):
        rates.fetch()
    url = "https://boi.org.il/PublicApi/GetExchangeRates"
    told = {"timeout": 20, "headers": {"User-Agent": "caspit"}}
    assert asked == [(url, told)] and url == rates.URL
