"""Garbage over HTTP, on sockets of one's own: no library would send most of it."""

import contextlib
import hashlib
import random
import socket
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

from tools.fuzz.garbage import EVIL, Mutator
from tools.torture.messages import SHOP
from tools.trials.workbench import workbench

FORM = b"application/x-www-form-urlencoded"
#: Seconds in which the listener has to answer.
LIMIT = 5.0
#: What the listener may say: taken, or that it was no message. 0 stands for a
#: connection that it ended without a word, as it may with what is no HTTP.
ALLOWED = {0, 100, 200, 400, 405, 408, 411, 413, 414, 415, 417, 431, 501, 505}
FATES = "SELECT body_hash, state, reason, traceback FROM paypal_ipn"
#: MiB that all processes of the server may grow by.
MAY_GROW = 300


class Request:
    """What is sent, and how.

    :ivar bytes head: request line and headers, without the blank line
    :ivar bytes body: what follows
    :ivar bool incomplete: less is sent than was announced, so no answer is due
    """

    def __init__(self, body, headers=(), line=None, length=None, incomplete=False):
        line = line or b"POST /PayPal/IPN HTTP/1.1"
        lines = [line, b"Host: localhost", b"Connection: close"]
        if not any(h.lower().startswith(b"content-type") for h in headers):
            lines.append(b"Content-Type: " + FORM)
        if length is None and not any(b"Transfer-Encoding" in h for h in headers):
            length = b"%d" % len(body)
        if length:
            lines.append(b"Content-Length: " + length)
        self.head = b"\r\n".join([*lines, *headers])
        self.body = body
        self.incomplete = incomplete


def special_requests():
    """The requests that somebody thought of.

    :return: by what they are
    """
    chunks = b"5\r\na=1&b\r\n2\r\n=2\r\n0\r\n\r\n"
    chunked = [b"Transfer-Encoding: chunked"]
    deep = b"a=" + b"%25" * 20_000 + b"41"
    return {
        "10,000 fields": Request(b"&".join(b"f%d=1" % n for n in range(10_000))),
        "64 KiB and a byte": Request(b"a=" + b"x" * (64 * 1024)),
        "5 MiB": Request(b"a=" + b"x" * (5 * 1024 * 1024)),
        "deep per cents": Request(deep[: 64 * 1024]),
        "chunked": Request(chunks, chunked),
        "chunks that lie": Request(b"ffffffff\r\na=1", chunked, incomplete=True),
        "a chunk of minus one": Request(b"-1\r\na=1\r\n0\r\n\r\n", chunked),
        "chunked and a length": Request(chunks, chunked, length=b"3"),
        "two lengths": Request(b"a=1", [b"Content-Length: 1"]),
        "a negative length": Request(b"a=1", length=b"-5"),
        "a length that is none": Request(b"a=1", length=b"many"),
        "a huge length": Request(b"a=1", length=b"9" * 30, incomplete=True),
        "more than announced": Request(b"a=1&b=2", length=b"3"),
        "no length": Request(b"a=1", length=b""),
        "less than announced": Request(b"a=1", length=b"50", incomplete=True),
        "split headers": Request(b"a=1", [b"X-A: 1\r\n folded", b"X-B: 2\rX-C: 3"]),
        "a header without a colon": Request(b"a=1", [b"nonsense"]),
        "NUL in a header": Request(b"a=1", [b"X-A: \x00\x00"]),
        "a long header": Request(b"a=1", [b"X-A: " + b"y" * 100_000]),
        "2,000 headers": Request(b"a=1", [b"X-%d: 1" % n for n in range(2_000)]),
        "a charset that is none": Request(
            b"a=1", [b"Content-Type: " + FORM + b"; charset=\xff"]
        ),
        "multipart": Request(
            b"--x\r\n", [b"Content-Type: multipart/form-data; boundary=x"]
        ),
        "another host": Request(b"a=1", [b"X-Forwarded-Host: evil.example.com"]),
        "gzip": Request(b"\x1f\x8b\x08", [b"Content-Encoding: gzip"]),
        "expects 100": Request(b"a=1", [b"Expect: 100-continue"]),
        "a query": Request(b"a=1", line=b"POST /PayPal/IPN?db=other&a=%00%ff HTTP/1.1"),
        "a long query": Request(
            b"a", line=b"POST /PayPal/IPN?" + b"q" * 70_000 + b" HTTP/1.1"
        ),
        "HTTP 9.9": Request(b"a=1", line=b"POST /PayPal/IPN HTTP/9.9"),
        "no HTTP": Request(b"a=1", line=b"\x16\x03\x01\x02\x00\x01\x00"),
        "another method": Request(b"a=1", line=b"BREW /PayPal/IPN HTTP/1.1"),
        "surrogates": Request(b"a=%ED%A0%80%ED%BF%BF&charset=utf-8"),
        "nothing but ampersands": Request(b"&" * 400),
    }


