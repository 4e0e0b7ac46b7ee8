"""How a run of the tests is judged."""

import subprocess
import sys
import time
from functools import partial

import pytest

from tools import ToolError
from tools.environment import CHECKOUT, Environment
from tools.run_tests import TestRun, count

PASSES = "def test_passes():\n    pass\n"
HEAD = "import pytest\n\n\n"
LEFT_OUT = {
    "skipped": "@pytest.mark.skip\ndef test_it():\n    pass\n",
    "skipped while it runs": "def test_it():\n    pytest.skip('no browser')\n",
    "skipped with its module": "pytest.skip('none', allow_module_level=True)\n",
    "expected to fail": "@pytest.mark.xfail\ndef test_it():\n    assert False\n",
    "passing unexpectedly": "@pytest.mark.xfail\ndef test_it():\n    pass\n",
}


def run_pytest(folder, test):
    """Run pytest on one test file under this repository's conftest.py."""
    (folder / "conftest.py").write_text((CHECKOUT / "conftest.py").read_text())
    (folder / "test_other.py").write_text(PASSES)
    (folder / "test_one.py").write_text(test)
    report = folder / "report.xml"
    command = [sys.executable, "-m", "pytest", "-p", "no:odoo", f"--junit-xml={report}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return done, report


@pytest.mark.parametrize("test", LEFT_OUT.values(), ids=LEFT_OUT)
def test_a_test_that_is_left_out_fails_the_run_and_is_named(tmp_path, test):
    done, _report = run_pytest(tmp_path, HEAD + test)
    assert done.returncode == 1
    assert "no test may be skipped or expected to fail here: test_one.py" in done.stdout


def test_a_run_of_passing_tests_passes(tmp_path):
    done, report = run_pytest(tmp_path, PASSES)
    assert done.returncode == 0
    assert "no test may be" not in done.stdout
    assert count(report) == (2, 0)


def test_failed_broken_and_skipped_tests_are_all_counted_as_failed(tmp_path):
    test = HEAD + (
        "@pytest.fixture\ndef broken():\n    raise OSError\n\n\n"
        "def test_fails():\n    assert False\n\n\n"
        "def test_breaks(broken):\n    pass\n\n\n"
        "def test_skips():\n    pytest.skip()\n"
    )
    _done, report = run_pytest(tmp_path, test)
    assert count(report) == (1, 3)


def test_a_run_that_left_no_report_counts_no_test(tmp_path):
    assert count(tmp_path / "report.xml") == (0, 0)


def a_run(folder):
    """A run of pytest on files, and a function that makes one."""
    run = TestRun(Environment(), folder, ["-p", "no:odoo", "-q"])

    def part(name, test):
        (folder / f"test_{name}.py").write_text(test)
        return partial(run.pytest, str(folder / f"test_{name}.py"))

    return run, part


def test_parts_run_beside_each_other_are_added_up_and_printed_whole(tmp_path, capsys):
    run, part = a_run(tmp_path)
    fails = "def test_fails():\n    assert False, 'this one'\n"
    breaks = "import nothing_of_that_name\n"
    run.beside_each_other([part("a", PASSES), part("b", fails), part("c", breaks)])
    assert (run.passed, run.failed) == (1, 2)
    shown = capsys.readouterr().out
    assert "this one" in shown and "nothing_of_that_name" in shown


def test_a_part_that_cannot_be_run_ends_the_others(tmp_path):
    run, part = a_run(tmp_path)
    stays = part("a", "import time\n\ndef test_stays():\n    time.sleep(300)\n")

    def cannot():
        while not run.is_busy:
            time.sleep(0.01)
        raise ToolError("no database")

    started = time.monotonic()
    with pytest.raises(ToolError, match="no database"):
        run.beside_each_other([stays, cannot, partial(pytest.fail, "was begun")])
    assert time.monotonic() - started < 60
