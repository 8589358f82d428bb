"""A package index on loopback, with sdists and wheels that tests make."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from local_server import served
from packaging.utils import canonicalize_name

from wasmwright.config import Config
from wasmwright.sources.client import Client
from wasmwright.sources.mirrors import Mirrors
from wasmwright.sources.registries import Registries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

_JSON = "application/vnd.pypi.simple.v1+json"


def registries_of(index: Index, cache: Path, step: Callable[[str], None]) -> Registries:
    """The registries of a machine whose package index and forge are this one, with nothing of pip's own settings."""
    environ = {key: value for key, value in os.environ.items() if not key.upper().startswith("PIP_")}
    mirrors = Mirrors(config=Config(pypi=index.url, github=index.forge), environ={**environ, "NO_PROXY": "127.0.0.1"})
    return Registries(client=Client.create(), mirrors=mirrors, cache=cache, step=step)


@dataclass(kw_only=True)
class Index:
    """Files by project. `is_html`: pages as PEP 503 has them, instead of PEP 691."""

    is_html: bool = False
    url: str = ""
    files: dict[str, dict[str, bytes]] = field(default_factory=lambda: defaultdict(dict))
    archives: dict[str, bytes] = field(default_factory=dict)
    # More that a page says of a file, such as `{"yanked": True}`.
    said: dict[str, dict[str, object]] = field(default_factory=dict)

    @property
    def forge(self) -> str:
        """The address of archives that a forge makes."""
        return self.url.removesuffix("/simple") + "/forge/{owner}/{repo}/{rev}"

    def add_archive(self, revision: str, folder: Path) -> None:
        """The archive of a repository, `owner/repo/rev`."""
        data = io.BytesIO()
        with tarfile.open(fileobj=data, mode="w:gz") as archive:
            archive.add(folder, folder.name)
        self.archives[revision] = data.getvalue()

    def add_sdist(self, name: str, version: str, *, build_requires: Sequence[str], **files: str) -> str:
        """A source distribution whose pyproject.toml wants `build_requires`; `files` are further texts in it."""
        texts = {"pyproject.toml": f"[build-system]\nrequires = {json.dumps([*build_requires])}\n", **files}
        data = io.BytesIO()
        with tarfile.open(fileobj=data, mode="w:gz") as archive:
            for path, text in texts.items():
                member = tarfile.TarInfo(f"{name}-{version}/{path}")
                member.size = len(text.encode())
                archive.addfile(member, io.BytesIO(text.encode()))
        file = f"{name}-{version}.tar.gz"
        self.files[canonicalize_name(name)][file] = data.getvalue()
        return file

    def add_wheel(
        self, name: str, version: str, tag: str = "py3-none-any", *metadata: str, files: Sequence[str] = ()
    ) -> str:
        """A wheel with `metadata`, such as `Requires-Dist: x`, and empty `files`."""
        info = f"{name}-{version}.dist-info"
        lines = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}", *metadata]
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as wheel:
            wheel.writestr(f"{info}/METADATA", "\n".join(lines) + "\n")
            wheel.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n")
            wheel.writestr(f"{info}/RECORD", "")
            for file in files:
                wheel.writestr(file, "")
        whole = f"{name}-{version}-{tag}.whl"
        self.files[canonicalize_name(name)][whole] = data.getvalue()
        return whole

    def sha256(self, file: str) -> str:
        """The hash of a file."""
        content = next(files[file] for files in self.files.values() if file in files)
        return hashlib.sha256(content).hexdigest()

    def answer(self, path: str) -> tuple[str, bytes] | None:
        """Type and body of a page or file, or None where there is none."""
        kind, _, rest = path.strip("/").partition("/")
        if kind == "simple":
            return self._page(self.files[rest]) if rest in self.files else None
        if kind == "forge":
            return ("application/gzip", self.archives[rest]) if rest in self.archives else None
        found = [files[rest] for files in self.files.values() if rest in files]
        return ("application/octet-stream", found[0]) if found else None

    def _page(self, files: dict[str, bytes]) -> tuple[str, bytes]:
        hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        if self.is_html:
            links = (f'<a href="/files/{name}#sha256={sha256}">{name}</a>' for name, sha256 in hashes.items())
            return "text/html", f"<!DOCTYPE html><html><body>{''.join(links)}</body></html>".encode()
        entries = [
            {"filename": name, "url": f"/files/{name}", "hashes": {"sha256": sha256}, "size": len(files[name])}
            | self.said.get(name, {})
            for name, sha256 in hashes.items()
        ]
        document = {"meta": {"api-version": "1.1"}, "name": "x", "versions": [], "files": entries}
        return _JSON, json.dumps(document).encode()


def serving(index: Index) -> Iterator[Index]:
    """Serve the index for as long as the generator is not ended."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = index.answer(self.path)
            if found is None:
                self.send_error(404)
                return
            kind, body = found
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815 - the name is the protocol's

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    index.url = f"http://127.0.0.1:{server.server_address[1]}/simple"
    with served(server):
        yield index
