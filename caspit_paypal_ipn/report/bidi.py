# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Brackets in text of two writing directions, for a printer that turns them round.

wkhtmltopdf follows Unicode's bidirectional algorithm as it was before version 6.3,
without rule N0: of "חולצה SKU-12 (Blue)" it puts the closing bracket at the far end.
A directional mark on both sides of a bracket gives it the side that N0 would.
"""

import unicodedata

CLOSING = {"(": ")", "[": "]", "{": "}"}
STRONG = {"L": "\u200e", "R": "\u200f", "AL": "\u200f"}  # LRM and RLM


def with_marked_brackets(text):
    """:return: the text, each pair of brackets held to its side by marks"""
    marks = [_mark(letter) for letter in text]
    paragraph = next(filter(None, marks), STRONG["L"])
    sides, open_ones = {}, []
    for place, letter in enumerate(text):
        if letter in CLOSING:
            open_ones.append(place)
        elif open_ones and letter == CLOSING[text[open_ones[-1]]]:
            start = open_ones.pop()
            side = _side(paragraph, marks[:start], marks[start + 1 : place])
            sides[start] = sides[place] = side
    return "".join(
        f"{sides.get(place, '')}{letter}{sides.get(place, '')}"
        for place, letter in enumerate(text)
    )


def _mark(letter):
    """:return: the mark of a letter's direction; nothing for digits and signs"""
    return STRONG.get(unicodedata.bidirectional(letter), "")


def _side(paragraph, before, inside):
    """Rule N0 of Unicode Standard Annex 9: the direction of a pair of brackets."""
    found = set(filter(None, inside))
    if not found:
        return ""
    other_way = paragraph not in found
    context = next(filter(None, reversed(before)), paragraph)
    return context if other_way else paragraph
