"""Reads tar archives that others made: every fault is one error, and nothing is read without a limit."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zlib
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from wasmwright import limits
from wasmwright.failure import WasmwrightError
from wasmwright.limits import UNPACKED_SIZE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from typing import BinaryIO

    from wasmwright.limits import Limit

_CHUNK = 1 << 20
# All that tarfile and what decompresses are known to raise for bytes that are no archive, or a broken one.
_FAULTS = (
    *(tarfile.TarError, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, OverflowError),
    *(ValueError, LookupError, RecursionError),
)
# What the strongest compression of xz needs, twice.
_XZ_MEMORY = 128 << 20
_MAGICS = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\0": "xz", b"]\0\0": "xz"}
_ZIP = (b"PK\3\4", b"PK\5\6")
_ZSTD = b"\x28\xb5\x2f\xfd"


class BrokenTar(WasmwrightError):
    """A file that is no tar archive or Debian package, or one that cannot be read, or would put something elsewhere."""

    exit_code = 26


def is_zip(file: BinaryIO) -> bool:
    """Whether what begins here is a zip archive and not a tar archive. The end of a file, where zip's list is, may lie.

    The position stays.
    """
    begin = file.read(4)
    file.seek(-len(begin), io.SEEK_CUR)
    return begin.startswith(_ZIP)


@contextmanager
def opened(source: Path | BinaryIO, name: str, *, most: Limit = UNPACKED_SIZE) -> Iterator[Tar]:
    """The archive in a file, compressed or not, of which no more than `most` bytes are unpacked.

    Raises BrokenTar and LimitExceeded; `name` is what messages call it. What is raised inside the `with` stays as it
    is.
    """
    with ExitStack() as stack:
        try:
            file: BinaryIO = stack.enter_context(source.open("rb")) if isinstance(source, Path) else source
            bounded = _Bounded(stack.enter_context(_decompressed(file, name)), name, most)
            archive = stack.enter_context(tarfile.open(fileobj=cast("Any", bounded), mode="r:"))
        except _FAULTS as error:
            raise _broken(name, "it is not a tar archive, or a truncated one", error) from None
        yield Tar(archive, bounded, name)


class Tar:
    """An archive, read from its begin to its end: the content of a member is there until the next one is asked for."""

    def __init__(self, archive: tarfile.TarFile, file: _Bounded, name: str) -> None:
        self._archive = archive
        self._file = file
        self._name = name

    def members(self) -> Iterator[tarfile.TarInfo]:
        """What is in it, in its order. Raises BrokenTar and LimitExceeded."""
        count = 0
        while (member := self._next()) is not None:
            count += 1
            limits.MEMBERS.check(count, self._name)
            limits.MEMBER_NAME.check(len(member.name.encode("utf-8", "surrogatepass")), self._name)
            limits.MEMBER_DEPTH.check(member.name.count("/"), self._name)
            limits.MEMBER_SIZE.check(member.size, self._name)
            if member.size < 0 or member.issparse():
                message = f"{self._name}: the file `{member.name}` in it has a size below 0, or holes"
                raise BrokenTar(message, hint="make the archive anew, with `tar --format=pax`")
            # Those that were read are not needed again, and would fill the memory.
            self._archive.members.clear()  # type: ignore[attr-defined] # it is not in the stubs
            yield member

    def chunks(self, member: tarfile.TarInfo) -> Iterator[bytes]:
        """The content of a file, piece by piece."""
        try:
            self._file.is_header = False
            file = self._archive.extractfile(member)
            while file is not None and (piece := file.read(_CHUNK)):
                yield piece
        except _FAULTS as error:
            raise _broken(self._name, f"the file `{member.name}` in it cannot be read", error) from None

    def read(self, member: tarfile.TarInfo) -> bytes:
        """The content of a file."""
        return b"".join(self.chunks(member))

    def _next(self) -> tarfile.TarInfo | None:
        try:
            self._file.begin_header()
            found = self._archive.next()
        except _FAULTS as error:
            raise _broken(self._name, "it cannot be read to its end", error) from None
        # tarfile takes a broken header for the end.
        if found is None and any(self._file.last):
            message = f"{self._name}: it is broken at byte {self._archive.offset:,} of what is unpacked"
            raise BrokenTar(message, hint="fetch or make it again")
        return found


class _Bounded:
    """A file that is read forwards, so far and no further, and never much at once: tarfile believes what headers say.

    A member of less than no size would be read again and again.
    """

    def __init__(self, file: BinaryIO, name: str, most: Limit) -> None:
        self._file = file
        self._name = name
        self._most = most
        self._at = self._header = 0
        self.is_header = True
        self.last = b""
        # tarfile asks for them.
        self.mode = "rb"
        self.name = name

    def begin_header(self) -> None:
        """What is read from now on, to the next place that is sought, is one header."""
        self.is_header = True
        self._header = self._at

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int) -> int:
        if offset < self._at:
            message = "a member begins before the end of another"
            raise tarfile.ReadError(message)
        while self._at < offset and (skipped := self._take(min(offset - self._at, _CHUNK))):
            del skipped
        self._header = self._at
        return self._at

    def read(self, count: int) -> bytes:
        if self.is_header:
            limits.TAR_HEADER.check(self._at - self._header + count, self._name)
        self.last = self._take(count)
        return self.last

    def close(self) -> None:
        """Whoever opened the file closes it."""

    def _take(self, count: int) -> bytes:
        found = self._file.read(count)
        self._at += len(found)
        # Zeros fill an archive to a multiple of some size.
        if self._at > self._most.most + _CHUNK:
            raise self._most.exceeded(self._name)
        return found


class _Xz(io.RawIOBase):
    """What an xz or lzma file holds; unlike lzma's own class, it gives a file no more memory than it should need."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._unpacking = lzma.LZMADecompressor(memlimit=_XZ_MEMORY)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any buffer
        piece = b""
        while not piece and not self._unpacking.eof:
            packed = self._file.read(_CHUNK) if self._unpacking.needs_input else b""
            if self._unpacking.needs_input and not packed:
                message = "it ends too early"
                raise EOFError(message)
            piece = self._unpacking.decompress(packed, len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def _decompressed(file: BinaryIO, name: str) -> AbstractContextManager[BinaryIO]:
    begin = file.read(8)
    file.seek(-len(begin), io.SEEK_CUR)
    if begin.startswith(_ZSTD):
        message = f"{name} is compressed with zstd, which cannot be read here"
        raise BrokenTar(message, hint="take a source that is compressed with gzip, bzip2 or xz")
    kind = next((kind for magic, kind in _MAGICS.items() if begin.startswith(magic)), None)
    match kind:
        case "gzip":
            return cast("BinaryIO", gzip.GzipFile(fileobj=file, mode="rb"))
        case "bzip2":
            return cast("BinaryIO", bz2.BZ2File(file))
        case "xz":
            return cast("BinaryIO", io.BufferedReader(_Xz(file), _CHUNK))
        case _:
            return nullcontext(file)


def _broken(name: str, what: str, error: BaseException) -> BrokenTar:
    return BrokenTar(f"{name}: {what} ({str(error) or type(error).__name__})", hint="fetch or make it again")
