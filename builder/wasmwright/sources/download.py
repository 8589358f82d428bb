"""One file from one of its mirrors to the cache: resumed, retried, checked."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
import threading
from collections import defaultdict
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright import limits
from wasmwright.addresses import shown
from wasmwright.errors import DiskFull, HashMismatch, MirrorUnreachable, PinUnavailable
from wasmwright.failure import WasmwrightError
from wasmwright.filelock import holding
from wasmwright.files import file_hash
from wasmwright.sources.apt import spellings
from wasmwright.sources.client import (
    BROKEN,
    WEB_PAGE,
    Client,
    NoAnswer,
    NotThere,
    Patience,
    describe,
    is_web_page,
    pieces,
    stated_size,
)
from wasmwright.sources.registries import absent
from wasmwright.sources.tree import nar_hash, unpack_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from io import FileIO

    import requests

    from wasmwright.sources.entry import Source
    from wasmwright.sources.locate import Locator

# What a server says of a file that ends before what was asked for (RFC 9110, 14.4).
_WHOLE = re.compile(r"bytes \*/(\d{1,18})", re.ASCII)
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class Stopped(Exception):
    """Another download failed in a way that concerns all."""


class _OtherFile(Exception):
    """A mirror gave something else than the pinned file: of another `size`, or with another hash."""

    def __init__(self, url: str, found: str) -> None:
        super().__init__(f"{shown(url)}: {found}")
        self.found = found


@dataclass(kw_only=True)
class Downloader:
    """Downloads into `directory`/SHA256/NAME; what is there already is used, half files are continued.

    One process at a time uses a directory: hold `alone` around it.
    """

    client: Client
    locator: Locator
    directory: Path
    on_bytes: Callable[[int], None] = lambda _: None
    stop: threading.Event = field(default_factory=threading.Event)
    # One a file: the wheel of Node may also be wanted to find npm's registry.
    _locks: dict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))

    def get(self, source: Source, *, relock: str) -> Path:
        """The checked file. `relock` is the command that pins what the mirrors have now."""
        with self._locks[source.sha256]:
            return self._get_tree(source, relock) if source.tree else self._get(source, relock)

    @contextmanager
    def alone(self, on_waiting: Callable[[str], None]) -> Iterator[None]:
        """Keep other processes out; before waiting for one, its process id is told."""
        with disk_full_told(self.directory):
            self.directory.mkdir(parents=True, exist_ok=True)
            lock = holding(self.directory / ".lock", waiting=on_waiting)
        with lock:
            yield

    def path(self, source: Source) -> Path:
        """Where the file, or the folder of a tree, lies once it is complete."""
        return self.directory / source.sha256 / source.name

    def discard(self, source: Source) -> None:
        """Delete what is no longer needed here."""
        path = self.path(source)
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        with suppress(OSError):
            self.path(source).parent.rmdir()

    def _get(self, source: Source, relock: str) -> Path:
        final = self.path(source)
        with disk_full_told(final.parent):
            final.parent.mkdir(parents=True, exist_ok=True)
            if final.exists() and file_hash(final) == source.sha256:
                self.on_bytes(source.size)
                return final
            path = final.with_name(f"{final.name}.part")
            with path.open("ab", buffering=0) as file:
                part = _Part(path=path, file=file)
                self.on_bytes(part.size())
                try:
                    self._try_all(source, lambda url: self._from(url, source, part), relock)
                except WasmwrightError:
                    if part.size() == 0:
                        part.path.unlink(missing_ok=True)
                    raise
            path.replace(final)
        return final

    def _get_tree(self, source: Source, relock: str) -> Path:
        """The archive has no size or hash of its own: it is downloaded whole, and what it holds is checked."""
        final = self.path(source)
        with disk_full_told(final.parent):
            if final.exists() and nar_hash(final)[0] == source.sha256:
                self.on_bytes(source.size)
                return final
            shutil.rmtree(final.parent, ignore_errors=True)
            final.parent.mkdir(parents=True)
            self._try_all(source, lambda url: self._tree_from(url, source, final), relock)
        return final

    def _tree_from(self, url: str, source: Source, final: Path) -> None:
        with tempfile.TemporaryDirectory(dir=final.parent) as folder:
            archive = Path(folder, source.name)
            with archive.open("ab", buffering=0) as file:
                part = _Part(path=archive, file=file)
                self._complete_archive(url, part)
                size = part.size()
            top = unpack_tree(archive, Path(folder, "unpacked"))
            found, _ = nar_hash(top)
            if found != source.sha256:
                self.on_bytes(-size)
                raise _OtherFile(url, _hashes(found, source))
            top.replace(final)
            self.on_bytes(source.size - size)

    def _complete_archive(self, url: str, part: _Part) -> None:
        patience = Patience(self.client.attempts)
        while True:
            with self.client.get(url) as response:
                if is_web_page(response):
                    raise NoAnswer(url, WEB_PAGE)
                broken = self._take(response, part, at_most=limits.SOURCE_SIZE.most)
            if broken is None:
                return
            if not patience.is_left(broken):
                raise NoAnswer(url, describe(broken))
            self._restart(part)
            self.client.pause(patience.tries - 1)

    def _try_all(self, source: Source, take: Callable[[str], None], relock: str) -> None:
        refusals: list[NotThere | NoAnswer | _OtherFile] = []
        urls = self.locator.urls(source)
        while True:
            try:
                url = next(urls, None)
                if url is None:
                    break
                take(url)
            except (NotThere, NoAnswer, _OtherFile) as refusal:
                refusals.append(refusal)
            else:
                return
        raise self._failure(source, refusals, relock)

    def _from(self, url: str, source: Source, part: _Part) -> None:
        resumed = part.size() > 0
        self._complete(url, source, part)
        found = file_hash(part.path)
        if found != source.sha256 and resumed:
            self._restart(part)
            self._complete(url, source, part)
            found = file_hash(part.path)
        if found != source.sha256:
            self._restart(part)
            raise _OtherFile(url, _hashes(found, source))

    def _complete(self, url: str, source: Source, part: _Part) -> None:
        """Bring the part to its full size; a try that brought nothing new counts against the client's attempts."""
        if part.size() > source.size:
            self._restart(part)
        patience = Patience(self.client.attempts)
        # A file that is shorter than it should be is begun anew, and gets as far as before each time.
        reached = part.size()
        while part.size() < source.size:
            broken = self._transfer(url, source, part)
            if part.size() > source.size:
                self._restart(part)
                raise _OtherFile(url, f"is longer than its {source.size} bytes")
            if part.size() > reached:
                patience, reached = Patience(self.client.attempts), part.size()
            elif not patience.is_left(broken):
                raise NoAnswer(url, "the answer ends too early" if broken is None else describe(broken))
            else:
                self.client.pause(patience.tries - 1)

    def _transfer(self, url: str, source: Source, part: _Part) -> Exception | None:
        """Get more of the file; gives what ended that, where it is not the end of the answer."""
        offset = part.size()
        headers = {"Accept-Encoding": "identity"}
        if offset:
            headers["Range"] = f"bytes={offset}-"
        with self.client.get(url, headers=headers) as response:
            if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                self._restart(part)
                whole = _WHOLE.fullmatch(response.headers.get("Content-Range", ""))
                if whole is not None and int(whole[1]) != source.size:
                    raise _OtherFile(url, f"has {whole[1]} bytes instead of {source.size}")
                return None
            if is_web_page(response) and stated_size(response) not in {source.size, source.size - offset}:
                # Some servers call any file so.
                raise NoAnswer(url, WEB_PAGE)
            continues = response.headers.get("Content-Range", "").startswith(f"bytes {offset}-")
            if offset and not (response.status_code == HTTPStatus.PARTIAL_CONTENT and continues):
                self._restart(part)
            return self._take(response, part, at_most=source.size)

    def _take(self, response: requests.Response, part: _Part, *, at_most: int) -> Exception | None:
        """Append what comes, until there is more than there should be; what came before a fault stays."""
        body = pieces(response)
        while part.size() <= at_most:
            try:
                piece = next(body, None)
            except BROKEN as error:
                return error
            if piece is None:
                return None
            if self.stop.is_set():
                raise Stopped
            part.append(piece)
            self.on_bytes(len(piece))
        return None

    def _restart(self, part: _Part) -> None:
        self.on_bytes(-part.size())
        part.clear()

    def _failure(
        self, source: Source, refusals: list[NotThere | NoAnswer | _OtherFile], relock: str
    ) -> WasmwrightError:
        told = "\n".join(str(refusal) for refusal in refusals)
        other = next((refusal for refusal in refusals if isinstance(refusal, _OtherFile)), None)
        if other is not None:
            message = f"{source.name} is not the pinned file: it {other.found}"
            return HashMismatch(message, hint="the file was deleted; try another mirror", excerpt=told)
        if any(isinstance(refusal, NoAnswer) for refusal in refusals):
            message = f"no mirror of {source.name} answers"
            hint = "check the network, or set another mirror (WASMWRIGHT_* variables); a rerun continues"
            return MirrorUnreachable(message, hint=hint, excerpt=told)
        return pin_unavailable(source, self.locator.current(source), relock, told)


