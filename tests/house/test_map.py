"""The documents that lead through the house say what is there, and all of it."""

import ast
import re

import pytest

from conftest import ADDONS, CHECKOUT, model_classes, rows_of, sources

MAIN = CHECKOUT / "caspit_paypal_ipn"
DOCS = CHECKOUT / "docs"
#: A file that the reader of a document makes himself.
TO_BE_MADE = ("tests/system/test_my_gift_cards.py",)
PATH = re.compile(r"`((?:caspit_\w+|tools|tests|docs|models)/[\w./]+)`")


def names(cell):
    return re.findall(r"`([^`]+)`", cell)


# === ROOMS === #


def room_rows():
    return rows_of("ARCHITECTURE.md", "### The rooms, file by file")


def rooms():
    """:return: every folder of Python below the add-ons and tools, but for tests"""
    found = set()
    for top in [*ADDONS, CHECKOUT / "tools"]:
        for path in sources(top):
            room = path.relative_to(CHECKOUT).parent.as_posix()
            if path.name != "__init__.py" or room.count("/") == 0:
                found.add(room)
    return {room for room in found if "/addons" not in room and "_shell" not in room}


def test_the_map_has_every_room_and_no_other():
    assert {names(row[0])[0].rstrip("/") for row in room_rows()} == rooms()


@pytest.mark.parametrize("row", room_rows(), ids=lambda row: names(row[0])[0])
def test_the_map_has_every_file_of_a_room(row):
    folder = CHECKOUT / names(row[0])[0]
    files = {p.stem for p in folder.glob("*.py")} - {"__init__", "__manifest__"}
    assert set(names(row[-1])) == files


@pytest.mark.parametrize(
    "row",
    rows_of("ARCHITECTURE.md", "### Where it is decided"),
    ids=lambda row: row[0],
)
def test_what_is_decided_somewhere_is_decided_there(row):
    [place] = names(row[1])
    file, name = place.split("::")
    tree = ast.parse((CHECKOUT / file).read_text())
    defined = {
        each.name if hasattr(each, "name") else each.targets[0].id
        for each in ast.walk(tree)
        if isinstance(each, ast.FunctionDef | ast.ClassDef)
        or (isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name))
    }
    assert name in defined


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda path: path.name)
def test_a_path_in_a_document_is_there(path):
    text = path.read_text()
    for said in set(PATH.findall(text)) - set(TO_BE_MADE):
        tops = (CHECKOUT, MAIN, *ADDONS)
        assert any((top / said.rstrip(".")).exists() for top in tops), said


# === KINDS, REASONS, EXTENSION POINTS === #


def literals(path, name):
    """:return: the codes of a list of pairs or of rows that a file assigns"""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == name:
            return [first(each) for each in node.value.elts]
    raise AssertionError(f"{path} has no {name}")


def first(node):
    """:return: the first value of a tuple or of a call; a constant's name for one"""
    value = (node.args if isinstance(node, ast.Call) else node.elts)[0]
    return value.value if isinstance(value, ast.Constant) else value.attr


def kinds():
    text = (MAIN / "paypal/const.py").read_text()
    ours = re.findall(r'^KIND_\w+ = "(\w+)"', text, re.M)
    listed = literals(CHECKOUT / "caspit_paypal_activity/models/source.py", "KINDS")
    return {*ours, *listed}


def test_the_table_of_kinds_has_every_kind_of_the_protocol():
    text = (MAIN / "paypal/const.py").read_text()
    assert set(literals(MAIN / "models/kinds.py", "KINDS")) == set(
        re.findall(r"^(KIND_\w+) = ", text, re.M)
    )


def test_messages_md_says_what_each_kind_does():
    said = {
        re.split(r",| of | past | beside | that | by ", row[0])[0]
        for row in rows_of("MESSAGES.md", "## Kinds")
    }
    assert {each.replace(" ", "_") for each in said} == kinds()


def test_messages_md_says_what_each_reason_means():
    reasons = {
        code
        for addon in ADDONS
        for path in sources(addon)
        for code in reason_codes(path)
    }
    assert reasons >= {"invalid", "currency", "error"}
    assert {names(row[0])[0] for row in rows_of("MESSAGES.md", "## Reasons")} == reasons


def reason_codes(path):
    """:return: the reasons that a file brings: the list itself, or added ones"""
    text = path.read_text()
    if path == MAIN / "models/reasons.py":
        return literals(path, "REASONS")
    found = []
    for _model, node in model_classes(path):
        for each in node.body:
            if isinstance(each, ast.Assign) and each.targets[0].id == "reason":
                found += re.findall(r'\("(\w+)", ', ast.get_source_segment(text, each))
    return found


def extension_points():
    """:return: the methods whose docstring calls them one, and `PaypalIpn`'s tables"""
    found = set()
    for addon in ADDONS:
        for path in sources(addon):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.FunctionDef) and "xtension point" in (
                    ast.get_docstring(node) or ""
                ):
                    found.add(node.name)
    return found


def test_every_extension_point_is_documented():
    document = (DOCS / "HOW_TO_ADD_A_MESSAGE_KIND.md").read_text()
    assert len(extension_points()) > 8
    assert {name for name in extension_points() if f"`{name}`" not in document} == set()


def test_every_documented_extension_point_is_there():
    rows = rows_of("HOW_TO_ADD_A_MESSAGE_KIND.md", "## More extension points")
    said = {name for row in rows for name in names(row[-1]) if name.startswith("_")}
    assert said
    assert said <= extension_points()


def test_every_test_that_security_md_names_is_there():
    named = set(
        re.findall(r"`(test_\w+)`", (CHECKOUT / "docs/SECURITY.md").read_text())
    )
    files = [
        path
        for folder in [CHECKOUT / "tests", *(addon / "tests" for addon in ADDONS)]
        for path in folder.rglob("*.py")
    ]
    there = {path.stem for path in files}
    for path in files:
        there.update(re.findall(r"def (test_\w+)", path.read_text()))
    assert len(named) > 40
    assert named <= there
