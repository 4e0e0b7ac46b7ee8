"""The mail sink keeps every mail, and refuses, puts off or hangs when told to."""

import os
import re
import signal
import smtplib
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tools.standin.mail_sink import MailSink

ROOT = Path(__file__).resolve().parents[2]
PDF = b"%PDF-1.4\r\n.\r\n..x\n\xe2\xe3\x00"


@pytest.fixture
def sink():
    with MailSink() as it:
        yield it


def make_mail(number=1):
    mail = EmailMessage()
    mail["From"] = "shop@example.com"
    mail["To"] = "Dana <dana@example.com>"
    mail["Subject"] = f"חשבונית מס/קבלה {number}"
    mail["Message-ID"] = f"<{number}@example.com>"
    mail.set_content("תודה\n.\nשלום")
    mail.add_alternative("<p>תודה</p>", subtype="html")
    mail.add_attachment(
        PDF, maintype="application", subtype="pdf", filename="קבלה (1).pdf"
    )
    mail.add_attachment("x=1", filename="notes.txt")
    return mail


def send(port, mail=None, timeout=5.0, **envelope):
    with smtplib.SMTP("127.0.0.1", port, timeout=timeout) as client:
        client.send_message(mail or make_mail(), **envelope)


def test_a_mail_is_kept_as_it_was_sent(sink):
    send(sink.port, to_addrs=["dana@example.com", "copy@example.com"])
    (mail,) = sink.mails
    assert mail.envelope_from == "shop@example.com"
    assert mail.recipients == ("dana@example.com", "copy@example.com")
    assert mail.subject == "חשבונית מס/קבלה 1"
    assert mail.message_id == "<1@example.com>"
    assert mail.message["To"].addresses[0].addr_spec == "dana@example.com"
    body = mail.message.get_body(["plain"]).get_content()
    assert body.splitlines() == ["תודה", ".", "שלום"]
    age = datetime.now(timezone.utc) - mail.received
    assert timedelta(0) <= age < timedelta(seconds=10)


def test_attachments_come_with_name_and_bytes(sink):
    send(sink.port)
    pdf, notes = sink.mails[0].attachments
    assert pdf == ("קבלה (1).pdf", PDF)
    assert (notes[0], notes[1].strip()) == ("notes.txt", b"x=1")


def test_a_bare_mail_has_no_attachments_and_empty_headers(sink):
    with smtplib.SMTP("127.0.0.1", sink.port, timeout=5) as client:
        client.sendmail("a@example.com", ["b@example.com"], "hello")
    (mail,) = sink.mails
    assert (mail.subject, mail.message_id, mail.attachments) == ("", "", [])


def test_waiting_ends_with_the_last_mail_or_the_time_out(sink):
    with pytest.raises(TimeoutError, match="0 of 1 mails"):
        sink.wait_for(1, timeout=0.05)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(sink.wait_for, 2, timeout=5)
        send(sink.port, make_mail(1))
        send(sink.port, make_mail(2))
        subjects = [mail.subject[-1] for mail in waiting.result(5)]
    assert subjects == ["1", "2"]


def test_clients_at_the_same_time_lose_nothing(sink):
    mails = [make_mail(number) for number in range(40)]
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda mail: send(sink.port, mail), mails))
    kept = sorted(mail.message_id for mail in sink.mails)
    assert kept == sorted(mail["Message-ID"] for mail in mails)


def test_the_list_of_mails_belongs_to_the_caller(sink):
    send(sink.port)
    sink.mails.clear()
    assert len(sink.mails) == 1


def test_each_mail_is_written_to_the_directory(tmp_path):
    with MailSink(directory=tmp_path) as sink:
        send(sink.port, make_mail(1))
        send(sink.port, make_mail(2))
    files = sorted(tmp_path.iterdir())
    assert [path.suffix for path in files] == [".eml", ".eml"]
    read = [
        message_from_bytes(path.read_bytes(), policy=policy.default) for path in files
    ]
    assert [mail["Message-ID"] for mail in read] == [
        "<1@example.com>",
        "<2@example.com>",
    ]


def test_fault_refuse_is_final(sink):
    sink.fault = "refuse"
    with pytest.raises(smtplib.SMTPRecipientsRefused) as error:
        send(sink.port)
    assert error.value.recipients["dana@example.com"][0] == 550
    assert sink.mails == []


def test_fault_busy_is_for_now(sink):
    sink.fault = "busy"
    with pytest.raises(smtplib.SMTPDataError) as error:
        send(sink.port)
    assert (error.value.smtp_code, sink.mails) == (451, [])
    sink.fault = None
    send(sink.port)
    assert len(sink.mails) == 1


def test_fault_hang_outlasts_the_client(sink):
    sink.fault = "hang"
    with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
        send(sink.port, timeout=0.3)
    assert sink.mails == []


def test_an_unknown_fault_is_refused(sink):
    with pytest.raises(ValueError, match="no such fault"):
        sink.fault = "500"
    assert sink.fault is None


def test_stopping_ends_a_hanging_client_at_once():
    threads = set(threading.enumerate())
    sink = MailSink()
    sink.start()
    sink.fault = "hang"
    with ThreadPoolExecutor(1) as pool:
        client = pool.submit(send, sink.port, timeout=20)
        time.sleep(0.3)
        started = time.monotonic()
        sink.stop()
        assert isinstance(client.exception(5), (OSError, smtplib.SMTPException))
        assert time.monotonic() - started < 2
    assert set(threading.enumerate()) <= threads
    with pytest.raises(ConnectionRefusedError):
        send(sink.port)


def test_a_taken_port_is_an_error(sink):
    with pytest.raises(OSError), MailSink(port=sink.port):
        pass


@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_prints_a_line_for_each_mail(tmp_path, signal_number):
    process = subprocess.Popen(
        [sys.executable, "-m", "tools.standin.mail_sink", "--port", "0"]
        + ["--dir", os.fspath(tmp_path / "mails")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
        encoding="utf-8",
    )
    try:
        greeting = process.stdout.readline()
        port = re.fullmatch(r"listening on 127\.0\.0\.1:(\d+)\n", greeting)[1]
        send(int(port), make_mail(1))
        send(int(port), make_mail(2))
        lines = [process.stdout.readline() for _ in range(2)]
    finally:
        process.send_signal(signal_number)
        _output, errors = process.communicate(timeout=10)
    assert lines == [
        "חשבונית מס/קבלה 1 (2 attachments)\n",
        "חשבונית מס/קבלה 2 (2 attachments)\n",
    ]
    assert (process.returncode, errors) == (0, "")
    assert len(list((tmp_path / "mails").glob("*.eml"))) == 2
