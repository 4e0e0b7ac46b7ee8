# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A mail for who reads no HTML: the same words, as a person would type them.

Odoo's own conversion says "None [1]" of a link whose text stands in a tag of its own,
and runs the rows of lists together.
"""

import re

from lxml import etree

#: What begins a line of its own, and whether an empty line stands around it.
BLOCKS = {
    "p": True,
    "table": True,
    "h1": True,
    "h2": True,
    "h3": True,
    "ul": True,
    "ol": True,
    "div": False,
    "li": False,
}
SILENT = ("style", "script", "head", "title")
GAP = ""
#: What a browser shows as one blank; a no-break space is none of it.
WHITE = re.compile(r"[ \t\r\n]+")


def plain_text(html):
    """
    :param str html: the body of a mail
    :return: its words in lines; a row of a table is one, an address stands behind its
        words in angle brackets, as RFC 3986 has it
    :rtype: str
    """
    if not (html or "").strip():
        return ""
    tree = etree.fromstring(html, parser=etree.HTMLParser())
    lines = [] if tree is None else _lines(tree)
    text = "\n".join(line.strip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _lines(element):
    """:return: the lines of an element; an empty one is a gap"""
    lines = []
    open_line = _continue(lines, _words(element.text), False)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in SILENT:
            open_line = _append(lines, child, open_line)
        open_line = _continue(lines, _words(child.tail), open_line)
    return lines


def _append(lines, child, open_line):
    """Add what a child says.

    :param bool open_line: whether the last line may go on
    :return: whether it may go on afterwards
    """
    if child.tag == "br":
        if not open_line:
            lines.append(GAP)
        return False
    said = {"a": _link, "tr": _row}.get(child.tag, _lines)(child)
    if child.tag in BLOCKS or child.tag == "tr":
        gap = [GAP] if BLOCKS.get(child.tag) else []
        if child.tag == "li" and said:
            said[0] = f"- {said[0].strip()}"
        lines.extend([*gap, *said, *gap])
        return False
    return _continue(lines, said, open_line)


def _continue(lines, said, open_line):
    """Add lines, the first one to the last if that may go on.

    :return: whether the last line may go on
    """
    if open_line and said:
        lines[-1] = WHITE.sub(" ", lines[-1] + said[0])
        said = said[1:]
    elif not "".join(said).strip():
        return open_line
    lines.extend(said)
    return True


def _link(element):
    """:return: the words of a link, and where it leads"""
    words, address = " ".join(_lines(element)).strip(), element.get("href")
    if not address or address.removeprefix("mailto:") == words:
        return [words]
    return [f"{words} <{address}>".strip()]


def _row(element):
    """:return: a row's cells in one line; what a cell has more follows below"""
    cells = [
        [line.strip() for line in _lines(cell) if line.strip()] for cell in element
    ]
    cells = [cell for cell in cells if cell]
    if not cells:
        return []
    first = [cell[0] for cell in cells]
    sign = ": " if len(first) == 2 and not first[0].endswith(":") else " – "
    line = " ".join(first) if first[0].endswith(":") else sign.join(first)
    return [line, *(more for cell in cells for more in cell[1:])]


def _words(text):
    """:return: the one line of a text, or none"""
    return [WHITE.sub(" ", text)] if text else []
