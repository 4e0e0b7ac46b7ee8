"""The rooms of the house: no method twice, and no order that decides anything."""

import ast
import json
import os
import random
import re
import subprocess
import sys
from collections import defaultdict

import pytest

from conftest import ADDONS, CHECKOUT, model_classes, sources

MAIN = CHECKOUT / "caspit_paypal_ipn"
#: Says what each model is made of when the rooms are imported in the order given.
IMPORT = """
import importlib, json, sys, types
import odoo.tools, odoo.addons.base, odoo.models
from odoo.orm.models import MetaModel

addon = "odoo.addons.caspit_paypal_ipn"
for name, folder in ((addon, ""), (f"{addon}.models", "/models")):
    # Without its __init__, which imports the rooms in one order.
    package = types.ModuleType(name)
    package.__path__ = [f"{sys.argv[1]}/caspit_paypal_ipn{folder}"]
    sys.modules[name] = package
for room in sys.argv[2:]:
    importlib.import_module(f"{addon}.models.{room}")
made = {}
for definition in MetaModel._module_to_models__["caspit_paypal_ipn"]:
    model = definition._name or definition._inherit
    model = model if isinstance(model, str) else model[0]
    for name, value in vars(definition).items():
        if callable(value) and not name.startswith("__"):
            made[f"{model}.{name}"] = definition.__module__
    for name in definition._field_definitions:
        made[f"{model}.{name}"] = definition.__module__
# A model comes before what extends it, in whatever order.
known = set()
for definition in MetaModel._module_to_models__["caspit_paypal_ipn"]:
    extends = [definition._inherit] if isinstance(definition._inherit, str) else []
    ours = [m for m in extends if m.startswith(("paypal.", "caspit."))]
    assert set(ours) <= known | {definition._name}, (definition, ours)
    known.add(definition._name)
print(json.dumps(made))
"""


def definitions(addon):
    """:return: the places of each method, field and attribute of the add-on's models"""
    places = defaultdict(list)
    for path in sources(addon):
        for model, node in model_classes(path):
            for each in node.body:
                if isinstance(each, ast.FunctionDef):
                    names = [each.name]
                elif isinstance(each, ast.Assign):
                    names = [t.id for t in each.targets if isinstance(t, ast.Name)]
                else:
                    names = []
                for name in names:
                    places[model, name].append(path.relative_to(CHECKOUT))
    return places


@pytest.mark.parametrize("addon", ADDONS, ids=lambda addon: addon.name)
def test_nothing_of_a_model_is_defined_twice_within_an_addon(addon):
    by_nature = ("_inherit", "_name", "_description")
    twice = {
        key: places
        for key, places in definitions(addon).items()
        if len(places) > 1 and key[1] not in by_nature
    }
    assert not twice


def test_the_order_of_the_rooms_changes_nothing():
    rooms = sorted(p.parent.name for p in MAIN.glob("models/*/__init__.py"))
    assert len(rooms) > 5
    orders = [rooms, rooms[::-1], random.Random(1).sample(rooms, len(rooms))]
    made = [imported(order) for order in orders]
    assert made[0]["paypal.ipn._move_to"].endswith("inbox.paypal_ipn")
    assert made[1] == made[0]
    assert made[2] == made[0]


def imported(rooms):
    """:return: the module of each attribute of the models, by ``model.attribute``"""
    command = [sys.executable, "-c", IMPORT, str(CHECKOUT), *rooms]
    environ = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(command, capture_output=True, text=True, env=environ)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("addon", ADDONS, ids=lambda addon: addon.name)
def test_each_room_says_what_it_is_for(addon):
    for path in addon.glob("models/*/__init__.py"):
        assert ast.get_docstring(ast.parse(path.read_text())), path


def test_what_differs_by_source_stands_in_one_place():
    """Nobody else asks a message for its source."""
    asks = re.compile(r"""\bsource\s*(==|!=|in)\s*["'(]|\bsource = '""")
    found = [
        f"{path.relative_to(CHECKOUT)}: {line.strip()}"
        for addon in ADDONS
        for path in [*sources(addon), *addon.rglob("*.xml")]
        for line in path.read_text().splitlines()
        if asks.search(line)
    ]
    assert not found


def test_kinds_are_listed_in_one_table_alone():
    """A tuple or dictionary of three kinds is a second list."""
    kinds = re.findall(
        r'^KIND_\w+ = "(\w+)"', (MAIN / "paypal/const.py").read_text(), re.M
    )
    assert len(kinds) > 10
    found = []
    for path in sources(MAIN):
        if path.name in ("kinds.py", "const.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            elements = getattr(node, "elts", None) or getattr(node, "keys", [])
            said = {each.value for each in elements if isinstance(each, ast.Constant)}
            if len(said & set(kinds)) > 2:
                found.append(f"{path.relative_to(CHECKOUT)}:{node.lineno}")
    assert not found


def test_no_decorator_turns_a_class_of_tests_into_a_function():
    """Odoo's ``mute_logger`` does, and nobody misses the tests that are gone."""
    every = [CHECKOUT / "tests", *(addon / "tests" for addon in ADDONS)]
    decorated = [
        f"{path.name}: {node.name}"
        for folder in every
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef)
        for each in node.decorator_list
        if getattr(getattr(each, "func", each), "id", "") not in ("tagged", "dataclass")
    ]
    assert decorated == []
