"""What is sent to Israel's authority and read of it, field by field."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import authority as il
import pytest
import rates
from authority import answers
from authority.approval import NO_REGISTRATION

from tools.standin.bank import BankStandIn

DAY, ISSUED = date(2026, 11, 26), date(2026, 11, 27)
INVOICE = il.Invoice(
    key="db-1",
    type=305,
    dealer="514444447",
    number="SHOP/INV/2026/11/00001",
    customer="777777715",
    customer_name="A company whose name is rather long, Ltd.",
    day=DAY,
    issued=ISSUED,
    net=Decimal("5000.845"),
    vat=Decimal("900.15"),
    total=Decimal("5901.00"),
    items=[
        il.Item(
            "Blue  shirts, a hundred of them, in three sizes",
            Decimal("2.5"),
            Decimal("2000.34"),
            Decimal("5000.85"),
            Decimal(18),
            Decimal("900.15"),
        ),
        il.Item(
            "Post",
            Decimal(1),
            Decimal(0),
            Decimal(0),
            Decimal(0),
            Decimal(0),
            Decimal("1.005"),
            catalog="POST-TO-HAIFA-1",
            unit="קילוגרם",
            category=il.GOODS,
        ),
    ],
)


def test_a_request_says_what_table_2_1_asks_for():
    assert il.approval(INVOICE) == {
        "invoice_id": "db-1",
        "invoice_type": 305,
        "vat_number": 514444447,
        "invoice_reference_number": "OP/INV/2026/11/00001",
        "customer_vat_number": 777777715,
        "customer_name": "A company whose name is r",
        "invoice_date": "2026-11-26",
        "invoice_issuance_date": "2026-11-27",
        "accounting_software_number": int(NO_REGISTRATION),
        "amount_before_discount": 5000.85,
        "discount": 0.0,
        "payment_amount": 5000.85,
        "vat_amount": 900.15,
        "payment_amount_including_vat": 5901.0,
        "items": [
            {
                "index": 1,
                "category": 2,
                "description": "Blue shirts, a hundred of them",
                "measure_unit_description": "יחידה",
                "quantity": 2.5,
                "price_per_unit": 2000.34,
                "discount": 0.0,
                "total_amount": 5000.85,
                "vat_rate": 18.0,
                "vat_amount": 900.15,
            },
            {
                "index": 2,
                "catalog_id": "POST-TO-HAIFA",
                "category": 1,
                "description": "Post",
                "measure_unit_description": "קילוגרם",
                "quantity": 1.0,
                "price_per_unit": 0.0,
                "discount": 1.01,
                "total_amount": 0.0,
                "vat_rate": 0.0,
                "vat_amount": 0.0,
            },
        ],
    }


def test_what_a_request_may_say_besides():
    more = replace(
        INVOICE,
        items=[],
        key="k" * 51,
        discount=Decimal("99.15"),
        software="12345678",
        software_key="s" * 51,
        union="514444448",
        branch="branch-1",
        note="n" * 101,
        company="c" * 51,
        user="777777716",
        user_name="u" * 51,
        action=3,
    )
    asked = il.approval(more)
    assert asked["items"] == []
    assert asked["invoice_id"] == "k" * 50
    assert (asked["discount"], asked["amount_before_discount"]) == (99.15, 5100.0)
    assert asked["payment_amount"] == 5000.85
    assert il.approval(replace(more, discount=Decimal(-1)))["discount"] == 1.0
    assert asked["accounting_software_number"] == 12345678
    assert asked["client_software_key"] == "s" * 50
    assert asked["union_vat_number"] == 514444448
    assert asked["branch_id"] == "branch-"
    assert asked["invoice_note"] == "n" * 100
    assert asked["authorized_company"] == "c" * 50
    assert (asked["user_id"], asked["user_name"]) == (777777716, "u" * 50)
    assert asked["action"] == 3


def test_a_document_may_have_no_lines_and_a_unit_twenty_letters():
    bare = {name: value for name, value in vars(INVOICE).items() if name != "items"}
    assert il.approval(il.Invoice(**bare))["items"] == []
    item = replace(INVOICE.items[0], unit="u" * 21)
    [line] = il.approval(replace(INVOICE, items=[item]))["items"]
    assert line["measure_unit_description"] == "u" * 20


@pytest.mark.parametrize("kind", [305, 310, 320, 330, 332])
def test_five_types_of_documents_get_numbers(kind):
    assert il.approval(replace(INVOICE, type=kind))["invoice_type"] == kind


def test_under_reverse_charge_the_customer_reports_the_vat():
    turned = INVOICE.reversed_charge()
    assert (turned.action, turned.vat, turned.total) == (3, 0, INVOICE.net)
    assert [(item.vat_rate, item.vat) for item in turned.items] == [(0, 0), (0, 0)]
    assert turned.items[0].total == INVOICE.items[0].total
    assert turned.net == INVOICE.net and INVOICE.action is None


# === WHAT IT ANSWERS === #


def errors(*pairs):
    found = [{"code": code, "message": text} for code, text in pairs]
    return {"message": {"errors": found}}


ZERO = {"confirmation_number": 0}
NINTH = errors((9, "z"))["message"]


@pytest.mark.parametrize("number", ["20261126000000000123456789", 7])
def test_a_number_is_a_yes(number):
    answer = answers.read(200, {"confirmation_number": number})
    assert answer == il.Answer(str(number))


@pytest.mark.parametrize(
    ("status", "answer", "kind", "code", "text"),
    [
        (200, ZERO | errors((460, "no")), il.Refused, "460", "no"),
        (200, errors(("461", "no")), il.Refused, "461", "no"),
        (200, errors((437, "VAT"), (460, "x")), il.Faulty, "437", "VAT"),
        (200, {"confirmation_number": "000"}, il.Faulty, "", ""),
        (200, {"message": "odd"}, il.Faulty, "", "odd"),
        (200, {"message": [{"errors": None}, NINTH]}, il.Faulty, "9", "z"),
        (200, {"message": {"errors": [{}]}}, il.Faulty, "", ""),
        (200, None, il.Away, "200", ""),
        (200, [1], il.Away, "200", ""),
        (401, None, il.NotAllowed, "401", ""),
        (403, {"message": "scope"}, il.NotAllowed, "403", "scope"),
        (406, None, il.NotAllowed, "406", ""),
        (400, errors((432, "customer")), il.Faulty, "432", "customer"),
        (404, {"message": 7}, il.Faulty, "404", ""),
        (422, None, il.Faulty, "422", ""),
        (500, {"message": "later"}, il.Away, "500", "later"),
        (429, None, il.Away, "429", ""),
    ],
)  # fmt: skip
def test_any_other_answer_has_a_kind_a_code_and_words(status, answer, kind, code, text):
    with pytest.raises(il.AuthorityError) as caught:
        answers.read(status, answer)
    assert (type(caught.value), caught.value.code, caught.value.text) == (
        kind,
        code,
        text,
    )


def test_an_error_may_have_neither_code_nor_words():
    bare = il.AuthorityError()
    assert (bare.code, bare.text, bare.args) == ("", "", ("", ""))


# === NUMBERS AND RATES === #


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("514444447", True),
        ("514444446", False),
        ("000000000", False),
        ("000000018", True),
        ("050000009", True),
        ("51444444", False),
        ("5144444470", False),
        ("51444444x", False),
        ("٥١٤٤٤٤٤٤٧", False),
    ],
)
def test_a_dealer_number_has_nine_digits_and_a_check_digit(number, is_one):
    assert il.is_dealer_number(number) is is_one


def test_the_last_nine_digits_of_a_number_are_printed():
    assert il.printed("20261126000123456789") == "123456789"
    assert il.printed("") == il.printed(None) == ""


def test_a_rate_is_of_one_unit_and_has_the_banks_day():
    with BankStandIn() as bank:
        bank.rates = {"USD": ("3.2710", 1), "JPY": (2.184, 100), "XAU": (1, None)}
        assert rates.fetch(bank.url) == [
            rates.Rate("USD", Decimal("3.2710"), date(2026, 11, 27)),
            rates.Rate("JPY", Decimal("0.02184"), date(2026, 11, 27)),
            rates.Rate("XAU", Decimal(1), date(2026, 11, 27)),
        ]


@pytest.mark.parametrize(
    ("told", "moment", "words"),
    [
        ({}, "2026-11-27T13:26:03Z", "the answer has no rates"),
        ({"USD": (0, 1)}, "2026-11-27T13:26:03Z", "the answer has no rates"),
        (
            {"USD": (3, 1), "EUR": (-1, 1)},
            "2026-11-27T13:26:03Z",
            "the answer has no rates",
        ),
        ({"USD": ("much", 1)}, "2026-11-27T13:26:03Z", "the answer cannot be read"),
        ({"USD": (3, 1)}, "yesterday", "the answer cannot be read"),
        ({"USD": (3, 1)}, None, "the answer cannot be read"),
    ],
)
def test_an_answer_without_good_rates_gives_none(told, moment, words):
    with BankStandIn() as bank, pytest.raises(rates.NoRates, match=f"^{words}$"):
        bank.rates, bank.moment = told, moment
        rates.fetch(bank.url)


def test_a_bank_that_is_away_is_named_by_what_happened():
    with BankStandIn() as bank:
        bank.fault = "down"
        with pytest.raises(rates.NoRates, match="^HTTPError$"):
            rates.fetch(bank.url)
    with pytest.raises(rates.NoRates, match="^ConnectionError$"):
        rates.fetch(bank.url)
