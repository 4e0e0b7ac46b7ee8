"""An order says who bought and what, in IPN's words."""

from urllib.parse import urlencode

import pytest
from paypal import Message
from rest import order_words

CAPTURE_ID = "1AB23456CD789012E"


def euros(value):
    return {"currency_code": "EUR", "value": value}


UNIT = {
    "amount": {
        **euros("121.40"),
        "breakdown": {
            "shipping": euros("18.00"),
            "handling": euros("1.00"),
            "insurance": euros("0.50"),
            "tax_total": euros("4.90"),
            "discount": euros("2.00"),
            "shipping_discount": euros("1.00"),
        },
    },
    "items": [
        {
            "name": "Blue  shirt",
            "sku": "BS",
            "quantity": "2",
            "unit_amount": euros("50.00"),
        },
        {"name": "Card", "unit_amount": euros("0.00")},
    ],
    "shipping": {
        "name": {"full_name": "Noa Levi"},
        "address": {
            "address_line_1": "5 Herzl St",
            "address_line_2": "Apt 4",
            "admin_area_2": "Haifa",
            "admin_area_1": "HA",
            "postal_code": "3312104",
            "country_code": "IL",
        },
    },
    "payments": {"captures": [{"id": CAPTURE_ID, "amount": euros("121.40")}]},
}
ORDER = {
    "id": "5O190127TN364715T",
    "payer": {
        "payer_id": "BUYER00000001",
        "email_address": "dana@example.com",
        "name": {"given_name": "Dana", "surname": "Levi"},
        "address": {"country_code": "FR"},
        "phone": {"phone_number": {"national_number": "041234567"}},
    },
    "purchase_units": [{"payments": {"captures": [{"id": "OTHER"}]}}, UNIT],
}
BUYER = {
    "payer_id": "BUYER00000001",
    "payer_email": "dana@example.com",
    "first_name": "Dana",
    "last_name": "Levi",
    "residence_country": "FR",
    "contact_phone": "041234567",
}
SHIPPED = {
    "address_name": "Noa Levi",
    "address_street": "5 Herzl St\nApt 4",
    "address_city": "Haifa",
    "address_state": "HA",
    "address_zip": "3312104",
    "address_country_code": "IL",
}
CART = {
    "txn_type": "cart",
    "num_cart_items": "2",
    "item_name1": "Blue shirt",
    "item_number1": "BS",
    "quantity1": "2",
    "mc_gross_1": "100.00",
    "item_name2": "Card",
    "mc_gross_2": "0.00",
    "mc_shipping": "18.00",
    "mc_handling": "1.00",
    "insurance_amount": "0.50",
    "tax": "4.90",
    "discount": "2.00",
    "shipping_discount": "1.00",
}


def words(txn_id=CAPTURE_ID, **changed):
    return order_words({**ORDER, "purchase_units": [{**UNIT, **changed}]}, txn_id)


def test_an_order_in_every_word():
    assert order_words(ORDER, CAPTURE_ID) == {**BUYER, **SHIPPED, **CART}


def test_an_order_makes_a_message_that_adds_up():
    paid = {"payment_status": "Completed", "mc_gross": "121.40", "mc_currency": "EUR"}
    said = {"charset": "utf-8", **paid, **words()}
    found = Message.parse(urlencode(said).encode())
    assert (found.kind, found.buyer.email) == ("sale", "dana@example.com")
    assert (found.buyer.address.city, found.buyer.address.name) == ("Haifa", "Noa Levi")
    assert [(line.name or line.kind, str(line.total)) for line in found.lines] == [
        ("Blue shirt", "100.00"),
        ("Card", "0"),
        ("shipping", "18.00"),
        ("handling", "1.00"),
        ("insurance", "0.50"),
        ("tax", "4.90"),
        ("discount", "-2.00"),
        ("shipping_discount", "-1.00"),
    ]
    assert found.lines[0].quantity == 2


def test_a_payment_of_a_part_has_a_buyer_and_no_items():
    captures = [{"id": "FIRST", "amount": euros("1.40")}, {"id": "X", "amount": {}}]
    for txn_id in ("FIRST", "X"):
        found = words(txn_id, payments={"captures": captures})
        assert found == {**BUYER, **SHIPPED}


def test_what_no_unit_knows_has_a_buyer_alone():
    assert words("UNKNOWN") == BUYER
    assert order_words({}, CAPTURE_ID) == {}


def test_an_address_of_one_line_is_one_line():
    shipping = {"address": {"address_line_2": "Apt 4"}}
    found = words(shipping=shipping)
    assert found["address_street"] == "Apt 4"
    assert "address_name" not in found


def test_charges_count_without_their_sign_and_none_of_nothing():
    breakdown = {"shipping": euros("0.00"), "discount": euros("-2.00")}
    amount = {**UNIT["amount"], "breakdown": breakdown}
    found = words(amount=amount)
    assert found["discount"] == "2.00"
    assert not {"mc_shipping", "tax"} & {*found}


@pytest.mark.parametrize(
    ("quantity", "total"),
    [
        ("3", "30.30"),
        ("", "10.10"),
        ("1234567890", "12469135689.00"),
        ("12345678901", None),
        ("1.5", None),
        ("-1", None),
    ],
)
def test_an_item_costs_its_price_times_its_quantity(quantity, total):
    item = {"name": "Pen", "quantity": quantity, "unit_amount": euros("10.10")}
    assert words(items=[item]).get("mc_gross_1") == total


def test_one_item_without_a_price_makes_no_cart():
    assert words(items=[*UNIT["items"], {"name": "Gift"}]) == {**BUYER, **SHIPPED}
    assert words(items=[]) == {**BUYER, **SHIPPED}


@pytest.mark.parametrize(("count", "told"), [(60, "60"), (61, None)])
def test_there_are_sixty_items_at_most(count, told):
    items = [{"name": "Pen", "unit_amount": euros("1.00")}] * count
    assert words(items=items).get("num_cart_items") == told
