# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What can be asked of the authority."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from urllib.parse import urlencode

from . import answers, http

AUTHORISE = "https://openapi.taxes.gov.il/shaam/{}/longtimetoken/oauth2"
SERVICES = "https://ita-api.taxes.gov.il/shaam/{}"
#: A token of which less than this is left is renewed before it is used.
MARGIN = timedelta(seconds=60)
#: What is assumed of a token whose end the authority does not tell (its FAQ, 2023).
ACCESS_SECONDS = 600
REFRESH_DAYS = 30


class Decision(Enum):
    """What a dealer may choose after a refusal, by its path."""

    CANCEL = "Cancel"
    CONTINUE = "Continue"
    OBJECT = "FurtherObjection"


@dataclass(frozen=True)
class Tokens:
    """What the dealer's permission is used by. Moments are UTC without a zone."""

    access: str
    access_until: datetime
    refresh: str
    refresh_until: datetime


def urls_of(environment, standin=""):
    """:return: where to get tokens and where the services are

    :param str environment: ``tsandbox`` or ``production``
    :param str standin: the address of one that stands in for the authority
    """
    if standin:
        base = f"{standin.rstrip('/')}/shaam/{environment}"
        return f"{base}/longtimetoken/oauth2", base
    return AUTHORISE.format(environment), SERVICES.format(environment)


class Authority:
    """The authority, for one dealer.

    :param urls: as :func:`urls_of` gives them
    :param str client_id: of the software
    :param str client_secret: of the software
    """

    def __init__(self, urls, client_id, client_secret):
        self.tokens_url, self.services_url = urls
        self.client_id = client_id
        self.client_secret = client_secret

    # === PERMISSION === #

    def authorise_url(self, redirect, state):
        """:return: where the dealer gives his permission in the browser"""
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "scope": "scope",
            "redirect_uri": redirect,
            "state": state,
        }
        return f"{self.tokens_url}/authorize?{urlencode(asked)}"

    def exchange(self, code, redirect, now):
        """Turn the code that the browser brought back into tokens.

        :rtype: Tokens
        :raise AuthorityError: it gives none
        """
        return self._tokens(
            now, grant_type="authorization_code", code=code, redirect_uri=redirect
        )

    def renew(self, tokens, now):
        """:return: fresh tokens for old ones

        :rtype: Tokens
        :raise AuthorityError: it gives none
        """
        return self._tokens(
            now, tokens, grant_type="refresh_token", refresh_token=tokens.refresh
        )

    def fresh(self, tokens, now):
        """:return: the tokens, renewed if the access token is about to end"""
        if now < tokens.access_until - MARGIN:
            return tokens
        return self.renew(tokens, now)

    def _tokens(self, now, known=None, **asked):
        status, answer = http.post(
            f"{self.tokens_url}/token",
            auth=(self.client_id, self.client_secret),
            data={"scope": "scope", **asked},
        )
        if status in (400, 401, 403) or (status == 200 and not _has_token(answer)):
            raise answers.NotAllowed(str(status), _oauth_error(answer))
        if status != 200:
            raise answers.Away(str(status), _oauth_error(answer))
        refresh = answer.get("refresh_token") or (known.refresh if known else "")
        is_new = bool(answer.get("refresh_token")) or not known
        lasting = answer.get("refresh_token_expires_in") or REFRESH_DAYS * 86400
        return Tokens(
            access=answer["access_token"],
            access_until=now
            + timedelta(seconds=int(answer.get("expires_in") or ACCESS_SECONDS)),
            refresh=refresh,
            refresh_until=now + timedelta(seconds=int(lasting))
            if is_new
            else known.refresh_until,
        )

    # === NUMBERS === #

    def approve(self, tokens, request):
        """Ask for a number.

        :param dict request: as :func:`.approval.approval` writes it
        :rtype: Answer
        :raise AuthorityError: there is none
        """
        return self._ask(tokens, "Invoices/v2/Approval", request)

    def report_emergency(self, tokens, request, number):
        """Report a document that carries an emergency number.

        :rtype: Answer
        :raise AuthorityError: it was not taken
        """
        request = {**request, "emergency_confirmation_number": number}
        return self._ask(tokens, "emergency-invoices/v1/Approval", request)

    def decide(self, tokens, decision, request):
        """Tell what the dealer chose after a refusal.

        :param Decision decision: what
        :raise AuthorityError: it was not taken
        """
        status, answer = http.post(
            f"{self.services_url}/InvoiceDecisionApi/v1/{decision.value}",
            token=tokens.access,
            json={
                name: request[name]
                for name in ("invoice_id", "vat_number", "invoice_reference_number")
                if name in request
            },
        )
        if status != 200:
            answers.read(status, answer)

    def _ask(self, tokens, path, request):
        status, answer = http.post(
            f"{self.services_url}/{path}", token=tokens.access, json=request
        )
        return answers.read(status, answer)


def _has_token(answer):
    return isinstance(answer, dict) and bool(answer.get("access_token"))


def _oauth_error(answer):
    if not isinstance(answer, dict):
        return ""
    return str(answer.get("error_description") or answer.get("error") or "")