def pin_unavailable(source: Source, current: tuple[str, ...], relock: str, told: str | None = None) -> PinUnavailable:
    """The error for a version that has left the mirrors, or for one that they list without having its file."""
    package = source.package
    if any(version in spellings(package.version or "") for version in current):
        error = absent([source])
        error.hint = f"{error.hint}, and pin it: `{relock}`"
        error.excerpt = told
        return error
    have = f"they have {', '.join(current)}" if current else "they do not say what they have"
    message = f"the mirrors no longer have {package.name} {package.version} ({source.name}); {have}"
    return PinUnavailable(message, hint=f"pin the current version: `{relock}`", excerpt=told)


def _hashes(found: str, source: Source) -> str:
    return f"has sha256 {found} instead of {source.sha256}"


@contextmanager
def disk_full_told(folder: Path) -> Iterator[None]:
    """Turn an error of the file system into one that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            message = f"no space left in {folder}"
            hint = "make room, or set WASMWRIGHT_CACHE to another disk; a rerun continues"
            raise DiskFull(message, hint=hint) from None
        message = f"cannot write in {folder}: {error.strerror or error}"
        raise WasmwrightError(message, hint="set WASMWRIGHT_CACHE to a folder that you may write") from None


@dataclass(frozen=True, kw_only=True)
class _Part:
    """A file that is being written, at its end only."""

    path: Path
    file: FileIO

    def size(self) -> int:
        return self.file.seek(0, os.SEEK_END)

    def append(self, chunk: bytes) -> None:
        rest = memoryview(chunk)
        while rest:
            rest = rest[self.file.write(rest) :]

    def clear(self) -> None:
        self.file.truncate(0)
