"""What PayPal's API is asked for, and what is made of odd answers."""

from datetime import datetime, timedelta, timezone

import pytest
from rest import PayPal, RestError, client, const
from rest_script import Script

UTC = timezone.utc
MOMENT = datetime(2026, 10, 1, 12, 30, tzinfo=UTC)
TOKEN = {"access_token": "abc", "expires_in": 3600, "scope": "a b"}


@pytest.fixture
def clock(monkeypatch):
    """The clock, as a list of one number."""
    now = [1000.0]
    monkeypatch.setattr(client.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def paypal(monkeypatch, clock):
    """``paypal(*answers)``: a client of which PayPal's answers are these."""

    def make(*answers):
        script = Script(*answers)
        monkeypatch.setattr(client, "Http", lambda host, sleep, timeout: script)
        return PayPal("https://paypal.example", " id ", " secret "), script

    return make


def test_a_token_is_asked_for_with_the_apps_own_name_and_secret(paypal):
    asking, script = paypal(TOKEN)
    assert asking.scopes == frozenset()
    assert asking.connect() == {"a", "b"}
    assert script.calls == [
        (
            "POST",
            const.TOKEN_PATH,
            {
                "data": {"grant_type": "client_credentials"},
                "auth": (b"id", b"secret"),
            },
        )
    ]
    assert repr(asking) == "<PayPal>"
    asking.close()
    assert script.is_closed


@pytest.mark.parametrize("token", [None, "", "a\nb", "\u05d0", 7.5])
def test_an_answer_without_a_token_that_can_be_sent_is_none(paypal, token):
    asking, _script = paypal({**TOKEN, "access_token": token})
    with pytest.raises(RestError) as caught:
        asking.connect()
    error = caught.value
    assert (error.code, error.status) == (const.NO_ANSWER, 200)
    assert error.detail == "an answer without a token"


def test_a_search_sets_no_filter_and_reads_whose_it_is(paypal):
    answer = {
        "account_number": "MERCHANT12345",
        "total_pages": "3",
        "total_items": 1201,
        "last_refreshed_datetime": "2026-10-01T12:00:00Z",
    }
    asking, script = paypal(TOKEN, answer)
    page = asking.search(MOMENT, MOMENT + timedelta(days=1), 2)
    assert page == client.Page(
        (), 2, 3, 1201, datetime(2026, 10, 1, 12, tzinfo=UTC), "MERCHANT12345"
    )
    [_token, (method, path, arguments)] = script.calls
    assert (method, path) == ("GET", const.SEARCH_PATH)
    assert arguments == {
        "params": {
            "start_date": "2026-10-01T12:30:00Z",
            "end_date": "2026-10-02T12:30:00Z",
            "fields": "all",
            "page_size": 500,
            "page": 2,
        },
        "headers": {"Authorization": "Bearer abc"},
    }


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ("12", 12),
        (123456789, 123456789),
        (1234567890, 0),
        ("-1", 0),
        ("x", 0),
        (None, 0),
    ],
)
def test_a_count_is_a_whole_number_that_is_not_negative(paypal, told, count):
    asking, _script = paypal(TOKEN, {"total_items": told})
    assert asking.search(MOMENT, MOMENT).total_items == count


def test_a_token_is_renewed_a_minute_before_its_end(paypal, clock):
    asking, script = paypal(TOKEN, {}, {}, {**TOKEN, "access_token": "def"}, {})
    asking.search(MOMENT, MOMENT)
    clock[0] += 3600 - const.TOKEN_MARGIN - 1
    asking.search(MOMENT, MOMENT)
    clock[0] += 1
    asking.search(MOMENT, MOMENT)
    sent = [call[2].get("headers", {}).get("Authorization") for call in script.calls]
    assert sent == [None, "Bearer abc", "Bearer abc", None, "Bearer def"]


def test_a_token_of_no_time_is_good_for_a_second(paypal, clock):
    asking, script = paypal({"access_token": "abc"}, {}, {}, TOKEN, {})
    asking.search(MOMENT, MOMENT)
    clock[0] += 0.5
    asking.search(MOMENT, MOMENT)
    clock[0] += 0.5
    asking.search(MOMENT, MOMENT)
    paths = [call[1] for call in script.calls]
    assert paths.count(const.TOKEN_PATH) == 2


def test_disputes_are_asked_for_to_the_millisecond_and_page_by_page(paypal):
    following = {
        "items": [{"dispute_id": "PP-D-1"}, {"dispute_id": ""}],
        "links": [
            {"rel": "self", "href": "https://x/?next_page_token=no"},
            {"rel": "next", "href": "https://x/?a=b&next_page_token=two"},
        ],
    }
    last = {"links": [{"rel": "next", "href": "https://x/?a=b"}]}
    asking, script = paypal(TOKEN, following, {"dispute_id": "PP-D-1"}, last)
    [found] = asking.disputes(MOMENT)
    assert found.dispute_id == "PP-D-1"
    asked = {"update_time_after": "2026-10-01T12:30:00.000Z", "page_size": 50}
    assert [
        (path, arguments.get("params")) for _m, path, arguments in script.calls
    ] == [
        (const.TOKEN_PATH, None),
        (const.DISPUTES_PATH, asked),
        (f"{const.DISPUTES_PATH}/PP-D-1", {}),
        (const.DISPUTES_PATH, {**asked, "next_page_token": "two"}),
    ]


@pytest.mark.parametrize("dispute_id", ["", "-", "../x", "PP D", "PP-D-1?x=y"])
def test_what_is_no_id_of_a_dispute_is_not_asked_for(paypal, dispute_id):
    asking, script = paypal()
    with pytest.raises(RestError) as caught:
        asking.dispute(dispute_id)
    error = caught.value
    assert (error.code, error.detail) == (const.REFUSED, "no id of a dispute")
    assert script.calls == []


def test_a_refusal_is_told_and_a_token_that_died_is_not(paypal):
    dead = RestError(const.CREDENTIALS, "invalid_token", 401)
    asking, script = paypal(TOKEN, dead, TOKEN, {"account_number": "M"})
    assert asking.search(MOMENT, MOMENT).account == "M"
    assert len(script.calls) == 4
    no = RestError(const.PERMISSION, "NOT_AUTHORIZED", 403)
    asking, script = paypal(TOKEN, no)
    with pytest.raises(RestError) as caught:
        asking.search(MOMENT, MOMENT)
    assert caught.value is no
