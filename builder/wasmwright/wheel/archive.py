"""Zip archives as small as deflate makes them, by libdeflate: a wheel is packed once, and fetched by everybody.

The format is PKWARE's APPNOTE.TXT, sections 4.3 to 4.4; the standard library writes it too, but with zlib alone.
"""

from __future__ import annotations

import struct
import time
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import deflate

from wasmwright.wheel.errors import InvalidWheel

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEVEL = 12  # the highest: a second for three million bytes, and a twentieth smaller than zlib's
_STORED, _DEFLATED = 0, 8
_VERSION = 20  # 2.0, the first with deflate
_UNIX = 3 << 8
_UTF_8 = 0x800
_MOST_FILES = 0xFFFE
_MOST_BYTES = 0xFFFFFFFE
EARLIEST = 315532800
"""1980-01-01, the first date that a zip archive can hold, in seconds since 1970."""
_LATEST = 4354819198  # 2107-12-31

_LOCAL = struct.Struct("<L")  # signature
_CENTRAL = struct.Struct("<LH")  # signature, version and system of the writer
# of both: version, flags, method, time, date, CRC, size here, size, length of the name, and of what is extra
_COMMON = struct.Struct("<5H3L2H")
_CENTRAL_REST = struct.Struct("<3H2L")  # length of a comment, disk, kind, mode, place of the local header
_END = struct.Struct("<L4H2LH")  # signature, disks, files (twice), size and place of the directory, a comment's length


@dataclass(frozen=True, kw_only=True)
class File:
    """A file of an archive: its name with slashes, and its mode as `st_mode` has it."""

    name: str
    data: bytes
    mode: int


def archive(files: Sequence[File], *, epoch: int) -> bytes:
    """An archive of `files` in their order, each with the time `epoch` (seconds since 1970).

    Raises InvalidWheel for more than the format holds without its extension for large archives.
    """
    if len(files) > _MOST_FILES:
        message = f"{len(files)} files, and an archive holds {_MOST_FILES}"
        raise InvalidWheel(message, hint="leave out of the wheel what nobody imports")
    local, central = [], []
    offset = 0
    for file in files:
        header, data = _member(file, _dos(epoch))
        name = file.name.encode()
        central.append(
            _CENTRAL.pack(0x02014B50, _VERSION | _UNIX)
            + header
            + _CENTRAL_REST.pack(0, 0, 0, file.mode << 16, offset)
            + name
        )
        whole = _LOCAL.pack(0x04034B50) + header + name + data
        local.append(whole)
        offset += len(whole)
        if offset > _MOST_BYTES:
            message = f"{file.name}: the archive has more than the {_MOST_BYTES} bytes that it can hold"
            raise InvalidWheel(message, hint="leave out of the wheel what nobody imports")
    directory = b"".join(central)
    end = _END.pack(0x06054B50, 0, 0, len(files), len(files), len(directory), offset, 0)
    return b"".join([*local, directory, end])


def _member(file: File, date: tuple[int, int]) -> tuple[bytes, bytes]:
    """What both headers of a file have in common, and its bytes there."""
    if len(file.data) > _MOST_BYTES:
        message = f"{file.name} has {len(file.data)} bytes, and an archive holds {_MOST_BYTES}"
        raise InvalidWheel(message, hint="leave it out of the wheel")
    method, data = _DEFLATED, bytes(deflate.deflate_compress(file.data, _LEVEL)) if file.data else b""
    if len(data) >= len(file.data):
        method, data = _STORED, file.data
    flags = 0 if file.name.isascii() else _UTF_8
    sizes = (zlib.crc32(file.data), len(data), len(file.data))
    return _COMMON.pack(_VERSION, flags, method, *date, *sizes, len(file.name.encode()), 0), data


def _dos(epoch: int) -> tuple[int, int]:
    """The time and the date as MS-DOS has them: steps of two seconds, years since 1980."""
    year, month, day, hour, minute, second = time.gmtime(min(max(epoch, EARLIEST), _LATEST))[:6]
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day
