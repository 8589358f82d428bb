"""Source archives into folders: nothing lands elsewhere, and every fault is told with the member that has it."""

from __future__ import annotations

import math
import os
import posixpath
import stat
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from wasmwright import limits, tars, zips
from wasmwright.failure import WasmwrightError

if TYPE_CHECKING:
    import tarfile
    import zipfile
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

EARLIEST, LATEST = 315532800, 4354819199
"""1980-01-01 and 2107-12-31, the dates that a zip archive, and so a wheel, can hold, in seconds since 1970."""

# What file systems take.
_LONGEST_NAME = 255
_LONGEST_LINK = 4095


class UnsafeSource(WasmwrightError):
    """A source archive with a member that is no file, folder or link of its own folder."""

    exit_code = 28


class _Kind(Enum):
    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    HARD_LINK = "hard link"
    OTHER = "device or pipe"


@dataclass(frozen=True, kw_only=True)
class _Member:
    """A member of a tar or zip archive. `time` is None where it has none that a wheel could have."""

    name: str
    kind: _Kind
    target: str = ""
    is_program: bool = False
    time: int | None = None
    content: Callable[[], Iterable[bytes]] = tuple


def unpack_archive(archive: Path, into: Path, *, name: str) -> int | None:
    """Unpack a tar or zip archive into the folder `into`, which is there; which of both it is, its first bytes say.

    Files are writable and keep their times, and whether they are programs. Gives the newest time of the files of a tar
    archive, in seconds since 1970. `name` is what messages call the archive. Raises UnsafeSource, BrokenTar, BrokenZip
    and LimitExceeded.
    """
    with archive.open("rb") as file:
        is_zip = tars.is_zip(file)
    writer = _Writer(into=into, name=name)
    if is_zip:
        with zips.opened(archive, name) as zipped:
            for entry in zipped.infolist():
                writer.place(_of_zip(zipped, entry, name))
        return None
    with tars.opened(archive, name) as tar:
        for member in tar.members():
            writer.place(_of_tar(tar, member))
    return writer.newest


def _of_tar(tar: tars.Tar, member: tarfile.TarInfo) -> _Member:
    kinds = {
        _Kind.FILE: member.isreg(),
        _Kind.FOLDER: member.isdir(),
        _Kind.LINK: member.issym(),
        _Kind.HARD_LINK: member.islnk(),
    }
    return _Member(
        name=member.name,
        kind=next((kind for kind, is_it in kinds.items() if is_it), _Kind.OTHER),
        target=member.linkname,
        is_program=bool(member.mode & stat.S_IXUSR),
        time=_time(member.mtime),
        content=partial(tar.chunks, member),
    )


