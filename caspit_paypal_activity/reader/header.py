# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the names in a header mean, in every language."""

from .columns import COLUMNS, key

#: Name → field and rank among the field's names, in every language.
_FIELDS = {
    key(name): (field, rank)
    for columns in COLUMNS.values()
    for field, names in columns.items()
    for rank, name in enumerate(names)
}
#: Name → rank, by language: two of them may have a name at different ranks.
_LANGUAGES = {
    language: {
        key(name): rank for names in columns.values() for rank, name in enumerate(names)
    }
    for language, columns in COLUMNS.items()
}


def width_of(header: list[str]) -> int:
    """Cells up to the last that names something."""
    return max(place for place, name in enumerate(header) if name.strip()) + 1


def columns_of(header: list[str]) -> dict[str, int]:
    """Where each field is; of several names the one that the language has first."""
    own = _LANGUAGES[language_of(header)]
    found: dict[str, tuple[int, int]] = {}
    for place, name in enumerate(header):
        field, rank = _FIELDS.get(key(name), ("", 0))
        rank = own.get(key(name), rank)
        if field and (field not in found or rank < found[field][0]):
            found[field] = (rank, place)
    return {field: place for field, (_rank, place) in found.items()}


def language_of(header: list[str]) -> str:
    """The language that knows most of the names."""
    names = {key(name) for name in header}
    return max(_LANGUAGES, key=lambda code: len(names & _LANGUAGES[code].keys()))
