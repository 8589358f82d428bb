"""From a request to its answer: which file, in which coding, how much of it, with which headers."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from wasmwright.serving.folder import Moved, Refused
from wasmwright.serving.headers import Unsatisfiable, names_tag, quality, wanted_range
from wasmwright.serving.media import cache_control, media_type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wasmwright.serving.digests import Digests
    from wasmwright.serving.folder import Folder, ServedFile

HEALTH = "/healthz"
_ALLOWED = "GET, HEAD, OPTIONS"
# By how well they compress: the first is taken of two that a client wants as much.
_CODINGS = {"br": ".br", "gzip": ".gz"}
# All that is served is public, to pages of every origin too.
_ALWAYS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": _ALLOWED,
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}
_IN_QUERIES = "/?:@!$&'()*+,;=%-._~"
_UNKEPT = {"Cache-Control": "no-store"}


@dataclass(frozen=True, kw_only=True)
class HttpRequest:
    """`path` is decoded; `headers` have their names in lower case."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class HttpResponse:
    """Of `file`, which whoever sends it closes, `length` bytes are sent from `start` on; without one, `text`.

    `length` is None where the answer has no body and says no length of one.
    """

    status: HTTPStatus
    headers: Mapping[str, str]
    length: int | None
    file: ServedFile | None = None
    start: int = 0
    text: bytes = b""


@dataclass(frozen=True, kw_only=True)
class _Coded:
    """What is sent for `path`: it, or it in a `coding`. `varies`: others may get another."""

    path: str
    file: ServedFile
    coding: str
    varies: bool


@dataclass(frozen=True, kw_only=True)
class Site:
    """A folder as it is served. With `keep_versioned` clients may keep wheels for a day without asking again."""

    folder: Folder
    digests: Digests
    keep_versioned: bool

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The answer to any request; raises nothing but what is a fault of the machine."""
        if request.method == "OPTIONS":
            headers = {**_ALWAYS, **_PREFLIGHT, "Allow": _ALLOWED}
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=headers, length=None)
        if request.method not in {"GET", "HEAD"}:
            return told_status(HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": _ALLOWED})
        if request.path == HEALTH:
            well = self.folder.is_there()
            return told_status(HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE)
        try:
            file = self.folder.open(request.path)
        except Refused as refusal:
            return told_status(refusal.status)
        except Moved as moved:
            return told_status(HTTPStatus.MOVED_PERMANENTLY, {"Location": _location(moved.to, request.query)})
        sent = self._coded(request, file)
        try:
            return self._of_file(request, sent)
        except BaseException:
            sent.file.close()
            raise

    def _of_file(self, request: HttpRequest, sent: _Coded) -> HttpResponse:
        path, file = sent.path, sent.file
        tag = self.digests.of(file)
        headers = {
            **_ALWAYS,
            "Cache-Control": cache_control(path, keep_versioned=self.keep_versioned),
            "ETag": f'"{tag}"',
            **({"Vary": "Accept-Encoding"} if sent.varies else {}),
        }
        if (ended := _condition(request, tag)) is not None:
            file.close()
            return HttpResponse(status=ended, headers=headers, length=None)
        headers |= {"Content-Type": media_type(path), "Accept-Ranges": "bytes"}
        if sent.coding:
            headers["Content-Encoding"] = sent.coding
        try:
            part = wanted_range(_range(request, tag), file.size)
        except Unsatisfiable:
            file.close()
            return told_status(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, {"Content-Range": f"bytes */{file.size}"})
        start, end = part or (0, file.size)
        if part:
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
        status = HTTPStatus.PARTIAL_CONTENT if part else HTTPStatus.OK
        return HttpResponse(status=status, headers=headers, length=end - start, file=file, start=start)

    def _coded(self, request: HttpRequest, file: ServedFile) -> _Coded:
        """What to send: a file, or what lies beside it.

        Of parts it is the file itself: clients that ask for them often decode what comes, and a part of a compressed
        file cannot be.
        """
        there = {name: found for name, end in _CODINGS.items() if (found := self.folder.compressed(file, end))}
        accepted = request.headers.get("accept-encoding", "")
        wanted = {} if _asks_for_part(request) else {name: quality(accepted, name) for name in there}
        coding = max(wanted, key=lambda name: wanted[name], default="")
        if not coding or wanted[coding] == 0:
            coding = ""
        chosen = there.get(coding, file)
        for other in {file, *there.values()} - {chosen}:
            other.close()
        return _Coded(path=file.path, file=chosen, coding=coding, varies=bool(there))


def _condition(request: HttpRequest, tag: str) -> HTTPStatus | None:
    """How a request ends that is for another content, or for another than the client has."""
    match, none = request.headers.get("if-match"), request.headers.get("if-none-match")
    if match is not None and not names_tag(match, tag):
        return HTTPStatus.PRECONDITION_FAILED
    if none is not None and names_tag(none, tag):
        return HTTPStatus.NOT_MODIFIED
    return None


def _asks_for_part(request: HttpRequest) -> bool:
    return request.method == "GET" and "range" in request.headers


def _range(request: HttpRequest, tag: str) -> str:
    """The header, unless it does not count: the part is to go on with another content."""
    if not _asks_for_part(request):
        return ""
    begun = request.headers.get("if-range")
    return request.headers["range"] if begun is None or begun.strip() == f'"{tag}"' else ""


def _location(name: str, query: str) -> str:
    """Of the folder that was asked for as a file: relative, since a proxy may serve us below a folder of its own."""
    asked = f"?{quote(query.encode('latin-1'), safe=_IN_QUERIES)}" if query else ""
    return f"./{quote(name)}/{asked}"


def told_status(status: HTTPStatus, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """A line of text, about the status alone."""
    text = f"{status.value} {status.phrase}\n".encode()
    kind = {"Content-Type": "text/plain; charset=utf-8"}
    return HttpResponse(
        status=status, headers={**_ALWAYS, **_UNKEPT, **kind, **(headers or {})}, length=len(text), text=text
    )