def _of_zip(zipped: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> _Member:
    mode = entry.external_attr >> 16
    if entry.is_dir():
        kind = _Kind.FOLDER
    elif zips.is_link(entry):
        kind = _Kind.LINK
        limits.MEMBER_NAME.check(entry.file_size, f"{name}, {entry.filename}")
    else:
        kind = _Kind.FILE if stat.S_IFMT(mode) in {0, stat.S_IFREG} else _Kind.OTHER
    target = os.fsdecode(zips.read_member(zipped, entry, name)) if kind is _Kind.LINK else ""
    return _Member(
        name=entry.filename,
        kind=kind,
        target=target,
        is_program=bool(mode & stat.S_IXUSR),
        time=_zip_time(entry),
        content=partial(zips.chunks, zipped, entry, name),
    )


def _time(seconds: float) -> int | None:
    return int(seconds) if math.isfinite(seconds) and EARLIEST <= seconds <= LATEST else None


def _zip_time(entry: zipfile.ZipInfo) -> int | None:
    try:
        return _time(datetime(*entry.date_time, tzinfo=UTC).timestamp())
    except ValueError:
        return None


@dataclass(kw_only=True)
class _Writer:
    """Puts members into a folder. It makes every folder itself, and writes through no link, wherever that leads."""

    into: Path
    name: str
    newest: int | None = None
    size: int = 0
    folders: set[str] = field(default_factory=lambda: {""})

    def place(self, member: _Member) -> None:
        """Write one member. A later one of the same name takes the place of an earlier one."""
        path = self._path(member.name)
        if path == "":
            return
        try:
            self._folder(posixpath.dirname(path), member)
            self._write(path, member)
        except OSError as error:
            message = f"{self._where(member)} cannot be written: {error.strerror}"
            raise WasmwrightError(message) from error

    def _write(self, path: str, member: _Member) -> None:
        target = self.into / path
        match member.kind:
            case _Kind.FOLDER:
                self._folder(path, member)
                return
            case _Kind.LINK:
                self._check_link(path, member)
                self._make_room(path, member)
                target.symlink_to(member.target)
            case _Kind.HARD_LINK:
                self._file(path, member, self._linked(member))
            case _Kind.FILE:
                self._file(path, member, member.content())
                if member.time is not None:
                    self.newest = max(self.newest or member.time, member.time)
            case _Kind.OTHER:
                raise self._unsafe(member, "is a device or a pipe, which no source has", _WRONG)

    def _file(self, path: str, member: _Member, content: Iterable[bytes]) -> None:
        self._make_room(path, member)
        target = self.into / path
        with target.open("xb") as file:
            for piece in content:
                self.size += len(piece)
                limits.UNPACKED_SIZE.check(self.size, self.name)
                file.write(piece)
        target.chmod(0o755 if member.is_program else 0o644)
        time = EARLIEST if member.time is None else member.time
        os.utime(target, (time, time))

    def _linked(self, member: _Member) -> Iterator[bytes]:
        """The content of the file that a hard link names, which stands before it in every archive."""
        path = self._path(member.target)
        source = self.into / path
        is_there = posixpath.dirname(path) in self.folders and source.is_file() and not source.is_symlink()
        if path == "" or path == self._path(member.name) or not is_there:
            raise self._unsafe(member, f"is a hard link to `{member.target}`, which is no file before it", _WRONG)
        with source.open("rb") as file:
            while piece := file.read(1 << 20):
                yield piece

    def _path(self, name: str) -> str:
        """The path of a member below the folder, without what means nothing in it."""
        parts = [part for part in name.split("/") if part not in {"", "."}]
        if name.startswith("/") or ".." in parts:
            raise self._outside(name)
        if "\0" in name or any(len(os.fsencode(part)) > _LONGEST_NAME for part in parts):
            message = f"{self.name}: the member `{name[:100]}` has a name that no file can have"
            raise UnsafeSource(message, hint=_WRONG)
        return "/".join(parts)

    def _folder(self, path: str, member: _Member) -> None:
        """Have a folder, and those above it."""
        if path in self.folders:
            return
        self._folder(posixpath.dirname(path), member)
        folder = self.into / path
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            what = "link" if folder.is_symlink() else "file"
            raise self._unsafe(member, f"would lie below `{path}`, which is a {what}", _WRONG)
        folder.mkdir(exist_ok=True)
        self.folders.add(path)

    def _make_room(self, path: str, member: _Member) -> None:
        if path in self.folders:
            raise self._unsafe(member, "is a folder too", _WRONG)
        (self.into / path).unlink(missing_ok=True)

    def _check_link(self, path: str, member: _Member) -> None:
        """Refuse a link that leads out, by its words or by links that are there."""
        target, folder = member.target, posixpath.dirname(path)
        if not target or "\0" in target or len(os.fsencode(target)) > _LONGEST_LINK:
            raise self._unsafe(member, "is a link to nothing that could be", _WRONG)
        if target.startswith("/"):
            raise self._unsafe(member, f"is a link to `{target}`, which is on no machine the same", _ABSOLUTE)
        inside = posixpath.normpath(posixpath.join(folder, target))
        real, top = os.path.realpath(self.into / folder / target), os.path.realpath(self.into)
        if inside.startswith("..") or not (real == top or real.startswith(f"{top}/")):
            raise self._unsafe(member, f"is a link to `{target}`, outside the archive's own folder", _COMPARE)

    def _where(self, member: _Member) -> str:
        return f"{self.name}: the member `{member.name}`"

    def _unsafe(self, member: _Member, what: str, hint: str) -> UnsafeSource:
        return UnsafeSource(f"{self._where(member)} {what}", hint=hint)

    def _outside(self, name: str) -> UnsafeSource:
        message = f"{self.name}: the member `{name}` would be unpacked outside the archive's own folder"
        return UnsafeSource(message, hint=_COMPARE)


_COMPARE = "do not build this archive; compare its hash with the one its authors publish"
_WRONG = "the archive is broken, or made for another purpose: take another version, or another kind of source"
_ABSOLUTE = "links within a source have to be relative: take another version, or another kind of source"
