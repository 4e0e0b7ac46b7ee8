"""What the listener says to requests that are no message."""

import pytest
import requests

FORM = "application/x-www-form-urlencoded"
SECRET = "Peretzky"


@pytest.fixture
def ask(bench):
    """Send a request to the listener, as a function."""

    def send(method, content_type=None, body=None):
        with requests.Session() as session:
            session.trust_env = False
            return session.request(
                method,
                f"{bench.odoo.url}/PayPal/IPN",
                data=body,
                headers={"Content-Type": content_type} if content_type else {},
                allow_redirects=False,
                timeout=10,
            )

    return send


def test_a_browser_is_told_what_this_address_is(ask):
    response = ask("GET")

    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"
    assert response.text == "PayPal IPN listener: POST only"


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        (FORM, f"last_name={SECRET}&memo={'x' * 64 * 1024}".encode(), 413),
        (FORM, f"last_name={SECRET}{'&a=1' * 3276}".encode(), 413),
        ("application/json", f'{{"last_name": "{SECRET}"}}'.encode(), 415),
        (FORM, b"", 400),
    ],
    ids=["too long", "too many fields", "no form", "empty"],
)
def test_what_cannot_be_a_message_is_refused_and_not_kept(
    ask, bench, inbox, content_type, body, status
):
    kept = inbox.sql("SELECT count(*) FROM paypal_ipn")
    logged = len(bench.odoo.log())

    response = ask("POST", content_type, body)

    assert response.status_code == status
    assert SECRET not in response.text
    assert inbox.sql("SELECT count(*) FROM paypal_ipn") == kept
    lines = bench.odoo.log()[logged:].splitlines()
    said = [line for line in lines if f"(HTTP {status})" in line]
    assert len(said) == 1
    assert SECRET not in "".join(lines)
