"""A project's folder as the archive that a build unpacks."""

from __future__ import annotations

import gzip
import os
import tarfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, BinaryIO, NoReturn, cast

from packageurl import PackageURL

from wasmwright.errors import InvalidRecipe
from wasmwright.files import file_hash
from wasmwright.sources.entry import Source, make_source
from wasmwright.sources.projectfiles import ProjectFile, project_files, unreadable

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

# 1980-01-02: a date that zip archives can hold, in every time zone.
_DATE = 315619200


@dataclass(frozen=True, kw_only=True)
class Archive:
    """The archive of a project, its entry for a lock, the names in it, and what a user should know of what is not."""

    path: Path
    source: Source
    names: frozenset[str]
    notes: tuple[str, ...]


def archive(folder: Path, *, name: str, version: str, into: Path, without: Collection[str] = ()) -> Archive:
    """Write NAME-VERSION.tar.gz of a folder; the same files always give the same bytes.

    `without` are names at its top that are no part of the project. Raises InvalidRecipe where a file cannot be read.
    """
    top = f"{name}-{version}"
    path = into / f"{top}.tar.gz"
    files = project_files(folder)
    members = [member for member in files.members if member.name not in without]
    into.mkdir(parents=True, exist_ok=True)
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", 6, raw, 0) as zipped,
        tarfile.open(fileobj=zipped, mode="w", encoding="utf-8", errors="surrogateescape") as tar,
    ):
        for member in members:
            _add(tar, member, f"{top}/{member.name}")
    package = PackageURL("generic", None, name, version)
    source = make_source(package, file=path.name, size=path.stat().st_size, sha256=file_hash(path))
    names = frozenset(member.name for member in members)
    return Archive(path=path, source=source, names=names, notes=files.notes)


def _add(tar: tarfile.TarFile, member: ProjectFile, name: str) -> None:
    """Nothing of it but name, content and the executable bit: not the owner, the date, a second name of the file."""
    header = tarfile.TarInfo(name)
    header.mtime = _DATE
    if member.link:
        header.type, header.linkname, header.mode = tarfile.SYMTYPE, member.link, 0o777
        tar.addfile(header)
        return
    try:
        content = open(member.path, "rb", opener=_without_waiting)  # noqa: SIM115 - Path has no opener
    except OSError as error:
        raise unreadable(error) from None
    with content:
        status = os.fstat(content.fileno())
        header.size = status.st_size
        header.mode = 0o755 if status.st_mode & 0o100 else 0o644
        held = _Exactly(content, status.st_size, member.path)
        tar.addfile(header, cast("IO[bytes]", held))
        held.check_end()


def _without_waiting(name: str, flags: int) -> int:
    return os.open(name, flags | os.O_NONBLOCK)


@dataclass
class _Exactly:
    """A file that has to hold as many bytes as the system says: those of /proc and /sys hold others."""

    file: BinaryIO
    left: int
    path: Path

    def read(self, size: int) -> bytes:
        """As files do, but raises InvalidRecipe for one that ends before."""
        data = self._read(size)
        self.left -= len(data)
        if len(data) < size and self.left:
            self._refuse()
        return data

    def check_end(self) -> None:
        """Raise InvalidRecipe for one that goes on."""
        if self._read(1):
            self._refuse()

    def _read(self, size: int) -> bytes:
        try:
            # Nothing is read where one would have to wait.
            return self.file.read(size) or b""
        except OSError as error:
            raise unreadable(OSError(error.errno, error.strerror, str(self.path))) from None

    def _refuse(self) -> NoReturn:
        message = f"{self.path} has not the size that the system says"
        hint = "it is being written, or no real file: it would be part of the project, so copy its contents into one"
        raise InvalidRecipe(message, hint=hint)
