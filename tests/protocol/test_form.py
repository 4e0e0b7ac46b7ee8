"""From bytes to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paypal import MalformedMessage, Message, const


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("UTF-8", "תל-אביב 東京 Čapek"),
        ("windows-1255", "לוי"),
        ("ISO-8859-8-I", "לוי"),
        ("Shift_JIS", "東京~\\"),
        ("KOI8_R", "улица Первая"),
        ("gb2312", "北京"),
        ("big5", "臺北"),
        ("US-ASCII", "plain"),
        ("ISO-2022-JP", "東京 Tokyo"),
        ("ISO-2022-KR", "서울 Seoul"),
    ],
)
def test_the_body_names_its_own_charset(charset, text):
    codec = const.CHARSET_ALIASES.get(charset.lower(), charset)
    escaped = "".join(f"%{octet:02X}" for octet in text.encode(codec))
    message = Message.parse(f"memo={escaped}&charset={charset}".encode())
    assert message.memo == text
    assert message.charset == charset.lower()
    assert message.warnings == ()


@pytest.mark.parametrize("body", [b"memo=%F6", b"memo=%F6&charset=", b"memo=\xf6"])
def test_without_a_charset_it_is_windows_1252(body):
    message = Message.parse(body)
    assert (message.memo, message.charset) == ("ö", "windows-1252")
    assert message.warnings == ()


def test_without_a_charset_nothing_is_guessed():
    assert Message.parse(b"memo=%C3%B6").memo == "Ã¶"


@pytest.mark.parametrize(
    "charset",
    [
        "nonsense",
        "x-mac-hebrew",
        "rot13",
        "base64",
        "hex",
        "zlib",
        "idna",
        "punycode",
        "unicode_escape",
        "utf-7",
        "raw_unicode_escape",
        "utf-16",
        "utf-32",
        "cp037",
        "undefined",
        "hz",
        "../os",
        "a%00b",
        "%F6%F6",
        "aliases",
        "encodings.utf_8",
    ]
    + ["utf-8" * 20],
)
def test_what_is_no_charset_of_a_form_is_read_as_windows_1252(charset):
    message = Message.parse(f"charset={charset}&memo=%F6+%2BAGE-+%5Cx41".encode())
    assert message.memo == "ö +AGE- \\x41"
    assert message.charset == "windows-1252"
    assert message.warnings == ("charset: unknown, read as windows-1252",)


@pytest.mark.parametrize("charset", ["unicode_escape", "raw_unicode_escape", "hz"])
def test_a_charset_that_is_none_makes_python_complain_of_nothing(charset, recwarn):
    Message.parse(f"charset={charset}&memo=a".encode())
    assert not recwarn.list


def test_a_charset_may_be_written_in_escapes_and_blanks():
    message = Message.parse(b"%63harset=+%55TF-8+&memo=%D7%9C")
    assert (message.memo, message.charset) == ("ל", "utf-8")


def test_a_charset_has_40_letters_at_most():
    forty, more = "utf_8".ljust(40, "-"), "utf_8".ljust(41, "-")
    assert Message.parse(f"charset={forty}&memo=a".encode()).charset == forty
    assert Message.parse(f"charset={more}&memo=a".encode()).charset == "windows-1252"


def test_undecodable_bytes_are_replaced_and_warned_of():
    message = Message.parse(b"charset=utf-8&memo=a%FFb")
    assert message.memo == "a\N{REPLACEMENT CHARACTER}b"
    assert message.warnings == ("memo: undecodable bytes were replaced",)


def test_blank_fields_and_the_order_are_kept():
    body = b"b=1&a=&c=3&&=4&noequals"
    assert list(Message.parse(body).fields.items()) == [
        ("b", "1"),
        ("a", ""),
        ("c", "3"),
    ]


def test_fields_cannot_be_changed():
    fields = Message.parse(b"a=1").fields
    with pytest.raises(TypeError):
        fields["a"] = "2"


def test_of_a_field_that_comes_twice_the_first_counts():
    message = Message.parse(b"mc_gross=1.00&mc_gross=9999.00&charset=utf-8&charset=x")
    assert str(message.gross) == "1.00"
    assert message.charset == "utf-8"
    assert message.warnings == (
        "mc_gross: came more than once, the first one counts",
        "charset: came more than once, the first one counts",
    )


def test_a_warning_never_repeats_a_value(sale):
    message = sale(
        payment_date="secret", quantity="secret", tax="secret", charset="secret"
    )
    assert len(message.warnings) == 4
    assert not any("secret" in warning for warning in message.warnings)


def test_a_warning_repeats_only_the_beginning_of_a_name():
    message = Message.parse(b"&".join([b"n" * 30_000 + b"=1"] * 2))
    told = "n" * 40 + ": came more than once, the first one counts"
    assert message.warnings == (told,)


def test_a_value_may_hold_equals_signs_and_a_name_blanks():
    fields = Message.parse(b"custom=a=b=&first+name=Dana+Levi").fields
    assert fields == {"custom": "a=b=", "first name": "Dana Levi"}


def test_control_characters_are_taken_out_and_line_ends_kept():
    message = Message.parse(b"memo=a%00b%1B%7Fc%0D%0Ad%09e&charset=utf-8&n=%C2%85")
    assert message.fields["memo"] == "abc\r\nd\te"
    assert message.fields["n"] == ""


@pytest.mark.parametrize(
    ("escaped", "text"),
    [
        ("%u010Dapek", "čapek"),
        ("J%F6rg%u05D0", "Jörgא"),
        ("%uD83D%uDE00", "😀"),
        ("a%uD83Db", "a\N{REPLACEMENT CHARACTER}b"),
        ("%25u010D", "%u010D"),
        ("%u01", "%u01"),
    ],
)
def test_escapes_of_the_simulator_are_read(escaped, text):
    assert Message.parse(f"memo={escaped}".encode()).memo == text


@pytest.mark.parametrize(
    ("charset", "escaped", "text"),
    [
        ("windows-1255", "%25EC%25E5%25E9", "לוי"),
        ("windows-1255", "%25EC%25E5%25E9%2B%25EC%25E5%25E9", "לוי לוי"),
        ("utf-8", "%25D7%259C%25D7%2595%25D7%2599", "לוי"),
        ("windows-1252", "J%25F6rg", "Jörg"),
    ],
)
def test_a_name_encoded_twice_is_decoded_twice(charset, escaped, text):
    message = Message.parse(f"charset={charset}&last_name={escaped}".encode())
    assert message.buyer.last_name == text
    assert message.warnings == ("last_name: was encoded twice",)


@pytest.mark.parametrize(
    ("body", "name", "text"),
    [
        (b"item_name=100%25", "item_name", "100%"),
        (b"item_name=50%25+off", "item_name", "50% off"),
        (b"item_name=%2541", "item_name", "%41"),
        (b"item_name=5%25EC", "item_name", "5%EC"),
        (b"custom=%25EC%25E5", "custom", "%EC%E5"),
        (b"invoice=%25EC%25E5", "invoice", "%EC%E5"),
        (b"charset=utf-8&last_name=%25EC%25E5", "last_name", "%EC%E5"),
        (b"last_name=%2525EC", "last_name", "%25EC"),
    ],
)
def test_a_per_cent_sign_of_its_own_stays(body, name, text):
    message = Message.parse(body)
    assert message.fields[name] == text
    assert message.warnings == ()


@pytest.mark.parametrize("body", [b"", b"&&&", b"=", b"hello", b"\x00\xff", b"{}"])
def test_without_any_field_it_is_no_message(body):
    with pytest.raises(MalformedMessage, match="no field"):
        Message.parse(body)


def test_the_limits_are_64_kib_and_500_fields():
    Message.parse(b"memo=" + b"x" * (const.MAX_BODY_BYTES - 5))
    Message.parse(b"&".join(b"f%d=1" % n for n in range(const.MAX_FIELDS)))
    with pytest.raises(MalformedMessage, match="65536 bytes"):
        Message.parse(b"memo=" + b"x" * (const.MAX_BODY_BYTES - 4))
    with pytest.raises(MalformedMessage, match=f"{const.MAX_FIELDS} fields"):
        Message.parse(b"&".join(b"f%d=1" % n for n in range(const.MAX_FIELDS + 1)))


def test_the_fields_of_a_malformed_message_can_still_be_shown():
    assert dict(Message.decode(b"mc_gross=NaN&memo=hi")) == {
        "mc_gross": "NaN",
        "memo": "hi",
    }
    assert dict(Message.decode(b"")) == {}


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1),
        st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="%")),
        max_size=10,
    )
)
def test_every_text_comes_back_as_it_was(body_of, fields):
    fields.pop("charset", None)
    assert dict(Message.decode(body_of(fields))) == {"charset": "utf-8"} | fields


@pytest.mark.parametrize(
    ("charset", "written_in", "name"),
    [
        ("gb2312", "gbk", "朱镕基"),
        ("Shift_JIS", "cp932", "髙橋①"),
        ("EUC-KR", "cp949", "똠방각하"),
        ("big5", "big5hkscs", "啫喱"),
    ],
)
def test_a_name_beyond_the_letter_of_its_charset_is_read(charset, written_in, name):
    encoded = "".join(f"%{byte:02X}" for byte in name.encode(written_in))
    message = Message.parse(f"charset={charset}&first_name={encoded}".encode())
    assert message.fields["first_name"] == name
    assert message.warnings == ()
