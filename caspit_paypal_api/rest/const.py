# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PayPal's vocabulary for its REST API: hosts, scopes, limits, names of errors.

Sources: https://developer.paypal.com/api/transaction-search/v1, the OpenAPI
descriptions of github.com/paypal/paypal-rest-api-specifications, and what others met,
in the threads named beside each; last checked 2026-11-27.
"""

from datetime import timedelta
from types import MappingProxyType

LIVE = "live"
SANDBOX = "sandbox"
HOSTS = MappingProxyType(
    {
        LIVE: "https://api-m.paypal.com",
        SANDBOX: "https://api-m.sandbox.paypal.com",
    }
)

TOKEN_PATH = "/v1/oauth2/token"
SEARCH_PATH = "/v1/reporting/transactions"
BALANCES_PATH = "/v1/reporting/balances"
DISPUTES_PATH = "/v1/customer/disputes"

WEBHOOKS_PATH = "/v1/notifications/webhooks"
EVENTS_PATH = "/v1/notifications/webhooks-events"
VERIFY_PATH = "/v1/notifications/verify-webhook-signature"
CERTIFICATES_PATH = "/v1/notifications/certs/"
ORDERS_PATH = "/v2/checkout/orders"

SCOPE_WEBHOOKS = "https://uri.paypal.com/services/applications/webhooks"
SCOPE_SEARCH = "https://uri.paypal.com/services/reporting/search/read"
SCOPE_BALANCES = "https://uri.paypal.com/services/reporting/balances/read"
#: Any of these lets the seller's disputes be read.
SCOPES_DISPUTES = (
    "https://uri.paypal.com/services/disputes/read-seller",
    "https://uri.paypal.com/services/disputes/read",
)

# === LIMITS === #

#: Days that one search may span.
MAX_SPAN = timedelta(days=31)
PAGE_SIZE = 500
#: PayPal's pages of disputes have fifty at most.
DISPUTES_PAGE_SIZE = 50
#: How far back PayPal answers at all; a day less, as its own clock decides.
MAX_AGE = timedelta(days=3 * 365 - 1)
#: How long PayPal takes at most until a transaction can be found.
MAX_DELAY = timedelta(hours=3)
#: Seconds; a page of 500 full rows takes PayPal up to half a minute.
READ_TIMEOUT = 60
#: Seconds for a whole answer, however slowly it drips.
DEADLINE = 120
#: A page of 500 rows with long carts has a few megabytes.
MAX_ANSWER_BYTES = 64 * 1024 * 1024
#: Seconds that a call waits by itself when PayPal says when to come again; when it is
#: longer, the caller is told.
PATIENCE = 5
TRIES = 3
#: Seconds before its end at which a token is not used any more.
TOKEN_MARGIN = 60

USER_AGENT = "caspit_paypal_api"

# === WEBHOOKS === #
# https://developer.paypal.com/api/rest/webhooks/, last checked 2026-11-27

#: Where the certificates of signatures are.
CERTIFICATE_ORIGINS = MappingProxyType(
    {
        LIVE: ("https://api.paypal.com", "https://api-m.paypal.com"),
        SANDBOX: ("https://api.sandbox.paypal.com", "https://api-m.sandbox.paypal.com"),
    }
)
#: Where a stand-in has the root that its certificates have a chain to.
STANDIN_ROOT_PATH = CERTIFICATES_PATH + "root"
MAX_CERTIFICATE_BYTES = 64 * 1024
CERTIFICATES_KEPT = 32
#: Seconds that a certificate is used without fetching it again.
CERTIFICATES_FOR = 6 * 3600
#: PayPal tries for three days; what comes later than that is no try of PayPal's. What
#: comes within it again is known by its bytes, and by its transaction.
WEBHOOK_MAX_AGE = timedelta(days=4)
CLOCKS_DIFFER = timedelta(minutes=10)
#: Seconds; while a message waits to be proved, its worker does nothing else.
WEBHOOK_TIMEOUT = 10
#: Bytes. PayPal's captures have two thousand; its largest events list whole orders.
MAX_EVENT_BYTES = 128 * 1024
#: Addresses that one app may have.
MOST_WEBHOOKS = 10
EVENTS_PAGE_SIZE = 100
#: Pages of events that are asked for at most, each from where the last one ended.
EVENTS_PAGES = 20
#: Names of the headers that prove a message, in lower case, and how long each may be.
WEBHOOK_HEADERS = MappingProxyType(
    {
        "paypal-transmission-id": 50,
        "paypal-transmission-time": 100,
        "paypal-transmission-sig": 500,
        "paypal-cert-url": 500,
        "paypal-auth-algo": 100,
    }
)
#: What an address is subscribed to: all that :mod:`.events` has a rule for.
EVENT_TYPES = (
    *(
        f"BILLING.SUBSCRIPTION.{name}"
        for name in (
            "ACTIVATED",
            "CANCELLED",
            "CREATED",
            "EXPIRED",
            "PAYMENT.FAILED",
            "RE-ACTIVATED",
            "SUSPENDED",
            "UPDATED",
        )
    ),
    *(f"CUSTOMER.DISPUTE.{name}" for name in ("CREATED", "RESOLVED", "UPDATED")),
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
#: Our own field of an event: its kind of message, where IPN has no word for it.
EVENT_KIND_FIELD = "caspit_webhook_kind"
EVENT_NO_MONEY = "closed"
#: Why a message is not PayPal's; each has a sentence for people.
WEBHOOK_REFUSALS = (
    "headers",
    "too_old",
    "host",
    "certificate_name",
    "certificate_expired",
    "certificate_chain",
    "signature",
    "off",
)

# === WHAT WENT WRONG === #

#: The client id or the secret is not one of PayPal's in this environment.
CREDENTIALS = "credentials"
#: The app has not the permission, or not yet: PayPal takes up to nine hours.
PERMISSION = "permission"
#: Too many calls, or PayPal is overloaded: come again later.
BUSY = "busy"
#: Nobody answered, or not like PayPal.
NO_ANSWER = "no_answer"
#: PayPal's data do not reach so far yet; on Mondays it says so of good questions.
NOT_READY = "not_ready"
#: More rows than PayPal gives at once: ask for a shorter time.
TOO_MANY = "too_many"
#: PayPal finds the question wrong.
REFUSED = "refused"

#: Of these the same call may succeed later, without anybody doing anything.
PASSING = frozenset({BUSY, NO_ANSWER, NOT_READY})

#: Statuses of answers that are good; 201 and 202 to what made or asked for something.
GOOD = frozenset({200, 201, 202})

#: PayPal's words → code, in names and issues of an error; the first that occurs.
ERROR_WORDS = (
    ("RESULTSET_TOO_LARGE", TOO_MANY),
    ("result set size is greater", TOO_MANY),
    ("invalid_client", CREDENTIALS),
    ("NOT_AUTHORIZED", PERMISSION),
    ("PERMISSION_DENIED", PERMISSION),
    ("RATE_LIMIT_REACHED", BUSY),
    # OCA/bank-statement-import, account_statement_import_online_paypal, ROADMAP: on
    # Mondays, hours after midnight UTC, good questions get an INVALID_REQUEST.
    ("INVALID_REQUEST", NOT_READY),
)
#: What a status means when the words do not tell.
STATUSES = MappingProxyType(
    {
        400: REFUSED,
        401: CREDENTIALS,
        403: PERMISSION,
        408: BUSY,
        429: BUSY,
        500: BUSY,
        502: BUSY,
        503: BUSY,
        504: BUSY,
    }
)
