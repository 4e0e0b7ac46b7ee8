"""A table in an unknown language: which column is which, by what stands in it."""

import pytest
from activity_table import FIELDS, found, table
from reader.shape import guess


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

    # Nine tenths of three hundred, whichever end of them the others stand at.
    some = ["1/02/2026"] * 270
    for dates in (["soon"] * 30 + some + ["soon"] * 100, some + ["soon"] * 130):
        assert guess(table(400, date=dates, txn_id=ids))[1]["date"] == 0


def test_five_columns_are_enough_and_the_first_of_two_counts():
    gone = dict.fromkeys(set(FIELDS) - {"date", "type", "currency", "gross", "txn_id"})
    told = found(**gone, extra="Жжж")
    assert {*told} == {"date", "type", "currency", "gross", "txn_id"}
    assert found(name="11:00:00")["time"] == "time"


def test_a_row_that_is_too_short_is_blank_at_its_end():
    records = table(email=None, to_email=None, mail="dana@example.com")
    assert guess(records[:7] + [row[:-1] for row in records[7:]])[1]["email"] == 13


def test_digits_are_those_of_paypal():
    digits = str.maketrans("0123456789", "\u0660\u0661\u0662\u0663\u0664" * 2)
    assert found(date="01/02/2026".translate(digits)) is None
    assert "time" not in found(time="10:00:07".translate(digits))
    told = found(fee="-1.00".translate(digits))
    assert "fee" not in told
    assert found(time="10:00:07 PM")["time"] == "time"
    assert found(zone="IST")["zone"] == "zone"


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


@pytest.mark.parametrize(
    ("time", "zone", "places"),
    [
        (None, None, (0,)),
        (None, None, (0, 0)),
        ("10:00:07", None, (0, 2)),
        ("10:00:07", "CET", (2,)),
    ],
)
def test_texts_before_the_moment_is_over_are_none(time, zone, places):
    records = table(time=time, zone=zone, name=None, status=None)
    for record in records:
        for place in places:
            record.insert(place, "Жжж")
    fields = guess(records)[1]
    assert fields["type"] == fields["currency"] - 1
    assert "status" not in fields


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
