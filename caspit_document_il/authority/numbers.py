# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Dealer numbers, and how an allocation number is printed."""

import re

DIGITS = 9
#: The paper: the rightmost digits are printed; the first ones are the time.
PRINTED_DIGITS = 9
#: Nine digits, perhaps in groups; what stands before or after is no digit.
CANDIDATE = re.compile(r"(?<!\d)\d(?:[ -]?\d){8}(?!\d)")


def is_dealer_number(number):
    """Whether a number has the right length and check digit.

    The digits weigh 1 2 1 2 …; the digits of the products sum up to a multiple of ten.

    :param str number: digits only
    """
    if len(number) != DIGITS or not number.isascii() or not number.isdigit():
        return False
    products = (int(digit) * (1 + place % 2) for place, digit in enumerate(number))
    return int(number) > 0 and sum(p // 10 + p % 10 for p in products) % 10 == 0


def find_dealer_number(text):
    """Find a dealer number in what somebody wrote.

    :param str text: such as "ח.פ 514444447"
    :return: the first that has the right check digit, digits only, or ''
    """
    for found in CANDIDATE.findall(text or ""):
        number = re.sub(r"\D", "", found)
        if is_dealer_number(number):
            return number
    return ""


def printed(number):
    """:return: the part of an allocation number that stands on the document"""
    return (number or "")[-PRINTED_DIGITS:]
