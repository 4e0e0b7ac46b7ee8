"""What the pure libraries promise to the add-ons, and that they are pure."""

import ast
import importlib
import inspect
import pkgutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
#: What each library promises, by its folder. Whoever takes a name away breaks add-ons
#: of others; whoever adds one promises it.
SURFACES = {
    "caspit_paypal_ipn/paypal": [
        "Address",
        "Answer",
        "Buyer",
        "Form",
        "Line",
        "MalformedMessage",
        "Message",
        "PayPalSession",
        "Receiver",
        "Verdict",
        "const",
        "decode",
        "forward",
        "readings",
        "senders",
        "share",
        "verify",
        "verify_many",
    ],
    "caspit_paypal_activity/reader": [
        "Activity",
        "ActivityRow",
        "Answers",
        "COLUMNS",
        "Side",
        "UnreadableActivity",
        "iter_activity",
        "open_activity",
        "pair",
        "read_activity",
    ],
    "caspit_paypal_api/rest": [
        "Certificates",
        "Missed",
        "NotAnEvent",
        "NotGenuine",
        "PayPal",
        "RestError",
        "check_signature",
        "const",
        "halves",
        "order_words",
        "read_dispute",
        "read_event",
        "read_row",
        "signed_text",
        "split",
        "tcodes",
        "words_of",
    ],
    "caspit_document_il/authority": [
        "Answer",
        "Authority",
        "AuthorityError",
        "Away",
        "Decision",
        "Faulty",
        "GOODS",
        "Invoice",
        "Item",
        "NotAllowed",
        "Refused",
        "SERVICE",
        "TYPES",
        "Tokens",
        "approval",
        "find_dealer_number",
        "is_dealer_number",
        "printed",
        "urls_of",
    ],
    "caspit_document_il/rates": ["NoRates", "Rate", "URL", "fetch"],
    "caspit_document_il/signing": [
        "Key",
        "UnusableKey",
        "self_made_certificate",
        "sign",
    ],
    "caspit_document_il/uniform": [
        "BadRecord",
        "Document",
        "LENGTHS",
        "RECORDS",
        "UniformFile",
        "document_number",
        "record",
    ],
}
#: Imports every module of a library where Odoo cannot be imported.
WITHOUT_ODOO = """
import importlib, pkgutil, sys
sys.modules["odoo"] = None
sys.path.insert(0, sys.argv[1])
package = importlib.import_module(sys.argv[2])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
    print(module.name)
"""

each_library = pytest.mark.parametrize("folder", SURFACES)


def library(folder):
    return importlib.import_module(Path(folder).name)


def modules_of(package):
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [importlib.import_module(module.name) for module in found]


@cache
def imports_of(file):
    """The modules that a file imports from, as paths, with the names it takes."""
    return [*found_in(file)]


def found_in(file):
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
            yield from ((name.replace(".", "/"), ["*"]) for name in names)
        if isinstance(node, ast.ImportFrom):
            path = (node.module or "").removeprefix("odoo.addons.").replace(".", "/")
            if node.level:
                start = file.parents[node.level - 1].relative_to(CHECKOUT)
                path = (start / path).as_posix()
            yield path, [alias.name for alias in node.names]


@each_library
def test_the_public_names_are_these_and_sorted(folder):
    package = library(folder)
    assert package.__all__ == SURFACES[folder] == sorted(SURFACES[folder])
    public = {name for name in vars(package) if not name.startswith("_")}
    submodules = {module.__name__.split(".")[1] for module in modules_of(package)}
    assert public - submodules == set(package.__all__) - submodules
    for name in package.__all__:
        thing = getattr(package, name)
        if callable(thing) or inspect.ismodule(thing):
            assert inspect.getdoc(thing), name


@each_library
def test_what_a_module_does_not_hide_it_explains(folder):
    for module in modules_of(library(folder)):
        assert module.__doc__
        for name, thing in vars(module).items():
            own = getattr(thing, "__module__", None) == module.__name__
            if own and callable(thing) and not name.startswith("_"):
                assert inspect.getdoc(thing), f"{module.__name__}.{name}"


@each_library
def test_nobody_outside_takes_what_is_not_promised(folder):
    name, promised, users = Path(folder).name, set(SURFACES[folder]), 0
    files = [*CHECKOUT.glob("caspit_*/**/*.py"), *CHECKOUT.glob("tools/**/*.py")]
    for file in files:
        if (CHECKOUT / folder) in file.parents:
            continue
        for path, taken in imports_of(file):
            if path in (folder, name) or path.startswith((f"{folder}/", f"{name}/")):
                users += 1
                module = path.removeprefix(folder).removeprefix(name).strip("/")
                wanted = {module} if module else set(taken)
                assert wanted <= promised, f"{file}: {path} {taken}"
    assert users


@each_library
def test_it_works_where_there_is_no_odoo(folder):
    path = CHECKOUT / folder
    command = [sys.executable, "-I", "-c", WITHOUT_ODOO, path.parent, path.name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    files = {f"{path.name}.{x.stem}" for x in path.glob("*.py")}
    assert set(done.stdout.split()) == files - {f"{path.name}.__init__"}
