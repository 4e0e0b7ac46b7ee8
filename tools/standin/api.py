"""PayPal's REST API as far as the ledger needs it: token, search, balances, disputes.

Webhooks are in :mod:`.api_webhooks`.

Its answers are those of PayPal's OpenAPI descriptions; :mod:`tools.standin.openapi`
checks that. What is asked wrongly is refused as PayPal refuses it.
"""

import base64
import secrets
import threading
from collections import Counter
from datetime import datetime, timedelta, timezone

from tools.standin.api_answers import Answer, Refusal
from tools.standin.api_faults import FAULTS
from tools.standin.api_reports import MAX_AGE, Reports
from tools.standin.api_webhooks import WEBHOOKS_SCOPE, Webhooks

SEARCH_SCOPE = "https://uri.paypal.com/services/reporting/search/read"
BALANCES_SCOPE = "https://uri.paypal.com/services/reporting/balances/read"
DISPUTES_SCOPE = "https://uri.paypal.com/services/disputes/read-seller"
SCOPES = (SEARCH_SCOPE, BALANCES_SCOPE, DISPUTES_SCOPE, WEBHOOKS_SCOPE)
#: Rows of one search, over all its pages.
MAX_RESULTS = 10_000


class PayPalApi(Reports, Webhooks):
    """One account of PayPal's, and the REST app that may read it.

    :ivar moves: the account's ``transaction_details``
    :ivar disputes: the account's disputes in full
    :ivar delay: PayPal's own, until a transaction can be found; up to three hours
    :ivar ahead: how far PayPal's clock is ahead of this machine's
    """

    def __init__(self):
        super().__init__()
        self.account_id = "N5NH53T46TSYS"
        self.client_id, self.secret = "stand-in-client", "stand-in-secret"
        self.scopes: tuple[str, ...] = SCOPES
        self.moves: list[dict] = []
        self.disputes: list[dict] = []
        self.delay = timedelta(0)
        self.ahead = timedelta(0)
        self.token_seconds = 32_400
        self.max_results, self.max_age = MAX_RESULTS, MAX_AGE
        self.calls: Counter[str] = Counter()
        self._tokens: dict[str, datetime] = {}
        self._fault, self._times = None, 0
        self._lock = threading.RLock()

    # === THE CLOCK === #

    def now(self) -> datetime:
        """What PayPal's clock says."""
        return datetime.now(timezone.utc).replace(microsecond=0) + self.ahead

    def refreshed_at(self) -> datetime:
        """Up to where PayPal's data are whole."""
        return self.now() - self.delay

    # === SWITCHES === #

    def change(self, fault=None, times=1) -> None:
        """Misbehave at the next calls.

        :param fault: a key of :data:`.api_faults.FAULTS`; None: do the work
        :param times: at so many calls; 0: until it is changed
        :raise ValueError: there is no such fault
        """
        if fault is not None and fault not in FAULTS:
            raise ValueError(f"no such fault: {fault!r}")
        with self._lock:
            self._fault, self._times = fault, times

    @property
    def fault(self) -> str | None:
        """What goes wrong at the next call."""
        return self._fault

    def _take_fault(self, path: str):
        with self._lock:
            fault = self._fault and FAULTS[self._fault]
            if fault and fault.paths and not path.startswith(fault.paths):
                return None
            if fault and self._times:
                self._times -= 1
                self._fault = self._fault if self._times else None
            return fault

    def forget_tokens(self) -> None:
        """No token is good any longer."""
        with self._lock:
            self._tokens.clear()

    # === THE DOOR === #

    def answer(
        self, method: str, path: str, params: dict, headers, body: dict, raw=b""
    ):
        """Answer one call.

        :param params: the query
        :param headers: of the request
        :param body: the fields of a posted form
        :param raw: the bytes of what was posted
        :return: an :class:`Answer`, or the fault to commit on the connection
        """
        with self._lock:
            self.calls[path] += 1
            fault = self._take_fault(path)
            try:
                if fault and fault.before:
                    fault.before(self, Refusal)
                if fault and fault.exchange:
                    return fault.exchange
                params = dict(params, _shifted=bool(fault and fault.shifts))
                return self._route(method, path, params, headers, body, raw)
            except Refusal as refusal:
                return refusal.answer

    def _route(self, method, path, params, headers, body, raw) -> Answer:
        if (method, path) == ("POST", "/v1/oauth2/token"):
            return self._give_token(headers, body)
        if (content := self.certificate(path)) is not None:
            return Answer(200 if content else 404, content)
        self._check_token(headers)
        if found := self.webhook_answer(method, path, params, raw):
            return found
        for prefix, scope, give in (
            ("/v1/reporting/transactions", SEARCH_SCOPE, self._search),
            ("/v1/reporting/balances", BALANCES_SCOPE, self._balances),
            ("/v1/customer/disputes", DISPUTES_SCOPE, self._disputes),
        ):
            if method == "GET" and path.startswith(prefix):
                if scope not in self.scopes:
                    raise Refusal(
                        403,
                        "NOT_AUTHORIZED",
                        "Authorization failed due to insufficient permissions.",
                    )
                return give(params, path.removeprefix(prefix).strip("/"))
        raise Refusal(404, "RESOURCE_NOT_FOUND", "The specified resource is not there.")

    # === TOKENS === #

    def _give_token(self, headers, body) -> Answer:
        pair = f"{self.client_id}:{self.secret}".encode()
        expected = "Basic " + base64.b64encode(pair).decode()
        if headers.get("Authorization") != expected:
            text = "Client Authentication failed"
            error = {"error": "invalid_client", "error_description": text}
            return Answer(401, error)
        if body.get("grant_type") != "client_credentials":
            text = "Grant Type is NULL"
            error = {"error": "unsupported_grant_type", "error_description": text}
            return Answer(400, error)
        token = "A21AA" + secrets.token_urlsafe(60)
        self._tokens[token] = self.now() + timedelta(seconds=self.token_seconds)
        return Answer(
            200,
            {
                "scope": " ".join(self.scopes),
                "access_token": token,
                "token_type": "Bearer",
                "app_id": "APP-STANDIN",
                "expires_in": self.token_seconds,
                "nonce": secrets.token_hex(8),
            },
        )

    def _check_token(self, headers) -> None:
        token = headers.get("Authorization", "").removeprefix("Bearer ")
        if self._tokens.get(token, self.now()) <= self.now():
            raise Refusal(401, "AUTHENTICATION_FAILURE", "Invalid or expired token.")
