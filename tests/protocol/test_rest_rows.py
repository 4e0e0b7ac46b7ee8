"""What PayPal's transaction search answers, as the rows that a file gives."""

import copy
from datetime import datetime, timezone
from decimal import Decimal

import pytest
from ledger_sale import SALE, changed, eur
from reader import ActivityRow
from rest.rows import read_row

UTC = timezone.utc


def test_a_sale_becomes_the_row_that_a_file_gives():
    found = read_row(SALE)
    assert found.row == {
        "line": 0,
        "moment": datetime(2026, 10, 5, 8, tzinfo=UTC),
        "name": "Dana Levi",
        "email": "dana@example.com",
        "to_email": "dana@example.com",
        "type": "T0006",
        "status": "S",
        "is_completed": True,
        "kind": "sale",
        "currency": "EUR",
        "gross": Decimal("119.00"),
        "fee": Decimal("-4.20"),
        "net": Decimal("114.80"),
        "balance": Decimal("1114.80"),
        "txn_id": "1AB23456CD789012E",
        "reference_txn_id": "",
        "item": "Blue shirt",
        "item_id": "S-1",
        "invoice": "INV-7",
        "custom": "shop 7",
        "quantity": "2",
        "note": "Ring twice",
        "country": "IL",
        "address": {
            "street": "1 Dizengoff St",
            "city": "Tel Aviv",
            "zip": "6433222",
            "country": "IL",
        },
        "balance_impact": "credit",
        "problem": "",
    }
    assert ActivityRow(**found.row).moves_balance
    assert found.event_code == "T0006"
    assert found.updated_at == datetime(2026, 10, 5, 8, 0, 2, tzinfo=UTC)
    assert found.details == {
        "payer_id": "BUYER12345678",
        "first_name": "Dana",
        "last_name": "Levi",
        "ship_name": "Noa Levi",
        "ship_country": "IL",
        "cart": [
            {"name": "Blue shirt", "number": "S-1", "quantity": "2", "amount": "119.00"}
        ],
        "charges": {},
    }
    assert found.key == "1AB23456CD789012E:T0006:in:EUR:20261005080000"


def test_what_goes_out_is_told_as_such():
    found = read_row(
        changed(transaction_amount=eur("0.00"), fee_amount=eur("-1.50")),
    )
    row = found.row
    assert (row["kind"], row["balance_impact"]) == ("outgoing", "debit")
    assert (row["gross"], row["fee"], row["net"]) == (0, Decimal("-1.50"), row["fee"])
    assert found.key == "1AB23456CD789012E:T0006:out:EUR:20261005080000"
    back = read_row(changed(transaction_amount=eur("0.00"), fee_amount=eur("0.50")))
    assert (back.row["kind"], back.row["balance_impact"]) == ("sale", "credit")
    # A fee takes of a sale, and does not make it a payment of the merchant's.
    mostly = read_row(changed(transaction_amount=eur("1.00"), fee_amount=eur("-1.50")))
    assert (mostly.row["kind"], mostly.row["balance_impact"]) == ("sale", "debit")


def test_codes_are_taken_in_either_case():
    found = read_row(
        changed(
            transaction_event_code="t0006",
            transaction_status="s",
            paypal_reference_id="I-1",
            paypal_reference_id_type="sub",
        )
    )
    assert (found.event_code, found.row["status"]) == ("T0006", "S")
    assert found.details["subscription"] == "I-1"


@pytest.mark.parametrize(
    "names, name, business",
    [
        ({"given_name": " Dana ", "surname": "Levi"}, "Dana Levi", None),
        ({"full_name": "Dana  Levi"}, "Dana Levi", None),
        ({"alternate_full_name": "Levi Ltd"}, "Levi Ltd", None),
        ({"full_name": "Dana", "alternate_full_name": "Levi Ltd"}, "Dana", None),
        ({"given_name": "Dana", "full_name": "Noa Cohen"}, "Dana", None),
        (
            {
                "given_name": "Dana",
                "surname": "Levi",
                "alternate_full_name": "DANA LEVI",
            },
            "Dana Levi",
            None,
        ),
        (
            {"given_name": "Dana", "alternate_full_name": "Levi Ltd"},
            "Dana",
            "Levi Ltd",
        ),
        ({"surname": "Levi", "alternate_full_name": "Levi Ltd"}, "Levi", "Levi Ltd"),
        ({}, "", None),
    ],
)
def test_who_paid_is_a_person_and_maybe_a_business(names, name, business):
    detail = copy.deepcopy(SALE)
    detail["payer_info"]["payer_name"] = names
    found = read_row(detail)
    assert found.row["name"] == name
    assert found.details.get("business") == business


