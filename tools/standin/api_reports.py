"""What the stand-in's REST API tells: transactions, balances, disputes."""

import copy
import re
from datetime import datetime, timedelta
from decimal import Decimal

from tools.standin.api_answers import Answer, Refusal, invalid, number
from tools.standin.api_moves import (
    chosen,
    may_move,
    moment_of,
    money,
    read_moment,
    totals,
    written,
)

MAX_SPAN = timedelta(days=31)
MAX_AGE = timedelta(days=3 * 365)
MAX_PAGE_SIZE = 500
_QUESTION = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d([Zz]|[+-]\d\d:?\d\d)", re.ASCII
)
#: What the list of disputes tells of each.
SUMMARY = (
    "dispute_id",
    "create_time",
    "update_time",
    "reason",
    "status",
    "dispute_state",
    "dispute_amount",
    "dispute_life_cycle_stage",
    "dispute_channel",
    "seller_response_due_date",
)


class Reports:
    """The calls of :class:`tools.standin.api.PayPalApi` that read the account."""

    # === TRANSACTIONS === #

    def _search(self, params, _rest) -> Answer:
        start, end = self._asked(params, "start_date"), self._asked(params, "end_date")
        if end - start > MAX_SPAN:
            raise invalid("Date range is greater than 31 days")
        if start < self.now() - self.max_age or start > self.refreshed_at():
            raise invalid("Data for the given start date is not available.")
        size = number(params, "page_size", 100, MAX_PAGE_SIZE)
        page = number(params, "page", 1, 1_000_000)
        found = self._found(start, end, params)
        if len(found) > self.max_results:
            raise Refusal(
                400,
                "RESULTSET_TOO_LARGE",
                "Result set size is greater than the maximum"
                " limit. Change the filter criteria and try again.",
            )
        if params["_shifted"] and page == 1:
            found = found[1:]
        body = {
            "account_number": self.account_id,
            "start_date": written(start),
            "end_date": written(min(end, self.refreshed_at())),
            "last_refreshed_datetime": written(self.refreshed_at()),
            "page": page,
            "total_items": len(found),
            "total_pages": -(-len(found) // size),
            "links": self._links(params, page, -(-len(found) // size)),
        }
        rows = found[(page - 1) * size : page * size]
        if rows:  # without any PayPal leaves the key out
            wanted = params.get("fields", "transaction_info")
            body["transaction_details"] = [chosen(row, wanted) for row in rows]
        return Answer(200, body)

    def _found(self, start, end, params) -> list[dict]:
        """The rows of a time that can be found by now, oldest first."""
        end = min(end, self.refreshed_at())
        only_balance = params.get("balance_affecting_records_only", "Y") == "Y"
        found = []
        for move in self.moves:
            when = moment_of(move)
            # What has no date at all is told each time, as nobody could ask for it.
            if when and not (start <= when <= end and start < end):
                continue
            if only_balance and not may_move(move):
                continue
            found.append((when or start, move))
        return [move for _when, move in sorted(found, key=lambda pair: pair[0])]

    def _asked(self, params, name) -> datetime:
        text = params.get(name, "")
        if not _QUESTION.fullmatch(text):
            raise invalid(f"Field {name} is not a valid date")
        try:
            return read_moment(text)
        except ValueError:
            raise invalid(f"Field {name} is not a valid date") from None

    @staticmethod
    def _links(params, page, pages) -> list[dict]:
        base = "https://api-m.paypal.com/v1/reporting/transactions"
        query = "&".join(
            f"{name}={value}"
            for name, value in params.items()
            if name not in ("page", "_shifted")
        )
        rels = {"self": page, "first": 1, "last": max(pages, 1)}
        if page < pages:
            rels["next"] = page + 1
        return [
            {"href": f"{base}?{query}&page={number}", "rel": rel, "method": "GET"}
            for rel, number in rels.items()
        ]

    # === BALANCES === #

    def _balances(self, params, _rest) -> Answer:
        as_of = self.refreshed_at()
        if params.get("as_of_time"):
            as_of = min(as_of, self._asked(params, "as_of_time"))
        body = {
            "balances": [
                {
                    "currency": currency,
                    "primary": not number,
                    "total_balance": money(currency, total),
                    "available_balance": money(currency, total - withheld),
                    "withheld_balance": money(currency, withheld),
                }
                for number, (currency, (total, withheld)) in enumerate(
                    sorted(self.totals(as_of).items())
                )
            ],
            "account_id": self.account_id,
            "as_of_time": written(as_of),
            "last_refresh_time": written(self.refreshed_at()),
        }
        return Answer(200, body)

    def totals(self, as_of: datetime) -> dict[str, tuple[Decimal, Decimal]]:
        """The total and what is withheld of it, by currency."""
        return totals(self.moves, as_of)

    # === DISPUTES === #

    def _disputes(self, params, dispute_id) -> Answer:
        if dispute_id:
            for dispute in self.disputes:
                if dispute["dispute_id"] == dispute_id:
                    return Answer(200, copy.deepcopy(dispute))
            raise Refusal(404, "RESOURCE_NOT_FOUND", "The dispute is not there.")
        since = params.get("update_time_after")
        found = [
            dispute
            for dispute in self.disputes
            if not since or read_moment(dispute["update_time"]) > read_moment(since)
        ]
        size = number(params, "page_size", 10, 50)
        first = int(params.get("next_page_token") or 0)
        body = {"links": []}
        if page := found[first : first + size]:
            body["items"] = [
                {name: each[name] for name in SUMMARY if name in each} for each in page
            ]
        href = "https://api-m.paypal.com/v1/customer/disputes?page_size=" + str(size)
        body["links"].append({"href": href, "rel": "self", "method": "GET"})
        if first + size < len(found):
            token = f"&next_page_token={first + size}"
            body["links"].append({"href": href + token, "rel": "next", "method": "GET"})
        return Answer(200, body)
