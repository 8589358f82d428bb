"""Answers that are hardly HTTP, by a real server: each is told in words, and none is an error of our own."""

from __future__ import annotations

import gzip
import socketserver
from typing import TYPE_CHECKING

import pytest
import requests
from local_server import served

from wasmwright.limits import Limit
from wasmwright.sources.client import Client, NoAnswer, NotThere, Reply

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = Limit(name="size", most=100_000, of_bytes=True)
OK = b"HTTP/1.1 200 OK\r\n"


class Liar:
    """A server that gives the same bytes to whoever asks, whatever for."""

    def __init__(self) -> None:
        self.said = b""
        liar = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                while self.rfile.readline().strip():
                    pass
                self.wfile.write(liar.said)

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]  # the client need not listen
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/x"


@pytest.fixture
def liar() -> Iterator[Liar]:
    found = Liar()
    with served(found.server):
        yield found


def _moved(to: bytes) -> bytes:
    return b"HTTP/1.1 302 Found\r\nLocation: " + to + b"\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


FALSE = {
    "nothing": (b"", "no connection"),
    "no HTTP": (b"220 mail.test ready\r\n", "no connection"),
    "HTTP of another world": (b"HTTP/9.9 999 \xff\r\n\r\n", None),
    "cut in the head": (b"HTTP/1.1 200", None),
    "a head without end": (OK + b"".join(b"x%d: y\r\n" % number for number in range(500)) + b"\r\n", None),
    "a line without end": (OK + b"x: " + b"y" * 100_000 + b"\r\n\r\n", None),
    "two lengths": (OK + b"Content-Length: 1, 2\r\n\r\nx", "not HTTP"),
    "too short": (OK + b"Content-Length: 10\r\n\r\nx", "the connection broke off"),
    "broken chunks": (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nx", "broke off"),
    "chunks without end": (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabc", "broke off"),
    "no gzip": (OK + b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello", "compressed, and broken"),
    "gzip, cut": (OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"x" * 5000)[:10], None),
    "a bomb": (OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(1 << 26)), "size: more than 97.7 KiB"),
    "in a circle": (_moved(b"/x"), "from one address to the next without end"),
    "to a file": (_moved(b"file:///etc/passwd"), "no web address"),
    "to nowhere": (_moved(b"http://["), "no web address"),
    "to an odd port": (_moved(b"http://127.0.0.1:99999/"), None),
    "to an odd name": (_moved(b"http://" + b"a" * 300 + b".test/"), None),
    "to a closed port": (_moved(b"http://127.0.0.1:1/"), "no connection"),
}


def _ask(url: str) -> list[Reply | int | str | None]:
    """The size and the whole of what is there, or why not."""
    session = requests.Session()
    session.trust_env = False
    client = Client(session=session, attempts=2, sleep=lambda _: None, timeouts=(5, 5))
    found: list[Reply | int | str | None] = []
    for question in (lambda: client.size(url), lambda: client.read(url, most=MOST)):
        try:
            found.append(question())
        except (NoAnswer, NotThere) as refusal:
            found.append(str(refusal))
    return found


@pytest.mark.parametrize("kind", FALSE)
def test_what_is_false_is_told_in_words(liar: Liar, kind: str):
    liar.said, told = FALSE[kind]
    size, reply = _ask(liar.url)
    assert "Error" not in f"{size} {reply}"
    if told is not None:
        assert isinstance(reply, str)
        assert told in reply


@pytest.mark.parametrize("length", [b"\xc2\xb2", b"-5", b"1e3", b"9" * 400])
def test_odd_lengths_are_not_believed(liar: Liar, length: bytes):
    liar.said = OK + b"Content-Length: " + length + b"\r\n\r\nhello"
    assert not isinstance(_ask(liar.url)[0], int)
