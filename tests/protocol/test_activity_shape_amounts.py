"""Which columns of an unknown language are gross, fee, net and balance."""

from decimal import Decimal

import pytest
from activity_table import found, table


def test_columns_of_nothing_add_up_to_nothing():
    zeros = dict.fromkeys(("fee", "net"), "0.00")
    told = found(gross="0.00", **zeros, balance="5.00")
    assert told["gross"] == "balance"
    assert not {"fee", "net", "balance"} & {*told}


def test_without_a_fee_the_first_amount_is_the_gross_and_the_balance_follows():
    sums = [f"{n * (n + 21) // 2 + 10}.00" for n in range(10)]
    told = found(fee=None, net=None, balance=sums)
    assert (told["gross"], told["balance"]) == ("gross", "balance")
    assert "fee" not in told and "net" not in told


def test_a_balance_may_run_upwards_and_by_currency():
    sums = table()[1:]
    upwards = {
        "gross": [row[7] for row in sums][::-1],
        "net": [row[9] for row in sums][::-1],
        "balance": [row[14] for row in sums][::-1],
    }
    assert found(**upwards)["balance"] == "balance"
    codes = ["EUR", "USD"] * 5
    totals, balances = {}, []
    for code, row in zip(codes, sums, strict=True):
        totals[code] = totals.get(code, Decimal(0)) + Decimal(row[9])
        balances.append(str(totals[code]))
    assert found(currency=codes, balance=balances)["balance"] == "balance"
    # Each currency has one row alone: its balance is what came in.
    alone = [f"A{chr(65 + n)}A" for n in range(10)]
    net = [f"{n + 9}.00" for n in range(10)]
    assert found(currency=alone, balance=net)["balance"] == "balance"


def test_what_does_not_follow_is_no_balance():
    told = found(balance="7.00")
    assert told["net"] == "net" and "balance" not in told
    # Of two, the one that follows more often.
    half = [f"{n * (n + 19) // 2 + 9 + 3 * (n > 6)}.00" for n in range(10)]
    assert found(status=None, zone=None, quantity=half)["balance"] == "balance"
    assert found(balance=half)["balance"] == "balance"


NETS = [f"{n + 9}.00" for n in range(10)]
SUMS = [f"{n * (n + 19) // 2 + 9}.00" for n in range(10)]


def test_a_balance_is_what_follows_most_often():
    # Beside it stand a copy of the net, and what follows once.
    for beside in (NETS, ["9.00", *["7.00"] * 9]):
        assert found(email=beside)["balance"] == "balance"
        torn = [*SUMS[:9], "7.00"]
        assert found(email=beside, balance=torn)["balance"] == "balance"
        rows = table()[1:]
        upwards = {
            "gross": [row[7] for row in rows][::-1],
            "net": [row[9] for row in rows][::-1],
            "balance": [*[row[14] for row in rows][:0:-1], "7.00"],
        }
        first = ["18.00", *beside[1:]] if beside != NETS else NETS[::-1]
        assert found(email=first, **upwards)["balance"] == "balance"


def test_once_is_enough_for_a_balance_and_it_stands_behind_the_net():
    assert found(balance=["9.00", *["7.00"] * 9])["balance"] == "balance"
    assert "balance" not in found(name=SUMS, balance="7.00")
    alone = [f"A{chr(65 + n)}A" for n in range(10)]
    told = found(currency=alone, balance=[*NETS[:9], "7.00"])
    assert told["balance"] == "balance"


@pytest.mark.parametrize("place", [0, 5])
def test_nothing_that_follows_from_nothing_is_no_balance(place):
    gross, nets = [f"{n + 10}.00" for n in range(10)], [*NETS]
    gross[place], nets[place] = "1.00", "0.00"
    assert "balance" not in found(gross=gross, net=nets, balance="0.00")


def test_twice_the_gross_is_no_fee():
    told = found(gross="5.00", fee="1.00", net="10.00", balance="7.00")
    assert told["gross"] == "gross" and "fee" not in told


@pytest.mark.parametrize(
    ("gross", "fee", "net"),
    [
        ("1.234,56", "-34,56", "1.200,00"),
        ("1,234.5", "\u221234.5", "1200"),
        ("1'234", "34-", "1 200"),
        ("+1\u00a0234.56", "-34.56", "1\u2019200.00"),
        ("-1.234", "-0,35", "-1.234,35"),
        ("+1234.56", "34,56-", "1.200,00"),
        ("1.00", "-.50", ",50"),
    ],
)
def test_amounts_are_written_in_many_ways(gross, fee, net):
    told = found(gross=gross, fee=fee, net=net, balance="0.00")
    assert (told["gross"], told["fee"], told["net"]) == ("gross", "fee", "net")


def test_nine_of_ten_rows_have_to_add_up():
    nets = [f"{n + 9}.00" for n in range(10)]
    assert found(net=[*nets[:9], "7.77"])["net"] == "net"
    assert "net" not in found(net=[*nets[:8], "7.77", "7.77"], balance="0.00")
