# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From the bytes of a message to its fields as text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import unquote_to_bytes

from . import const

#: Printable ASCII and what the escapes of utf-7, hz, idna and the like look like. A
#: codec that turns this into anything else is no charset that a form can be in.
#: (A backslash before anything but x41 would only make Python complain.)
_ASCII_PROBE = (
    bytes(range(0x20, 0x7F)).replace(b"\\", b"") + rb".xn--4ca. +AGE- ~{!!~} \x41\u0041"
)
#: Python remembers every codec name it was asked for: not just any text may be one.
_CHARSET_NAME = re.compile(r"[\w.:-]{1,40}", re.ASCII)
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
#: How JavaScript's escape() writes what is not Latin-1; PayPal's simulator does so.
_JS_ESCAPE = re.compile(rb"%u([0-9A-Fa-f]{4})")
_STILL_ENCODED = re.compile(r"(?=[^%]*%)(?:[A-Za-z +]|%[89A-Fa-f][0-9A-Fa-f])+")
#: Fields that give back what the shop's own page passed, whatever its encoding.
_PASSED_THROUGH = frozenset({"custom", "invoice"})
#: Characters of a field's name that a warning repeats.
_SHOWN_NAME = 40


class MalformedMessage(ValueError):
    """The bytes cannot be a message of PayPal's.

    Its text names the rule or the field, never a value.
    """


@dataclass(frozen=True, repr=False, eq=False)
class Form:
    """A decoded message body.

    :ivar charset: the charset it is written in, as PayPal spells it, in lower case
    :ivar fields: values by name, in the order sent, blank ones kept, read-only
    :ivar warnings: what was doubtful, in sentences without any value
    """

    charset: str
    fields: Mapping[str, str]
    warnings: tuple[str, ...]


def check_limits(body: bytes) -> None:
    """Refuse what is too large to be a message.

    :raise MalformedMessage: more bytes or fields than :mod:`.const` allows
    """
    if len(body) > const.MAX_BODY_BYTES:
        raise MalformedMessage(f"more than {const.MAX_BODY_BYTES} bytes")
    if body.count(b"&") >= const.MAX_FIELDS:
        raise MalformedMessage(f"more than {const.MAX_FIELDS} fields")


def decode(body: bytes) -> Form:
    """Decode a body in the charset that its own ``charset`` field names.

    Never raises: what cannot be decoded is replaced and warned of. Of a name that
    comes twice the first value counts, so that nothing appended can override it.

    :param body: the body as it came
    """
    pairs = list(_pairs(body))
    charset, codec, warnings = _charset(pairs)
    fields: dict[str, str] = {}
    for raw_name, raw_value in pairs:
        name = _text(raw_name, codec)[0]
        shown = name[:_SHOWN_NAME]
        value, undecodable = _text(raw_value, codec)
        if undecodable:
            warnings.append(f"{shown}: undecodable bytes were replaced")
        if name not in _PASSED_THROUGH and _STILL_ENCODED.fullmatch(value):
            again = _decode_again(value, codec)
            if again is not None:
                warnings.append(f"{shown}: was encoded twice")
                value = again
        if name in fields:
            warnings.append(f"{shown}: came more than once, the first one counts")
        elif name:
            fields[name] = value
    return Form(charset, MappingProxyType(fields), tuple(warnings))


def _pairs(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The ``name=value`` segments of a body; others are no field.

    ``urllib.parse.parse_qsl`` will not do: it wants the charset beforehand, and raises
    on bytes that are not ASCII.
    """
    for segment in body.split(b"&"):
        name, equals, value = segment.partition(b"=")
        if equals:
            yield name.replace(b"+", b" "), value.replace(b"+", b" ")


def _charset(pairs: list[tuple[bytes, bytes]]) -> tuple[str, str, list[str]]:
    """Find the charset of a message.

    :return: its name, Python's name of it, and warnings
    """
    raw = next((v for n, v in pairs if unquote_to_bytes(n) == b"charset"), b"")
    name = unquote_to_bytes(raw).decode("ascii", "replace").strip().lower()
    if not name:
        return const.DEFAULT_CHARSET, const.DEFAULT_CHARSET, []
    codec = const.CHARSET_ALIASES.get(name, name)
    if _CHARSET_NAME.fullmatch(name) and _is_text_codec(codec):
        return name, codec, []
    warning = f"charset: unknown, read as {const.DEFAULT_CHARSET}"
    return const.DEFAULT_CHARSET, const.DEFAULT_CHARSET, [warning]


def _is_text_codec(codec: str) -> bool:
    try:
        return _ASCII_PROBE.decode(codec).encode() == _ASCII_PROBE
    except (LookupError, ValueError):
        return False


def _text(raw: bytes, codec: str) -> tuple[str, bool]:
    """Decode a percent-encoded name or value.

    :return: the text, and whether bytes had to be replaced
    """
    undecodable = False
    parts = _JS_ESCAPE.split(raw)
    for index, part in enumerate(parts):
        if index % 2:  # the four digits of a %uXXXX
            parts[index] = chr(int(part, 16))
            continue
        octets = unquote_to_bytes(part)
        try:
            parts[index] = octets.decode(codec)
        except UnicodeDecodeError:
            parts[index] = octets.decode(codec, "replace")
            undecodable = True
    return _storable("".join(parts)), undecodable


def _decode_again(value: str, codec: str) -> str | None:
    """Undo a second percent-encoding, seen on names of Israeli accounts.

    :return: the text, or None when the escapes mean nothing in this charset
    """
    try:
        text = unquote_to_bytes(value.replace("+", " ")).decode(codec)
    except UnicodeDecodeError:
        return None
    return _storable(text)


def _storable(text: str) -> str:
    """Take out what PostgreSQL or UTF-8 cannot hold and what no text contains."""
    if _SURROGATE.search(text):
        units = text.encode("utf-16-le", "surrogatepass")
        text = units.decode("utf-16-le", "replace")
    return _UNSTORABLE.sub("", text)
