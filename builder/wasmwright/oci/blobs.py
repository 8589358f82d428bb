"""Blobs: what is written is hashed before it is compressed and after, and is the same bytes on every machine.

Python takes no part in how it is compressed: a pinned library does, with settings that do not depend on the number of
cores.
"""

from __future__ import annotations

import hashlib
import importlib
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from typing import BinaryIO

_GZIP_LEVEL = 6
# A gzip stream whose header names neither a time nor a system.
_GZIP_WINDOW = 31
# The next levels take many times as long for a hundredth.
_ZSTD_LEVEL = 10


class Compression(StrEnum):
    """How layers are compressed, by the name that it has in their media type. Docker reads zstd from 23 on."""

    GZIP = "gzip"
    ZSTD = "zstd"


class Compressor(Protocol):
    """What the compressors of the standard library have in common."""

    def compress(self, data: bytes, /) -> bytes:
        """Take some bytes, and give those that are ready."""
        ...

    def flush(self) -> bytes:
        """The rest."""
        ...


@dataclass(frozen=True, kw_only=True)
class Blob:
    """A blob: the hash of its bytes and their number, and the hash of what it holds uncompressed (hexadecimal)."""

    sha256: str
    size: int
    content_sha256: str
    content_size: int


class BlobWriter:
    """A file for one blob, to which its content is written."""

    def __init__(self, file: BinaryIO, compressor: Compressor) -> None:
        self._file = file
        self._compressor = compressor
        self._content, self._packed = hashlib.sha256(), hashlib.sha256()
        self._content_size = self._size = 0

    def write(self, data: bytes) -> int:
        """Write some of the content."""
        self._content.update(data)
        self._content_size += len(data)
        self._put(self._compressor.compress(data))
        return len(data)

    def finish(self) -> Blob:
        """Write what is left, and tell what was written."""
        self._put(self._compressor.flush())
        return Blob(
            sha256=self._packed.hexdigest(),
            size=self._size,
            content_sha256=self._content.hexdigest(),
            content_size=self._content_size,
        )

    def _put(self, packed: bytes) -> None:
        self._packed.update(packed)
        self._size += len(packed)
        self._file.write(packed)


def compressor(kind: Compression, *, cores: int) -> Compressor:
    """A new compressor. What it makes is the same for any number of `cores`."""
    match kind:
        case Compression.GZIP:
            return zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP_WINDOW)
        case Compression.ZSTD:
            # In the standard library since 3.14, which runs this in derivations.
            zstd: Any = importlib.import_module("compression.zstd")
            parameter = zstd.CompressionParameter
            options = {
                parameter.compression_level: _ZSTD_LEVEL,
                parameter.checksum_flag: 1,
                # One worker and none give different bytes; one and many the same.
                parameter.nb_workers: max(cores, 1),
            }
            made: Compressor = zstd.ZstdCompressor(options=options)
            return made
