from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import pytest
import requests
import urllib3
from packageurl import PackageURL

from wasmwright.config import Config
from wasmwright.sources.client import Client
from wasmwright.sources.download import Downloader
from wasmwright.sources.entry import Source, make_source
from wasmwright.sources.locate import Locator
from wasmwright.sources.mirrors import Mirrors
from wasmwright.sources.registries import Registries

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DEBIAN = "http://debian.test"
# No test asks so often, unless it would for ever.
_ENDLESS = 1000


class _Cut(io.RawIOBase):
    """A body whose connection breaks after some bytes."""

    def __init__(self, content: bytes) -> None:
        self._rest = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def read1(self, size: int = -1) -> bytes:
        chunk = self._rest.read(size)
        if not chunk:
            raise ConnectionResetError
        return chunk


@dataclass
class FakeMirror:
    """Stands in for requests.Session: files by address, and faults to play before they are given."""

    files: dict[str, bytes] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    faults: list[int | Exception] = field(default_factory=list)
    cut_after: list[int] = field(default_factory=list)
    ranges: bool = True
    is_down: bool = False
    # Addresses without a file that are answered with a page for people, as in a network where one has to log in.
    portal: bytes | None = None
    asked: list[tuple[str, str, str | None]] = field(default_factory=list)

    def request(self, method: str, url: str, *, headers: dict[str, str], **_options: object) -> requests.Response:
        self.asked.append((method, url, headers.get("Range")))
        assert len(self.asked) < _ENDLESS
        if self.is_down:
            raise requests.ConnectionError
        if self.faults:
            fault = self.faults.pop(0)
            if isinstance(fault, Exception):
                raise fault
            return _response(url, fault, b"")
        if url not in self.files and self.portal is not None:
            response = _response(url, 200, self.portal if method == "GET" else b"")
            response.headers["Content-Type"] = "text/html; charset=utf-8"
            return response
        if url not in self.files:
            return _response(url, 404, b"")
        return self._give(method, url, headers.get("Range"))

    def _give(self, method: str, url: str, wanted: str | None) -> requests.Response:
        content = self.files[url]
        offset = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted and self.ranges else 0
        if offset >= len(content) > 0:
            response = _response(url, 416, b"")
            response.headers.update({"Content-Range": f"bytes */{len(content)}", **self.headers})
            return response
        response = _response(url, 206 if offset else 200, content[offset:] if method == "GET" else b"")
        response.headers.update({"Content-Length": str(len(content) - offset), **self.headers})
        if offset:
            response.headers["Content-Range"] = f"bytes {offset}-{len(content) - 1}/{len(content)}"
        if self.cut_after:
            cut = _Cut(content[offset:][: self.cut_after.pop(0)])
            response.raw = urllib3.HTTPResponse(body=cut, preload_content=False)
        return response


def _response(url: str, status: int, body: bytes) -> requests.Response:
    response = requests.Response()
    response.status_code = status
    response.url = url
    response.raw = urllib3.HTTPResponse(body=io.BytesIO(body), preload_content=False)
    response.encoding = "utf-8"
    return response


@pytest.fixture
def mirror() -> FakeMirror:
    return FakeMirror()


@pytest.fixture
def client(mirror: FakeMirror) -> Client:
    return Client(session=cast("requests.Session", mirror), attempts=3, sleep=lambda _: None)


@pytest.fixture
def mirrors() -> Mirrors:
    return Mirrors(config=Config(pypi="http://pypi.test/simple", debian=(DEBIAN,), npm="http://npm.test"), environ={})


@pytest.fixture
def downloader(client: Client, mirrors: Mirrors, tmp_path: Path) -> Downloader:
    locator = Locator(registries=Registries(client=client, mirrors=mirrors, cache=tmp_path / "cache"))
    return Downloader(client=client, locator=locator, directory=tmp_path / "downloads")


@pytest.fixture
def make_deb(mirror: FakeMirror) -> Callable[..., Source]:
    """A pinned Debian package that the mirror has."""

    def make(name: str = "tool", content: bytes = b"content of the package") -> Source:
        package = PackageURL(type="deb", namespace="debian", name=name, version="1:1.0-1", qualifiers={"arch": "all"})
        file = f"pool/main/t/{name}_1.0-1_all.deb"
        mirror.files[f"{DEBIAN}/{file}"] = content
        return make_source(package, file=file, size=len(content), sha256=hashlib.sha256(content).hexdigest())

    return make
