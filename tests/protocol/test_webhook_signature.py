"""A webhook is PayPal's, or it is refused with a reason: signature and certificate."""

import base64
from datetime import datetime, timedelta, timezone

import pytest
from rest import Certificates, NotGenuine, PayPal, RestError, check_signature, const

from tools.standin.paypal import PayPalStandIn

WEBHOOK_ID = "8XY12345AB678901C"
RESOURCE = {"id": "1AB23456CD789012E", "amount": {"value": "10.00"}}


@pytest.fixture
def paypal(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with PayPalStandIn("http://127.0.0.1:9/") as standin:
        standin.api.webhooks[WEBHOOK_ID] = {
            "id": WEBHOOK_ID,
            "url": "",
            "event_types": [],
        }
        yield standin


@pytest.fixture
def certificates(paypal):
    return Certificates((paypal.api.base_url,), const.STANDIN_ROOT_PATH)


@pytest.fixture
def check(paypal, certificates):
    def check(sent, body=None, webhook_id=WEBHOOK_ID, **headers):
        told = {name.lower(): text for name, text in sent.headers.items()}
        check_signature(
            sent.body if body is None else body,
            {
                **told,
                **{name.replace("_", "-"): text for name, text in headers.items()},
            },
            webhook_id,
            datetime.now(timezone.utc),
            certificates,
        )

    return check


@pytest.fixture
def sign(paypal):
    def sign(**how):
        event = paypal.api.event("PAYMENT.CAPTURE.COMPLETED", RESOURCE)
        return paypal.api.sign(event, how.pop("webhook_id", WEBHOOK_ID), **how)

    return sign


def refused(check, *args, **how):
    with pytest.raises(NotGenuine) as caught:
        check(*args, **how)
    assert caught.value.code in const.WEBHOOK_REFUSALS
    return caught.value.code


def test_what_paypal_signed_is_paypals(check, sign, paypal):
    for _each in range(3):
        check(sign())
    # The certificate is fetched once, and so is the root.
    assert paypal.api.calls["/v1/notifications/certs/good"] == 1
    assert paypal.api.calls["/v1/notifications/certs/root"] == 1


def test_a_byte_changed_anywhere_is_no_event_of_paypals(check, sign):
    sent = sign()
    for place in range(0, len(sent.body), 7):
        byte = bytes([sent.body[place] ^ 1])
        altered = sent.body[:place] + byte + sent.body[place + 1 :]
        assert refused(check, sent, altered) == "signature"


def test_who_has_not_paypals_key_signs_in_vain(check, sign):
    assert refused(check, sign(key="somebody")) == "signature"


def test_an_event_of_another_subscription_is_not_ours(check, sign):
    assert refused(check, sign(webhook_id="7AA00000BB000000C")) == "signature"


@pytest.mark.parametrize(
    ("certificate", "reason"),
    [
        ("other_name", "certificate_name"),
        ("expired", "certificate_expired"),
        ("untrusted", "certificate_chain"),
    ],
)
def test_a_certificate_that_proves_nothing(check, sign, certificate, reason):
    assert refused(check, sign(certificate=certificate)) == reason


def test_a_time_outside_the_window_is_refused(check, sign):
    check(sign(age=timedelta(days=3)))
    assert refused(check, sign(age=timedelta(days=5))) == "too_old"
    assert refused(check, sign(age=-timedelta(hours=1))) == "too_old"


def test_who_changes_the_time_breaks_the_signature(check, sign):
    sent = sign(age=timedelta(days=5))
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert refused(check, sent, paypal_transmission_time=now) == "signature"


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example.com/v1/notifications/certs/good",
        "https://api.paypal.com.evil.example.com/v1/notifications/certs/good",
        "https://api.paypal.com@evil.example.com/v1/notifications/certs/good",
        "https://api.paypal.com:8443/v1/notifications/certs/good",
        "https://evil.example.com#api.paypal.com/v1/notifications/certs/good",
        "https://evil.example.com\\@api.paypal.com/v1/notifications/certs/good",
        "http://api.paypal.com/v1/notifications/certs/good",
        "https://api.paypal.com/v1/notifications/certs/../../other",
        "https://api.paypal.com/other/good",
        "https://api.paypal.com/v1/notifications/certs/good?next=https://evil.example.com",
        "https://api.paypal.\u0441om/v1/notifications/certs/good",
        "https:///v1/notifications/certs/good",
        "https://[::1/v1/notifications/certs/good",
        "ftp://api.paypal.com/v1/notifications/certs/good",
        "/v1/notifications/certs/good",
    ],
)
def test_a_host_that_is_not_paypals_is_never_asked(url, sign, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "requests.Session.request", lambda *args, **kw: asked.append(args)
    )
    certificates = Certificates(const.CERTIFICATE_ORIGINS[const.LIVE])
    with pytest.raises(NotGenuine) as caught:
        certificates.key(url, datetime.now(timezone.utc))
    assert (caught.value.code, asked) == ("host", [])


