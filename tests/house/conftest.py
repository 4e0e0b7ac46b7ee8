"""What the tests of the house share: the add-ons' files, read as text."""

import ast
import re
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
#: Every add-on of the product, by its folder.
ADDONS = sorted(path.parent for path in CHECKOUT.glob("caspit_*/__manifest__.py"))
ASIDE = {"tests", "migrations", "__pycache__"}


def sources(folder):
    """The Python files below a folder, without tests and migrations."""
    for path in sorted(folder.rglob("*.py")):
        if not ASIDE & set(path.relative_to(folder).parts):
            yield path


def model_classes(path):
    """Find the classes of models in a file.

    :return: pairs of a model's name and its ``ast.ClassDef``
    """
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ClassDef) and (name := model_of(node)):
            yield name, node


def model_of(node):
    """:return: the model that a class makes or extends, or nothing"""
    said = {
        each.targets[0].id: ast.literal_eval(each.value)
        for each in node.body
        if isinstance(each, ast.Assign)
        and isinstance(each.targets[0], ast.Name)
        and each.targets[0].id in ("_name", "_inherit")
    }
    name = said.get("_name") or said.get("_inherit")
    return name[0] if isinstance(name, list | tuple) else name


def rows_of(document, heading):
    """Read the first table below a heading of a document.

    :param str document: its name in ``docs``
    :param str heading: the whole line
    :return: the cells of each row
    """
    text = (CHECKOUT / "docs" / document).read_text()
    lines = text[text.index(f"\n{heading}\n") :].splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        cells = re.split(r"(?<!\\)\|", line.strip("|"))
        rows.append([cell.strip().replace("\\|", "|") for cell in cells])
    return rows
