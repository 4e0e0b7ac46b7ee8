"""What stands in PayPal's documents, written out a second time."""

import pytest
from paypal import Message, const


def test_paypal_is_asked_at_its_own_two_addresses():
    assert dict(const.POSTBACK_URLS) == {
        "live": "https://ipnpb.paypal.com/cgi-bin/webscr",
        "sandbox": "https://ipnpb.sandbox.paypal.com/cgi-bin/webscr",
    }
    assert dict(const.ACTIVITY_URLS) == {
        "live": "https://www.paypal.com/activity/payment/",
        "sandbox": "https://www.sandbox.paypal.com/activity/payment/",
    }


def test_paypal_is_asked_by_name_and_for_half_a_minute():
    assert const.POSTBACK_DEADLINE == 30
    assert const.USER_AGENT == "Caspit-PayPal-IPN/1.0 (Odoo)"


@pytest.mark.parametrize(
    ("charset", "octets", "text"),
    [
        ("IBM-862", b"%8C%85%89", "לוי"),
        ("ISO-8859-8-I", b"%EC%E5%E9", "לוי"),
        ("windows-874", b"%A1%A2", "กข"),
        ("windows-949", b"%B0%A1", "가"),
        # Letters that only the vendors' supersets have.
        ("Big5", b"%9D%EF", "嘅"),
        ("Big5-HKSCS", b"%9D%EF", "嘅"),
        ("EUC-KR", b"%8Cc", "똠"),
        ("KS_C_5601-1987", b"%8Cc", "똠"),
        ("windows-949", b"%8Cc", "똠"),
        ("GB2312", b"%A2%E3", "€"),
        ("GB_2312-80", b"%A2%E3", "€"),
        ("GBK", b"%A2%E3", "€"),
        ("windows-936", b"%A2%E3", "€"),
        ("Shift-JIS", b"%EE%E0", "髙"),
        ("Shift_JIS", b"%EE%E0", "髙"),
        ("SJIS", b"%EE%E0", "髙"),
        ("windows-31j", b"%EE%E0", "髙"),
    ],
)
def test_charsets_that_python_calls_otherwise_are_read(charset, octets, text):
    message = Message.parse(b"memo=" + octets + b"&charset=" + charset.encode())
    assert (message.memo, message.warnings) == (text, ())


def test_sums_of_the_largest_amounts_are_exact(sale):
    """15 digits and 4 decimals stay far below the 28 of Python's decimals."""
    assert (const.MAX_DIGITS, const.MAX_AMOUNT_DECIMALS) == (15, 4)
    assert (const.MAX_BODY_BYTES, const.MAX_FIELDS) == (65_536, 3_276)
    assert (const.MAX_ID_LENGTH, const.MAX_EMAIL_LENGTH) == (127, 254)
    assert const.MAX_ANSWER_BYTES == 1024


def test_the_lines_of_a_message_tell_its_amount_only_before_anything_goes_back():
    itemised = ["closed", "pending", "sale", "unknown"]
    assert sorted(const.ITEMISED_KINDS) == itemised
