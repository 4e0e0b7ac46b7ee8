"""What docs/PORTING.md says of Odoo is so: in a port, each failure is a line of it."""

import importlib
import inspect

import pytest

import odoo.addons.base  # noqa: F401 (before any other add-on)
import odoo.tools  # noqa: F401

from conftest import CHECKOUT, rows_of


def cells(heading):
    """:return: the first two cells of the rows of a table, without their marks"""
    return [
        (name.strip("`"), said.strip("`"))
        for name, said, *_rest in rows_of("PORTING.md", heading)
    ]


def found(dotted):
    """Find what a dotted name says.

    :return: the function, class or module
    """
    parts = dotted.split(".")
    for number in range(len(parts), 0, -1):
        try:
            thing = importlib.import_module(".".join(parts[:number]))
        except ImportError:
            continue
        for name in parts[number:]:
            get = getattr if inspect.ismodule(thing) else inspect.getattr_static
            thing = get(thing, name)
        return getattr(thing, "__func__", thing)
    raise AttributeError(f"there is no {dotted}")


@pytest.mark.parametrize(("dotted", "signature"), cells("## Called or overridden"))
def test_odoo_has_what_is_called_or_overridden(dotted, signature):
    assert str(inspect.signature(found(dotted))) == signature


@pytest.mark.parametrize(("module", "text"), cells("## Relied upon in the source"))
def test_odoos_source_says_what_is_relied_upon(module, text):
    assert text in inspect.getsource(importlib.import_module(module))


def test_the_list_is_not_empty():
    assert len(cells("## Called or overridden")) > 30
    assert CHECKOUT.joinpath("docs/PORTING.md").is_file()