def test_what_the_payer_says_of_himself_is_read():
    detail = copy.deepcopy(SALE)
    del detail["shipping_info"]
    payer = detail["payer_info"]
    payer["account_id"] = ""
    detail["transaction_info"]["paypal_account_id"] = "OTHER12345678"
    payer["country_code"] = "us"
    payer["phone_number"] = {"country_code": "972", "national_number": "35550100"}
    payer["address"] = {
        "line1": "5 Herzl",
        "line2": "Floor 2",
        "city": "Haifa",
        "state": "North",
        "postal_code": "33000",
        "country_code": "ISR",
    }
    found = read_row(detail)
    assert found.details["payer_id"] == "OTHER12345678"
    assert found.details["phone"] == "97235550100"
    assert found.row["country"] == "US"
    assert found.row["address"] == {
        "street": "5 Herzl",
        "street2": "Floor 2",
        "city": "Haifa",
        "state": "North",
        "zip": "33000",
    }
    assert {"ship_name", "ship_country"}.isdisjoint(found.details)


@pytest.mark.parametrize("code", ["I1", "\u05d0\u05d1", "I", "ISR"])
def test_a_country_is_two_latin_letters(code):
    detail = copy.deepcopy(SALE)
    detail["payer_info"]["country_code"] = code
    assert read_row(detail).row["country"] == ""


def test_a_fee_of_nothing_may_be_in_any_currency():
    nothing = {"currency_code": "USD", "value": "0.00"}
    row = read_row(changed(fee_amount=nothing)).row
    assert (row["gross"], row["fee"], row["problem"]) == (Decimal("119.00"), 0, "")
    some = read_row(changed(fee_amount={"currency_code": "USD", "value": "-1.00"})).row
    assert (some["gross"], some["fee"]) == (Decimal("119.00"), 0)
    assert (some["currency"], some["net"]) == ("EUR", Decimal("119.00"))


def test_of_a_row_without_an_amount_the_currency_is_its_fees():
    row = read_row(changed(transaction_amount=None)).row
    assert (row["gross"], row["fee"], row["net"]) == (0, 0, 0)
    assert (row["currency"], row["problem"]) == ("EUR", "amount")
    bare = read_row(changed(transaction_amount=None, fee_amount=None)).row
    assert bare["currency"] == ""
    without_fee = read_row(changed(fee_amount=None)).row
    assert (without_fee["fee"], without_fee["net"]) == (0, Decimal("119.00"))
    odd = read_row(changed(fee_amount=eur("much"))).row
    assert (odd["gross"], odd["fee"], odd["currency"]) == (Decimal("119.00"), 0, "EUR")


def test_a_balance_in_another_currency_is_not_this_ones():
    other = {"currency_code": "USD", "value": "1114.80"}
    assert read_row(changed(ending_balance=other)).row["balance"] is None
    assert read_row(changed(ending_balance=None)).row["balance"] is None


def test_the_moment_is_the_first_one_that_can_be_read():
    found = read_row(changed(transaction_initiation_date=None))
    assert found.row["moment"] == datetime(2026, 10, 5, 8, 0, 2, tzinfo=UTC)
    nothing = changed(
        transaction_initiation_date=None,
        transaction_updated_date=None,
        transaction_id=None,
    )
    found = read_row(nothing)
    assert found.row["problem"] == "date"
    assert found.updated_at is None
    assert found.key == f"{found.fingerprint}:T0006:in:EUR:?"


def test_several_items_have_no_one_number_or_quantity():
    detail = copy.deepcopy(SALE)
    [shirt] = detail["cart_info"]["item_details"]
    nameless = {"item_unit_price": eur("19.00")}
    ring = {"item_name": "Ring", "item_code": "R", "item_quantity": "1"}
    detail["cart_info"]["item_details"] = [shirt, nameless, ring]
    row = read_row(detail).row
    assert (row["item"], row["item_id"], row["quantity"]) == (
        "Blue shirt, Ring",
        "",
        "",
    )


def test_without_items_the_subject_says_what_was_bought():
    detail = changed(transaction_subject="A donation")
    del detail["cart_info"]
    found = read_row(detail)
    assert found.row["item"] == "A donation"
    assert {"cart", "charges"}.isdisjoint(found.details)


def test_the_account_of_the_payer_counts_before_the_one_of_the_movement():
    found = read_row(changed(paypal_account_id="OTHER12345678"))
    assert found.details["payer_id"] == "BUYER12345678"


def test_a_reference_without_a_type_is_a_transaction():
    found = read_row(changed(paypal_reference_id="TXN7"))
    assert found.row["reference_txn_id"] == "TXN7"


def test_the_charges_come_with_the_cart():
    found = read_row(changed(shipping_amount=eur("19.00")))
    assert found.details["charges"] == {"mc_shipping": "19.00"}
