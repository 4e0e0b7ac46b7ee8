"""The kept list of mutants that are none: what they change makes no difference.

``survivors.toml`` holds them, each with what it changes and why nobody could tell; and
the words of which no mutant is made that only changes capitals.
"""

import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tools import ToolError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE = Path(__file__).with_name("survivors.toml")


@dataclass(frozen=True)
class Change:
    """What a mutant changes, as it is told and remembered.

    :ivar path: of the file, from the root of the checkout
    :ivar where: the function, with its class; '' outside of any
    :ivar was: the lines that it changes, without indentation
    :ivar becomes: what they become
    """

    path: str
    where: str
    was: str
    becomes: str


def read(file=FILE):
    """Read the list.

    :return: how often each :class:`Change` is in it
    :raise ToolError: one of them lacks a reason
    """
    known = Counter()
    for entry in tomllib.loads(file.read_text()).get("survivor", []):
        reason = entry.pop("reason", "")
        change = Change(**entry)
        if not _is_reason(reason):
            raise ToolError(f"{file.name}: no reason for {change}.")
        known[change] += 1
    return known


def caseless(file=FILE):
    """:return: the words that count in any case by the paths of their files; none for
        all of a file
    :raise ToolError: one of them lacks a reason
    """
    entries = tomllib.loads(file.read_text()).get("caseless", [])
    for entry in entries:
        if not _is_reason(entry.get("reason", "")):
            raise ToolError(f"{file.name}: no reason for {entry['path']}.")
    return {entry["path"]: frozenset(entry.get("words", ())) for entry in entries}


def compare(outcomes, known):
    """Hold what lived against the list.

    :param outcomes: of the files that were tried
    :param known: from :func:`read`
    :return: the changes that are not in the list, and those of the list, in the same
        files, that did not live
    """
    lived = Counter(change for outcome in outcomes for change in outcome.survivors)
    tried = {outcome.path for outcome in outcomes}
    listed = Counter({c: count for c, count in known.items() if c.path in tried})
    return list((lived - listed).elements()), list((listed - lived).elements())


def as_entry(change):
    """:return: a change as the list has it, but for the reason"""
    lines = [f"{name} = {_quoted(value)}" for name, value in vars(change).items()]
    return "\n".join(["[[survivor]]", *lines, 'reason = ""', ""])


def _is_reason(text):
    return bool(re.search(r"\w \w", text))


def _quoted(text):
    if "'" not in text and "\n" not in text:
        return f"'{text}'"
    return f"'''\n{text}'''" if "'''" not in text else repr(text)
