"""When a template is made anew, and which installation is refused.

That templates and copies work is what every test with a whole server shows.
"""

import pytest

from tools import ToolError
from tools.environment import Environment
from tools.environment.databases import _addon_digest, _refuse_complaints
from tools.environment.odoo_config import write_config
from tools.environment.postgres import Server

LINE = "2026-01-02 03:04:05,678 9 {} db odoo.modules.loading: {}"


@pytest.fixture
def addon(tmp_path):
    folder = tmp_path / "addon"
    for name in ("__manifest__.py", "models/thing.py", "tests/test_thing.py"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("before")
    return folder


@pytest.mark.parametrize("name", ["__manifest__.py", "models/thing.py", "new.xml"])
def test_a_changed_or_new_file_asks_for_a_new_template(addon, name):
    before = _addon_digest(addon)
    (addon / name).write_text("after!")
    assert _addon_digest(addon) != before


@pytest.mark.parametrize("name", ["tests/test_thing.py", "__pycache__/thing.pyc"])
def test_tests_and_compiled_files_do_not(addon, name):
    before = _addon_digest(addon)
    (addon / name).parent.mkdir(exist_ok=True)
    (addon / name).write_text("after!")
    assert _addon_digest(addon) == before


def test_a_folder_without_an_add_on_is_told(tmp_path):
    with pytest.raises(ToolError, match="no add-on"):
        _addon_digest(tmp_path)


@pytest.mark.parametrize(
    ("level", "text"),
    [
        ("ERROR", "anything"),
        ("WARNING", "no access rules in module caspit_paypal_ipn"),
    ],
)
def test_an_installation_with_complaints_is_refused(level, text):
    fine = LINE.format("INFO", "Module caspit_paypal_ipn loaded")
    with pytest.raises(ToolError, match=text) as raised:
        _refuse_complaints(f"{fine}\n{LINE.format(level, text)}")
    assert "loaded" not in str(raised.value)


def test_warnings_about_something_else_are_not_ours():
    _refuse_complaints(LINE.format("WARNING", "a library is old"))


def test_a_configuration_file_is_its_owners_alone(tmp_path):
    server = Server({"PGHOST": "/socket", "PGPASSWORD": "secret"}, private=False)
    env = Environment(root=tmp_path)
    path = write_config(tmp_path / "run" / "odoo.conf", env, server, workers=2)
    lines = path.read_text().splitlines()
    assert {"db_host = /socket", "db_password = secret", "workers = 2"} <= set(lines)
    assert path.stat().st_mode & 0o077 == 0
