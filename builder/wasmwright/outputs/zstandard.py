"""Zstandard, which the standard library has since Python 3.14: our programs in builds run on a newer one."""

from __future__ import annotations

_LEVEL = 19


def compress(data: bytes) -> bytes:
    """The same bytes on every machine: by one thread."""
    from compression import zstd  # noqa: PLC0415 - it lies in builds only

    compressed: bytes = zstd.compress(data, _LEVEL)
    return compressed


def decompress(data: bytes) -> bytes:
    """What was compressed."""
    from compression import zstd  # noqa: PLC0415 - it lies in builds only

    decompressed: bytes = zstd.decompress(data)
    return decompressed
