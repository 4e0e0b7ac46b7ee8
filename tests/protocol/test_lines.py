"""What was bought, as lines that total the amount paid."""

from decimal import Decimal

import pytest
from line_shape import shape

# === A SINGLE ITEM === #


def test_a_single_items_price_is_what_the_charges_leave(sale):
    message = sale(
        mc_gross="20.00",
        shipping="3.00",
        handling_amount="1.00",
        insurance_amount="0.50",
        tax="2.00",
        quantity="2",
        item_number="B-1",
    )
    assert shape(message) == [
        ("item", "Book", "13.50"),
        ("shipping", "", "3.00"),
        ("handling", "", "1.00"),
        ("insurance", "", "0.50"),
        ("tax", "", "2.00"),
    ]
    assert (message.lines[0].quantity, message.lines[0].number) == (2, "B-1")


def test_charges_may_have_the_names_of_a_cart(sale):
    message = sale(mc_shipping="3.00", shipping="9.00", mc_handling="1.00")
    assert shape(message) == [
        ("item", "Book", "6.00"),
        ("shipping", "", "3.00"),
        ("handling", "", "1.00"),
    ]


def test_number_and_quantity_may_have_the_names_of_a_carts_first_item(sale):
    (line,) = sale(quantity1="3", item_number1="B-1").lines
    assert (line.quantity, line.number) == (3, "B-1")
    (line,) = sale(quantity="2", quantity1="3", item_number="B", item_number1="C").lines
    assert (line.quantity, line.number) == (2, "B")


def test_charges_that_leave_a_cent_are_lines(sale):
    message = sale(shipping="9.99")
    assert shape(message) == [("item", "Book", "0.01"), ("shipping", "", "9.99")]
    message = sale(mc_gross="0.50", shipping="0.20")
    assert shape(message) == [("item", "Book", "0.30"), ("shipping", "", "0.20")]


def test_a_charge_is_one_thing_without_a_number(sale):
    _item, charge = sale(shipping="1.00", quantity="3", item_number="B-1").lines
    assert (charge.quantity, charge.number) == (1, "")


def test_charges_that_leave_nothing_are_no_lines(sale):
    assert shape(sale(shipping="10.00")) == [("item", "Book", "10.00")]


def test_zero_charges_are_no_lines(sale):
    assert shape(sale(shipping="0.00", tax="0.00")) == [("item", "Book", "10.00")]


def test_the_simulators_echo_of_the_total_makes_no_cart(sale):
    message = sale(mc_gross1="10.00", shipping="3.00")
    assert shape(message) == [("item", "Book", "7.00"), ("shipping", "", "3.00")]


@pytest.mark.parametrize(
    ("quantity", "read", "warnings"),
    [
        ("3", "3", ()),
        ("2.5", "2.5", ()),
        ("0.0001", "0.0001", ()),
        ("0.00001", "1", ("quantity: not a number, ignored",)),
        ("", "1", ()),
        ("0", "1", ()),
        ("many", "1", ("quantity: not a number, ignored",)),
        ("-2", "1", ("quantity: negative, ignored",)),
        ("NaN", "1", ("quantity: not a number, ignored",)),
    ],
)
def test_a_quantity_is_always_positive(sale, quantity, read, warnings):
    message = sale(quantity=quantity)
    assert message.lines[0].quantity == Decimal(read)
    assert message.warnings == warnings


@pytest.mark.parametrize(
    ("fields", "subject"),
    [
        ({"item_name": "A  book\r\n", "memo": "x"}, "A book"),
        ({"item_name1": "Book", "memo": "x"}, "Book"),
        ({"product_name": "Cloud", "transaction_subject": "x"}, "Cloud"),
        ({"transaction_subject": "Thing", "memo": "x"}, "Thing"),
        ({"memo": "Thank\r\nyou"}, "Thank you"),
        ({}, ""),
    ],
    ids=str,
)
def test_the_subject_is_the_first_text_that_says_something(sale, fields, subject):
    message = sale(**{"item_name": ""} | fields)
    assert message.subject == message.lines[0].name == subject


def test_chosen_options_stand_behind_the_name(sale):
    message = sale(
        option_name1="Color",
        option_selection1="black",
        option_selection2="L",
        option_name3="Gift",
    )
    assert message.lines[0].name == "Book (Color: black, L)"
    assert message.subject == "Book"


def test_there_are_ten_options(sale):
    fields = {f"option_selection{n}": str(n) for n in (0, 1, 10, 11)}
    assert sale(**fields).lines[0].name == "Book (1, 10)"


# === OTHER KINDS === #


@pytest.mark.parametrize("status", ["Refunded", "Reversed", "Canceled_Reversal"])
def test_what_comes_after_a_sale_is_one_line_over_its_own_amount(cart, status):
    message = cart(
        payment_status=status, mc_gross="-4.00", item_name2="Pen", mc_gross_2="1.00"
    )
    assert shape(message) == [("item", "Book, Pen", "-4.00")]


@pytest.mark.parametrize(
    "fields",
    [
        {"item_number": "B-1", "item_number1": "C-1"},
        {"item_number1": "B-1"},
    ],
)
def test_what_went_back_is_one_thing_with_its_number(sale, fields):
    refund = {"payment_status": "Refunded", "mc_gross": "-4.00", "quantity": "3"}
    (line,) = sale(**refund, **fields).lines
    assert (line.quantity, line.number) == (1, "B-1")


def test_without_an_amount_there_are_no_lines(sale):
    assert sale(mc_gross="").lines == ()


ORDER = {
    "txn_type": "cart",
    "mc_gross": "40.00",
    "auth_id": "9XY",
    "auth_amount": "100.00",
    "item_name1": "Chair",
    "mc_gross_1": "80.00",
    "item_name2": "Lamp",
    "mc_gross_2": "20.00",
}


def test_a_capture_of_a_part_is_one_line_over_the_part(sale):
    message = sale(**ORDER)
    assert [(line.kind, line.total) for line in message.lines] == [
        ("part", Decimal("40.00"))
    ]
    assert message.order == "9XY"


def test_a_capture_of_the_whole_keeps_its_items(sale):
    message = sale(**ORDER | {"mc_gross": "100.00"})
    assert [line.name for line in message.lines] == ["Chair", "Lamp"]


def test_a_capture_of_the_whole_keeps_what_is_left_over(sale):
    order = ORDER | {"mc_gross": "100.00", "mc_gross_2": "15.00"}
    assert shape(sale(**order)) == [
        ("item", "Chair", "80.00"),
        ("item", "Lamp", "15.00"),
        ("residual", "", "5.00"),
    ]


def test_a_capture_whose_items_add_up_keeps_them(sale):
    order = ORDER | {"mc_gross_1": "25.00", "mc_gross_2": "15.00"}
    assert [line.name for line in sale(**order).lines] == ["Chair", "Lamp"]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"auth_id": "9XY", "auth_amount": "25.00"}, "part"),
        ({"auth_id": "9XY", "auth_amount": "10.00"}, "item"),
        ({"auth_id": "9XY"}, "item"),
        ({"auth_amount": "25.00"}, "item"),
    ],
)
def test_of_a_single_items_order_a_part_is_told_by_its_amount(sale, fields, kind):
    name = {"part": "", "item": "Book"}[kind]
    assert shape(sale(**fields)) == [(kind, name, "10.00")]
