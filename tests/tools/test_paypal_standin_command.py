"""The command delivers files, answers post-backs and ends when it is told to."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tools.standin.faults import FAULTS

ROOT = Path(__file__).resolve().parents[2]
PREFIX = b"cmd=_notify-validate&"
BODY = b"txn_id=1AB23456CD789012E&first_name=Ren%E9e&memo="
NOWHERE = "http://127.0.0.1:9/"  # the discard port: nobody answers


def run(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "tools.standin.paypal", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_delivers_files_and_serves_until_interrupted(
    listener, tmp_path, signal_number
):
    (tmp_path / "a.ipn").write_bytes(BODY)
    (tmp_path / "b.ipn").write_bytes(b"txn_id=2")
    arguments = ["--listener", listener.url, "--speed", "10", "--latency", "0.01"]
    arguments += ["--forge", os.fspath(tmp_path / "b.ipn"), "--fault", "empty"]
    process = run(*arguments, os.fspath(tmp_path / "a.ipn"))
    try:
        lines = [process.stdout.readline().strip() for _ in range(3)]
        assert lines[1:] == ["a.ipn: 200", "b.ipn: 200"]
        url = lines[0].removeprefix("post-back URL: ")
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        payloads = [PREFIX + BODY, PREFIX + b"txn_id=2"]
        faulty = requests.post(url, data=payloads[0], headers=headers, timeout=5)
        requests.post(
            url.replace("/cgi-bin/webscr", "/control/state"),
            data=json.dumps({"fault": None}),
            timeout=5,
        )
        answers = [
            requests.post(url, data=payload, headers=headers, timeout=5).text
            for payload in payloads
        ]
    finally:
        process.send_signal(signal_number)
        _output, errors = process.communicate(timeout=10)
    assert (faulty.text, answers) == ("", ["VERIFIED", "INVALID"])
    assert (process.returncode, errors) == (0, "")
    assert [body for *_, body in listener.received] == [BODY, b"txn_id=2"]


def test_the_command_says_which_file_is_missing(listener, tmp_path):
    (tmp_path / "a.ipn").write_bytes(BODY)
    files = [os.fspath(tmp_path / "a.ipn"), os.fspath(tmp_path / "b.ipn")]
    process = run("--listener", listener.url, *files)
    output, errors = process.communicate(timeout=10)
    assert (process.returncode, output, errors.count("\n")) == (1, "", 1)
    assert "b.ipn" in errors
    assert listener.received == []


def test_the_command_explains_itself():
    output, _errors = run("--help").communicate(timeout=10)
    for word in ("--listener", "--port", "--fault", "--forge", "/control/state"):
        assert word in output
    assert all(name in output for name in FAULTS if name)


def test_the_command_reports_silence(tmp_path):
    (tmp_path / "a.ipn").write_bytes(BODY)
    process = run("--listener", NOWHERE, os.fspath(tmp_path / "a.ipn"))
    try:
        process.stdout.readline()
        assert process.stdout.readline() == "a.ipn: silence\n"
    finally:
        process.terminate()
        process.communicate(timeout=10)
