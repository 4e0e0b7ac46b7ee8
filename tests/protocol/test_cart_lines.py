"""What was bought in a cart, as lines that total the amount paid."""

from decimal import Decimal

import pytest
from line_shape import shape


def test_the_cart_of_real_life_adds_up(sample):
    assert shape(sample("03_")) == [
        ("item", "Ihre Bestellung ABC123", "30.00"),
        ("shipping", "", "1.00"),
        ("handling", "", "3.00"),
        ("tax", "", "2.20"),
        ("discount", "", "-2.50"),
    ]


def test_the_cart_of_three_has_options_numbers_and_quantities(sample):
    dress, sweet, shipping, discount = sample("04_").lines
    assert dress.name == (
        "Reindeer Pattern Glitter Christmas Dress (My color: black, My size: L)"
    )
    assert (dress.number, dress.quantity, dress.total) == ("22221", 2, Decimal("40.34"))
    assert sweet.name.endswith("Women (color: red, size: L)")
    assert shipping.number == "Fast Shipping(5-10 work days)"
    assert (discount.kind, discount.total) == ("discount", Decimal("-7.11"))


def test_tax_is_the_carts_and_not_the_sum_of_its_items(cart):
    message = cart(mc_gross="11.00", tax="1.00", tax1="1.80")
    assert shape(message) == [("item", "Book", "10.00"), ("tax", "", "1.00")]


@pytest.mark.parametrize(
    ("gross", "item"),
    [("10.00", "8.00"), ("12.00", "10.00")],
    ids=["inside mc_gross_1", "on top of it"],
)
def test_handling_of_an_item_is_read_the_way_that_adds_up(cart, gross, item):
    message = cart(mc_gross=gross, mc_handling="2.00", mc_handling1="2.00")
    assert shape(message) == [("item", "Book", item), ("handling", "", "2.00")]


@pytest.mark.parametrize(
    ("gross", "fields", "extra"),
    [
        ("9.00", {"shipping_discount": "1.00"}, [("shipping_discount", "", "-1.00")]),
        ("10.00", {"shipping_discount": "1.00"}, []),
        ("11.00", {"insurance_amount": "1.00"}, [("insurance", "", "1.00")]),
        ("10.00", {"insurance_amount": "1.00"}, []),
    ],
)
def test_uncertain_terms_count_when_they_add_up(cart, gross, fields, extra):
    message = cart(mc_gross=gross, **fields)
    assert shape(message) == [("item", "Book", "10.00"), *extra]


@pytest.mark.parametrize(("gross", "rest"), [("12.34", "2.34"), ("9.99", "-0.01")])
def test_what_is_left_over_is_a_line_of_its_own(cart, gross, rest):
    message = cart(mc_gross=gross)
    assert shape(message) == [("item", "Book", "10.00"), ("residual", "", rest)]


def test_a_rest_is_reckoned_by_the_manuals_formula(cart):
    message = cart(
        mc_gross="20.00",
        mc_handling="2.00",
        mc_handling1="2.00",
        shipping_discount="1.00",
        insurance_amount="0.50",
    )
    assert shape(message) == [
        ("item", "Book", "8.00"),
        ("handling", "", "2.00"),
        ("insurance", "", "0.50"),
        ("shipping_discount", "", "-1.00"),
        ("residual", "", "10.50"),
    ]


def test_a_cart_over_nothing_is_one_line_over_nothing(cart):
    message = cart(payment_status="Pending", mc_gross="0.00")
    assert shape(message) == [("item", "Book", "0.00")]


def test_the_simulators_cart_is_read_as_a_single_item(cart):
    message = cart(
        mc_gross="12.34",
        mc_gross_1="12.34",
        mc_handling="2.06",
        mc_handling1="1.67",
        mc_shipping="3.02",
        mc_shipping1="1.02",
        tax="2.02",
    )
    assert shape(message) == [
        ("item", "Book", "5.24"),
        ("shipping", "", "3.02"),
        ("handling", "", "2.06"),
        ("tax", "", "2.02"),
    ]


