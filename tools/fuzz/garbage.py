"""Garbage for the protocol library: changed messages, and what it makes of them."""

import random
import time
import traceback
from collections import Counter

from tools.commands import say
from tools.environment import CHECKOUT
from tools.trials.protocol import MalformedMessage, Message

SAMPLES = CHECKOUT / "caspit_paypal_ipn" / "tests" / "ipn_samples"
#: Seconds in which a message has to be read, whatever it is.
SLOW = 2.0
EVIL = (
    b"%00",
    b"%u0000",
    b"%ud800",
    b"%ED%A0%80",
    b"%25" * 40 + b"41",
    b"%",
    b"%%%",
    b"\xff\xfe",
    b"%0D%0ASet-Cookie:%20a=b",
    b"9" * 400,
    b"NaN",
    b"-Infinity",
    b"1e308",
    b"1e-400",
    b"-1",
    b"0",
    b"-0.00",
    b"0x10",
    b"1_000",
    b"%D9%A1%D9%A2",
    b"1,00",
    b"%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    b"%7B%7B+7*7+%7D%7D",
    b"%25(x)s",
    b"%24%7B7*7%7D",
    b"%E2%80%AE%E2%80%8F",
    b"utf-16",
    b"utf-7",
    b"idna",
    b"rot13",
    b"hex",
    b"a" * 3000,
)


class Mutator:
    """Changes messages so that they are wrong in ways that a parser may not expect.

    :param random.Random pick: what decides
    """

    def __init__(self, pick):
        self.pick = pick
        self.samples = [path.read_bytes() for path in sorted(SAMPLES.glob("*.ipn"))]
        self.names = sorted(
            {part.partition(b"=")[0] for s in self.samples for part in s.split(b"&")}
        )

    def message(self):
        """:return: the bytes of a sample after one to six changes"""
        body = self.pick.choice(self.samples)
        for _ in range(self.pick.randint(1, 6)):
            body = getattr(self, self.pick.choice(CHANGES))(body)
        return body

    def change_a_value(self, body):
        parts = body.split(b"&")
        place = self.pick.randrange(len(parts))
        name = parts[place].partition(b"=")[0]
        parts[place] = name + b"=" + self.pick.choice(EVIL)
        return b"&".join(parts)

    def add_a_field(self, body):
        value = self.pick.choice(EVIL) if self.pick.random() < 0.5 else b"1.00"
        name = self.pick.choice(
            [*self.names, b"", b"=", b"x[0]", b"%00", b"num_cart_items"]
        )
        return body + b"&" + name + b"=" + value

    def double_a_field(self, body):
        parts = body.split(b"&")
        parts.insert(self.pick.randrange(len(parts)), self.pick.choice(parts))
        return b"&".join(parts)

    def drop_a_field(self, body):
        parts = body.split(b"&")
        del parts[self.pick.randrange(len(parts))]
        return b"&".join(parts) or b"a=b"

    def shuffle(self, body):
        parts = body.split(b"&")
        self.pick.shuffle(parts)
        return b"&".join(parts)

    def change_a_byte(self, body):
        place = self.pick.randrange(len(body))
        return body[:place] + self.pick.randbytes(1) + body[place + 1 :]

    def cut(self, body):
        place = self.pick.randrange(1, len(body)) if len(body) > 1 else 1
        return body[:place]

    def insert_bytes(self, body):
        place = self.pick.randrange(len(body))
        return body[:place] + self.pick.choice(EVIL) + body[place:]

    def encode_again(self, body):
        place = self.pick.randrange(len(body))
        return body[:place] + body[place : place + 200].replace(b"%", b"%25")


CHANGES = (
    "change_a_value",
    "add_a_field",
    "double_a_field",
    "drop_a_field",
    "shuffle",
    "change_a_byte",
    "cut",
    "insert_bytes",
    "encode_again",
)


def check(body):
    """Read a message and see that what comes of it is sound.

    :return: its kind, or ``malformed``
    :raise AssertionError: it is not, or reading it took too long
    """
    started = time.monotonic()
    try:
        message = Message.parse(body)
    except MalformedMessage:
        Message.decode(body)
        return "malformed"
    finally:
        assert time.monotonic() - started < SLOW, "slow"
    texts = [*message.fields, *message.fields.values(), *message.warnings]
    texts += [line.name for line in message.lines]
    assert "\x00" not in "".join(texts), "NUL"
    "".join(texts).encode("utf-8")
    if message.gross is not None and message.lines:
        total = sum(line.total for line in message.lines)
        assert total == message.gross, "the lines do not total the gross"
        assert all(line.quantity > 0 for line in message.lines), "a quantity"
    return message.kind


def fuzz_protocol(seed, cases):
    """Read so many changed messages.

    :return: how many came out as what, and the bodies that failed
    """
    mutator = Mutator(random.Random(seed))
    kinds, failures = Counter(), []
    for _ in range(cases):
        body = mutator.message()
        try:
            kinds[check(body)] += 1
        except Exception:  # that is what is looked for
            failures.append(body)
            say(f"{body!r}\n{traceback.format_exc()}")
    return kinds, failures
