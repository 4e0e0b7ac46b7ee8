"""The list of mutants that are none, against what lived."""

from types import SimpleNamespace

import pytest

from tools import ToolError
from tools.environment import CHECKOUT
from tools.mutants import survivors
from tools.mutants.survivors import Change

CHANGE = Change("a.py", "f", "return 1", "return 2")
OTHER = Change("a.py", "f", "return '1'", "return 2\nreturn 3")
ELSEWHERE = Change("b.py", "", "A = 1", "A = 2")


def lived(*changes, path="a.py"):
    return SimpleNamespace(path=path, survivors=list(changes))


def test_what_lives_has_to_be_in_the_list_as_often_as_it_lives(tmp_path):
    entry = survivors.as_entry(CHANGE).replace('""', '"it is 1 or 2"')
    file = tmp_path / "survivors.toml"
    file.write_text(entry)
    known = survivors.read(file)
    assert survivors.compare([lived(CHANGE)], known) == ([], [])
    assert survivors.compare([lived(CHANGE, CHANGE)], known) == ([CHANGE], [])
    assert survivors.compare([lived(OTHER)], known) == ([OTHER], [CHANGE])


def test_what_is_listed_has_to_live_where_it_was_tried():
    known = {CHANGE: 1, ELSEWHERE: 1}
    assert survivors.compare([lived()], known) == ([], [CHANGE])
    assert survivors.compare([lived(path="b.py")], known) == ([], [ELSEWHERE])


@pytest.mark.parametrize("change", [CHANGE, OTHER, ELSEWHERE])
def test_an_entry_is_read_as_it_was_printed(tmp_path, change):
    file = tmp_path / "survivors.toml"
    file.write_text(survivors.as_entry(change).replace('""', '"nobody can see it"'))
    assert dict(survivors.read(file)) == {change: 1}


def test_an_entry_without_a_reason_is_refused(tmp_path):
    file = tmp_path / "survivors.toml"
    file.write_text(survivors.as_entry(CHANGE))
    with pytest.raises(ToolError, match="no reason"):
        survivors.read(file)


def test_a_file_whose_words_count_in_any_case_needs_a_reason(tmp_path):
    file = tmp_path / "survivors.toml"
    entry = "[[caseless]]\npath = 'a.py'\nreason = "
    file.write_text(entry + '"its words are folded"')
    assert survivors.caseless(file) == {"a.py": frozenset()}
    file.write_text(entry + '"its words are folded"\nwords = ["A", "B"]')
    assert survivors.caseless(file) == {"a.py": {"A", "B"}}
    file.write_text(entry + '""')
    with pytest.raises(ToolError, match=r"no reason for a\.py"):
        survivors.caseless(file)
    assert all((CHECKOUT / path).is_file() for path in survivors.caseless())


def test_what_the_list_changes_stands_in_its_file():
    for change in survivors.read():
        lines = map(str.strip, (CHECKOUT / change.path).read_text().splitlines())
        assert change.was in "\n".join(lines), change