def ask(port, request):
    """Send a request.

    :return: the HTTP status; 0 for a connection that ended without one, None for a
        listener that says nothing at all for too long
    """
    deadline = time.monotonic() + LIMIT
    with socket.create_connection(("127.0.0.1", port), LIMIT) as connection:
        with contextlib.suppress(OSError):  # it may stop listening, and answer
            connection.sendall(request.head + b"\r\n\r\n" + request.body)
            if request.incomplete:
                connection.shutdown(socket.SHUT_WR)
        answer = b""
        try:
            while b"\r\n" not in answer:
                connection.settimeout(max(0.01, deadline - time.monotonic()))
                piece = connection.recv(4096)
                if not piece:
                    return 0
                answer += piece
        except TimeoutError:
            return None
        except OSError:
            return 0
    words = answer.split(None, 2)
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0


def random_requests(pick, count):
    """Changed messages, some of them with headers that are wrong as well."""
    mutator = Mutator(pick)
    for _ in range(count):
        headers = []
        if pick.random() < 0.3:
            headers.append(b"X-Fuzz: " + pick.choice(EVIL)[:500])
        yield Request(mutator.message()[: 70 * 1024], headers)


def genuine_messages(pick, shop, count):
    """Changed messages for this shop, which PayPal will stand by: they reach the books.

    Of a name that comes twice the first value counts.
    """
    mutator = Mutator(pick)
    for _ in range(count):
        fields = {
            "receiver_id": shop.merchant_id,
            "test_ipn": "1" if shop.sandbox else "0",
            "txn_id": f"FUZZ{pick.getrandbits(50)}",
            "mc_currency": pick.choice(("ILS", "USD", "EUR")),
        }
        yield f"{urlencode(fields)}&".encode() + mutator.message()[: 60 * 1024]


def fuzz_the_books(bench, seed, shop, count):
    """Have the add-on book garbage that PayPal stands by.

    :return: how often each state was reached, and what went wrong in words
    """
    bodies = list(genuine_messages(random.Random(seed), shop, count))
    bodies = [body for body in bodies if body.count(b"&") < 500]
    for body in bodies:
        bench.paypal.send(body, wait=False)
    bench.paypal.send(bodies[-1])
    bench.settle()
    rows = bench.server.execute(FATES, database=bench.odoo.database)
    hashes = {hashlib.sha256(body).hexdigest(): body for body in bodies}
    fates, wrong = Counter(), []
    for body_hash, state, reason, trace in rows:
        if body := hashes.get(body_hash):
            fates[" ".join(filter(None, (state, reason)))] += 1
            if reason == "error":
                wrong.append(f"{body!r}: {trace}")
    return fates, wrong


def fuzz(bench, seed, count):
    """Send everything to a running server, and look how it is afterwards.

    :param tools.trials.workbench.Workbench bench: the server
    :return: how often each status came, and what went wrong in words
    """
    statuses, wrong = Counter(), []
    before, logged = memory(bench.odoo), len(bench.odoo.log())
    for name, request in special_requests().items():
        status = ask(bench.odoo.port, request)
        statuses[status] += 1
        if status not in ALLOWED:
            wrong.append(f"{name}: {status}")
    for request in random_requests(random.Random(seed), count):
        status = ask(bench.odoo.port, request)
        statuses[status] += 1
        if status not in ALLOWED:
            wrong.append(f"{request.body!r}: {status}")
    grown = memory(bench.odoo) - before
    if grown > MAY_GROW:
        wrong.append(f"the server grew by {grown} MiB")
    bench.settle()
    log = bench.odoo.log()[logged:]
    if "Traceback" in log:
        place = log.index("Traceback")
        wrong.append(f"the log has a traceback: {log[place - 300 : place + 3000]}")
    return statuses, wrong


def memory(odoo):
    """MiB that the processes of a server have in memory, shared ones counted once."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError):
            group = stat.read_text().rpartition(")")[2].split()[2]
            if int(group) == odoo.pid:
                rollup = (stat.parent / "smaps_rollup").read_text()
                [line] = [x for x in rollup.splitlines() if x.startswith("Pss:")]
                total += int(line.split()[1]) // 1024
    return total


def fuzz_a_server(seed, count):
    """Do so on a server of its own.

    :return: as :func:`fuzz`
    """
    with workbench(SHOP) as bench:
        statuses, wrong = fuzz(bench, seed, count)
        fates, failed = fuzz_the_books(bench, seed, SHOP, count // 5)
    return statuses + fates, wrong + failed
