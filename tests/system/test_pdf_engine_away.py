"""Without the program that prints PDFs the books go on, and the receipts catch up."""

import os
import shutil

import pytest
from messages import SHOP, sale

from tools.environment import Environment
from tools.trials.workbench import workbench

ENGINE = """#!/bin/sh
if [ -e "{broken}" ]; then
    echo "no display" >&2
    exit "$(cat "{broken}")"
fi
exec "{engine}" "$@"
"""


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """A file: while it exists, the PDF engine fails."""
    return tmp_path_factory.mktemp("engine") / "broken"


@pytest.fixture(scope="module")
def engine_bench(broken):
    """An Odoo whose PDF engine can be taken away."""
    engine = broken.with_name("wkhtmltopdf")
    engine.write_text(ENGINE.format(broken=broken, engine=shutil.which("wkhtmltopdf")))
    engine.chmod(0o755)
    path = (str(broken.parent), Environment().bin_path, os.environ["PATH"])
    with workbench(SHOP, environ={"PATH": os.pathsep.join(path)}) as bench:
        yield bench


@pytest.fixture
def bench(engine_bench):
    """In place of the run's own workbench, for the fixture ``inbox`` as well."""
    return engine_bench


@pytest.mark.parametrize("status", [1, 2, 127])
def test_receipts_catch_up_when_the_pdf_engine_is_back(
    bench, inbox, broken, status, assert_booked_once
):
    body = sale()
    broken.write_text(str(status))
    assert bench.send([body]) == [200]
    inbox.wait_until(lambda: inbox.row(body).reason == "error")
    waiting = inbox.outcome(body)
    assert waiting["state"] == "booked"
    assert [each["payment_state"] for each in waiting["documents"]] == ["paid"]
    assert waiting["mails"] == []

    broken.unlink()
    inbox.let_time_pass(minutes=5)
    inbox.wait_for_state(body, "done")
    assert_booked_once(inbox.outcome(body))
    assert inbox.mail_records(body) == (1, 1)
