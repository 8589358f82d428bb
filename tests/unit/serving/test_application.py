from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from wasmwright.serving.accesslog import AccessLog
from wasmwright.serving.answer import Site
from wasmwright.serving.application import Application
from wasmwright.serving.digests import Digests
from wasmwright.serving.folder import Folder, ServedFile

if TYPE_CHECKING:
    from pathlib import Path
    from wsgiref.types import WSGIEnvironment

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


class Sent:
    """What a server sees of an application."""

    def __init__(self, application: Application, path: str = "/", method: str = "GET", **more: str) -> None:
        self.status, self.headers = "", {}
        self.file: ServedFile | None = None
        environ: WSGIEnvironment = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "REQUEST_URI": path,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.file_wrapper": self._wrap,
            **more,
        }
        self.body = list(application(environ, self._start))

    def _start(self, status: str, headers: list[tuple[str, str]], *_: object) -> Any:  # noqa: ANN401
        self.status, self.headers = status, dict(headers)

    def _wrap(self, file: ServedFile) -> list[bytes]:
        self.file = file
        with file:
            return [file.read()]


def log_to(stream: io.StringIO, *, coloured: bool = False) -> AccessLog:
    return AccessLog(stream=stream, coloured=coloured, clock=lambda: NOON)


@pytest.fixture
def stream() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def application(tmp_path: Path, stream: io.StringIO) -> Application:
    (tmp_path / "index.html").write_text("page")
    (tmp_path / "caf\xe9").write_text("coffee")
    site = Site(folder=Folder.at(tmp_path), digests=Digests(), keep_versioned=False)
    return Application(site=site, log=log_to(stream))


def test_a_file_goes_through_the_servers_wrapper(application: Application):
    sent = Sent(application)
    assert (sent.status, sent.body) == ("200 OK", [b"page"])
    assert sent.headers["Content-Length"] == "4"


def test_a_part_begins_where_it_should(application: Application):
    sent = Sent(application, HTTP_RANGE="bytes=2-")
    assert (sent.status, sent.body) == ("206 Partial Content", [b"ge"])


def test_head_has_the_length_and_no_body(application: Application):
    sent = Sent(application, method="HEAD")
    assert (sent.status, sent.body, sent.file) == ("200 OK", [], None)
    assert sent.headers["Content-Length"] == "4"


def test_head_of_nothing_has_no_body_either(application: Application):
    sent = Sent(application, "/nothing", method="HEAD")
    assert (sent.status, sent.body) == ("404 Not Found", [])


def test_paths_are_utf8(application: Application):
    assert Sent(application, "/caf\xc3\xa9").body == [b"coffee"]
    assert Sent(application, "/caf\xe9").status == "400 Bad Request"


def test_not_modified_has_no_length(application: Application):
    sent = Sent(application, HTTP_IF_NONE_MATCH="*")
    assert (sent.status, sent.body) == ("304 Not Modified", [])
    assert "Content-Length" not in sent.headers


def test_each_request_is_a_line(application: Application, stream: io.StringIO):
    Sent(application)
    Sent(application, method="HEAD")
    Sent(application, HTTP_IF_NONE_MATCH="*")
    assert stream.getvalue().splitlines() == [
        '127.0.0.1 - - [26/Nov/2026:12:00:00 +0000] "GET / HTTP/1.1" 200 4',
        '127.0.0.1 - - [26/Nov/2026:12:00:00 +0000] "HEAD / HTTP/1.1" 200 0',
        '127.0.0.1 - - [26/Nov/2026:12:00:00 +0000] "GET / HTTP/1.1" 304 -',
    ]


def test_a_request_cannot_write_other_lines_or_colours(application: Application, stream: io.StringIO):
    Sent(application, '/\x1b[2J\n127.0.0.1 "\\\x9b')
    line = stream.getvalue()
    assert line.count("\n") == 1
    assert r'"GET /\x1b[2J\n127.0.0.1 \"\\\x9b HTTP/1.1" 400' in line


def test_a_long_request_is_shortened(application: Application, stream: io.StringIO):
    Sent(application, "/" + "a" * 5000)
    assert len(stream.getvalue()) < 1200


@pytest.mark.parametrize(("status", "colour"), [(200, 32), (206, 32), (304, 36), (404, 33), (500, 31)])
def test_colours_where_they_are_wanted(stream: io.StringIO, status: int, colour: int):
    log_to(stream, coloured=True).answered(client="c", request="r", status=status, size=1)
    assert stream.getvalue().endswith(f'"r" \x1b[{colour}m{status}\x1b[0m 1\n')


def test_what_cannot_be_logged_is_served(application: Application, stream: io.StringIO):
    stream.close()
    assert Sent(application).body == [b"page"]


def test_after_its_end_nothing_is_written(stream: io.StringIO):
    log = log_to(stream)
    log.end()
    assert not log._writing.acquire(blocking=False)


def test_a_fault_is_a_line_and_an_answer(
    application: Application, stream: io.StringIO, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object) -> str:
        message = "disk\nbroken"
        raise OSError(message)

    monkeypatch.setattr(Digests, "of", fail)
    sent = Sent(application)
    assert (sent.status, sent.body) == ("500 Internal Server Error", [b"500 Internal Server Error\n"])
    assert r"error: a request could not be answered: OSError: disk\nbroken" in stream.getvalue().splitlines()
