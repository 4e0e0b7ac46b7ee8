"""What was bought, as PayPal's transaction search tells it."""

import copy
from decimal import Decimal

import pytest
from ledger_sale import SALE, changed, eur
from rest.cart import read_cart, read_charges


def test_an_items_amount_is_read_so_that_nothing_is_left_over():
    assert [line["amount"] for line in read_cart(SALE, Decimal("119.00"))] == ["119.00"]
    with_tax = changed(sales_tax_amount=eur("19.00"))
    assert [line["amount"] for line in read_cart(with_tax, Decimal("119.00"))] == [
        "100.00"
    ]
    assert read_charges(with_tax) == {"tax": "19.00"}


def test_discounts_go_off_whatever_their_sign():
    for sign in ("", "-"):
        detail = changed(
            discount_amount=eur(f"{sign}5.00"), shipping_amount=eur("24.00")
        )
        assert read_charges(detail) == {"mc_shipping": "24.00", "discount": "-5.00"}
        [line] = read_cart(detail, Decimal("119.00"))
        assert line["amount"] == "100.00"


def test_tax_that_is_inside_is_no_charge():
    detail = changed(sales_tax_amount=eur("19.00"))
    detail["cart_info"]["tax_inclusive"] = True
    assert read_charges(detail) == {}


def test_items_without_amounts_keep_their_names():
    detail = copy.deepcopy(SALE)
    detail["cart_info"]["item_details"] = [{"item_name": "Ring"}]
    assert read_cart(detail, Decimal("119.00")) == [
        {"name": "Ring", "number": "", "quantity": "", "amount": ""}
    ]


def cart(items, gross="119.00", **info):
    detail = changed(**info)
    detail["cart_info"]["item_details"] = items
    return [list(line.values()) for line in read_cart(detail, Decimal(gross))]


def item(**fields):
    return {"item_name": "Shirt", **fields}


def test_of_three_readings_that_one_is_taken_that_leaves_the_least_over():
    # 100 + 19 tax: the amount is before tax, and the total is with it.
    both = item(item_amount=eur("100.00"), total_item_amount=eur("119.00"))
    assert cart([both])[0][3] == "119.00"
    assert cart([both], "100.00")[0][3] == "100.00"
    assert cart([both], "112.00")[0][3] == "119.00"
    assert cart([both], "107.00")[0][3] == "100.00"
    assert cart([both], "109.60")[0][3] == "119.00"
    # As far from the one as from the other: the likelier one.
    assert cart([both], "109.50")[0][3] == "100.00"


@pytest.mark.parametrize(
    "quantity, amount",
    [("2", "100.00"), ("2.5", "125.000"), ("", "50.00"), ("two", ""), ("1.1.1", "")],
)
def test_a_price_counts_as_often_as_it_was_bought(quantity, amount):
    sold = item(item_unit_price=eur("50.00"), item_quantity=quantity)
    assert cart([sold], "100.00") == [["Shirt", "", quantity, amount]]
    assert cart([item(item_quantity=quantity)], "100.00")[0][3] == ""


def test_one_item_without_an_amount_leaves_all_without():
    sold = [item(item_amount=eur("100.00")), item(item_name="Ring")]
    assert [line[3] for line in cart(sold)] == ["", ""]


def test_an_item_is_named_by_the_first_thing_that_names_it():
    fields = {"item_description": "Blue  and warm", "item_code": "S-1"}
    amount = {"item_amount": eur("119.00")}
    assert cart([fields | amount]) == [["Blue and warm", "S-1", "", "119.00"]]
    assert cart([{"item_code": "S-1"}]) == [["S-1", "S-1", "", ""]]
    assert cart([amount]) == [["", "", "", "119.00"]]
    assert cart([{"item_quantity": "1"}]) == []


def test_sixty_items_are_read_and_only_of_what_was_paid():
    many = [item(item_amount=eur("1.00"))] * 61
    assert len(cart(many, "61.00")) == 60
    assert cart(many, "0.00") == cart(many, "-61.00") == []
    assert len(cart(many[:1], "0.01")) == 1


def test_every_charge_and_every_discount_has_ipns_name():
    charged = changed(
        shipping_amount=eur("5.00"),
        insurance_amount=eur("1.00"),
        sales_tax_amount=eur("17.00"),
        discount_amount=eur("2.00"),
        shipping_discount_amount=eur("-1.50"),
    )
    assert read_charges(charged) == {
        "mc_shipping": "5.00",
        "insurance_amount": "1.00",
        "tax": "17.00",
        "discount": "-2.00",
        "shipping_discount": "-1.50",
    }
    inclusive = copy.deepcopy(charged)
    inclusive["cart_info"]["tax_inclusive"] = "true"
    assert "tax" in read_charges(inclusive)
    inclusive["cart_info"]["tax_inclusive"] = True
    assert set(read_charges(charged)) - set(read_charges(inclusive)) == {"tax"}
