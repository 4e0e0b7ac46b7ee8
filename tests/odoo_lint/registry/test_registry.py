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
            with contextlib.suppress(Exception):
                yield


class TestDocstring(_OfOurs, test_docstring.TestDocstring):
    @pytest.fixture(autouse=True)
    def in_our_add_ons(self, monkeypatch):
        monkeypatch.setattr(test_docstring, "MODULES_TO_LINT", tuple(OURS))


class TestOverrides(_OfOurs, test_override_signatures.TestLintOverrideSignatures):
    pass


class TestIndex(test_index.TestIndex):
    #: Each is what another index of its table begins with.
    COVERED = {
        "il.allocation.move_id",
        "il.authority.company_id",
        "paypal.activity.line.activity_id",
        "paypal.activity.type.activity_id",
    }

    @pytest.fixture(autouse=True)
    def only_ours_and_without_what_is_covered(self, monkeypatch):
        theirs = {
            str(field)
            for model in self.env.registry.values()
            for field in model._fields.values()
            if not {*OURS} & {*field._modules}
        }
        fields = test_index.BTREE_INDEX_IGNORE_FIELDS | self.COVERED | theirs
        monkeypatch.setattr(test_index, "BTREE_INDEX_IGNORE_FIELDS", fields)

    def test_what_is_covered_is_what_an_index_begins_with(self):
        for name in self.COVERED:
            model, _dot, field = name.rpartition(".")
            self.env.cr.execute(
                """
                SELECT 1 FROM pg_index
                  JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
                 WHERE indrelid = %s::regclass AND attname = %s AND indpred IS NULL
                """,
                [self.env[model]._table, field],
            )
            self.assertTrue(self.env.cr.fetchone(), name)


class TestNaming(test_naming.TestNaming):
    pass


class TestRoutes(test_routes.RoutesLinter):
    pass


class TestInvisibleField(test_views.TestInvisibleField):
    pass
