"""What ``test_lint`` and ``base`` look for in what is installed.

A fault of another add-on in the same database is not ours to mend.
"""

import contextlib

import pytest
from odoo.addons.base.tests import test_views
from odoo.addons.test_lint.tests import (
    test_docstring,
    test_index,
    test_naming,
    test_override_signatures,
    test_routes,
)

from conftest import OURS


class _OfOurs:
    """Of a check that goes through all methods, what it finds in ours."""

    @contextlib.contextmanager
    def subTest(self, *args, module, **params):  # noqa: N802
        if module in OURS:
            with super().subTest(*args, module=module, **params):
                yield
        else:
            with contextlib.suppress(AssertionError, TypeError, ValueError):
                yield


class TestDocstring(_OfOurs, test_docstring.TestDocstring):
    @pytest.fixture(autouse=True)
    def in_our_add_ons(self, monkeypatch):
        monkeypatch.setattr(test_docstring, "MODULES_TO_LINT", tuple(OURS))


class TestOverrides(_OfOurs, test_override_signatures.TestLintOverrideSignatures):
    pass


class TestIndex(test_index.TestIndex):
    pass


class TestNaming(test_naming.TestNaming):
    pass


class TestRoutes(test_routes.RoutesLinter):
    pass


class TestInvisibleField(test_views.TestInvisibleField):
    pass