def test_the_stand_in_is_no_host_of_paypals(sign):
    """Only who names it in the server's own environment has it."""
    certificates = Certificates(const.CERTIFICATE_ORIGINS[const.LIVE])
    with pytest.raises(NotGenuine) as caught:
        certificates.key(sign().headers["PAYPAL-CERT-URL"], datetime.now(timezone.utc))
    assert caught.value.code == "host"


def test_the_root_of_a_stand_in_counts_for_nothing_with_paypal(paypal, sign):
    """The chain has to lead to a root that the machine trusts."""
    certificates = Certificates((paypal.api.base_url,))
    with pytest.raises(NotGenuine) as caught:
        certificates.key(sign().headers["PAYPAL-CERT-URL"], datetime.now(timezone.utc))
    assert caught.value.code == "certificate_chain"


@pytest.mark.parametrize(
    "header",
    [
        {"paypal_transmission_sig": "no base64!"},
        {"paypal_transmission_sig": base64.b64encode(b"x" * 256).decode()},
        {"paypal_transmission_id": ""},
        {"paypal_transmission_id": "x" * 51},
        {"paypal_transmission_time": "yesterday"},
        {"paypal_auth_algo": "none"},
        {"paypal_cert_url": ""},
    ],
)
def test_headers_that_prove_nothing(check, sign, header):
    assert refused(check, sign(), **header) in ("headers", "signature")


@pytest.mark.parametrize("fault", ["500", "reset", "html", "redirect"])
def test_a_certificate_that_cannot_be_had_is_no_refusal(check, sign, paypal, fault):
    sent = sign()
    paypal.api.change(fault, times=0)
    with pytest.raises(RestError):
        check(sent)
    assert paypal.followed_redirects == 0
    paypal.api.change(None)
    check(sent)


def test_paypal_says_itself_whether_it_signed(paypal, sign):
    sent = sign()
    headers = {name.lower(): text for name, text in sent.headers.items()}
    api = paypal.api
    with PayPal(api.base_url, api.client_id, api.secret) as client:
        assert client.proves(sent.body, headers, WEBHOOK_ID)
        altered = sent.body.replace(b"10.00", b"99.00")
        assert not client.proves(altered, headers, WEBHOOK_ID)
        assert not client.proves(sent.body, headers, "7AA00000BB000000C")


def test_an_address_is_subscribed_found_again_and_given_back(paypal):
    api, url = paypal.api, "https://shop.example.com/PayPal/Webhook/1"
    with PayPal(api.base_url, api.client_id, api.secret) as client:
        made = client.subscribe(url, const.EVENT_TYPES)
        [_other, found] = client.subscriptions()
        assert found == made and found.types == set(const.EVENT_TYPES)
        client.change_types(made.webhook_id, ["*"])
        assert client.subscriptions()[1].types == {"*"}
        client.unsubscribe(made.webhook_id)
        client.unsubscribe(made.webhook_id)
        assert len(client.subscriptions()) == 1
        with pytest.raises(RestError):
            client.subscribe("http://shop.example.com/", ["*"])
        with pytest.raises(RestError):
            client.unsubscribe("../../v1/oauth2/token")


def test_what_was_sent_is_listed_and_asked_for_again(paypal):
    api = paypal.api
    event = api.event("PAYMENT.CAPTURE.COMPLETED", RESOURCE)
    now = datetime.now(timezone.utc)
    with PayPal(api.base_url, api.client_id, api.secret) as client:
        [found] = client.events(now - timedelta(days=1), now)
        assert found.event_id == event["id"]
        client.resend(found.event_id, WEBHOOK_ID)
        assert api.resends[0][0] == event


def test_more_than_a_page_of_events_is_asked_for_page_by_page(paypal, monkeypatch):
    monkeypatch.setattr(const, "EVENTS_PAGE_SIZE", 3)
    api, now = paypal.api, datetime.now(timezone.utc)
    made = [
        api.event(
            "PAYMENT.CAPTURE.COMPLETED",
            RESOURCE,
            create_time=f"{now - timedelta(minutes=minute):%Y-%m-%dT%H:%M:%SZ}",
        )["id"]
        for minute in (1, 2, 3, 3, 4, 5, 6, 7, 8, 9)
    ]
    with PayPal(api.base_url, api.client_id, api.secret) as client:
        found = client.events(now - timedelta(days=1), now)
        assert {each.event_id for each in found} == {*made}
        # As many in a second as a page has: what is older is beyond reach.
        monkeypatch.setattr(const, "EVENTS_PAGE_SIZE", 2)
        assert len(client.events(now - timedelta(days=1), now)) == 4
