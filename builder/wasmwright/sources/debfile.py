"""Reading a member of a Debian package: an `ar` archive with a tarball inside."""

from __future__ import annotations

import io
import tarfile

from wasmwright.errors import UnsafeArchive

_MAGIC = b"!<arch>\n"
_HEADER = 60
_SIZE = slice(48, 58)


def read_member(deb: bytes, member: str, *, name: str) -> bytes:
    """The file `member` (such as `usr/bin/busybox`) of the package `name`."""
    with tarfile.open(fileobj=io.BytesIO(_data_tarball(deb, name)), mode="r:*") as tarball:
        for item in tarball:
            if item.isfile() and item.name.removeprefix("./") == member:
                content = tarball.extractfile(item)
                assert content is not None
                return content.read()
    message = f"{name} has no file {member}"
    raise UnsafeArchive(message, hint="change `member` in the profile")


def _data_tarball(deb: bytes, name: str) -> bytes:
    offset = len(_MAGIC)
    if not deb.startswith(_MAGIC):
        offset = len(deb)
    while offset + _HEADER <= len(deb):
        header = deb[offset : offset + _HEADER]
        size = int(header[_SIZE])
        offset += _HEADER
        if header[:16].startswith(b"data.tar"):
            return deb[offset : offset + size]
        offset += size + size % 2
    message = f"{name} is no Debian package"
    raise UnsafeArchive(message, hint="fetch it again")
