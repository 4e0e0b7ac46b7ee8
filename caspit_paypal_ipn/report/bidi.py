# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Brackets in text of two writing directions, for a printer that turns them round.

wkhtmltopdf follows Unicode's bidirectional algorithm as it was before version 6.3,
without rule N0: of "חולצה SKU-12 (Blue)" it puts the closing bracket at the far end.
A directional mark on both sides of a bracket gives it the side that N0 would.
"""

import unicodedata
from itertools import accumulate

CLOSING = {"(": ")", "[": "]", "{": "}"}
STRONG = {"L": "\u200e", "R": "\u200f", "AL": "\u200f"}  # LRM and RLM


def with_marked_brackets(text):
    """:return: the text, each pair of brackets held to its side by marks"""
    marks = [_mark(letter) for letter in text]
    paragraph = next(filter(None, marks), STRONG["L"])
    other = STRONG["R"] if paragraph == STRONG["L"] else STRONG["L"]
    before = _last_marks(marks, paragraph)
    counts = {mark: _counts(marks, mark) for mark in (paragraph, other)}
    sides, open_ones = {}, []
    for place, letter in enumerate(text):
        if letter in CLOSING:
            open_ones.append(place)
        elif open_ones and letter == CLOSING[text[open_ones[-1]]]:
            start = open_ones.pop()
            inside = {m for m, n in counts.items() if n[place] > n[start]}
            side = _side(paragraph, before[start], inside)
            sides[start] = sides[place] = side
    return "".join(
        f"{sides.get(place, '')}{letter}{sides.get(place, '')}"
        for place, letter in enumerate(text)
    )


def _mark(letter):
    """:return: the mark of a letter's direction; nothing for digits and signs"""
    return STRONG.get(unicodedata.bidirectional(letter), "")


def _last_marks(marks, paragraph):
    """:return: for each place the last mark before it, else the paragraph's"""
    return [*accumulate(marks, lambda last, m: m or last, initial=paragraph)][:-1]


def _counts(marks, mark):
    """:return: for each place how many of these marks stand before it"""
    return [*accumulate((each == mark for each in marks), initial=0)]


def _side(paragraph, context, inside):
    """Rule N0 of Unicode Standard Annex 9: the direction of a pair of brackets.

    :param str paragraph: the mark of the whole text's direction
    :param str context: that of the text before the pair
    :param set inside: those of the text within it
    """
    if not inside:
        return ""
    return paragraph if paragraph in inside else context
