"""A mail server that keeps what it gets and delivers nothing.

See :class:`MailSink`, or ``python -m tools.standin.mail_sink --help``.
"""

import argparse
import asyncio
import socket
import threading
from dataclasses import dataclass
from datetime import datetime, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller

from tools.standin.foreground import run_in_foreground

#: what the sink can do to a mail instead of taking it
FAULTS = (None, "refuse", "busy", "hang")


@dataclass(frozen=True)
class SinkMail:
    """A mail as it arrived."""

    envelope_from: str
    recipients: tuple[str, ...]  #: of the envelope, blind copies too
    message: EmailMessage
    received: datetime  #: in UTC

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"] or "")

    @property
    def attachments(self) -> list[tuple[str, bytes]]:
        """File name and content of each attachment, in the mail's order."""
        return [
            (part.get_filename() or "", part.get_payload(decode=True))
            for part in self.message.walk()
            if part.is_attachment()
        ]


class MailSink:
    """A mail server on 127.0.0.1 with its own thread; a context manager.

    :ivar fault: None takes every mail; ``refuse`` refuses recipients for good (550);
        ``busy`` puts mails off (451); ``hang`` never answers the end of the data
    """

    def __init__(self, *, port: int = 0, directory: Path | None = None):
        """
        :param port: port on 127.0.0.1, 0 for a free one
        :param directory: existing folder where each mail is also written as ``.eml``
        :raise OSError: when the port is taken
        """
        self._fault: str | None = None
        self._directory = directory
        self._mails: list[SinkMail] = []
        self._arrived = threading.Condition()
        self._controller = _BoundController(_Handler(self), port)
        #: the port it listens on
        self.port: int = self._controller.port

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        """Free the port and end all connections, hanging ones too."""
        self._controller.stop()

    def __enter__(self) -> "MailSink":
        self.start()
        return self

    def __exit__(self, *exc_info) -> None:
        self.stop()

    @property
    def fault(self) -> str | None:
        return self._fault

    @fault.setter
    def fault(self, name: str | None) -> None:
        if name not in FAULTS:
            raise ValueError(f"no such fault: {name!r}")
        self._fault = name

    @property
    def mails(self) -> list[SinkMail]:
        """What has arrived so far, in order; a list of the caller's own."""
        with self._arrived:
            return list(self._mails)

    def wait_for(self, count: int, timeout: float | None = None) -> list[SinkMail]:
        """Block until ``count`` mails have arrived since the start.

        :param timeout: seconds; None waits as long as it takes
        :return: all mails so far
        :raise TimeoutError: when there are fewer by then
        """
        with self._arrived:
            if not self._arrived.wait_for(lambda: len(self._mails) >= count, timeout):
                raise TimeoutError(f"{len(self._mails)} of {count} mails arrived")
            return list(self._mails)

    def keep(self, envelope_from: str, recipients: list[str], content: bytes) -> None:
        """Take a mail in.

        :param content: the mail as it came over the wire
        """
        mail = SinkMail(
            envelope_from,
            tuple(recipients),
            message_from_bytes(content, policy=policy.default),
            datetime.now(timezone.utc),
        )
        with self._arrived:
            if self._directory is not None:
                name = f"{mail.received:%Y%m%dT%H%M%S%f}-{len(self._mails) + 1:04}.eml"
                (self._directory / name).write_bytes(content)
            self._mails.append(mail)
            self._arrived.notify_all()


class _BoundController(Controller):
    """The library's controller on a socket that is bound beforehand.

    By itself it cannot serve on a free port, and takes seconds to report a taken one.
    """

    def __init__(self, handler: "_Handler", port: int):
        self._socket = socket.create_server(("127.0.0.1", port))
        host, port = self._socket.getsockname()
        super().__init__(handler, host, port, server_hostname="localhost")

    def _create_server(self):
        return self.loop.create_server(self._factory_invoker, sock=self._socket)


class _Handler:
    """The answers to SMTP commands; the library calls them in the sink's thread."""

    def __init__(self, sink: MailSink):
        self._sink = sink

    async def handle_RCPT(  # noqa: N802 (the library's name)
        self, server, session, envelope, address: str, options: list[str]
    ) -> str:
        if self._sink.fault == "refuse":
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 (the library's name)
        self, server, session, envelope
    ) -> str:
        if self._sink.fault == "busy":
            return "451 4.3.0 Try again later"
        if self._sink.fault == "hang":
            await asyncio.Event().wait()
        self._sink.keep(envelope.mail_from, envelope.rcpt_tos, envelope.content)
        return "250 2.0.0 OK"


# === COMMAND LINE === #


def serve(port: int, directory: Path | None) -> None:
    """Print a line for each mail, for ever."""
    if directory is not None:
        directory.mkdir(parents=True, exist_ok=True)
    with MailSink(port=port, directory=directory) as sink:
        print(f"listening on 127.0.0.1:{sink.port}", flush=True)
        shown = 0
        while True:
            for mail in sink.wait_for(shown + 1)[shown:]:
                shown += 1
                count = len(mail.attachments)
                print(f"{mail.subject} ({count} attachments)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tools.standin.mail_sink",
        description="Take mails on 127.0.0.1 and deliver none, until Ctrl-C. Prints "
        "the subject and the number of attachments of each.",
    )
    add = parser.add_argument
    add("--port", type=int, default=1025, help="default: 1025; 0 for a free one")
    add("--dir", type=Path, metavar="DIR", help="write each mail there, as .eml")
    options = parser.parse_args()
    run_in_foreground(lambda: serve(options.port, options.dir))


if __name__ == "__main__":
    main()
