"""The uniform file, field by field: what each kind holds and what it refuses."""

from decimal import Decimal

import pytest
import uniform


def test_amounts_have_a_sign_and_no_point():
    record = uniform.record("B110", {1414: Decimal("-12345.65"), 1415: 0})
    places = {1414: slice(277, 292), 1415: slice(292, 307), 1416: slice(307, 322)}
    assert record[places[1414]] == "-00000001234565"
    assert record[places[1415]] == "+00000000000000"
    assert record[places[1416]] == " " * 15


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("INV/2026/00001", "INV202600001"),
        ("RINV/2026/11/00017", "RINV20261100017"),
        ("1234", "1234"),
        ("LONGSERIES/2026/1", "LONGS20261"),
    ],
)
def test_a_documents_number_is_series_letters_and_digits(name, number):
    assert uniform.document_number(name) == number
    assert len(number) <= 20


def test_what_does_not_fit_is_refused():
    with pytest.raises(uniform.BadRecord, match="1353"):
        uniform.record("B100", {1353: 10**10})
    with pytest.raises(uniform.BadRecord, match="no field"):
        uniform.record("B100", {1400: "B110"})


@pytest.mark.parametrize(
    ("name", "values", "place", "written"),
    [
        ("C100", {1217: Decimal("0.005")}, slice(269, 284), "+00000000000001"),
        ("C100", {1217: Decimal("-0.01")}, slice(269, 284), "-00000000000001"),
        ("C100", {1217: 0}, slice(269, 284), "+00000000000000"),
        ("C100", {}, slice(269, 284), " " * 15),
        ("D110", {1264: Decimal("2.5")}, slice(223, 240), "+0000000000025000"),
        ("D110", {1268: Decimal("17.5")}, slice(285, 289), "1750"),
        ("D110", {}, slice(285, 289), "0000"),
        ("A100", {1101: -7}, slice(4, 13), "000000007"),
        ("A100", {1105: "a\r\n b"}, slice(45, 95), "a b".ljust(50)),
        ("A100", {1105: "x" * 51}, slice(45, 95), "x" * 50),
        ("A100", {1105: None}, slice(45, 95), " " * 50),
    ],
)
def test_a_field_is_written_as_its_kind_says(name, values, place, written):
    assert uniform.record(name, values)[place] == written


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({1217: Decimal(10) ** 12}, "field 1217: .* does not fit"),
        ({1203: "x"}, "field 1203: 'x' is no number"),
        ({1203: 1000}, "field 1203: 1000 does not fit"),
        ({1999: 1, 1998: 1}, "C100 has no field 1998"),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_its_field(values, words):
    with pytest.raises(uniform.BadRecord, match=words):
        uniform.record("C100", values)
    fits = uniform.record("C100", {1203: 999, 1217: Decimal(10) ** 12 - 1})
    assert fits[22:25] == "999" and fits[269:284] == "+99999999999900"


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("INV/2026/" + "0" * 20 + "1", "INV" + "0" * 16 + "1"),
        ("9" * 21, "9" * 20),
        ("A1B2", "A12"),
        ("Inv/1", "Inv1"),
        ("\u05d7/2026/\u0661/1", "20261"),
        ("/", ""),
    ],
)
def test_a_documents_number_keeps_its_last_digits(name, number):
    assert uniform.document_number(name) == number


def test_a_quantity_a_rate_and_a_percentage_have_their_own_decimals():
    line = uniform.record("D110", {1264: Decimal("-1.23456"), 1268: Decimal("0.005")})
    assert line[223:240] == "-0000000000012346"
    assert line[285:289] == "0001"
    head = uniform.record("C100", {1224: Decimal("3.455")})
    assert head[362:374] == "+00000000346"
    with pytest.raises(uniform.BadRecord, match="field 1268: 100 does not fit"):
        uniform.record("D110", {1268: 100})


def test_a_record_begins_with_its_name_and_zeros_stand_for_no_number():
    assert uniform.record("A100", {1100: "A100"}) == (
        "A100" + "0" * 9 + "0" * 9 + "0" * 15 + " " * 8 + " " * 50
    )
    with pytest.raises(KeyError):
        uniform.record("X100", {})


def test_a_field_is_of_one_of_six_kinds():
    kinds = {kind for each in uniform.RECORDS.values() for kind, _ in each.values()}
    assert kinds == {"X", "9", "S", "W", "Q", "P"}
