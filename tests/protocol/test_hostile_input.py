"""Anybody can post anything: a message, or MalformedMessage, and soon."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from paypal import MalformedMessage, Message, const

CROWD = const.MAX_FIELDS - 1


def parse(body: bytes) -> Message | None:
    """Parse; check that what comes out can be stored."""
    try:
        message = Message.parse(body)
    except MalformedMessage:
        return None
    texts = [*message.fields, *message.fields.values(), *message.warnings]
    assert "\x00" not in "".join(texts)
    "".join(texts).encode("utf-8")
    return message


@given(st.binary(max_size=2000))
@example(b"charset=utf-8&a=%ED%A0%80")
@example(b"charset=idna&a=" + b"a" * 300 + b"\xff")
@example(b"%u0000=%u0000&%=%&%%=%%&a=%%41")
@example(b"charset=iso-2022-jp&a=%1B%24B%21&mc_gross=%1B")
def test_any_bytes_are_a_message_or_malformed(body):
    parse(body)
    Message.decode(body)


names = st.sampled_from(
    [
        "charset",
        "txn_type",
        "payment_status",
        "mc_gross",
        "mc_fee",
        "mc_currency",
        "mc_gross_1",
        "quantity",
        "item_name1",
        "payment_date",
        "address_street",
        "receiver_id",
        "business",
        "first_name",
        "custom",
        "transaction[0].receiver",
        "option_name1",
        "option_selection1_1",
        "test_ipn",
        "tax",
    ]
)
pieces = st.sampled_from(
    [
        "%",
        "%2",
        "%25",
        "%00",
        "%u",
        "%uD800",
        "%uDFFF",
        "%uFFFF",
        "%FF",
        "%E2%80",
        "%25EC",
        "+",
        "@",
        "NaN",
        "Infinity",
        "1e999",
        "-0",
        "99999999999999999999",
        "1.00",
        "-1.00",
        "0.1",
        "utf-8",
        "utf-7",
        "shift_jis",
        "gb18030",
        "cart",
        "Completed",
        "Refunded",
        "adjustment",
        "ILS",
        "12:00:00",
        "Feb",
        "29,",
        "2023",
        "PST",
        "%0D%0A",
        "&",
    ]
)
segments = st.tuples(names, st.lists(pieces, max_size=6).map("".join)).map("=".join)


@given(st.lists(segments, max_size=30))
def test_any_mix_of_known_fields_is_a_message_or_malformed(segments):
    message = parse("&".join(segments).encode())
    if message and message.gross is not None:
        assert sum(line.total for line in message.lines) == message.gross


@pytest.mark.parametrize(
    "body",
    [
        b"&".join(b"field%d=1" % n for n in range(10_000)),
        b"mc_gross=" + b"9" * 60_000,
        b"payment_date=" + b"1" * 60_000,
        b"payment_date=" + b" " * 30_000 + b"GMT+" * 7_000,
    ],
    ids=["10,000 fields", "a huge number", "a huge date", "a date of blanks"],
)
def test_what_is_too_much_ends_soon(body):
    check_fast(body)


@pytest.mark.parametrize(
    "body",
    [
        b"memo=" + b"%25" * 21_000,
        b"memo=" + b"%25EC" * 13_000,
        b"memo=" + b"%25EC" * 12_900 + b"%25E",
        b"memo=" + b"%u0041" * 10_000,
        b"memo=" + b"a%0D%0A" * 9_000,
        b"address_street=" + b"a%0D%0A" * 9_000,
        b"charset=utf-8&memo=" + b"%FF" * 21_000,
        b"charset=iso2022_jp_3&memo=" + b"%1B%24" * 10_000,
        b"mc_gross=5&" + b"&".join(b"mc_gross_%d=1.00" % n for n in range(1, CROWD)),
        b"mc_gross=5&" + b"&".join(b"item_name%d=1" % n for n in range(1, CROWD)),
        b"mc_gross=5&" + b"&".join(b"mc_gross_1=%d" % n for n in range(1, CROWD)),
        b"mc_gross=5&item_name" + b"1" * 60_000 + b"=x",
        b"charset=" + b"x" * 60_000 + b"&a=1",
    ],
    ids=lambda body: body[:24].decode() + "...",
)
def test_the_largest_messages_are_read_fast(body):
    assert check_fast(body) is not None


def check_fast(body: bytes) -> Message | None:
    before = time.process_time()
    message = parse(body)
    assert time.process_time() - before < 0.5
    return message
