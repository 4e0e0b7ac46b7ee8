"""Messages that arrive at once, on an Odoo with several processes."""

from decimal import Decimal
from itertools import cycle

from messages import HEBREW_BUYER, net_in_company_currency, new_txn_id, sale


def test_five_copies_at_once_are_booked_once_and_counted(
    bench, inbox, assert_booked_once
):
    body = sale()

    statuses = bench.send([body] * 5, in_turn=False)

    assert statuses == [200] * 5
    assert inbox.row(body).resends == 4
    assert bench.paypal.postbacks(body) == 1
    assert_booked_once(inbox.outcome(body))


def test_two_bodies_of_one_transaction_at_once_are_booked_once(
    bench, inbox, assert_booked_once, assert_nothing_booked
):
    txn_id = new_txn_id()
    bodies = [sale(txn_id=txn_id, custom=custom) for custom in ("one", "two")]

    assert bench.send(bodies, in_turn=False) == [200, 200]

    done, ignored = sorted(bench.outcomes(bodies), key=lambda each: each["state"])
    assert_booked_once(done)
    assert (ignored["state"], ignored["reason"]) == ("ignored", "duplicate")
    assert_nothing_booked(ignored)


def test_thirty_sales_at_once_leave_the_exact_balance(bench, inbox, assert_booked_once):
    first = sale()
    bench.send([first])
    before = Decimal(inbox.outcome(first)["paypal_balance"])
    bodies, expected = [], Decimal(0)
    for number, currency in zip(range(30), cycle(("ILS", "USD", "EUR")), strict=False):
        gross, fee = f"{10 + number}.{number:02}", f"0.{30 + number}"
        bodies.append(_mixed_sale(number, currency, gross, fee))
        expected += net_in_company_currency(gross, fee, currency)

    assert bench.send(bodies, in_turn=False) == [200] * 30

    outcomes = bench.outcomes(bodies)
    for outcome in outcomes:
        assert_booked_once(outcome)
    assert Decimal(outcomes[-1]["paypal_balance"]) - before == expected
    names = {outcome["documents"][0]["name"] for outcome in outcomes}
    assert len(names) == 30


def _mixed_sale(number, currency, gross, fee):
    """One of three sorts of sale: plain, in Hebrew, a cart."""
    amounts = {"mc_currency": currency, "mc_gross": gross, "mc_fee": fee}
    if number % 3 == 0:
        return sale("windows-1255", **amounts, **HEBREW_BUYER)
    if number % 3 == 1:
        return sale("UTF-8", **amounts, item_name="Übersetzung", quantity="3")
    cart = {"txn_type": "cart", "num_cart_items": "2", "item_name1": "Ink"}
    cart |= {"quantity1": "3", "mc_gross_1": "7.00", "item_name2": "Paper"}
    rest = str(Decimal(gross) - 7)
    return sale(**amounts, **cart, quantity2="1", mc_gross_2=rest)
