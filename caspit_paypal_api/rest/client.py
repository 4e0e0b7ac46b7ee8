# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PayPal's calls: a token, the transactions of a time, balances, disputes."""

import json
import time
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from . import const, values
from .balances import Balances, read_balances
from .disputes import Dispute, read_dispute
from .http import Http, RestError
from .rows import LedgerRow, read_row
from .webhooks import WebhookCalls


class Page(NamedTuple):
    """One page of a search.

    :ivar rows: in PayPal's order; none when there is nothing
    :ivar total_items: of all pages, as PayPal counts now
    :ivar refreshed_at: up to where PayPal's data are whole, in UTC; None when PayPal
        does not say
    :ivar account: whose transactions they are, or ''
    """

    rows: tuple[LedgerRow, ...]
    page: int
    total_pages: int
    total_items: int
    refreshed_at: datetime | None
    account: str


class PayPal(WebhookCalls):
    """One account of PayPal's, through one REST app of the merchant's.

    A token is asked for when it is needed, renewed before its end, and once more when
    PayPal does not take it any longer. It is kept in memory alone.

    :param host: one of ``const.HOSTS``, or a stand-in's
    :param sleep: waits for so many seconds
    :param timeout: seconds for each read
    """

    def __init__(
        self,
        host: str,
        client_id: str,
        secret: str,
        sleep=time.sleep,
        timeout=const.READ_TIMEOUT,
    ):
        self._http = Http(host, sleep, timeout)
        self._credentials = (client_id.strip().encode(), secret.strip().encode())
        self._token, self._token_ends = "", 0.0
        self.scopes: frozenset[str] = frozenset()

    def __enter__(self) -> "PayPal":
        return self

    def __exit__(self, *exc_info) -> None:
        self.close()

    def __repr__(self) -> str:
        return "<PayPal>"

    def close(self) -> None:
        """End the connections, and forget the token."""
        self._token = ""
        self._http.close()

    # === CALLS === #

    def connect(self) -> frozenset[str]:
        """Ask for a token now.

        :return: the scopes that PayPal gave it
        :raise RestError: PayPal gave none
        """
        self._renew()
        return self.scopes

    def search(self, start: datetime, end: datetime, page: int = 1) -> Page:
        """One page of the transactions of a time that move a balance.

        No other filter is set: with any of them PayPal leaves the balances out.

        :param start: with a time zone, as is ``end``; at most 31 days before it
        :raise RestError: PayPal gave none
        """
        answer = self._ask(
            const.SEARCH_PATH,
            start_date=values.written(start),
            end_date=values.written(end),
            fields="all",
            page_size=const.PAGE_SIZE,
            page=page,
        )
        # PayPal leaves the key out when there is nothing (OCA/bank-statement-import
        # #937).
        details = values.items(values.part(answer, "transaction_details"))
        return Page(
            rows=tuple(map(read_row, details)),
            page=page,
            total_pages=_count(answer, "total_pages"),
            total_items=_count(answer, "total_items"),
            refreshed_at=values.moment(answer.get("last_refreshed_datetime")),
            account=values.text(answer, "account_number"),
        )

    def pages(self, start: datetime, end: datetime) -> Iterator[Page]:
        """Every page of a time.

        :raise RestError: as :meth:`search`
        """
        page = self.search(start, end)
        yield page
        while page.page < page.total_pages:
            page = self.search(start, end, page.page + 1)
            yield page

    def balances(self, as_of: datetime) -> Balances:
        """The balance of each currency at a moment.

        :param as_of: with a time zone
        :raise RestError: PayPal gave none
        """
        return read_balances(
            self._ask(const.BALANCES_PATH, as_of_time=values.written(as_of))
        )

    def disputes(self, updated_after: datetime) -> Iterator[Dispute]:
        """Every dispute that changed since, in full.

        :param updated_after: with a time zone
        :raise RestError: PayPal gave none
        """
        # With another fraction than milliseconds PayPal refuses it.
        since = values.written(updated_after).replace("Z", ".000Z")
        question = {
            "update_time_after": since,
            "page_size": const.DISPUTES_PAGE_SIZE,
        }
        while question:
            answer = self._ask(const.DISPUTES_PATH, **question)
            for summary in values.items(values.part(answer, "items")):
                if dispute_id := values.text(summary, "dispute_id"):
                    yield self.dispute(dispute_id)
            token = _next_page_token(answer)
            question = token and {**question, "next_page_token": token}

    def dispute(self, dispute_id: str) -> Dispute:
        """One dispute in full.

        :raise RestError: PayPal gave none
        """
        if not dispute_id.replace("-", "").isalnum():
            raise RestError(const.REFUSED, "no id of a dispute")
        return read_dispute(self._ask(f"{const.DISPUTES_PATH}/{dispute_id}"))

    # === THE TOKEN === #

    def _ask(self, path: str, **params) -> dict:
        """Ask with a token."""
        return self._with_token("GET", path, params=params)

    def _tell(self, method: str, path: str, said=b"") -> dict:
        """Have PayPal do something.

        :param said: what is sent along, to be written as JSON, or as JSON already
        """
        data = said if isinstance(said, bytes) else json.dumps(said).encode()
        headers = {"Content-Type": "application/json"}
        return self._with_token(method, path, data=data, headers=headers)

    def _with_token(self, method: str, path: str, headers=None, **arguments) -> dict:
        """Call with a token; with another when PayPal does not take it any more."""
        if time.monotonic() >= self._token_ends:
            self._renew()
        try:
            return self._call(method, path, headers, arguments)
        except RestError as error:
            if error.status != 401:
                raise
        self._renew()
        return self._call(method, path, headers, arguments)

    def _call(self, method, path, headers, arguments) -> dict:
        headers = {"Authorization": f"Bearer {self._token}", **(headers or {})}
        return self._http.call(method, path, headers=headers, **arguments)

    def _renew(self) -> None:
        """:raise RestError: PayPal gave no token"""
        self._token, self._token_ends = "", 0.0
        answer = self._http.call(
            "POST",
            const.TOKEN_PATH,
            data={"grant_type": "client_credentials"},
            auth=self._credentials,
        )
        token = values.text(answer, "access_token")
        # It goes into a header, where a line break or a letter of another script is
        # an error that would name it.
        if not (token and token.isascii() and token.isprintable()):
            raise RestError(const.NO_ANSWER, "an answer without a token", 200)
        seconds = _count(answer, "expires_in") - const.TOKEN_MARGIN
        self._token, self._token_ends = token, time.monotonic() + max(seconds, 1)
        self.scopes = frozenset(values.text(answer, "scope").split())


def _count(answer: dict, name: str) -> int:
    """A whole number that is not negative; 0 for anything else."""
    found = values.text(answer, name)
    return int(found) if found.isdecimal() and len(found) < 10 else 0


def _next_page_token(answer: dict) -> str:
    """What asks for the next page of disputes; '' on the last one."""
    for link in values.items(values.part(answer, "links")):
        if values.text(link, "rel") == "next":
            query = parse_qs(urlsplit(values.text(link, "href")).query)
            return query.get("next_page_token", [""])[0]
    return ""
