"""Files that people have put in public, through the wizard of a real server.

Each is made, has equal balances, and is undone, so that the next finds empty books.
"""

import json

import pytest

from tools.environment import CHECKOUT
from tools.trials.reconcile import Reconciliation, main, parse
from tools.trials.shop import Shop
from tools.trials.workbench import workbench

FOLDER = CHECKOUT / "caspit_paypal_activity/tests/samples/public"
CURRENCIES = dict.fromkeys(("EUR", "GBP", "JPY", "USD"), "4.0")
#: File → what is said of it, and the balances at its end.
FILES = {
    "en_of_nl_2017_withdrawal_pending_then_memo": ([], {"EUR": "2.34"}),
    "en_de_2026_statement_same_id": ([], {"EUR": "10.69"}),
    "ours_no_timezone_column": (["--zone=Europe/Berlin"], {"EUR": "9.35"}),
    "fr_2015_41col_amouhzi": ([], {"EUR": "21.36"}),
    "en_gb_2026_new_amount_fees_total": (["--day-first"], {"GBP": "0.00"}),
    "ja_2025_41col": ([], {"JPY": "6982"}),
}
#: Where the first row was not the account's first: what came before it.
BEFORE = {"en_gb_2026_new_amount_fees_total": "12.99"}


@pytest.fixture(scope="module")
def bench():
    shop = Shop("", "seller@example.com", currencies=CURRENCIES)
    with workbench(shop) as bench:
        yield bench


@pytest.mark.parametrize("name", FILES)
def test_a_public_file_is_made_to_equal_balances_and_undone(bench, name):
    flags, ends = FILES[name]
    run = Reconciliation(bench, parse([str(FOLDER / f"{name}.csv"), "--make", *flags]))
    run.upload()
    assert run.make_all() or name == "en_gb_2026_new_amount_fees_total"
    bench.settle()
    run.wait()
    enter_the_rest(bench, run)
    *rows, last = run.told()
    assert {row["code"] for row in rows} <= {"equal", "no_books"}, rows
    [(currency, balance)] = last["balances"].items()
    before = float(BEFORE.get(name, 0))
    assert {currency: balance["paypal"]} == ends
    assert float(balance["books"]) == pytest.approx(float(balance["paypal"]) - before)
    undo(bench, run)
    assert {row["code"] for row in run.told()[:-1]} <= {"missing", "no_books"}
    [balance] = run.told()[-1]["balances"].values()
    assert float(balance["books"]) == 0


def enter_the_rest(bench, run):
    """Enter on an account what PayPal alone does not explain."""
    with bench.session.environment() as env:
        rows = run._activity(env).line_ids.filtered(lambda row: row.result == "by_hand")
        account = env["account.account"].search(
            [("account_type", "=", "expense")], limit=1
        )
        if rows:
            wizard = env["paypal.activity.enter"].create(
                {"line_ids": rows.ids, "account_id": account.id, "remember": "type"}
            )
            wizard.action_enter()
    bench.settle()
    run.wait()


def undo(bench, run):
    with bench.session.environment() as env:
        action = run._activity(env).action_undo()
        env["paypal.activity.undo"].browse(action["res_id"]).action_undo()


def test_the_command_says_why_a_file_is_refused(capsys):
    assert main([str(FOLDER / "tdr_2024_nifi.csv")]) == 0
    [line] = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert told["refused"] == "transaction_detail"
    assert "Transaction Detail Report" in told["sentence"]
