"""Static libraries, as `ar` writes them."""

from __future__ import annotations


def archive(*members: tuple[bytes, bytes]) -> bytes:
    """An archive of members by name, such as `a.o/`."""
    return b"!<arch>\n" + b"".join(_entry(*member) for member in members)


def _entry(name: bytes, data: bytes) -> bytes:
    return name.ljust(48) + str(len(data)).encode().ljust(10) + b"`\n" + data + b"\n" * (len(data) % 2)