def test_shipping_told_by_item_alone_is_shipping(cart):
    message = cart(mc_shipping1="4.00")
    assert shape(message) == [("item", "Book", "6.00"), ("shipping", "", "4.00")]


@pytest.mark.parametrize("fields", [{"shipping": "4.00"}, {"mc_shipping": "4.00"}])
def test_a_carts_own_shipping_counts_and_not_its_items(cart, fields):
    message = cart(mc_gross="12.00", mc_shipping1="2.00", **fields)
    assert shape(message) == [("item", "Book", "8.00"), ("shipping", "", "4.00")]


@pytest.mark.parametrize(
    "fields", [{"handling_amount": "3.00"}, {"mc_handling": "3.00"}]
)
def test_a_carts_own_handling_counts_and_not_its_items(cart, fields):
    message = cart(mc_gross="12.00", mc_handling1="1.00", **fields)
    assert shape(message) == [("item", "Book", "9.00"), ("handling", "", "3.00")]


def test_handling_told_by_item_alone_is_handling(cart):
    fields = {"item_name2": "Pen", "mc_gross_2": "5.00", "mc_handling2": "2.00"}
    message = cart(mc_gross="15.00", mc_handling1="1.00", **fields)
    assert shape(message) == [
        ("item", "Book", "9.00"),
        ("item", "Pen", "3.00"),
        ("handling", "", "3.00"),
    ]


@pytest.mark.parametrize("discount", ["1.00", "-1.00"])
def test_a_discount_lowers_the_total_whatever_its_sign(cart, discount):
    message = cart(mc_gross="9.00", discount=discount)
    assert shape(message) == [("item", "Book", "10.00"), ("discount", "", "-1.00")]


def test_a_cart_may_have_more_items_than_can_be_counted_with_two_digits(cart):
    many = range(2, 121)
    fields = {f"item_name{n}": f"No. {n}" for n in many}
    fields |= {f"mc_gross_{n}": "1.00" for n in many}
    message = cart(mc_gross="129.00", **fields)
    assert len(message.lines) == 120
    assert shape(message)[-1] == ("item", "No. 120", "1.00")


def test_there_is_no_item_with_a_number_of_five_digits(cart):
    far = {"mc_gross_9999": "2.00", "item_name9999": "Far"}
    message = cart(mc_gross="12.00", mc_gross_10000="1.00", item_name0="None", **far)
    assert shape(message) == [("item", "Book", "10.00"), ("item", "Far", "2.00")]


def test_items_are_found_whatever_their_number_and_order(cart):
    message = cart(
        num_cart_items="1",
        mc_gross="13.00",
        item_name10="Ten",
        mc_gross10="1.00",
        mc_gross_2="2.00",
        item_number2="N-2",
    )
    assert shape(message) == [
        ("item", "Book", "10.00"),
        ("item", "N-2", "2.00"),
        ("item", "Ten", "1.00"),
    ]


def test_a_discount_passed_as_a_negative_item_is_an_item(cart):
    message = cart(mc_gross="8.00", item_name2="Coupon", mc_gross_2="-2.00")
    assert shape(message)[1] == ("item", "Coupon", "-2.00")


def test_a_cart_without_any_amount_is_one_item_over_the_total(cart):
    assert shape(cart(mc_gross_1="")) == [("item", "Book", "10.00")]


def test_garbage_in_a_line_counts_as_absent_and_is_warned_of(cart):
    message = cart(tax="ten", mc_shipping="-1.00", mc_gross_2="1e3")
    assert shape(message) == [("item", "Book", "10.00"), ("item", "", "0")]
    assert sorted(message.warnings) == [
        "mc_gross_2: not a number, ignored",
        "mc_shipping: negative, ignored",
        "tax: not a number, ignored",
    ]
