"""``make replay``: what its command line takes, and what it prints of scripts."""

import json

import pytest

from tools.trials.replay import Scripts, parse


class Bench:
    """Stands for the workbench: it prints the name of what it runs."""

    def run(self, path):
        return ["not JSON", json.dumps({"ran": path.name})]


@pytest.fixture
def files(tmp_path):
    for name in ("a.ipn", "before.py", "after.py"):
        (tmp_path / name).write_text("")
    return tmp_path


def test_scripts_run_before_their_message_and_their_json_follows(files, capsys):
    options = parse(
        [
            str(files / "a.ipn"),
            *("--odoo", f"2:{files / 'after.py'}"),
            *("--odoo", f"1:{files / 'before.py'}"),
        ]
    )
    scripts = Scripts(options.odoo, Bench())
    scripts.run_before(1)
    scripts.run_before(2)
    assert capsys.readouterr().out == ""
    scripts.tell()
    said = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["ran"] for line in said] == ["before.py", "after.py"]


@pytest.mark.parametrize("number", ["0", "3", "x"])
def test_a_script_before_no_message_is_refused(files, number):
    with pytest.raises(SystemExit):
        parse([str(files / "a.ipn"), "--odoo", f"{number}:{files / 'after.py'}"])


def test_a_script_that_is_not_there_is_refused(files):
    with pytest.raises(SystemExit):
        parse([str(files / "a.ipn"), "--odoo", f"1:{files / 'none.py'}"])
