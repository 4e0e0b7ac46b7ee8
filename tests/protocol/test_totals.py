"""The lines total the amount paid, whatever PayPal or anybody sends."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from paypal import const

amounts = st.decimals(-9999, 10**9, places=2).map(str)
anything = st.one_of(
    amounts,
    st.sampled_from(["", "0", "NaN", "1e5", "x", "999999999999999", "0.0001"]),
)
names = st.sampled_from(
    [
        "mc_gross_1",
        "mc_gross_2",
        "mc_gross3",
        "item_name1",
        "item_name3",
        "mc_shipping",
        "mc_shipping1",
        "shipping",
        "mc_handling",
        "mc_handling2",
        "handling_amount",
        "tax",
        "tax1",
        "discount",
        "quantity",
        "shipping_discount",
        "insurance_amount",
        "quantity1",
        "quantity2",
        "item_name",
    ]
)
grosses = st.one_of(amounts, st.sampled_from(["999999999999999", "0.0001", "0"]))
statuses = st.sampled_from(["Completed", "Pending", "Denied", "Refunded", "Reversed"])


@given(grosses, statuses, st.dictionaries(names, anything))
def test_the_lines_always_total_the_gross(sale, gross, status, fields):
    message = sale(**fields | {"mc_gross": gross, "payment_status": status})
    assert sum(line.total for line in message.lines) == message.gross
    assert all(line.quantity > 0 for line in message.lines)
    assert all(line.kind == "item" or not line.name for line in message.lines)
    if message.kind not in const.ITEMISED_KINDS:
        assert len(message.lines) == 1


@given(
    items=st.lists(st.tuples(*[st.integers(0, 10**6)] * 3), min_size=1, max_size=30),
    charges=st.tuples(*[st.integers(0, 10**5)] * 3),
    discount=st.integers(0, 10**4),
)
def test_a_cart_by_the_manual_leaves_nothing_over(cart, items, charges, discount):
    def euros(cents):
        return str(Decimal(cents) / 100)

    shipping, handling, tax = charges
    fields, total = {}, shipping + handling + tax - discount
    shipping += sum(item[1] for item in items)
    handling += sum(item[2] for item in items)
    for n, (price, own_shipping, own_handling) in enumerate(items, start=1):
        gross = price + own_shipping + own_handling
        total += gross
        fields[f"mc_gross_{n}"] = euros(gross)
        fields[f"mc_shipping{n}"] = euros(own_shipping)
        fields[f"mc_handling{n}"] = euros(own_handling)
    message = cart(
        **fields,
        mc_gross=euros(max(total, 1)),
        mc_shipping=euros(shipping),
        mc_handling=euros(handling),
        tax=euros(tax),
        discount=euros(discount),
    )
    if total > 0:
        kinds = [line.kind for line in message.lines]
        assert kinds.count("item") == len(items)
        assert "residual" not in kinds
