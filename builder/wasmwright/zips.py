"""Reads zip archives that others made: every fault is one error, and nothing is read without a limit."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright import limits
from wasmwright.failure import WasmwrightError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_CHUNK = 1 << 20
_ENCRYPTED = 1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_OTHERS = {9: "deflate64", 12: "bzip2", 14: "lzma", 93: "zstd", 95: "xz"}
# All that zipfile is known to raise for bytes that are no archive, or a broken one.
_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError),
    *(OSError, OverflowError),
)


class BrokenZip(WasmwrightError):
    """A file that is no zip archive, or one that cannot be read."""

    exit_code = 48


@contextmanager
def opened(source: Path | BinaryIO, name: str) -> Iterator[zipfile.ZipFile]:
    """The archive in a file, with its list read and found harmless; raises BrokenZip, LimitExceeded.

    `name` is what messages call it. What is raised inside the `with` stays as it is.
    """
    with ExitStack() as stack:
        if isinstance(source, Path):
            try:
                file: BinaryIO = stack.enter_context(source.open("rb"))
            except OSError as error:
                message = f"{source} cannot be read: {error.strerror}"
                raise BrokenZip(message) from error
        else:
            file = source
        try:
            archive = stack.enter_context(zipfile.ZipFile(_Bounded(file, name)))
        except _FAULTS as error:
            message = f"{name}: it is not a zip archive, or a truncated one ({error})"
            raise BrokenZip(message, hint="fetch or build it again") from error
        _check(archive, file.seek(0, io.SEEK_END), name)
        yield archive


def read_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """A file in `archive`, no longer than the list says; raises BrokenZip, which names it.

    Members that are encrypted, or compressed in another way than wheels and sdists are, are refused.
    """
    return b"".join(chunks(archive, entry, name))


def chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """As `read_member`, piece by piece."""
    where = f"{name}: the file `{entry.filename}` in it"
    if entry.flag_bits & _ENCRYPTED:
        message = f"{where} is encrypted"
        raise BrokenZip(message, hint="nothing that can be installed is")
    if entry.compress_type not in _METHODS:
        kind = _OTHERS.get(entry.compress_type, f"method {entry.compress_type}")
        message = f"{where} is compressed with {kind}, which installers need not know"
        raise BrokenZip(message, hint="make the archive anew, with deflate")
    size = 0
    try:
        with archive.open(entry) as file:
            while piece := file.read(_CHUNK):
                size += len(piece)
                yield piece
    except _FAULTS as error:
        message = f"{where} cannot be read ({error})"
        raise BrokenZip(message, hint="fetch or build it again") from error
    if size != entry.file_size:
        message = f"{where} has {size} bytes, and {entry.file_size} in the list"
        raise BrokenZip(message, hint="fetch or build it again")


def is_special(entry: zipfile.ZipInfo) -> bool:
    """Whether it is neither file nor folder nor link, but a device or the like."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return kind not in {0, stat.S_IFREG, stat.S_IFDIR, stat.S_IFLNK}


def is_link(entry: zipfile.ZipInfo) -> bool:
    """Whether it is a symbolic link, where the archive was made on a system that has some."""
    return stat.S_ISLNK(entry.external_attr >> 16)


def _check(archive: zipfile.ZipFile, size: int, name: str) -> None:
    entries = archive.infolist()
    limits.MEMBERS.check(len(entries), name)
    total = 0
    for entry in entries:
        if entry.orig_filename != entry.filename:
            message = f"{name}: the name {entry.orig_filename!r} in it has a NUL, at which readers end it or do not"
            raise BrokenZip(message)
        where = f"{name}, {entry.filename[:100]}"
        limits.MEMBER_NAME.check(len(entry.filename.encode("utf-8", "surrogatepass")), where)
        limits.MEMBER_DEPTH.check(entry.filename.count("/"), where)
        limits.MEMBER_SIZE.check(entry.file_size, where)
        total += entry.file_size
    limits.UNPACKED_SIZE.check(total, name)
    if total > limits.RATIO_COUNTS_FROM:
        limits.RATIO.check(total // max(size, 1), name)


class _Bounded:
    """A file that refuses to be read at once beyond what a list of files may have: zipfile reads that in one piece."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name
        self.seek = file.seek
        self.tell = file.tell

    def seekable(self) -> bool:
        return True

    def read(self, count: int = -1) -> bytes:
        limits.ZIP_LISTING.check(count, self._name)
        return self._file.read(count)
