"""Check the stand-in's answers against PayPal's own OpenAPI descriptions.

python -m tools.standin.openapi reporting_transactions_v1.json customer_disputes_v1.json

The descriptions are public, in paypal/paypal-rest-api-specifications on GitHub, and not
part of this repository. Every answer over HTTP, refusals included, is validated against
the schema that the description has for its path and status.
"""

import argparse
import base64
import json
import sys
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import urlencode

import requests
from jsonschema import Draft202012Validator

from tools.standin.api import SCOPES
from tools.standin.paypal import PayPalStandIn
from tools.trials.ledger_moves import disputes_of, moves_of

SEARCH = "/v1/reporting/transactions"
BALANCES = "/v1/reporting/balances"
DISPUTES = "/v1/customer/disputes"
START = datetime(2026, 9, 1, tzinfo=timezone.utc)


def main(arguments=None):
    """:return: the exit status: 0 if every answer is valid"""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("descriptions", nargs="+", type=Path, metavar="FILE")
    options = parser.parse_args(arguments)
    documents = [json.loads(path.read_text()) for path in options.descriptions]
    with PayPalStandIn("http://127.0.0.1:9/") as paypal:
        paypal.api.moves = list(moves_of(400, start=START))
        paypal.api.disputes = list(disputes_of(paypal.api.moves))
        return 1 if sum(check(paypal, document) for document in documents) else 0


def check(paypal, document):
    """Ask the stand-in everything that a description has, and validate the answers.

    :return: how many answers were not valid
    """
    wrong = 0
    for path, params, faults, scopes in questions(paypal.api):
        template = template_of(document, path)
        if not template:
            continue
        paypal.api.scopes = scopes
        headers = {"Authorization": f"Bearer {token(paypal)}"}
        if faults == "no token":
            headers = {"Authorization": "Bearer no"}
        elif faults:
            paypal.api.change(faults)
        base = paypal.url.removesuffix("/cgi-bin/webscr")
        url = f"{base}{path}?{urlencode(params)}"
        answer = requests.get(url, headers=headers, timeout=10)
        errors = list(errors_of(document, template, answer))
        wrong += bool(errors)
        print(f"{'WRONG' if errors else 'ok':<6}{answer.status_code} {path} {faults}")
        for error in errors[:5]:
            print(f"      {error.json_path}: {error.message[:200]}")
    return wrong


def questions(api):
    """:return: path, parameters, fault and scopes of each question"""
    month = {"start_date": "2026-09-01T00:00:00Z", "end_date": "2026-10-01T00:00:00Z"}
    full = {**month, "fields": "all", "page_size": 50}
    empty = {**month, "start_date": "2026-10-01T00:00:00Z"}
    yield SEARCH, month, "", SCOPES
    yield SEARCH, full, "", SCOPES
    yield SEARCH, {**full, "page": 2}, "", SCOPES
    yield SEARCH, empty, "", SCOPES
    yield SEARCH, {}, "", SCOPES
    yield SEARCH, {**month, "end_date": "2027-01-01T00:00:00Z"}, "", SCOPES
    yield SEARCH, month, "", ()
    yield SEARCH, month, "no token", SCOPES
    for fault in ("500", "503", "monday", "no_permission"):
        yield SEARCH, month, fault, SCOPES
    yield BALANCES, {}, "", SCOPES
    yield BALANCES, {"as_of_time": "2026-09-20T00:00:00Z"}, "", SCOPES
    yield BALANCES, {}, "", ()
    yield DISPUTES, {}, "", SCOPES
    yield DISPUTES, {"update_time_after": "2030-01-01T00:00:00.000Z"}, "", SCOPES
    for dispute in api.disputes[:3]:
        yield f"{DISPUTES}/{dispute['dispute_id']}", {}, "", SCOPES
    yield f"{DISPUTES}/PP-D-0", {}, "", SCOPES


def token(paypal):
    """Ask for a token as a client does."""
    pair = f"{paypal.api.client_id}:{paypal.api.secret}".encode()
    basic = base64.b64encode(pair).decode()
    answer = requests.post(
        paypal.url.removesuffix("/cgi-bin/webscr") + "/v1/oauth2/token",
        data={"grant_type": "client_credentials"},
        headers={"Authorization": f"Basic {basic}"},
        timeout=10,
    )
    return answer.json()["access_token"]


def template_of(document, path):
    """:return: the path as the description names it, or None"""
    if path in document["paths"]:
        return path
    parent = path.rpartition("/")[0] + "/{id}"
    return parent if parent in document["paths"] else None


def errors_of(document, template, answer):
    """:return: what is wrong with an answer by the description's schema for it"""
    responses = document["paths"][template]["get"]["responses"]
    response = responses.get(str(answer.status_code)) or responses["default"]
    if "$ref" in response:
        *_path, name = response["$ref"].split("/")
        response = document["components"]["responses"][name]
    if "content" not in response:
        return []
    schema = {**document, **response["content"]["application/json"]["schema"]}
    return Draft202012Validator(schema).iter_errors(answer.json())


if __name__ == "__main__":
    sys.exit(main())
