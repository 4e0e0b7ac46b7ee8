"""What stands in PayPal's descriptions of its API, written out a second time."""

from datetime import timedelta

from rest import const


def test_hosts_and_paths_are_paypals():
    assert dict(const.HOSTS) == {
        "live": "https://api-m.paypal.com",
        "sandbox": "https://api-m.sandbox.paypal.com",
    }
    assert (const.LIVE, const.SANDBOX) == ("live", "sandbox")
    assert const.TOKEN_PATH == "/v1/oauth2/token"
    assert const.SEARCH_PATH == "/v1/reporting/transactions"
    assert const.BALANCES_PATH == "/v1/reporting/balances"
    assert const.DISPUTES_PATH == "/v1/customer/disputes"
    assert const.WEBHOOKS_PATH == "/v1/notifications/webhooks"
    assert const.EVENTS_PATH == "/v1/notifications/webhooks-events"
    assert const.VERIFY_PATH == "/v1/notifications/verify-webhook-signature"
    assert const.ORDERS_PATH == "/v2/checkout/orders"


def test_certificates_come_from_paypals_hosts_alone():
    assert dict(const.CERTIFICATE_ORIGINS) == {
        "live": ("https://api.paypal.com", "https://api-m.paypal.com"),
        "sandbox": (
            "https://api.sandbox.paypal.com",
            "https://api-m.sandbox.paypal.com",
        ),
    }
    assert const.CERTIFICATES_PATH == "/v1/notifications/certs/"
    assert const.STANDIN_ROOT_PATH == "/v1/notifications/certs/root"
    assert const.MAX_CERTIFICATE_BYTES == 65_536
    assert (const.CERTIFICATES_KEPT, const.CERTIFICATES_FOR) == (32, 21_600)


def test_scopes_have_paypals_names():
    uri = "https://uri.paypal.com/services"
    assert f"{uri}/applications/webhooks" == const.SCOPE_WEBHOOKS
    assert f"{uri}/reporting/search/read" == const.SCOPE_SEARCH
    assert f"{uri}/reporting/balances/read" == const.SCOPE_BALANCES
    assert (
        f"{uri}/disputes/read-seller",
        f"{uri}/disputes/read",
    ) == const.SCOPES_DISPUTES


def test_limits_are_paypals_and_ours():
    assert timedelta(days=31) == const.MAX_SPAN
    assert (const.PAGE_SIZE, const.DISPUTES_PAGE_SIZE) == (500, 50)
    assert timedelta(days=1094) == const.MAX_AGE
    assert timedelta(hours=3) == const.MAX_DELAY
    assert (const.READ_TIMEOUT, const.DEADLINE) == (60, 120)
    assert const.MAX_ANSWER_BYTES == 67_108_864
    assert (const.PATIENCE, const.TRIES, const.TOKEN_MARGIN) == (5, 3, 60)
    assert const.USER_AGENT == "caspit_paypal_api"


def test_limits_of_webhooks():
    assert timedelta(days=4) == const.WEBHOOK_MAX_AGE
    assert timedelta(minutes=10) == const.CLOCKS_DIFFER
    assert (const.WEBHOOK_TIMEOUT, const.MAX_EVENT_BYTES) == (10, 131_072)
    assert (const.MOST_WEBHOOKS, const.EVENTS_PAGE_SIZE) == (10, 100)
    assert const.EVENTS_PAGES == 20
    assert dict(const.WEBHOOK_HEADERS) == {
        "paypal-transmission-id": 50,
        "paypal-transmission-time": 100,
        "paypal-transmission-sig": 500,
        "paypal-cert-url": 500,
        "paypal-auth-algo": 100,
    }
    assert (const.EVENT_KIND_FIELD, const.EVENT_NO_MONEY) == (
        "caspit_webhook_kind",
        "closed",
    )


def test_these_events_are_subscribed():
    assert const.EVENT_TYPES == (
        "BILLING.SUBSCRIPTION.ACTIVATED",
        "BILLING.SUBSCRIPTION.CANCELLED",
        "BILLING.SUBSCRIPTION.CREATED",
        "BILLING.SUBSCRIPTION.EXPIRED",
        "BILLING.SUBSCRIPTION.PAYMENT.FAILED",
        "BILLING.SUBSCRIPTION.RE-ACTIVATED",
        "BILLING.SUBSCRIPTION.SUSPENDED",
        "BILLING.SUBSCRIPTION.UPDATED",
        "CUSTOMER.DISPUTE.CREATED",
        "CUSTOMER.DISPUTE.RESOLVED",
        "CUSTOMER.DISPUTE.UPDATED",
        "PAYMENT.CAPTURE.COMPLETED",
        "PAYMENT.CAPTURE.DECLINED",
        "PAYMENT.CAPTURE.DENIED",
        "PAYMENT.CAPTURE.PENDING",
        "PAYMENT.CAPTURE.REFUNDED",
        "PAYMENT.CAPTURE.REVERSED",
        "PAYMENT.SALE.COMPLETED",
        "PAYMENT.SALE.DENIED",
        "PAYMENT.SALE.PENDING",
        "PAYMENT.SALE.REFUNDED",
        "PAYMENT.SALE.REVERSED",
    )


def test_why_a_webhook_is_refused_has_names_in_every_database():
    assert const.WEBHOOK_REFUSALS == (
        "headers",
        "too_old",
        "host",
        "certificate_name",
        "certificate_expired",
        "certificate_chain",
        "signature",
        "off",
    )


def test_what_goes_wrong_has_names_that_others_may_write_out():
    assert const.CREDENTIALS == "credentials"
    assert const.PERMISSION == "permission"
    assert const.TOO_MANY == "too_many"
    assert const.REFUSED == "refused"
    assert {"busy", "no_answer", "not_ready"} == const.PASSING
    assert (const.BUSY, const.NO_ANSWER, const.NOT_READY) == (
        "busy",
        "no_answer",
        "not_ready",
    )
    assert {200, 201, 202} == const.GOOD
    assert dict(const.STATUSES) == {
        400: "refused",
        401: "credentials",
        403: "permission",
        408: "busy",
        429: "busy",
        500: "busy",
        502: "busy",
        503: "busy",
        504: "busy",
    }
    assert const.ERROR_WORDS == (
        ("RESULTSET_TOO_LARGE", "too_many"),
        ("result set size is greater", "too_many"),
        ("invalid_client", "credentials"),
        ("NOT_AUTHORIZED", "permission"),
        ("PERMISSION_DENIED", "permission"),
        ("RATE_LIMIT_REACHED", "busy"),
        ("INVALID_REQUEST", "not_ready"),
    )
