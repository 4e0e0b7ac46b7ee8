"""Odoo's own checks of style, ``test_lint``, over the add-ons of this repository alone.

``files`` needs no database and is a part of ``make lint``. ``registry`` looks at all
add-ons together, installed, and is a part of ``make together``.
"""

import logging
from pathlib import Path

import pytest
from pytest_odoo import disable_odoo_test_retry, support_subtest

from odoo.modules import Manifest
from odoo.tools import config

from tools.environment import Environment

CHECKOUT = Path(__file__).resolve().parents[2]
OURS = sorted(path.parent.name for path in CHECKOUT.glob("caspit_*/__manifest__.py"))

if not config["db_name"]:  # pytest-odoo does so when it is given a database
    config.parse_config([f"--addons-path={Environment().addons_path}"])
    support_subtest()
    disable_odoo_test_retry()


@pytest.fixture(autouse=True)
def only_ours(monkeypatch):
    """Show the checks no other add-on: what they find in those is not ours to mend."""
    manifests = [Manifest.for_addon(name) for name in OURS]
    assert manifests and all(manifests)
    monkeypatch.setattr(Manifest, "all_addon_manifests", lambda: manifests)


@pytest.fixture(autouse=True)
def nothing_logged(caplog):
    """A check that only logs what it finds has found it all the same."""
    caplog.set_level(logging.WARNING, logger="odoo")  # pytest-odoo silences it
    yield
    found = [x for x in caplog.get_records("call") if x.levelno >= logging.WARNING]
    assert not [record.getMessage() for record in found]
