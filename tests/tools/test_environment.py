"""What the set-up asks of a machine, and what it hands to the programs it starts."""

import pytest

from tools import ToolError
from tools.environment import Environment, debian


@pytest.fixture
def env(tmp_path, monkeypatch):
    monkeypatch.delenv("ODOO_SOURCE", raising=False)
    return Environment(root=tmp_path / "environment")


def source_tree(folder, version_info):
    """Lay out as much of an Odoo source tree as the set-up looks at."""
    (folder / "addons").mkdir(parents=True)
    (folder / "odoo").mkdir()
    release = folder / "odoo" / "release.py"
    release.write_text(
        f"FINAL = 'final'\nversion_info = ({version_info}, FINAL, 0, '')"
    )
    return folder


def test_every_line_of_the_package_list_has_a_known_probe():
    packages = debian.required_packages(debian.PACKAGE_LIST.read_text())
    assert {"postgresql", "chromium", "wkhtmltopdf"} < {name for name, _ in packages}
    for _name, probe in packages:
        assert debian.is_present(probe) in (True, False)


def test_probes_tell_what_is_there(tmp_path):
    (tmp_path / "a.ttf").touch()
    assert debian.is_present("command:sh")
    assert not debian.is_present("command:no-such-command")
    assert debian.is_present(f"file:{tmp_path}/*.ttf")
    assert not debian.is_present(f"file:{tmp_path}/*.otf")
    assert debian.is_present("module:json")
    assert not debian.is_present("module:no_such_module")


def test_without_root_the_missing_packages_are_named_in_one_sentence(monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 65534)
    monkeypatch.setattr(debian, "is_present", lambda probe: "command" not in probe)
    with pytest.raises(ToolError, match="packages are missing: wkhtmltopdf chromium"):
        debian.require_packages()


def test_no_database_server_is_needed_when_the_caller_names_one(env, monkeypatch):
    asked = []
    monkeypatch.setenv("PGHOST", "db.example.com")
    monkeypatch.setattr(
        debian, "require_packages", lambda **spared: asked.append(spared)
    )
    env.root.mkdir()
    monkeypatch.setattr(env, "_is_current", lambda name, key: True)
    monkeypatch.setattr(env, "_link_odoo", lambda: None)
    env.ensure()
    assert asked == [{"except_for": ["postgresql"]}]


def test_the_callers_settings_do_not_reach_odoo(env, monkeypatch):
    for name in ("PGHOST", "PGPASSWORD", "ODOO_RC", "PYTHONPATH"):
        monkeypatch.setenv(name, "elsewhere")
    monkeypatch.setenv("LANG", "C.UTF-8")
    environ = env.environ({"PGHOST": "/here"})
    assert environ["PGHOST"] == "/here"
    assert not {"PGPASSWORD", "ODOO_RC", "PYTHONPATH"} & set(environ)
    assert environ["LANG"] == "C.UTF-8"
    assert environ["PATH"].startswith(f"{env.root}/venv/bin:{env.root}/node/")


def test_an_odoo_of_ones_own_is_used_with_its_add_ons(tmp_path):
    source = source_tree(tmp_path / "odoo19", "19, 0, 0")
    env = Environment(tmp_path / "environment", odoo_source=source)
    assert env.odoo_path == source
    assert env.addons_path.split(",") == [str(env.checkout), f"{source}/addons"]
    assert env.environ()["ODOO_SOURCE"] == str(source)


@pytest.mark.parametrize(
    ("version_info", "sentence"),
    [
        ("18, 0, 0", "is Odoo 18.0; this add-on is for Odoo 19.0"),
        (None, "no Odoo source"),
    ],
)
def test_an_odoo_that_does_not_serve_is_refused(tmp_path, version_info, sentence):
    source = tmp_path / "source"
    source.mkdir()
    if version_info:
        source = source_tree(tmp_path / "odoo18", version_info)
    env = Environment(tmp_path / "environment", odoo_source=source)
    with pytest.raises(ToolError, match=sentence):
        env.ensure()


def test_an_interrupted_part_is_built_again(env, monkeypatch):
    """Only a stamp makes a part count, and it is written last."""
    built = []

    def build(folder):
        (folder / "file").touch()
        built.append(folder.name)
        if len(built) == 1:
            raise KeyboardInterrupt

    env.root.mkdir()
    monkeypatch.setattr(env, "_build_node", build)
    with pytest.raises(KeyboardInterrupt):
        env._build("node", "key")
    assert not (env.root / "node").exists()
    assert not env._is_current("node", "key")
    env._build("node", "key")
    assert (env.root / "node" / "file").exists()
    assert env._is_current("node", "key")
    assert not env._is_current("node", "another key")


def test_a_lock_keeps_others_out_and_a_shared_one_lets_them_share(env):
    with env.lock("a"), env.lock("a", wait=False) as got:
        assert not got
    with env.lock("a", shared=True), env.lock("a", shared=True, wait=False) as got:
        assert got
    with env.lock("a", shared=True), env.lock("a", wait=False) as got:
        assert not got
    with env.lock("a", wait=False) as got:
        assert got
