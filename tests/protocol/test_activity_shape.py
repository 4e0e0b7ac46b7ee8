"""A table in an unknown language: which column is which, by what stands in it."""

from decimal import Decimal

import pytest
from reader.shape import guess

FIELDS = (
    *("date", "time", "zone", "name", "type", "status", "currency"),
    *("gross", "fee", "net", "email", "to_email", "txn_id", "reference_txn_id"),
    "balance",
)


def table(count=10, **changed):
    """A header and rows, all sales; ``changed`` is what a column has instead.

    A value is for all rows or a list; None leaves the column out.
    """
    columns = {
        "date": [f"{n + 1}/02/2026" for n in range(count)],
        "time": "10:00:07",
        "zone": "CET",
        "name": "Dana",
        "type": "Жзж",
        "status": "Ѣѣѣ",
        "currency": "EUR",
        "gross": [f"{n + 10}.00" for n in range(count)],
        "fee": "-1.00",
        "net": [f"{n + 9}.00" for n in range(count)],
        "email": "dana@example.com",
        "to_email": "shop@example.com",
        "txn_id": [f"1AB2345{n:010}" for n in range(count)],
        "reference_txn_id": ["", "1AB23450000000000", *[""] * (count - 2)],
        "balance": [f"{n * (n + 19) // 2 + 9}.00" for n in range(count)],
    } | changed
    columns = {field: each for field, each in columns.items() if each is not None}
    lists = [[x] * count if isinstance(x, str) else x for x in columns.values()]
    names = [f"Ж{chr(0x10D0 + n)}" for n in range(len(columns))]
    return [names, *map(list, zip(*lists, strict=True))]


def found(**changed):
    """:return: field → name of the column that is taken for it"""
    names = list({**dict.fromkeys(FIELDS), **changed})
    names = [name for name in names if changed.get(name, "") is not None]
    guessed = guess(table(**changed))
    if guessed is None:
        return None
    number, fields = guessed
    assert number == 0
    return {field: names[place] for field, place in fields.items()}


def test_every_column_is_told_by_its_shape():
    assert found() == {field: field for field in FIELDS}


# === THE HEADER === #


def test_a_header_may_stand_below_nineteen_other_records():
    for above in (["Title"], [], ["Title", "a", "b", "c", "d", "e", "7.00"]):
        assert guess([above] * 19 + table())[0] == 19
        assert guess([above] * 20 + table()) is None


@pytest.mark.parametrize("cell", ["01/02/2026", "7.00", "5", "dana@example.com"])
def test_what_holds_a_date_a_number_or_an_address_is_no_header(cell):
    records = table()
    records[0][3] = f" {cell} "
    assert guess(records) is None


def test_a_header_has_six_names_and_as_many_columns_at_most_as_the_reader_takes():
    few = dict.fromkeys(("time", "zone", "name", "status", "fee", "net", "balance"))
    few |= dict.fromkeys(("email", "to_email", "reference_txn_id"))
    assert found(**few) is None
    assert found(**few | {"name": "Dana"}).keys() >= {"date", "gross", "txn_id"}
    records = table()
    records[0][6:] = [""] * 9
    assert guess(records)[0] == 0
    records[0][5] = " "
    assert guess(records) is None
    wide = table()
    wide[0] += ["Ж"] * 485
    assert guess(wide)[0] == 0
    wide[0] += ["Ж"]
    assert guess(wide) is None
    assert guess(table()[:1]) is None and guess([]) is None


@pytest.mark.parametrize("field", ["date", "type", "currency", "gross", "txn_id"])
def test_without_one_of_five_columns_it_is_no_such_table(field):
    gone = {field: None}
    if field == "type":
        gone |= {"name": None, "status": None}
    if field == "gross":
        gone |= {"fee": None, "net": None, "balance": None}
    assert found(**gone) is None


def test_nine_of_ten_cells_have_to_look_the_part():
    dates = [f"{n + 1}/02/2026" for n in range(8)]
    assert found(date=[*dates, "9/02/2026", "soon"])["date"] == "date"
    assert found(date=[*dates, "9/02/2026", ""])["date"] == "date"
    assert found(date=[*dates, "soon", "later"]) is None
    assert found(date=[*dates, "", ""]) is None


def test_three_hundred_rows_are_looked_at():
    ids = [f"1AB2345{n:010}" for n in range(400)]
    # After the three hundredth nothing looks like a date any more.
    dates = ["1/02/2026"] * 300 + ["soon"] * 100
    records = table(400, date=dates, txn_id=ids)
    assert guess(records)[1]["date"] == 0
    records = table(400, date=["1/02/2026"] * 260 + ["soon"] * 140, txn_id=ids)
    assert guess(records) is None


# === IDS === #


def test_the_id_is_what_differs_most_and_of_equals_the_first():
    same = ["1AB23450000000000"] * 10
    assert found(name=same)["txn_id"] == "txn_id"
    others = [f"2CD2345{n:010}" for n in range(10)]
    assert found(name=others)["txn_id"] == "name"


def test_a_reference_names_an_id_of_the_table():
    assert "reference_txn_id" not in found(reference_txn_id="9ZZ99999999999999")
    assert "reference_txn_id" not in found(reference_txn_id="")


@pytest.mark.parametrize(
    ("pattern", "is_id"),
    [
        ("A{:07}", True),
        ("A{:06}", False),
        ("A{:023}", True),
        ("A{:024}", False),
        ("O-A{:012}", True),
        ("a{:012}", False),
        ("1{:012}", False),
    ],
)
def test_an_id_has_capitals_and_digits(pattern, is_id):
    ids = [pattern.format(n) for n in range(10)]
    guessed = found(txn_id=ids, reference_txn_id="")
    assert (guessed is not None and guessed["txn_id"] == "txn_id") is is_id


# === AMOUNTS === #


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


@pytest.mark.parametrize(
    ("gross", "fee", "net"),
    [
        ("1.234,56", "-34,56", "1.200,00"),
        ("1,234.5", "\u221234.5", "1200"),
        ("1'234", "34-", "1 200"),
        ("+1\u00a0234.56", "-34.56", "1\u2019200.00"),
        ("-1.234", "-0,35", "-1.234,35"),
    ],
)
def test_amounts_are_written_in_many_ways(gross, fee, net):
    told = found(gross=gross, fee=fee, net=net, balance="0.00")
    assert (told["gross"], told["fee"], told["net"]) == ("gross", "fee", "net")


def test_nine_of_ten_rows_have_to_add_up():
    nets = [f"{n + 9}.00" for n in range(10)]
    assert found(net=[*nets[:9], "7.77"])["net"] == "net"
    assert "net" not in found(net=[*nets[:8], "7.77", "7.77"], balance="0.00")


# === TEXTS === #


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ((), {"name": "name", "type": "type", "status": "status"}),
        (("name",), {"type": "type", "status": "status"}),
        (("name", "status"), {"type": "type"}),
        (("time", "zone", "name"), {"type": "type", "status": "status"}),
    ],
)
def test_texts_stand_between_the_moment_and_the_currency(gone, told):
    columns = found(**dict.fromkeys(gone))
    assert {f: columns[f] for f in ("name", "type", "status") if f in columns} == told


def test_four_texts_are_too_many_to_tell():
    records = table()
    for record in records:
        record.insert(3, "Жжж")
    assert guess(records) is None


def test_only_addresses_are_addresses_and_one_may_be_missing():
    told = found(to_email=["", "shop@example.com", *[""] * 8])
    assert (told["email"], told["to_email"]) == ("email", "to_email")
    assert "to_email" not in found(to_email="shop@example")
    assert "email" not in found(email="", to_email="")
