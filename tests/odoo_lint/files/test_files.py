"""What ``test_lint`` looks for in the files of an add-on."""

import unittest

import pytest

import odoo
from odoo.addons.test_lint.tests import (
    test_dunderinit,
    test_i18n,
    test_jstranslate,
    test_manifests,
    test_markers,
    test_onchange_domains,
    test_orm_import,
    test_pofile,
    test_pylint,
    test_test_holes,
)
from odoo.tools import config

from conftest import CHECKOUT, OURS


class TestDunderinit(test_dunderinit.TestDunderinit):
    pass


class TestI18n(test_i18n.TestI18n):
    pass


class TestJsTranslations(test_jstranslate.TestJsTranslations):
    pass


class TestManifests(test_manifests.ManifestLinter):
    @pytest.fixture(autouse=True)
    def as_the_oca_writes_them(self, monkeypatch):
        keys = test_manifests.MANIFEST_KEYS | {"development_status"}
        monkeypatch.setattr(test_manifests, "MANIFEST_KEYS", keys)


class TestOnchangeDomains(test_onchange_domains.TestOnchangeDomains):
    pass


class TestOrmImport(test_orm_import.TestDunderinit):
    pass


class TestTestHoles(test_test_holes.TestTestHoles):
    pass


class TestConflictMarkers(test_markers.TestConflictMarkers):
    @pytest.fixture(autouse=True)
    def in_our_folders(self, monkeypatch):
        monkeypatch.setattr(odoo.addons, "__path__", [CHECKOUT / x for x in OURS])
        monkeypatch.setattr(odoo, "__path__", [])


class TestPot(unittest.TestCase):
    """Odoo's own needs a database for nothing."""

    test_duplicates = test_pofile.PotLinter.test_pot_duplicate_entries

    @pytest.fixture(autouse=True)
    def of_our_add_ons(self, monkeypatch):
        monkeypatch.setattr(test_pofile, "get_modules", lambda: OURS)


class TestPylint(unittest.TestCase):
    """Odoo's own needs a database for nothing; and Odoo's code is not ours."""

    test_pylint = test_pylint.TestPyLint.test_pylint
    _skip_test = unittest.TestCase.fail

    @pytest.fixture(autouse=True)
    def on_our_add_ons(self, monkeypatch):
        monkeypatch.setitem(vars(config), "root_path", str(CHECKOUT / OURS[0]))
