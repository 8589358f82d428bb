"""Reads static libraries: the `ar` format, in its GNU and BSD variants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright import limits
from wasmwright.failure import WasmwrightError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b"!<arch>\n"
_HEADER = 60
_END = b"`\n"


class InvalidArchive(WasmwrightError):
    """A file that is not a readable static library."""

    exit_code = 44


def archive_members(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """The members of an archive with their names, without its symbol tables; raises InvalidArchive, LimitExceeded."""
    if not data.startswith(MAGIC):
        message = f"{name}: it does not begin as a static library does but with {data[:8]!r}"
        raise InvalidArchive(message)
    position, long_names, count = len(MAGIC), b"", 0
    while position < len(data):
        count += 1
        limits.MEMBERS.check(count, name)
        header = data[position : position + _HEADER]
        size = header[48:58].strip()
        if len(header) < _HEADER or header[58:] != _END or not size.isdigit():
            message = f"{name}: broken header at offset {position:#x}"
            raise InvalidArchive(message)
        begin = position + _HEADER
        content = data[begin : begin + int(size)]
        if len(content) < int(size):
            message = f"{name}: truncated in the member at offset {position:#x}"
            raise InvalidArchive(message)
        position = begin + int(size) + int(size) % 2
        written = header[:16].rstrip(b" ")
        if written == b"//":
            long_names = content
        elif written not in {b"/", b"/SYM64/"} and not written.startswith(b"__.SYMDEF"):
            yield _member(written, content, long_names)


def _member(written: bytes, content: bytes, long_names: bytes) -> tuple[str, bytes]:
    if written.startswith(b"/") and written[1:].isdigit():
        begin = int(written[1:])
        end = long_names.find(b"\n", begin)
        written = long_names[begin : end if end >= 0 else None]
    elif written.startswith(b"#1/") and written[3:].isdigit():
        length = int(written[3:])
        written, content = content[:length].rstrip(b"\0"), content[length:]
    return written.removesuffix(b"/").decode("utf-8", errors="replace"), content
